"""Outlines, and the approval number under which they may be shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, NotAllowed, WrongState
from linli.core.flow import action
from linli.places.models import MapApproval, Outline, Place
from linli.places.permissions import may_approve_map, may_edit
from linli.places.rules.outlines import BadOutline, geometry_of, read_geojson


@action
def import_outlines(*, actor: Actor, content: bytes, source_crs: str, place: Place | None = None) -> list[Outline]:
    """Stores the outlines of a GeoJSON file, turned into WGS-84: of one place, or of the places whose codes it names.

    GEN-006. Raises `BadInput` where the file cannot be read or names a place we do not have.
    """
    try:
        shapes = read_geojson(content, source_crs)
    except BadOutline as error:
        raise BadInput({"file": [error.args[0]]}) from None
    if place is not None:
        drawn = {place: [polygon for shape in shapes for polygon in shape.polygons]}
    else:
        known = {row.code: row for row in Place.objects.filter(code__in=[shape.code for shape in shapes])}
        missing = [shape.code or shape.name for shape in shapes if shape.code not in known]
        if missing:
            raise BadInput({"file": [_("登记册里没有这些代码：%(codes)s。") % {"codes": "、".join(missing)}]})
        drawn = {known[shape.code]: shape.polygons for shape in shapes}
    if not all(may_edit(actor, one) for one in drawn):
        raise NotAllowed
    outlines = []
    for one, polygons in drawn.items():
        outline, _is_new = Outline.objects.update_or_create(
            place=one, defaults={"geometry": geometry_of(polygons), "source_crs": source_crs}
        )
        outlines.append(outline)
        record_act(actor=actor, verb="outline.imported", subject=one.uid, detail={"source_crs": source_crs})
    return outlines


@action
def approve_map(*, actor: Actor, number: str) -> MapApproval:
    """Enters the map approval number (审图号) under which maps show to everybody (Map Regulation art. 15)."""
    if not may_approve_map(actor):
        raise NotAllowed
    number = number.strip()
    if not 4 <= len(number) <= 60:
        raise BadInput({"number": [_("请填完整的审图号，例如：GS(2024)0650号。")]})
    approval = MapApproval.objects.create(number=number, entered_at=actor.now)
    record_act(actor=actor, verb="map.approved", detail={"number": number})
    return approval


@action
def withdraw_map(*, actor: Actor) -> None:
    """Takes the map approval number back: maps show to staff only again."""
    if not may_approve_map(actor):
        raise NotAllowed
    if not MapApproval.objects.filter(withdrawn_at=None).update(withdrawn_at=actor.now):
        raise WrongState(_("现在没有审图号。"))
    record_act(actor=actor, verb="map.withdrawn")
