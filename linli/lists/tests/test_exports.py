from dataclasses import replace
from datetime import timedelta

import pytest

from linli.audit.models import AuditRecord
from linli.audit.queries import looks_at
from linli.core.errors import BadInput, NotAllowed, NotFound, WrongState
from linli.lists.actions import approve_export, ask_export, record_list, refuse_export, take_export
from linli.lists.models import ExportRequest
from linli.lists.queries import matters_listed, request_of
from linli.lists.rules import Sieve
from linli.notices.models import Notice
from linli.people.models import Person
from linli.tickets.tests.conftest import NOW, TODAY

SIEVE = Sieve(TODAY - timedelta(days=3), TODAY)
PHONE = "13800138000"


@pytest.fixture
def filed(town):
    """Two reports of a resident, one with a telephone number; one of the next community."""
    town.file(reporter_phone=PHONE, reporter_name="卓玛", words="我家门口的灯不亮")
    town.file(place=town.place.other, category_code="rubbish_heap")
    town.file(place=town.place.far, words="河东的事")
    return town


def asked(town, actor=None, **more):
    return ask_export(
        actor=actor or town.who.desk, place=town.place.community, sieve=SIEVE, purpose="给三户回电话", **more
    )


def proved(actor, **more):
    return replace(actor, second_factor=True, **more)


def test_export_goes_out_once_with_two_names_on_each_row(filed):
    who = filed.who
    request = approve_export(actor=who.secretary, request=asked(filed))
    rows = take_export(actor=proved(who.desk), request=request)
    assert len(rows) == 2
    assert {row[-1] for row in rows} == {f"desk / secretary · 2026-09-22 10:00 · 给三户回电话 · {request.uid[:8]}"}
    assert {row[-2] for row in rows} == {"我家门口的灯不亮", "三楼的灯不亮"}
    with pytest.raises(WrongState):
        take_export(actor=proved(who.desk), request=ExportRequest.objects.get())


def test_export_names_the_telephone_of_who_has_an_account(filed):
    (person,) = Person.objects.filter(pk=filed.who.resident.person_id)
    person.phone = "13900000007"
    person.save()
    filed.file(reporter_phone="", place=filed.place.other, category_code="street_light")
    rows = take_export(
        actor=proved(filed.who.desk), request=approve_export(actor=filed.who.secretary, request=asked(filed))
    )
    assert [row[-3] for row in rows].count("13900000007") == 2


def test_export_is_told_to_each_person_in_it(filed):
    request = approve_export(actor=filed.who.secretary, request=asked(filed))
    take_export(actor=proved(filed.who.desk), request=request)
    looks = looks_at(filed.who.resident.person_uid)
    assert [(look.purpose, look.actor_uid) for look in looks] == [("给三户回电话", filed.who.desk.person_uid)]
    assert AuditRecord.objects.filter(verb="person.looked", detail__export=request.uid).count() == 2
    verbs = AuditRecord.objects.filter(subject=request.uid).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["export.asked", "export.approved", "export.taken"]
    assert Notice.objects.filter(kind="export_decided", person_id=filed.who.desk.person_id).count() == 1


def test_export_needs_another_person(filed):
    request = asked(filed, actor=filed.who.secretary)
    for actor in (filed.who.secretary, filed.who.desk, filed.who.stranger, filed.who.next_desk):
        with pytest.raises(NotAllowed):
            approve_export(actor=actor, request=request)
    assert approve_export(actor=filed.who.officer, request=request).state == "APPROVED"


def test_export_is_taken_only_by_who_asked_with_a_second_factor(filed):
    request = approve_export(actor=filed.who.secretary, request=asked(filed))
    for actor in (filed.who.desk, proved(filed.who.secretary), proved(filed.who.officer)):
        with pytest.raises(NotAllowed):
            take_export(actor=actor, request=request)
    assert ExportRequest.objects.get().taken_at is None


def test_export_is_over_after_a_day(filed):
    request = asked(filed)
    late = NOW + timedelta(hours=25)
    with pytest.raises(WrongState):
        approve_export(actor=filed.who.secretary.at(late), request=request)
    approve_export(actor=filed.who.secretary, request=request)
    with pytest.raises(WrongState):
        take_export(actor=proved(filed.who.desk, now=late), request=request)


def test_export_is_not_asked_without_right_purpose_or_rows(filed):
    for actor in (filed.who.resident, filed.who.repairman, filed.who.next_desk, filed.who.captain):
        with pytest.raises(NotAllowed):
            asked(filed, actor=actor)
    with pytest.raises(BadInput):
        ask_export(actor=filed.who.desk, place=filed.place.community, sieve=SIEVE, purpose=" 用 ")
    nothing = replace(SIEVE, category="lift")
    with pytest.raises(BadInput):
        ask_export(actor=filed.who.desk, place=filed.place.community, sieve=nothing, purpose="给三户回电话")


def test_export_refused_says_why(filed):
    request = asked(filed)
    with pytest.raises(BadInput):
        refuse_export(actor=filed.who.secretary, request=request, reason=" ")
    for actor in (filed.who.resident, filed.who.next_desk):
        with pytest.raises(NotAllowed):
            refuse_export(actor=actor, request=request, reason="不行")
        with pytest.raises(NotAllowed):
            record_list(actor=filed.who.resident, sieve=SIEVE, kind="xlsx", rows=1)
    refused = refuse_export(actor=filed.who.secretary, request=request, reason="一户一户打就行")
    assert (refused.state, refused.reason) == ("REFUSED", "一户一户打就行")
    with pytest.raises(WrongState):
        approve_export(actor=filed.who.secretary, request=request)


def test_export_request_is_not_there_for_others(filed):
    request = asked(filed)
    assert request_of(filed.who.officer, request.uid) == request
    for actor in (filed.who.resident, filed.who.next_desk, filed.who.manager):
        with pytest.raises(NotFound):
            request_of(actor, request.uid)


def test_listed_keeps_to_the_area_and_the_filter(filed):
    desk = filed.who.desk

    def count(**more):
        return matters_listed(desk, replace(SIEVE, **more)).count()

    assert count() == 2
    assert count(place_id=filed.place.other.pk) == 1
    assert count(place_id=filed.place.next_community.pk) == 0
    assert count(category="rubbish_heap") == 1
    assert [count(state=state) for state in ("open", "done", "SUBMITTED")] == [2, 0, 2]
    assert count(end=TODAY - timedelta(days=1)) == 0
