"""The bodies that hold matters and give posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act, record_acts
from linli.audit.rules import Record
from linli.core.actor import LEVELS, Actor
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.core.flow import action
from linli.people import permissions, rules
from linli.people.models import Body
from linli.places.models import Place
from linli.places.permissions import may_follow_place
from linli.places.queries import within


@dataclass(frozen=True, slots=True)
class BodyDraft:
    """A body as typed. ``aliases`` are the other names by which lists call it."""

    name: str
    kind: str
    place: Any = None
    parent: Body | None = None
    name_bo: str = ""
    phone: str = ""
    aliases: tuple[str, ...] = ()
    duty_categories: tuple[str, ...] = ()


def _height(body: Body | None) -> int:
    """How many levels of bodies there are from ``body`` down, itself counted."""
    levels, row = 1, [body.pk] if body else []
    while row and (row := list(Body.objects.filter(parent__in=row, is_active=True).values_list("pk", flat=True))):
        levels += 1
    return levels


def _parent_fault(body: Body | None, parent: Body | None) -> Any:
    """Why ``body`` may not stand under ``parent``; "" where it may."""
    levels = _height(body)
    while parent is not None:
        if body is not None and parent.pk == body.pk:
            return _("上级不能是它自己或它下面的单位。")
        levels, parent = levels + 1, parent.parent
    return _("单位最多六级。") if levels > rules.BODY_LEVELS else ""


def _columns(draft: BodyDraft, body: Body | None = None) -> dict[str, Any]:
    wrong: dict[str, list[Any]] = {}
    if fault := _parent_fault(body, draft.parent):
        wrong["parent"] = [fault]
    name = " ".join(draft.name.split())
    if not 1 <= len(name) <= 80:
        wrong["name"] = [_("单位名称写 1 到 80 个字。")]
    if draft.kind not in rules.BODY_KINDS:
        wrong["kind"] = [_("请选单位的类别。")]
    try:
        phone = rules.clean_phone(draft.phone)
    except ValueError:
        phone, wrong["phone"] = "", [_("电话号码不对。手机 11 位，座机带区号。")]
    if wrong:
        raise BadInput(wrong)
    above = {f"{level}_id": getattr(draft.place, f"{level}_id", None) for level in LEVELS}
    return {
        "name": name,
        "kind": draft.kind,
        "place": draft.place,
        "parent": draft.parent,
        "name_bo": draft.name_bo.strip()[:80],
        "phone": phone,
        "aliases": sorted({alias.strip() for alias in draft.aliases if alias.strip()}),
        "duty_categories": sorted(set(draft.duty_categories)),
        **above,
    }


@action
def add_bodies(*, actor: Actor, drafts: Sequence[BodyDraft]) -> list[Body]:
    """Puts offices, companies, teams and committees on the list (REG)."""
    if not all(permissions.may_add_bodies(actor, draft.place) for draft in drafts):
        raise NotAllowed
    bodies = [Body(**_columns(draft)) for draft in drafts]
    Body.objects.bulk_create(bodies, batch_size=500)
    record_acts(actor=actor, records=[Record("body.added", body.uid, detail={"kind": body.kind}) for body in bodies])
    return bodies


@action
def change_body(*, actor: Actor, body: Body, draft: BodyDraft, is_active: bool = True) -> Body:
    """Changes what is known of a body, or takes it off the list."""
    if not (permissions.may_add_bodies(actor, body.place) and permissions.may_add_bodies(actor, draft.place)):
        raise NotAllowed
    columns = {**_columns(draft, body), "is_active": is_active}
    if not Body.objects.filter(pk=body.pk, is_active=True).update(**columns):
        raise LostRace
    record_act(actor=actor, verb="body.changed", subject=body.uid, detail={"is_active": is_active})
    body.refresh_from_db()
    return body


@action
def move_bodies(*, actor: Actor, place: Place, columns: dict[str, int | None]) -> int:
    """Has the bodies of a place that lies elsewhere now carry its new ancestors."""
    if not may_follow_place(actor, place):
        raise NotAllowed
    return Body.objects.filter(within(place)).update(**columns)
