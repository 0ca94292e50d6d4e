"""Captains are recruited: a call, applications, an appointment with its letter (000-31)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.audit.models import AuditRecord
from linli.audit.rules import LOOKED
from linli.core.actor import Actor, system
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.people.actions import (
    ApplicationDraft,
    CallDraft,
    apply_for_post,
    appoint_applicant,
    decline_application,
    forget_applications,
    open_call,
    show_applicant,
)
from linli.people.models import Application, Appointment, Call, Person
from linli.people.tests.conftest import NOW, actor_for

UNTIL = date(2026, 10, 15)
STRANGER = Actor(now=NOW)


def secretary(town):
    return actor_for(town.people["secretary"], "secretary")


@pytest.fixture
def call(town):
    draft = CallDraft(town.places["community"], "招募红色楼栋长", "任期一年。", 8, UNTIL)
    return open_call(actor=secretary(town), draft=draft)


def application(town, call, phone="13912345678"):
    draft = ApplicationDraft("次仁", phone, town.places["building"], "住了十年")
    return apply_for_post(actor=STRANGER, call=call, draft=draft)


def again(sent):
    return Application.objects.select_related("call__community", "person", "building__community").get(pk=sent.pk)


def test_call_is_opened_by_who_appoints_captains_there(town):
    draft = CallDraft(town.places["community"], "招募", "", 8, UNTIL)
    for who, post in (("desk", "desk"), ("captain", "captain"), ("stranger", "secretary")):
        with pytest.raises(NotAllowed):
            open_call(actor=actor_for(town.people[who], post), draft=draft)
    for wrong in ({"title": " "}, {"wanted": 0}, {"until_on": date(2026, 9, 1)}):
        given = {"community": town.places["community"], "title": "招募", "words": "", "wanted": 8, "until_on": UNTIL}
        with pytest.raises(BadInput):
            open_call(actor=secretary(town), draft=CallDraft(**(given | wrong)))


def test_anybody_applies_once_until_the_last_day(town, call):
    sent = application(town, call)
    assert (sent.state, Person.objects.filter(display_name="次仁").exists()) == ("sent", False)
    with pytest.raises(BadInput):
        application(town, call, "139 1234 5678")
    with pytest.raises(BadInput):
        application(town, call, "")
    late = Actor(now=NOW + timedelta(days=30))
    draft = ApplicationDraft("央金", "13912345679", town.places["building"])
    with pytest.raises(WrongState):
        apply_for_post(actor=late, call=call, draft=draft)
    elsewhere = ApplicationDraft("央金", "13912345679", town.places["far_building"])
    with pytest.raises(NotAllowed):
        apply_for_post(actor=STRANGER, call=call, draft=elsewhere)


def test_applicant_becomes_captain_of_the_building(town, call):
    post = appoint_applicant(actor=secretary(town), application=again(application(town, call)), to_on=date(2027, 9, 24))
    assert (post.post, post.place, post.person.phone) == ("captain", town.places["building"], "13912345678")
    assert Application.objects.get().state == "appointed"
    with pytest.raises(WrongState):
        decline_application(actor=secretary(town), application=again(Application.objects.get()))


def test_applications_are_decided_once_by_who_recruits(town, call):
    sent = application(town, call)
    stale = again(sent)
    for who, post in (("desk", "desk"), ("stranger", "secretary")):
        actor = actor_for(town.people[who], post)
        for act in (appoint_applicant, decline_application):
            with pytest.raises(NotAllowed):
                act(actor=actor, application=again(sent))
    decline_application(actor=secretary(town), application=again(sent))
    with pytest.raises(LostRace):
        appoint_applicant(actor=secretary(town), application=stale)
    assert not Appointment.objects.filter(person__display_name="次仁").exists()


def test_applicants_number_is_shown_to_who_recruits_and_the_look_is_kept(town, call, as_):
    sent = application(town, call)
    with pytest.raises(NotAllowed):
        show_applicant(actor=actor_for(town.people["desk"], "desk"), application=again(sent))
    page = as_("secretary").post(f"/applications/{sent.uid}/decide/", {"show": "1"}).content.decode()
    assert ("13912345678" in page, AuditRecord.objects.get(subject=sent.uid, verb=LOOKED).fields) == (True, ["phone"])
    assert again(sent).state == "sent"


def test_applications_that_led_nowhere_are_forgotten(town, call):
    appoint_applicant(actor=secretary(town), application=again(application(town, call)))
    application(town, call, "13912345670")
    with pytest.raises(NotAllowed):
        forget_applications(actor=secretary(town))
    assert forget_applications(actor=system(NOW + timedelta(days=110))) == 0
    assert forget_applications(actor=system(NOW + timedelta(days=113))) == 1
    assert Application.objects.get().appointment is not None


def test_pages_lead_from_the_call_to_the_letter(as_, town, call):
    visitor = as_()
    assert "招募红色楼栋长" in visitor.get("/calls/").content.decode()
    typed = {"name": "次仁", "phone": "13912345678", "building": town.places["building"].uid, "words": "<b>"}
    assert "报上名了" in visitor.post(f"/calls/{call.uid}/", typed).content.decode()
    assert visitor.post(f"/calls/{call.uid}/", typed).status_code == 422
    assert "次仁" not in visitor.get(f"/calls/{call.uid}/").content.decode()
    sent = Application.objects.get()
    browser = as_("secretary")
    page = browser.get(f"/calls/{call.uid}/").content.decode()
    assert ("次仁" in page, "139****5678" in page, "&lt;b&gt;" in page) == (True, True, True)
    decide = f"/applications/{sent.uid}/decide/"
    assert browser.post(decide, {"to_on": "never"})["Location"] == f"/calls/{call.uid}/"
    letter = browser.post(decide, {"to_on": "2027-09-24"})["Location"]
    assert "雪莲苑 2号楼" in browser.get(letter).content.decode()
    assert browser.post("/calls/new/", {"title": "", "wanted": "1", "until_on": "2026-10-01"}).status_code == 422
    more = {"title": "再招两个", "words": "x", "wanted": "2", "until_on": "2026-10-01"}
    assert browser.post("/calls/new/", more)["Location"] == f"/calls/{Call.objects.latest('pk').uid}/"
    assert as_("desk").get(letter).status_code == 404
    assert as_("desk").post(decide).status_code == 404
    assert as_("desk").get("/calls/new/").status_code == 403
