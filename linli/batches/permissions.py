"""Who may bring files in: whom the importer lets, and each sees only their own."""

from __future__ import annotations

from linli.batches.imports import IMPORTERS, Importer
from linli.batches.models import Batch
from linli.core.actor import Actor


def may_import(actor: Actor, importer: Importer) -> bool:
    """Whoever the importer's own module lets do it."""
    return importer.may(actor)


def may_see_batch(actor: Actor, batch: Batch) -> bool:
    """The one who sent it, and the administrator of the whole installation."""
    if any(grant.level == "everywhere" for grant in actor.grants_of(["administrator"])):
        return True
    return bool(batch.owner_uid) and batch.owner_uid == actor.account_uid


def may_change_batch(actor: Actor, batch: Batch) -> bool:
    """Whoever sees it and may still bring in files of this kind."""
    return may_see_batch(actor, batch) and may_import(actor, IMPORTERS.get(batch.importer))


def may_step_batch(actor: Actor, batch: Batch) -> bool:
    """The clock; and whoever may change the batch, right after their own click."""
    return actor.is_system or may_change_batch(actor, batch)
