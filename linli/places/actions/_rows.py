"""What several acts do to a place's row and to those below it."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import LEVELS, Actor
from linli.core.errors import BadInput, NotAllowed, WrongState
from linli.places.models import Place
from linli.places.permissions import may_edit
from linli.places.rules import tree
from linli.places.rules.places import community_code, labels_under

CARRIED = ("order", "label", "label_bo", "label_en")


def require(actor: Actor, place: Place) -> None:
    """Whoever keeps the place, while it stands. Raises `NotAllowed`, `WrongState`."""
    if not may_edit(actor, place):
        raise NotAllowed
    if place.closed_on is not None:
        raise WrongState(_("这个地方已经停用了。"))


def record(actor: Actor, place: Place, verb: str, **detail: Any) -> None:
    """The audit's row of an act on a place, in the community in which it lies."""
    community = place.community.code if place.community else community_code(place.level, place.code)
    record_act(actor=actor, verb=verb, subject=place.uid, community=community, detail=detail)


def settle(place: Place, parent: Place | None, name: str, name_bo: str, name_en: str) -> None:
    """Write a place's names under ``parent``, with the labels and the order that follow from them, here and below."""
    before = {field: getattr(place, field) for field in CARRIED}
    place.parent, place.name, place.name_bo, place.name_en = parent, name, name_bo, name_en
    place.order = tree.order_of(parent.order if parent else "", name)
    for field, words in labels_under(parent, name, name_bo, name_en).items():
        setattr(place, field, words)
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError:
        raise BadInput({"name": [_("这里已经有“%(name)s”了。") % {"name": name}]}) from None
    carry_down(place, before)


def below(place: Place) -> Q:
    """Every row below ``place``, closed ones too."""
    if place.level in LEVELS:
        return Q(**{f"{place.level}_id": place.pk}) & ~Q(pk=place.pk)
    return Q(parent_id=place.pk)


def carry_down(place: Place, before: dict[str, str]) -> None:
    """Put the new beginning in the place of the old one, in all rows below, in one statement."""
    rows = Place.objects.filter(below(place))
    moved = ("order",) if place.level in tree.LABEL_STARTS_BELOW else CARRIED
    changed = {}
    for field in moved:
        old, new = before[field], getattr(place, field)
        if field != "order":
            old, new = tree.label_before(place.level, old), tree.label_before(place.level, new)
        if old != new:
            changed[field] = Concat(Value(new), Substr(field, len(old) + 1), output_field=TextField())
    if changed:
        rows.update(**changed)
