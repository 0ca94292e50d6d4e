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


def _columns(draft: BodyDraft) -> dict[str, Any]:
    wrong: dict[str, list[Any]] = {}
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
    columns = {**_columns(draft), "is_active": is_active}
    if not Body.objects.filter(pk=body.pk, is_active=True).update(**columns):
        raise LostRace
    record_act(actor=actor, verb="body.changed", subject=body.uid, detail={"is_active": is_active})
    body.refresh_from_db()
    return body
