"""Several reports of one thing (并单): one master, every reporter kept, the earliest time counts (SRQ-050, R08)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Sum
from django.utils.translation import gettext as _

from linli.core.actor import Actor
from linli.core.errors import BadInput, NotFound, WrongState
from linli.core.flow import action
from linli.matters.actions import KEEP, Change, link_matters, unlink_matters
from linli.matters.queries import sight_of
from linli.notices.rules import Message
from linli.tickets import permissions
from linli.tickets.actions._steps import charter_of_ticket, permit, step, to_body
from linli.tickets.models import Merge, Ticket
from linli.tickets.rules.sizes import Facts, big_reasons
from linli.tickets.rules.times import merged_due_at
from linli.tickets.states import ENDED, UNFINISHED


@action
def merge_tickets(*, actor: Actor, master: Ticket, children: Sequence[Ticket], note: str = "") -> Ticket:
    """Puts reports of the same thing with one that leads; a person decides this, never the product (SRQ-050).

    Contact data are not shared between reporters. Raises `NotAllowed`, `WrongState`, `LostRace`.
    """
    for ticket in (master, *children):
        permit(actor, ticket, permissions.may_merge)
    if master in children:
        raise BadInput({"": [_("一件事不能并给它自己。")]})
    return _merge(actor, master, children, note)


@action
def merge_voice(*, actor: Actor, ticket: Ticket, master: Ticket) -> Ticket:
    """Puts one's own fresh report with one that is open to all: 一起跟进 (SRQ-050, SRQ-051).

    Raises `NotAllowed` for anybody's but one's own, `NotFound`, `WrongState`.
    """
    if sight_of(actor, master.matter) is None:
        raise NotFound
    permit(actor, master, permissions.may_join)
    permit(actor, ticket, permissions.may_answer)
    return _merge(actor, master, [ticket], "")


def _merge(actor: Actor, master: Ticket, children: Sequence[Ticket], note: str) -> Ticket:
    """The steps of each child, then the master's clock and count."""
    if master.matter.state in ENDED or master.matter.state not in UNFINISHED:
        raise WrongState(_("那件事已经办完了，请单独办这一件。"))
    dues = [master.matter.due_at, *(child.matter.due_at for child in children)]
    voices = master.matter.voices + sum(child.matter.voices for child in children)
    before = master.matter.due_at
    for child in children:
        _put_with(actor, master, child, note, before)
    due = merged_due_at(dues) if master.matter.paused_at is None else KEEP
    change = Change(target=master.matter.state, due_at=due, fields={"voices": voices}, verb="ticket.voices_joined",
                    figures={"voices": voices})  # fmt: skip
    step(actor, master, "adjust", change, others=_many(actor, master, voices))
    return master


def _put_with(actor: Actor, master: Ticket, child: Ticket, note: str, master_due: datetime | None) -> None:
    """One child: its step, the row that can be taken back, its own children, the link."""
    matter = child.matter
    row = Merge(
        child=child, master=master, merged_at=actor.now, state_before=matter.state, due_before=matter.due_at,
        step_due_before=matter.step_due_at, master_due_before=master_due,
    )  # fmt: skip
    change = Change(note=note, due_at=None, figures={"master": master.matter.number})
    step(actor, child, "merge", change, news="merged")
    row.save(force_insert=True)
    Merge.objects.filter(master=child, ended_at=None).update(master=master)
    link_matters(actor=actor, source=matter, target=master.matter, kind="duplicates")


def _many(actor: Actor, master: Ticket, voices: int) -> list[Message]:
    """The desk is told when so many voices in thirty days make it a matter for the table (SRQ-021)."""
    charter = charter_of_ticket(master)
    if "many_voices" not in big_reasons(Facts(voices=voices), charter.thresholds):
        return []
    if actor.now - master.matter.opened_at > timedelta(days=charter.thresholds.get("big_days", 30)):
        return []
    title = _("很多邻居都反映，可以上会：%(what)s") % {"what": master.matter.title}
    return to_body(master.matter, master.desk_body_id, title)


@action
def unmerge_ticket(*, actor: Actor, ticket: Ticket, note: str = "") -> Ticket:
    """Takes a report off again, while the one it stands with is not closed; it gets its own times back (SRQ-050).

    Raises `NotAllowed`, `WrongState`, `LostRace`.
    """
    permit(actor, ticket, permissions.may_unmerge)
    row = ticket.merges.filter(ended_at=None).select_related("master__matter__community").first()
    if row is None or row.master.matter.state in ENDED:
        raise WrongState(_("并在一起的那件已经办完了，不能再分开。请单独反映。"))
    master = row.master
    change = Change(note=note, target=row.state_before, due_at=row.due_before, step_due_at=row.step_due_before,
                    is_step_working=True, verb="ticket.unmerged")  # fmt: skip
    step(actor, ticket, "unmerge", change, news="unmerged")
    Merge.objects.filter(pk=row.pk).update(ended_at=actor.now)
    others = Merge.objects.filter(master=master, ended_at=None)
    dues = [row.master_due_before, *others.values_list("due_before", flat=True)]
    due = merged_due_at(dues) if master.matter.paused_at is None else KEEP
    voices = 1 + (others.aggregate(sum=Sum("child__matter__voices"))["sum"] or 0)
    back = Change(target=master.matter.state, due_at=due, fields={"voices": voices}, verb="ticket.voices_parted",
                  figures={"voices": voices})  # fmt: skip
    step(actor, master, "adjust", back)
    unlink_matters(actor=actor, source=ticket.matter, target=master.matter, kind="duplicates")
    return ticket
