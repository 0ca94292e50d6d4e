"""Posts are given and ended; people say what ties them to a home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act, record_acts
from linli.audit.rules import Record
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.core.times import day_of
from linli.people import permissions, rules
from linli.people.models import Appointment, Body, Person, Tie
from linli.people.queries import community_of
from linli.people.signals import appointments_changed, home_cleared


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """A post to be given: without a place it is for the body's; both days are included."""

    person: Person
    post: str
    body: Body | None = None
    place: Any = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class TieDraft:
    """A person's tie to a home."""

    person: Person
    home: Any
    kind: str
    from_on: date | None = None


def _appointment(actor: Actor, draft: AppointmentDraft) -> Appointment:
    post = rules.POSTS.get(draft.post)
    wrong: dict[str, list[Any]] = {}
    if post is None:
        raise BadInput({"post": [_("没有这个岗位，请从列表里选。")]})
    if post.body_kinds and (draft.body is None or draft.body.kind not in post.body_kinds):
        kinds = "、".join(str(rules.BODY_KINDS[kind]) for kind in post.body_kinds)
        wrong["body"] = [_("这个岗位要属于：%(kinds)s。") % {"kinds": kinds}]
    from_on = draft.from_on or day_of(actor.now)
    if draft.to_on is not None and draft.to_on < from_on:
        wrong["to_on"] = [_("结束日期不能早于开始日期。")]
    if wrong:
        raise BadInput(wrong)
    place = draft.place or (draft.body.place if draft.body else None)
    return Appointment(
        person=draft.person, post=draft.post, body=draft.body, place=place, from_on=from_on, to_on=draft.to_on
    )


@action
def appoint_people(*, actor: Actor, drafts: Sequence[AppointmentDraft]) -> list[Appointment]:
    """Gives people their posts; their rights follow from the post's place. A post already held is not given twice."""
    wanted = [_appointment(actor, draft) for draft in drafts]
    if not all(permissions.may_appoint(actor, each.post, each.place, each.body) for each in wanted):
        raise NotAllowed
    if any(each.person.erased_at for each in wanted):
        raise WrongState(_("这个人已经注销了。"))
    held = _held_open([each.person for each in wanted])
    given = []
    for each in wanted:
        key = (each.person_id, each.post, each.body_id, each.place_id)
        if key not in held:
            held.add(key)
            given.append(each)
    Appointment.objects.bulk_create(given, batch_size=500)
    record_acts(actor=actor, records=[_record("person.appointed", each) for each in given])
    appointments_changed.send(None, actor=actor, person_ids={each.person_id for each in given})
    return given


def _held_open(people: Sequence[Person]) -> set[tuple[Any, ...]]:
    """What these people hold without an end, as keys."""
    found = Appointment.objects.filter(person__in=people, to_on=None)
    return set(found.values_list("person_id", "post", "body_id", "place_id"))


def _record(verb: str, each: Appointment) -> Record:
    return Record(
        verb, each.uid, community=community_of(each.place), person_uid=each.person.uid, detail={"post": each.post}
    )


@action
def end_appointment(*, actor: Actor, appointment: Appointment, on: date) -> Appointment:
    """Ends a post after a day, the last one included; what the person had opened ends with it."""
    if not permissions.may_end_appointment(actor, appointment):
        raise NotAllowed
    if on < appointment.from_on:
        raise BadInput({"on": [_("结束日期不能早于开始日期。")]})
    if appointment.to_on is not None and appointment.to_on < day_of(actor.now):
        raise WrongState(_("这个岗位已经结束了。"))
    if not Appointment.objects.filter(pk=appointment.pk, to_on=appointment.to_on).update(to_on=on):
        raise LostRace
    appointment.to_on = on
    record_acts(actor=actor, records=[_record("person.appointment_ended", appointment)])
    appointments_changed.send(None, actor=actor, person_ids={appointment.person_id})
    return appointment


@action
def add_ties(*, actor: Actor, drafts: Sequence[TieDraft]) -> list[Tie]:
    """Notes what ties people to a home, as they say it; a tie already open is not noted twice."""
    if not all(permissions.may_state_tie(actor, draft.person) for draft in drafts):
        raise NotAllowed
    if any(draft.kind not in rules.TIE_KINDS or draft.home.level != "home" for draft in drafts):
        raise BadInput({"home": [_("请选到户，并说明是业主、家人还是租户。")]})
    asked = Q(person__in=[draft.person for draft in drafts], to_on=None)
    known = set(Tie.objects.filter(asked).values_list("person_id", "home_id", "kind"))
    new = {(d.person.pk, d.home.pk, d.kind): d for d in drafts}
    ties = [
        Tie(person=d.person, home=d.home, kind=d.kind, from_on=d.from_on or day_of(actor.now))
        for key, d in new.items()
        if key not in known
    ]
    Tie.objects.bulk_create(ties, batch_size=500)
    records = [
        Record("tie.stated", tie.home.uid, community=community_of(tie.home), person_uid=tie.person.uid) for tie in ties
    ]
    record_acts(actor=actor, records=records)
    return ties


@action
def end_tie(*, actor: Actor, tie: Tie, on: date) -> Tie:
    """Ends a tie to a home; the next household inherits nothing."""
    if not permissions.may_end_tie(actor, tie.home, tie.person):
        raise NotAllowed
    if on < tie.from_on:
        raise BadInput({"on": [_("结束日期不能早于开始日期。")]})
    if tie.to_on is not None:
        raise WrongState
    _end_ties(actor, [tie], on)
    return tie


def _end_ties(actor: Actor, ties: Sequence[Tie], on: date) -> None:
    """End open ties after a day; what their people had opened ends too, so that no right outlives a tie."""
    if Tie.objects.filter(pk__in=[tie.pk for tie in ties], to_on=None).update(to_on=on) != len(ties):
        raise LostRace
    for tie in ties:
        tie.to_on = on
    records = [
        Record("tie.ended", tie.home.uid, community=community_of(tie.home), person_uid=tie.person.uid) for tie in ties
    ]
    record_acts(actor=actor, records=records)
    appointments_changed.send(None, actor=actor, person_ids={tie.person_id for tie in ties})


@action
def clear_home(*, actor: Actor, home: Any, on: date) -> int:
    """Notes that a household moved out: every open tie to the home ends, and the next household inherits nothing."""
    if not permissions.may_end_tie(actor, home):
        raise NotAllowed
    if home.level != "home":
        raise BadInput
    ties = list(Tie.objects.filter(home=home, to_on=None).select_related("person", "home", "home__community"))
    if any(tie.from_on > on for tie in ties):
        raise BadInput({"on": [_("结束日期不能早于开始日期。")]})
    _end_ties(actor, ties, on)
    record_act(actor=actor, verb="home.cleared", subject=home.uid, community=community_of(home))
    home_cleared.send(None, actor=actor, home=home)
    return len(ties)
