"""The duty roster: who is reached out of hours, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.core.flow import action
from linli.core.times import day_of
from linli.people import permissions, rules
from linli.people.models import Body, Person, Shift
from linli.people.queries import wearers_of


@dataclass(frozen=True, slots=True)
class ShiftDraft:
    """A turn on duty: from a day to a day (both included), who, who stands in, and the duty telephone."""

    body: Body
    person: Person
    from_on: date
    to_on: date
    stand_in: Person | None = None
    phone: str = ""


@action
def add_shift(*, actor: Actor, draft: ShiftDraft) -> Shift:
    """Puts somebody of a body on duty for some days, with a stand-in; two never have the same day (B.3.2)."""
    if not permissions.may_keep_roster(actor, draft.body):
        raise NotAllowed
    wrong: dict[str, list[Any]] = {}
    if draft.to_on < draft.from_on or draft.to_on < day_of(actor.now):
        wrong["to_on"] = [_("结束日期不能早于开始日期，也不能是过去。")]
    known = set(wearers_of(draft.body.pk, draft.from_on).values_list("pk", flat=True))
    if draft.person.pk not in known:
        wrong["person"] = [_("值班的人要在这个单位任职。")]
    if draft.stand_in is not None and (draft.stand_in.pk not in known or draft.stand_in.pk == draft.person.pk):
        wrong["stand_in"] = [_("替班的人要是这个单位的另一个人。")]
    try:
        phone = rules.clean_phone(draft.phone)
    except ValueError:
        phone, wrong["phone"] = "", [_("电话号码不对。手机 11 位，座机带区号。")]
    # Shifts of one office are few; the writer's turn makes asking first and writing then safe on SQLite,
    # and on PostgreSQL the unique first day stops two that begin together.
    crossing = Shift.objects.filter(body=draft.body, from_on__lte=draft.to_on, to_on__gte=draft.from_on)
    if not wrong and crossing.exists():
        wrong["from_on"] = [_("这几天已经有人值班了，请先去掉那一班。")]
    if wrong:
        raise BadInput(wrong)
    shift, is_new = Shift.objects.get_or_create(
        body=draft.body,
        from_on=draft.from_on,
        defaults={"to_on": draft.to_on, "person": draft.person, "stand_in": draft.stand_in, "phone": phone},
    )
    if not is_new:
        raise LostRace
    record_act(actor=actor, verb="shift.added", subject=draft.body.uid, person_uid=draft.person.uid)
    return shift


@action
def drop_shift(*, actor: Actor, shift: Shift) -> None:
    """Takes a turn off the roster."""
    if not permissions.may_keep_roster(actor, shift.body):
        raise NotAllowed
    if not Shift.objects.filter(pk=shift.pk).delete()[0]:
        raise LostRace
    record_act(actor=actor, verb="shift.dropped", subject=shift.body.uid, person_uid=shift.person.uid)
