"""The trial of an address; and print runs: begun by a press, carried on by the tick, gone after two days."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.core.flow import action, preparation
from linli.core.numbers import clean_code
from linli.files.actions import store_files, take_made
from linli.files.rules import Clean
from linli.papers.models import PrintRun, TriedAddress
from linli.papers.permissions import may_step_run, may_try_address
from linli.papers.prints.posters import Pile, pdf_of_part
from linli.papers.queries import runs_to_forget, shown_code
from linli.places.permissions import may_print_posters
from linli.places.rules.places import community_code

LEASE = timedelta(minutes=2)
"""How long one part may take before another tick takes it up again."""
TRIES = 3


@action
def begin_run(*, actor: Actor, pile: Pile, base: str, own: str) -> PrintRun:
    """Begins to make the PDF of many posters; the tick does it part by part."""
    if not may_print_posters(actor, pile.place):
        raise NotAllowed
    if not pile.chosen:
        raise BadInput
    run = PrintRun.objects.create(
        owner_uid=actor.account_uid or actor.person_uid,
        place=pile.place,
        size=pile.size,
        chosen=[place.pk for place in pile.chosen],
        base=base,
        own=own,
        language=actor.language,
        total=len(pile.parts),
        next_at=actor.now,
        begun_at=actor.now,
    )
    community = community_code(pile.place.level, pile.place.code)
    record_act(actor=actor, verb="poster.run_begun", subject=run.uid, community=community, detail={"parts": run.total})
    return run


@preparation
def step_run(*, actor: Actor, run: PrintRun) -> None:
    """Makes one part of a run, outside any transaction; whoever crashes loses it to the next after the lease.

    Raises `LostRace` where another tick has it.
    """
    if not may_step_run(actor):
        raise NotAllowed
    _claim_run(actor=actor, run=run)
    with translation.override(run.language):
        content = pdf_of_part(run, run.done + 1)
    name = f"{run.place.label} {run.done + 1}-{run.total}.pdf"
    [made] = take_made(actor=actor, made=[Clean("paper", "application/pdf", content, name)])
    _note_part(actor=actor, run=run, made=made)


@action
def _claim_run(*, actor: Actor, run: PrintRun) -> None:
    """Takes the next part of a run, unless another tick was quicker."""
    mine = PrintRun.objects.filter(pk=run.pk, next_at=run.next_at, tries=run.tries)
    if not mine.update(tries=F("tries") + 1, next_at=actor.now + LEASE):
        raise LostRace
    run.refresh_from_db()


@action
def give_up_run(*, actor: Actor, run: PrintRun) -> None:
    """Gives up a run that failed at the same part again and again; its page says so."""
    if not may_step_run(actor):
        raise NotAllowed
    PrintRun.objects.filter(pk=run.pk, tries=run.tries).update(next_at=None)
    record_act(actor=actor, verb="poster.run_given_up", subject=run.uid, detail={"parts": run.done})


@action
def _note_part(*, actor: Actor, run: PrintRun, made: Clean) -> None:
    """Hands out a part that is ready."""
    [file] = store_files(actor=actor, taken=[made], owner="papers", is_draft=True)
    files = [*run.files, file.uid]
    mine = PrintRun.objects.filter(pk=run.pk, next_at=run.next_at, tries=run.tries)
    mine.update(files=files, tries=0, next_at=actor.now if len(files) < run.total else None)


@action
def forget_runs(*, actor: Actor) -> int:
    """Removes runs whose files have gone."""
    if not may_step_run(actor):
        raise NotAllowed
    gone, _each = runs_to_forget(actor.now).delete()
    if gone:
        record_act(actor=actor, verb="poster.runs_forgotten", detail={"runs": gone})
    return gone


@action
def confirm_address(*, actor: Actor, base: str, code: str) -> TriedAddress:
    """Takes the figures that a telephone showed behind the test code: from now on codes that lead there are printed."""
    if not may_try_address(actor):
        raise NotAllowed
    if not hmac.compare_digest(clean_code(code).encode(), shown_code(base).encode()):
        raise BadInput({"code": [_("不是手机上显示的那六位数，请再看一下。")]})
    tried, is_new = TriedAddress.objects.get_or_create(base=base, defaults={"tried_at": actor.now})
    if is_new:
        record_act(actor=actor, verb="address.tried", detail={"base": base})
    return tried
