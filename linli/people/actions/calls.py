"""Captains are recruited in the open: a call, applications, an appointment with its letter (000-31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act, record_look
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.core.secret import blind_index
from linli.core.times import day_of
from linli.people import permissions, rules, states
from linli.people.actions.persons import add_people
from linli.people.actions.posts import AppointmentDraft, appoint_people
from linli.people.models import Application, Appointment, Call, Person
from linli.people.queries import PHONE_INDEX, community_of
from linli.people.rules import PersonDraft

KEPT = timedelta(days=90)
"""Applications that led to nothing go so long after the call has ended (PRV-030)."""
MOST = 300


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call for captains: what is asked and offered, how many, until when."""

    community: Any
    title: str
    words: str
    wanted: int
    until_on: date


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """What an applicant says: a name, a telephone, the building, a few words."""

    name: str
    phone: str
    building: Any
    words: str = ""


@action
def open_call(*, actor: Actor, draft: CallDraft) -> Call:
    """Publishes a call for captains of a community; anybody may read it and apply until its last day."""
    if not permissions.may_recruit(actor, draft.community):
        raise NotAllowed
    wrong: dict[str, list[Any]] = {}
    if not draft.title.strip():
        wrong["title"] = [_("请写标题。")]
    if not 1 <= draft.wanted <= MOST:
        wrong["wanted"] = [_("写要几个人。")]
    if draft.until_on < day_of(actor.now):
        wrong["until_on"] = [_("截止日期不能是过去。")]
    if wrong:
        raise BadInput(wrong)
    call = Call.objects.create(
        community=draft.community,
        title=draft.title.strip()[:80],
        words=draft.words.strip()[:2000],
        wanted=draft.wanted,
        until_on=draft.until_on,
        opened_at=actor.now,
    )
    record_act(actor=actor, verb="call.opened", subject=call.uid, community=community_of(draft.community))
    return call


@action
def apply_for_post(*, actor: Actor, call: Call, draft: ApplicationDraft) -> Application:
    """Applies for a call, with an account or without one; a telephone applies once (PIPL art. 13: at their wish)."""
    if draft.building.level != "building" or draft.building.community_id != call.community_id:
        raise NotAllowed
    if call.until_on < day_of(actor.now):
        raise WrongState(_("报名已经截止了。"))
    known = rules.clean_draft(PersonDraft(draft.name, phone=draft.phone))
    if not known.phone:
        raise BadInput({"phone": [_("请留个电话，好告诉您结果。")]})
    application = Application(
        call=call,
        person_id=actor.person_id,
        name=known.display_name,
        phone=known.phone,
        phone_index=blind_index(known.phone, PHONE_INDEX),
        building=draft.building,
        words=draft.words.strip()[:500],
        state=states.APPLICATION.start,
        sent_at=actor.now,
    )
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        raise BadInput({"phone": [_("这个电话已经报过名了。")]}) from None
    record_act(actor=actor, verb="application.sent", subject=application.uid, community=community_of(call.community))
    return application


@action
def show_applicant(*, actor: Actor, application: Application) -> str:
    """Shows an applicant's telephone to who recruits, so that they can be called; the look is kept (PRV-036)."""
    if not permissions.may_recruit(actor, application.call.community):
        raise NotAllowed
    record_look(
        actor=actor,
        person_uid=application.person.uid if application.person else "",
        fields=("phone",),
        purpose="call_back",
        subject=application.uid,
        community=community_of(application.call.community),
    )
    return str(application.phone)


@action
def appoint_applicant(*, actor: Actor, application: Application, to_on: date | None = None) -> Appointment:
    """Appoints an applicant captain of the building applied for; who was unknown enters the register."""
    if not permissions.may_recruit(actor, application.call.community):
        raise NotAllowed
    _decide(actor, application, "appoint")
    person = application.person or _person(actor, application)
    draft = AppointmentDraft(person, "captain", place=application.building, to_on=to_on)
    given = appoint_people(actor=actor, drafts=[draft])
    if not given:
        raise WrongState(_("这个人已经是这一栋的楼长了。"))
    Application.objects.filter(pk=application.pk).update(person=person, appointment=given[0])
    application.person, application.appointment = person, given[0]
    return given[0]


def _person(actor: Actor, application: Application) -> Person:
    draft = PersonDraft(application.name, phone=application.phone)
    return add_people(actor=actor, drafts=[draft])[0]


@action
def decline_application(*, actor: Actor, application: Application) -> None:
    """Declines an application; the desk tells the applicant by telephone."""
    if not permissions.may_recruit(actor, application.call.community):
        raise NotAllowed
    _decide(actor, application, "decline")


def _decide(actor: Actor, application: Application, move: str) -> None:
    end = states.APPLICATION.step(application.state, move).name
    found = Application.objects.filter(pk=application.pk, state=application.state)
    if not found.update(state=end, decided_at=actor.now):
        raise LostRace
    application.state, application.decided_at = end, actor.now
    record_act(
        actor=actor,
        verb=f"application.{end}",
        subject=application.uid,
        community=community_of(application.call.community),
        person_uid=application.person.uid if application.person else "",
    )


@action
def forget_applications(*, actor: Actor) -> int:
    """Deletes applications that led to no post, 90 days after the call has ended (PRV-030)."""
    if not actor.is_system:
        raise NotAllowed
    old = Application.objects.filter(appointment=None, call__until_on__lt=day_of(actor.now) - KEPT)
    ids = list(old.values_list("pk", flat=True)[:500])
    if ids:
        Application.objects.filter(pk__in=ids).delete()
        record_act(actor=actor, verb="application.forgotten", detail={"rows": len(ids)})
    return len(ids)
