"""Pictures of a report: before, after, or a proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from linli.core.actor import Actor
from linli.core.errors import BadInput
from linli.files.actions import store_files
from linli.tickets.models import Photo, Ticket


def add_pictures(actor: Actor, ticket: Ticket, uploads: Sequence[Any], kind: str) -> list[Photo]:
    """The rows of pictures, nine of a kind at most. Raises `BadInput`."""
    if not uploads:
        return []
    if kind not in {"before", "after", "proof"} or ticket.photos.filter(kind=kind).count() + len(uploads) > 9:
        raise BadInput({"uploads": [_("每样最多放 9 张，请去掉几张。")]})
    files = store_files(actor=actor, taken=uploads, owner="tickets")
    return Photo.objects.bulk_create([Photo(ticket=ticket, file=file, kind=kind, added_at=actor.now) for file in files])
