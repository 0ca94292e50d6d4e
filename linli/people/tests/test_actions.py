"""Each act: it works, the wrong actor, the wrong state, the lost race."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from linli.audit.models import AuditRecord
from linli.core.actor import Grant, system
from linli.core.errors import BadInput, LostRace, NotAllowed, NotFound, WrongState
from linli.people import actions
from linli.people.actions import Answer, AppointmentDraft, BodyDraft, PersonDraft, Preferences, TieDraft
from linli.people.models import Appointment, Body, Consent, Person, Tie
from linli.people.queries import appointments_of, consents_of, grants_of, persons_by_phone
from linli.people.tests.conftest import NOW, TODAY, actor_for, root


def verbs():
    return list(AuditRecord.objects.order_by("id").values_list("verb", flat=True))


def test_people_are_added(town):
    (person,) = actions.add_people(
        actor=actor_for(town.people["desk"], "desk"),
        drafts=[PersonDraft(" 次仁·拉姆 ", "ཚེ་རིང་ལྷ་མོ།", "+86 139-0000-1111", "a@b.cn", "bo")],
    )
    person.refresh_from_db()
    assert (person.display_name, person.phone, person.language) == ("次仁·拉姆", "13900001111", "bo")
    assert list(persons_by_phone("139 0000 1111")) == [person]
    assert verbs()[-1] == "person.added"


def test_people_are_not_added_by_a_captain(town):
    with pytest.raises(NotAllowed):
        actions.add_people(actor=actor_for(town.people["captain"], "captain"), drafts=[PersonDraft("某人")])


def test_person_is_refused_when_name_and_phone_are_wrong(town):
    with pytest.raises(BadInput) as refused:
        actions.add_people(actor=root(), drafts=[PersonDraft("\u202e", phone="12")])
    assert set(refused.value.fields) == {"display_name", "phone"}


def test_phone_is_ciphertext_at_rest(town):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_person WHERE id = %s", [town.people["resident"].pk])
        assert "13800138000" not in cursor.fetchone()[0]


def test_people_are_appointed_with_rights_over_the_place(town):
    secretary = actor_for(town.people["secretary"], "secretary")
    draft = AppointmentDraft(town.people["resident"], "captain", place=town.places["building"])
    (given,) = actions.appoint_people(actor=secretary, drafts=[draft])
    assert grants_of(given) == (Grant("captain", "building", town.places["building"].pk),)
    assert verbs()[-1] == "person.appointed"
    assert actions.appoint_people(actor=secretary, drafts=[draft]) == []


@pytest.mark.parametrize(("who", "hat"), [("stranger", "secretary"), ("desk", "desk"), ("manager", "property_manager")])
def test_people_are_not_appointed_by_others(town, who, hat):
    draft = AppointmentDraft(town.people["resident"], "captain", place=town.places["building"])
    with pytest.raises(NotAllowed):
        actions.appoint_people(actor=actor_for(town.people[who], hat), drafts=[draft])


def test_manager_appoints_within_the_own_company_only(town):
    manager = actor_for(town.people["manager"], "property_manager")
    ours = AppointmentDraft(town.people["owner"], "property_staff", town.bodies["company"])
    assert actions.appoint_people(actor=manager, drafts=[ours])
    (other,) = actions.add_bodies(actor=root(), drafts=[BodyDraft("别家物业", "company", town.places["compound"])])
    with pytest.raises(NotAllowed):
        actions.appoint_people(actor=manager, drafts=[AppointmentDraft(town.people["owner"], "property_staff", other)])


def test_post_is_refused_when_the_body_is_of_another_kind(town):
    draft = AppointmentDraft(town.people["resident"], "desk", town.bodies["company"])
    with pytest.raises(BadInput):
        actions.appoint_people(actor=root(), drafts=[draft])


def test_appointment_ends_at_a_day(town):
    (held,) = appointments_of(town.people["desk"].pk, TODAY)
    secretary = actor_for(town.people["secretary"], "secretary")
    actions.end_appointment(actor=secretary, appointment=held, on=TODAY)
    assert list(appointments_of(town.people["desk"].pk, TODAY)) == [held]
    assert not appointments_of(town.people["desk"].pk, TODAY + timedelta(days=1))


def test_appointment_is_not_ended_by_the_next_community(town):
    (held,) = appointments_of(town.people["desk"].pk, TODAY)
    with pytest.raises(NotAllowed):
        actions.end_appointment(actor=actor_for(town.people["stranger"], "secretary"), appointment=held, on=TODAY)


def test_appointment_is_not_ended_twice(town):
    (held,) = appointments_of(town.people["desk"].pk, TODAY)
    stale = Appointment.objects.get(pk=held.pk)
    actions.end_appointment(actor=root(), appointment=held, on=date(2026, 9, 1))
    with pytest.raises(LostRace):
        actions.end_appointment(actor=root(), appointment=stale, on=TODAY)
    with pytest.raises(WrongState):
        actions.end_appointment(actor=root(), appointment=held, on=TODAY)


def test_contact_is_shown_for_a_purpose_and_audited(town):
    desk = actor_for(town.people["desk"], "desk")
    shown = actions.show_contact(actor=desk, person=town.people["resident"], fields=["phone"], purpose="call_back")
    assert shown == {"phone": "13800138000"}
    look = AuditRecord.objects.get(verb="person.looked")
    assert (look.person_uid, look.fields, look.purpose) == (town.people["resident"].uid, ["phone"], "call_back")


def test_contact_is_not_shown_without_a_purpose(town):
    desk = actor_for(town.people["desk"], "desk")
    with pytest.raises(BadInput):
        actions.show_contact(actor=desk, person=town.people["resident"], fields=["phone"], purpose="看看")


@pytest.mark.parametrize(
    ("who", "hat", "refusal"),
    [("stranger", "secretary", NotFound), ("captain", "captain", NotFound), ("manager", "property_manager", NotFound)],
)
def test_contact_is_hidden_from_others(town, who, hat, refusal):
    with pytest.raises(refusal):
        actions.show_contact(
            actor=actor_for(town.people[who], hat), person=town.people["resident"], fields=["phone"], purpose="tell"
        )
    assert "person.looked" not in verbs()


def test_person_is_corrected_by_themself_and_the_desk(town):
    person = town.people["resident"]
    actions.correct_person(actor=actor_for(person), person=person, draft=PersonDraft("曲珍", phone="13900002222"))
    actions.correct_person(
        actor=actor_for(town.people["desk"], "desk"), person=person, draft=PersonDraft("索朗曲珍", phone="13900003333")
    )
    assert list(persons_by_phone("13900003333")) == [person]
    assert AuditRecord.objects.filter(verb="person.corrected").last().fields == ["display_name", "phone"]


def test_person_is_not_corrected_by_a_neighbour_or_after_leaving(town):
    person = town.people["resident"]
    with pytest.raises(NotAllowed):
        actions.correct_person(actor=actor_for(town.people["owner"]), person=person, draft=PersonDraft("别人"))
    stale = Person.objects.get(pk=person.pk)
    actions.erase_person(actor=actor_for(person), person=person)
    with pytest.raises(LostRace):
        actions.correct_person(actor=actor_for(stale), person=stale, draft=PersonDraft("还在"))


def test_person_does_not_register_without_a_number_or_signed_in(town):
    for actor, phone in ((replace(root(), grants=()), ""), (actor_for(town.people["resident"]), "13900004444")):
        with pytest.raises(NotAllowed):
            actions.register_person(actor=actor, draft=PersonDraft("新邻居", phone=phone))


def test_preferences_are_kept_by_the_person_alone(town):
    person = town.people["resident"]
    wish = Preferences("bo", wants_large=True, channels=("sms",), quiet_from=time(21), quiet_to=time(7))
    actions.set_preferences(actor=actor_for(person), person=person, preferences=wish)
    person.refresh_from_db()
    assert (person.language, person.channels, person.quiet_from) == ("bo", ["sms"], time(21))
    with pytest.raises(NotAllowed):
        actions.set_preferences(actor=actor_for(town.people["desk"], "desk"), person=person, preferences=wish)
    half = Preferences(quiet_from=time(21))
    with pytest.raises(BadInput):
        actions.set_preferences(actor=actor_for(person), person=person, preferences=half)


def test_bodies_are_added_in_ones_own_area_only(town):
    draft = BodyDraft("雪莲维修队", "team", town.places["compound"], aliases=("维修队",))
    (body,) = actions.add_bodies(actor=actor_for(town.people["secretary"], "secretary"), drafts=[draft])
    assert body.community_id == town.places["community"].pk
    for who, hat in (("stranger", "secretary"), ("desk", "desk")):
        with pytest.raises(NotAllowed):
            actions.add_bodies(actor=actor_for(town.people[who], hat), drafts=[draft])
    with pytest.raises(BadInput):
        actions.add_bodies(actor=root(), drafts=[BodyDraft("", "club")])


def test_body_is_changed_once_and_not_after_it_was_taken_off(town):
    company, stale = town.bodies["company"], Body.objects.get(pk=town.bodies["company"].pk)
    secretary = actor_for(town.people["secretary"], "secretary")
    draft = BodyDraft("安和物业公司", "company", town.places["compound"])
    actions.change_body(actor=secretary, body=company, draft=draft, is_active=False)
    assert company.name == "安和物业公司"
    with pytest.raises(LostRace):
        actions.change_body(actor=secretary, body=stale, draft=draft)
    with pytest.raises(NotAllowed):
        actions.change_body(actor=actor_for(town.people["desk"], "desk"), body=stale, draft=draft)


def test_tie_is_stated_and_ended(town):
    person = town.people["resident"]
    tie = Tie.objects.get(person=person)
    stale = Tie.objects.get(pk=tie.pk)
    actions.end_tie(actor=actor_for(person), tie=tie, on=TODAY)
    with pytest.raises(WrongState):
        actions.end_tie(actor=actor_for(person), tie=tie, on=TODAY)
    with pytest.raises(LostRace):
        actions.end_tie(actor=actor_for(person), tie=stale, on=TODAY)
    with pytest.raises(NotAllowed):
        actions.end_tie(actor=actor_for(town.people["owner"]), tie=stale, on=TODAY)
    draft = TieDraft(person, town.places["other_home"], "tenant")
    assert len(actions.add_ties(actor=actor_for(person), drafts=[draft, draft])) == 1
    assert actions.add_ties(actor=actor_for(person), drafts=[draft]) == []
    with pytest.raises(NotAllowed):
        actions.add_ties(actor=actor_for(town.people["owner"]), drafts=[draft])


def test_consent_is_asked_given_changed_and_withdrawn(town):
    person = town.people["resident"]
    me, desk = actor_for(person), actor_for(town.people["desk"], "desk")
    asked = actions.ask_consent(actor=desk, person=person, scope="contact")
    given = actions.give_consent(actor=me, person=person, scope="contact")
    assert (given.pk, given.state, len(given.text_hash)) == (asked.pk, "given", 64)
    again = actions.give_consent(actor=me, person=person, scope="contact", answer=Answer(language="bo"))
    with pytest.raises(NotAllowed):
        actions.withdraw_consent(actor=actor_for(town.people["owner"]), consent=again)
    actions.withdraw_consent(actor=me, consent=again)
    assert [row.state for row in consents_of(person.pk)] == ["withdrawn", "changed"]
    with pytest.raises(WrongState):
        actions.withdraw_consent(actor=me, consent=again)
    assert verbs()[-4:] == ["consent.asked", "consent.given", "consent.given", "consent.withdrawn"]


def test_consent_needs_a_witness_when_a_clerk_writes_it_down(town):
    person, desk = town.people["resident"], actor_for(town.people["desk"], "desk")
    with pytest.raises(BadInput):
        actions.give_consent(actor=desk, person=person, scope="contact")
    given = actions.give_consent(actor=desk, person=person, scope="contact", answer=Answer("guardian", "周大姐"))
    assert (given.given_by, given.witness) == ("guardian", "周大姐")


def test_consent_is_not_given_by_others_nor_asked_twice(town):
    person = town.people["resident"]
    for who, hat in (("owner", ""), ("stranger", "secretary"), ("grid_worker", "grid_worker")):
        with pytest.raises(NotAllowed):
            actions.give_consent(actor=actor_for(town.people[who], hat), person=person, scope="contact")
    with pytest.raises(NotAllowed):
        actions.ask_consent(actor=actor_for(town.people["owner"]), person=person, scope="contact")
    actions.ask_consent(actor=actor_for(person), person=person, scope="contact")
    with pytest.raises(WrongState):
        actions.ask_consent(actor=actor_for(person), person=person, scope="contact")


def test_consent_lost_the_race_when_it_was_withdrawn_elsewhere(town):
    person = town.people["resident"]
    given = actions.give_consent(actor=actor_for(person), person=person, scope="contact")
    stale = Consent.objects.get(pk=given.pk)
    actions.withdraw_consent(actor=actor_for(person), consent=given)
    with pytest.raises(LostRace):
        actions.withdraw_consent(actor=actor_for(person), consent=stale)


def test_consents_expire_after_a_year_by_the_clock_alone(town):
    person = town.people["resident"]
    actions.give_consent(actor=actor_for(person), person=person, scope="contact")
    with pytest.raises(NotAllowed):
        actions.expire_consents(actor=root())
    assert actions.expire_consents(actor=system(NOW + timedelta(days=364))) == 0
    assert actions.expire_consents(actor=system(NOW + timedelta(days=365))) == 1
    assert consents_of(person.pk).get().state == "expired"


def test_bodies_stand_six_deep_and_never_under_themselves(town):
    line = list(actions.add_bodies(actor=root(), drafts=[BodyDraft("一级", "unit", town.places["community"])]))
    for name in ("二级", "三级", "四级", "五级", "六级"):
        draft = BodyDraft(name, "unit", town.places["community"], parent=line[-1])
        line += actions.add_bodies(actor=root(), drafts=[draft])
    deeper = BodyDraft("七级", "unit", town.places["community"], parent=line[-1])
    with pytest.raises(BadInput):
        actions.add_bodies(actor=root(), drafts=[deeper])
    round_about = BodyDraft("一级", "unit", town.places["community"], parent=line[2])
    with pytest.raises(BadInput):
        actions.change_body(actor=root(), body=line[0], draft=round_about)
    moved = BodyDraft("五级", "unit", town.places["community"], parent=line[0])
    assert actions.change_body(actor=root(), body=line[4], draft=moved).parent == line[0]
