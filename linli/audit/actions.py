"""The only place that writes the audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from linli.audit.models import AuditRecord, Seal
from linli.audit.permissions import may_seal
from linli.audit.queries import communities_to_seal, content_of, last_seal, loose_records, seals_to_empty
from linli.audit.rules import LOOKED, RETENTION, SEAL_SIZE, START, Record, hash_of, head_of, plain
from linli.core.actor import Actor
from linli.core.errors import LostRace, NotAllowed
from linli.core.flow import action, preparation
from linli.core.turn import insert_rows, turn


@action
def record_acts(*, actor: Actor, records: Sequence[Record]) -> None:
    """Writes who did what, in the caller's own transaction (PRV-036; Cybersecurity Law art. 23)."""
    rows = [
        AuditRecord(
            at=actor.now,
            community=record.community,
            verb=record.verb,
            subject=record.subject,
            person_uid=record.person_uid,
            fields=plain(record.fields),
            purpose=plain(record.purpose)[:200],
            detail=plain(record.detail),
            account_uid=actor.account_uid,
            actor_uid=actor.person_uid,
            hat=plain(actor.hat)[:120],
            channel=actor.channel[:20],
            address=plain(actor.address)[:45],
            request_id=plain(actor.request_id)[:40],
        )
        for record in records
    ]
    insert_rows(rows)


@action
def record_act(
    *,
    actor: Actor,
    verb: str,
    subject: str = "",
    community: str = "",
    person_uid: str = "",
    fields: Sequence[str] = (),
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Writes one act (PRV-036)."""
    record_acts(actor=actor, records=[Record(verb, subject, community, person_uid, fields, "", detail or {})])


@action
def record_look(
    *, actor: Actor, person_uid: str, fields: Sequence[str], purpose: str, subject: str = "", community: str = ""
) -> None:
    """Writes that somebody was shown a person's protected fields, which, and why (PRV-036)."""
    record_acts(actor=actor, records=[Record(LOOKED, subject, community, person_uid, fields, purpose)])


@preparation
def seal_records(*, actor: Actor, is_all: bool = False) -> int:
    """Seals what has no seal yet, chain by chain, and returns how many rows; ``is_all`` waits for nothing."""
    if not may_seal(actor):
        raise NotAllowed
    sealed = 0
    for community in communities_to_seal(None if is_all else actor.now):
        while rows := _seal_next(actor, community):
            sealed += rows
            if rows < SEAL_SIZE:
                break
    return sealed


def _seal_next(actor: Actor, community: str) -> int:
    """One more seal on a chain, and the rows it took; 0 when there are none or another sealer was first.

    Reading and hashing stand before the lock: a loose row cannot change, and the chain's unique number lets one
    sealer in.
    """
    rows = list(loose_records(community)[:SEAL_SIZE])
    if not rows:
        return 0
    before = last_seal(community)
    previous, number = (before.head, before.number + 1) if before else (START, 1)
    expires_at = max(row.at for row in rows) + RETENTION
    hashes = [[row.uid, hash_of(content_of(row))] for row in rows]
    head = head_of(previous, community, number, (actor.now, expires_at), hashes)
    try:
        with turn(), transaction.atomic():
            seal = Seal.objects.create(
                community=community, number=number, sealed_at=actor.now, expires_at=expires_at,
                previous=previous, head=head, rows=hashes,
            )  # fmt: skip
            _take(seal, rows)
    except (IntegrityError, LostRace):
        return 0
    return len(rows)


def _take(seal: Seal, rows: Sequence[AuditRecord]) -> None:
    """Marks the rows as this seal's. Raises `LostRace` unless all of them were still loose."""
    keys = [row.pk for row in rows]
    if AuditRecord.objects.filter(pk__in=keys, seal__isnull=True).update(seal=seal) != len(rows):
        raise LostRace


@preparation
def empty_seals(*, actor: Actor) -> int:
    """Removes the rows of seals past their retention of three years (PRV-030); the seals and their hashes stay."""
    if not may_seal(actor):
        raise NotAllowed
    emptied = 0
    for seal in seals_to_empty(actor.now)[:20]:
        with turn(), transaction.atomic():
            if Seal.objects.filter(pk=seal.pk, emptied_at__isnull=True).update(emptied_at=actor.now):
                AuditRecord.objects.filter(seal=seal).delete()
                emptied += 1
    return emptied
