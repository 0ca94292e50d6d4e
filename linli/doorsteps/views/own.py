"""What a reporter does with an own report: answer, rate, urge, reopen, withdraw; and the neighbour who joins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.core.actor import Request
from linli.core.errors import BadInput, NotFound, TooMany, WrongState
from linli.doorsteps.forms.own import AnswerForm, JoinForm, NoteForm, RateForm, ReviewForm
from linli.doorsteps.queries import master_of, voice_of
from linli.doorsteps.views.mine import page
from linli.doorsteps.views.report import receipt_for
from linli.matters.actions import follow_matter, unfollow_matter
from linli.tickets import actions
from linli.tickets.models import Ticket
from linli.tickets.queries import ticket_of, ticket_with_rows
from linli.tickets.states import MERGED
from linli.ui.forms import put_refusal

Act = Callable[[Ticket, dict[str, Any]], Any]


def _take(request: Request, uid: str, doing: str, form: forms.Form, act: Act, done: str) -> HttpResponse:  # noqa: PLR0917
    """Do ``act`` with what was typed; bad input comes back beside its field, what is over is said kindly."""
    ticket = ticket_with_rows(request.actor, uid)
    if not form.is_valid():
        return page(request, ticket, doing=doing, form=form)
    try:
        act(ticket, form.cleaned_data)
    except BadInput as refusal:
        put_refusal(form, refusal)
        return page(request, ticket, doing=doing, form=form)
    except (WrongState, TooMany) as refusal:
        messages.warning(request, refusal.words)
    else:
        messages.success(request, done)
    return redirect("my-ticket", uid)


@require_POST
def answer(request: Request, uid: str) -> HttpResponse:
    """Answers what was asked; what waited goes on."""
    form = AnswerForm(request.POST)
    return _take(request, uid, "answer", form, lambda ticket, typed: actions.answer_question(
        actor=request.actor, ticket=ticket, words=typed["words"]), _("回话送到了，接着办。"))  # fmt: skip


@require_POST
def rate(request: Request, uid: str) -> HttpResponse:
    """Rates the result (评单)."""
    ticket = ticket_of(request.actor, uid)
    master = master_of(ticket) if ticket.matter.state == MERGED else None
    form = RateForm(request.POST, unhappy=(master or ticket).unhappy)
    return _take(request, uid, "rate", form, lambda ticket, _typed: actions.rate_ticket(
        actor=request.actor, ticket=ticket, answer=form.answer()), _("谢谢，您的评价记下了。"))  # fmt: skip


@require_POST
def urge(request: Request, uid: str) -> HttpResponse:
    """Urges (催单)."""
    form = NoteForm(request.POST, prefix="urge")
    return _take(request, uid, "urge", form, lambda ticket, typed: actions.urge_ticket(
        actor=request.actor, ticket=ticket, note=typed["note"]), _("已经催了，在办的人马上收到。"))  # fmt: skip


@require_POST
def reopen(request: Request, uid: str) -> HttpResponse:
    """It is broken again."""
    form = NoteForm(request.POST, prefix="reopen")
    again = _("又坏了")
    return _take(request, uid, "reopen", form, lambda ticket, typed: actions.reopen_ticket(
        actor=request.actor, ticket=ticket, note=typed["note"] or again), _("接着办，还是这个编号。"))  # fmt: skip


@require_POST
def ask_review(request: Request, uid: str) -> HttpResponse:
    """Asks that somebody else looks again."""
    form = ReviewForm(request.POST, prefix="review")
    return _take(request, uid, "review", form, lambda ticket, typed: actions.ask_review(
        actor=request.actor, ticket=ticket, note=typed["note"]), _("请了别的人再看一遍，看完告诉您。"))  # fmt: skip


@require_POST
def withdraw(request: Request, uid: str) -> HttpResponse:
    """Takes the report back."""
    form = NoteForm(request.POST, prefix="withdraw")
    return _take(request, uid, "withdraw", form, lambda ticket, typed: actions.withdraw_ticket(
        actor=request.actor, ticket=ticket, note=typed["note"]), _("先收起来了，十五天里还可以再提。"))  # fmt: skip


@require_POST
def join(request: Request, uid: str) -> HttpResponse:
    """Here too: one more voice, with a receipt of its own."""
    ticket = ticket_of(request.actor, uid)
    mine = voice_of(request.actor, ticket)
    if mine is not None:
        return redirect("my-ticket", mine.matter.uid)
    place = ticket.matter.place
    if place is None:
        raise NotFound
    form = JoinForm(request.POST)
    if not form.is_valid():
        return page(request, ticket_with_rows(request.actor, uid), doing="join", form=form)
    draft = actions.Draft(
        place=place, category_code=ticket.matter.category_code, draft_key=form.cleaned_data["draft_key"]
    )
    return receipt_for(request, actions.join_ticket(actor=request.actor, ticket=ticket, draft=draft))


@require_POST
def follow(request: Request, uid: str) -> HttpResponse:
    """I want to be told."""
    follow_matter(actor=request.actor, matter=ticket_of(request.actor, uid).matter)
    return redirect("my-ticket", uid)


@require_POST
def unfollow(request: Request, uid: str) -> HttpResponse:
    """I do not want to be told any more."""
    unfollow_matter(actor=request.actor, matter=ticket_of(request.actor, uid).matter)
    return redirect("my-ticket", uid)
