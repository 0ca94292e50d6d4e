"""To whom personal data is entrusted, and which authority got what: on paper, never a standing feed (PRV-043, 045)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.people import permissions, states
from linli.people.models import Demand, Person, Processor
from linli.people.queries import community_of

KEPT = timedelta(days=3 * 365 + 1)
"""As long as the record of looks (PRV-030: access logs three years)."""


@dataclass(frozen=True, slots=True)
class ProcessorDraft:
    """An entrusted party as typed, with all that PIPL art. 21 wants agreed."""

    party: str
    purpose: str
    kinds: str
    way: str
    measures: str
    duties: str
    from_on: date
    to_on: date
    may_pass_on: bool = False
    community: Any = None


@dataclass(frozen=True, slots=True)
class DemandDraft:
    """An authority's paper as typed. ``person`` is whom it is about, where it is about one."""

    authority: str
    paper_no: str
    scope: str
    asked_on: date
    person: Person | None = None
    community: Any = None


def _columns(draft: Any) -> dict[str, Any]:
    """The draft's columns, trimmed. Raises `BadInput` for what is empty."""
    columns = {field.name: getattr(draft, field.name) for field in fields(draft)}
    columns = {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}
    empty = [name for name, value in columns.items() if value == ""]
    if empty:
        raise BadInput({name: [_("这一项要写。")] for name in empty})
    return columns


@action
def add_processor(*, actor: Actor, draft: ProcessorDraft) -> Processor:
    """Writes down whom personal data is entrusted to, and under which duties (PIPL art. 21)."""
    if not permissions.may_keep_processors(actor, draft.community):
        raise NotAllowed
    columns = _columns(draft)
    if draft.to_on < draft.from_on:
        raise BadInput({"to_on": [_("结束日期不能早于开始日期。")]})
    processor = Processor(**columns)
    processor.save(force_insert=True)
    record_act(actor=actor, verb="processor.added", subject=processor.uid, community=community_of(draft.community))
    return processor


@action
def end_processor(*, actor: Actor, processor: Processor, on: date, proof: str) -> Processor:
    """Ends an entrusting, with the proof that the data was given back or deleted (PIPL art. 21)."""
    if not permissions.may_keep_processors(actor, processor.community):
        raise NotAllowed
    if not proof.strip():
        raise BadInput({"proof": [_("请写明怎么证明资料已经退回或删除，比如收据编号。")]})
    if on < processor.from_on:
        raise BadInput({"on": [_("结束日期不能早于开始日期。")]})
    if processor.ended_on is not None:
        raise WrongState(_("这份委托已经结束了。"))
    found = Processor.objects.filter(pk=processor.pk, ended_on=None)
    if not found.update(ended_on=on, ending_proof=proof.strip()[:400]):
        raise LostRace
    processor.refresh_from_db()
    community = community_of(processor.community)
    record_act(actor=actor, verb="processor.ended", subject=processor.uid, community=community)
    return processor


@action
def note_demand(*, actor: Actor, draft: DemandDraft) -> Demand:
    """Writes down that an authority asks for personal data, by which paper and for what (PRV-045)."""
    if not permissions.may_note_demand(actor, draft.community):
        raise NotAllowed
    columns = _columns(draft)
    demand = Demand(**columns, state=states.DEMAND.start, noted_at=actor.now, noted_by_id=actor.person_id)
    demand.save(force_insert=True)
    _record(actor, demand, "demand.noted")
    return demand


@action
def agree_demand(*, actor: Actor, demand: Demand) -> Demand:
    """Agrees that an authority gets what its paper names; two different persons must, neither the one concerned."""
    if not permissions.may_agree_demand(actor, demand):
        raise NotAllowed
    is_first = demand.state == states.DEMAND.start
    by = {"first_by_id" if is_first else "second_by_id": actor.person_id}
    return _move(actor, demand, "agree" if is_first else "approve", **by)


@action
def give_demand(*, actor: Actor, demand: Demand, words: str) -> Demand:
    """Writes down what the authority was given, once two persons agreed."""
    if not permissions.may_end_demand(actor, demand):
        raise NotAllowed
    if not words.strip():
        raise BadInput({"words": [_("请写明给了什么，一项一项写。")]})
    return _move(actor, demand, "give", words=words.strip()[:1000], ended_at=actor.now)


@action
def refuse_demand(*, actor: Actor, demand: Demand, words: str) -> Demand:
    """Writes down that the authority was given nothing, and why."""
    if not permissions.may_end_demand(actor, demand):
        raise NotAllowed
    if not words.strip():
        raise BadInput({"words": [_("请写明为什么不提供。")]})
    return _move(actor, demand, "refuse", words=words.strip()[:1000], ended_at=actor.now)


@action
def tell_demand(*, actor: Actor, demand: Demand, on: date | None, reason: str = "") -> Demand:
    """Notes that the person was told, or which law forbids it; who was told finds it among their own data."""
    if not permissions.may_end_demand(actor, demand):
        raise NotAllowed
    if on is None and not reason.strip():
        raise BadInput({"reason": [_("没有告诉本人，请写依据哪条法律。")]})
    if demand.state != "given" or demand.told_on is not None:
        raise WrongState
    found = Demand.objects.filter(pk=demand.pk, state="given", told_on=None)
    if not found.update(told_on=on, untold_reason="" if on else reason.strip()[:400]):
        raise LostRace
    demand.refresh_from_db()
    _record(actor, demand, "demand.told" if on else "demand.kept_untold")
    return demand


@action
def forget_demands(*, actor: Actor) -> int:
    """Deletes what authorities asked for more than three years ago; the clock's act (PRV-030)."""
    if not actor.is_system:
        raise NotAllowed
    old = list(Demand.objects.filter(ended_at__lt=actor.now - KEPT).values_list("pk", flat=True)[:200])
    if old:
        Demand.objects.filter(pk__in=old).delete()
        record_act(actor=actor, verb="demand.forgotten", detail={"demands": len(old)})
    return len(old)


def _move(actor: Actor, demand: Demand, move: str, **columns: Any) -> Demand:
    """One step of the state table by compare-and-set."""
    state = states.DEMAND.step(demand.state, move).name
    if not Demand.objects.filter(pk=demand.pk, state=demand.state).update(state=state, **columns):
        raise LostRace
    demand.refresh_from_db()
    _record(actor, demand, f"demand.{state}")
    return demand


def _record(actor: Actor, demand: Demand, verb: str) -> None:
    record_act(actor=actor, verb=verb, subject=demand.uid, community=community_of(demand.community))
