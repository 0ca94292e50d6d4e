"""The only place that writes requests for lists, and that says in the audit what left the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act, record_acts
from linli.audit.rules import LOOKED, Record
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.lists import permissions
from linli.lists.exports import PERSONAL, personal_rows
from linli.lists.models import ExportRequest
from linli.lists.queries import matters_listed, tickets_listed
from linli.lists.rules import LASTS, MOST, Sieve, is_over, sieve_of, watermark
from linli.lists.states import ASKED, FLOW
from linli.notices.actions import queue_notices
from linli.notices.rules import Message
from linli.people.queries import community_of
from linli.places.models import Place
from linli.tickets.models import Ticket

OVER = _("这份申请过了 24 小时，已经作废。要用的话请重新申请。")
LONGEST = 200


@action
def record_list(*, actor: Actor, sieve: Sieve, kind: str, rows: int) -> None:
    """Writes down that somebody takes out a list without personal data."""
    if not permissions.may_list(actor):
        raise NotAllowed
    record_act(actor=actor, verb="list.exported", detail={**sieve.kept(), "kind": kind, "rows": rows})


@action
def ask_export(*, actor: Actor, place: Place, sieve: Sieve, purpose: str) -> ExportRequest:
    """Asks for a list with personal data, saying what for; another person decides (PRV-037)."""
    if actor.person_id is None or not permissions.may_ask_export(actor, place):
        raise NotAllowed
    purpose = " ".join(purpose.split())
    if not 4 <= len(purpose) <= LONGEST:
        raise BadInput({"purpose": [_("请写清楚拿来做什么，4 到 200 个字。")]})
    rows = matters_listed(actor, sieve).count()
    if not 0 < rows <= MOST:
        raise BadInput({"": [_("这样选一件也没有，或超过 20000 件。请改一下条件。")]})
    request = ExportRequest.objects.create(
        asker_id=actor.person_id,
        place=place,
        sieve=sieve.kept(),
        rows=rows,
        purpose=purpose,
        asked_at=actor.now,
        expires_at=actor.now + LASTS,
    )
    _record(actor, request, "export.asked", rows=rows)
    named = {"name": actor.name, "rows": rows, "purpose": purpose}
    words = _("%(name)s想导出带联系方式的清单（%(rows)d 件）：%(purpose)s") % named
    _tell(actor, request, _("有一份导出申请要您定"), words, body_id=actor.body_id)
    return request


@action
def approve_export(*, actor: Actor, request: ExportRequest) -> ExportRequest:
    """Agrees, as the second person; the list can be taken out once within a day (PRV-037)."""
    if not permissions.may_approve_export(actor, request):
        raise NotAllowed
    _move(actor, request, "approve", decider_id=actor.person_id, decided_at=actor.now, expires_at=actor.now + LASTS)
    _record(actor, request, "export.approved")
    words = _("一天之内可以下载一次。")
    _tell(actor, request, _("导出申请同意了"), words, person_id=request.asker_id)
    return request


@action
def refuse_export(*, actor: Actor, request: ExportRequest, reason: str) -> ExportRequest:
    """Does not agree, and says why."""
    if not permissions.may_refuse_export(actor, request):
        raise NotAllowed
    reason = " ".join(reason.split())[:LONGEST]
    if not reason:
        raise BadInput({"reason": [_("请写一句为什么不同意。")]})
    _move(actor, request, "refuse", decider_id=actor.person_id, decided_at=actor.now, reason=reason)
    _record(actor, request, "export.refused")
    _tell(actor, request, _("导出申请没有同意"), reason, person_id=request.asker_id)
    return request


@action
def take_export(*, actor: Actor, request: ExportRequest) -> list[Sequence[Any]]:
    """Takes the list out, once; each person whose data is in it can read who took it, when and what for (PRV-036)."""
    if not permissions.may_take_export(actor, request) or request.decider is None:
        raise NotAllowed
    if not actor.second_factor:
        raise NotAllowed(_("带联系方式的清单，要用动态码登录后才能下载。请在「我的账号」里开通。"))
    _move(actor, request, "take", taken_at=actor.now)
    names = (request.asker.display_name, request.decider.display_name)
    tickets = tickets_listed(actor, sieve_of(request.sieve))
    mark = watermark(names, actor.now, request.purpose, request.uid)
    rows, shown = personal_rows(actor, tickets, mark)
    record_acts(actor=actor, records=[_look(request, ticket) for ticket in shown])
    _record(actor, request, "export.taken", rows=len(rows), persons=len(shown))
    return rows


def _look(request: ExportRequest, ticket: Ticket) -> Record:
    person_uid = ticket.reporter.uid if ticket.reporter else ""
    community = community_of(ticket.matter)
    return Record(LOOKED, ticket.matter.uid, community, person_uid, PERSONAL, request.purpose, {"export": request.uid})


def _move(actor: Actor, request: ExportRequest, move: str, **columns: Any) -> None:
    """One step of the state table, by compare-and-set, while the request's time lasts."""
    state = FLOW.step(request.state, move).name
    if is_over(request.expires_at, actor.now):
        raise WrongState(OVER)
    if not ExportRequest.objects.filter(pk=request.pk, state=request.state).update(state=state, **columns):
        raise LostRace
    request.refresh_from_db()


def _record(actor: Actor, request: ExportRequest, verb: str, **detail: Any) -> None:
    record_act(actor=actor, verb=verb, subject=request.uid, community=community_of(request.place), detail=detail)


def _tell(actor: Actor, request: ExportRequest, title: Any, words: Any, **to: Any) -> None:
    url = reverse("export-request", args=[request.uid])
    kind = "export_asked" if request.state == ASKED else "export_decided"
    queue_notices(actor=actor, messages=[Message(kind, title, words, url, subject=request.uid, **to)])
