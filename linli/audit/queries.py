"""Reads of the audit, and the proof that nobody changed it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from linli.audit.models import AuditRecord, Seal
from linli.audit.permissions import READERS, may_read_audit
from linli.audit.rules import (
    CONTENT,
    LOOKED,
    SEAL_AFTER,
    SEAL_SIZE,
    START,
    TELLERS,
    Fault,
    Sought,
    first_difference,
    hash_of,
    head_of,
)
from linli.core.actor import Actor


def looks_at(person_uid: str) -> QuerySet[AuditRecord]:
    """Who was shown this person's protected fields, newest first: the page 谁看过我的信息 (PRV-036)."""
    return AuditRecord.objects.filter(person_uid=person_uid, verb=LOOKED).exclude(person_uid="").order_by("-id")


def acts_on(subject: str) -> QuerySet[AuditRecord]:
    """What was done to one thing, newest first."""
    return AuditRecord.objects.filter(subject=subject).exclude(subject="").order_by("-id")


def records_visible_to(actor: Actor) -> QuerySet[AuditRecord]:
    """The records that this reader may see: all, or those of the places their post covers."""
    if not may_read_audit(actor):
        return AuditRecord.objects.none()
    grants = list(actor.grants_of(READERS))
    if any(grant.level == "everywhere" for grant in grants):
        return AuditRecord.objects.order_by("-id")
    places = [grant.place_id for grant in grants if grant.place_id is not None]
    codes = TELLERS.get("codes").tell(places).values() if "codes" in TELLERS else ()
    covered = [part for code in codes if code for part in _inside(code)]
    if not covered:
        return AuditRecord.objects.none()
    return AuditRecord.objects.filter(reduce(or_, covered)).order_by("-id")


def _inside(code: str) -> tuple[Q, ...]:
    """Communities of a place: national codes nest by their figures, our own by a hyphen."""
    if "-" in code:
        return Q(community=code), Q(community__startswith=f"{code}-")
    return (Q(community__startswith=code),)


def communities_to_seal(now: datetime | None) -> list[str]:
    """Chains whose loose rows have waited long enough, or make a whole seal; without ``now``, all that have any."""
    chains = AuditRecord.objects.filter(seal__isnull=True).order_by().values("community")
    chains = chains.annotate(oldest=Min("at"), loose=Count("id"))
    if now is not None:
        chains = chains.filter(Q(oldest__lte=now - SEAL_AFTER) | Q(loose__gte=SEAL_SIZE))
    return list(chains.values_list("community", flat=True))


def loose_records(community: str) -> QuerySet[AuditRecord]:
    """Rows of one chain that no seal covers yet."""
    return AuditRecord.objects.filter(community=community, seal__isnull=True).order_by("id")


def last_seal(community: str) -> Seal | None:
    """The end of a chain."""
    return Seal.objects.filter(community=community).order_by("-number").first()


def seals_to_empty(now: datetime) -> QuerySet[Seal]:
    """Seals all of whose rows are past their retention (PRV-030)."""
    return Seal.objects.filter(emptied_at__isnull=True, expires_at__lte=now).order_by("expires_at")


def content_of(record: AuditRecord) -> dict[str, object]:
    """What a record's hash covers."""
    return {name: getattr(record, name) for name in CONTENT}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found in one community's chain."""

    community: str
    seals: int
    records: int
    head: str
    fault: Fault | None


def verdicts(now: datetime) -> Iterator[Verdict]:
    """Each chain, walked from its start to its first fault."""
    chains = set(Seal.objects.order_by().values_list("community", flat=True).distinct())
    for community in sorted(chains):
        yield _walk(community, now)
    stray = _stray_record()
    if stray:
        yield Verdict(stray.community, 0, 0, START, Fault("seal removed", stray.community, 0, stray.uid))


def _walk(community: str, now: datetime) -> Verdict:
    """One chain from its start to its first fault."""
    head, seals, records = START, 0, 0
    while seal := _seal_after(community, seals):
        rows = list(seal.records.order_by("id"))
        fault = _fault_of(seal, seals + 1, head, rows, now)
        if fault and seal.emptied_at is None:
            # Its rows may have left lawfully between the two reads.
            seal.refresh_from_db()
            fault = _fault_of(seal, seals + 1, head, rows, now)
        if fault:
            return Verdict(community, seals, records, head, fault)
        head, seals, records = seal.head, seals + 1, records + len(rows)
    return Verdict(community, seals, records, head, None)


def _seal_after(community: str, number: int) -> Seal | None:
    """The next seal there is in a chain."""
    return Seal.objects.filter(community=community, number__gt=number).order_by("number").first()


def _fault_of(seal: Seal, number: int, previous: str, rows: list[AuditRecord], now: datetime) -> Fault | None:
    """What is wrong with one seal and its rows."""
    if seal.number != number:
        return Fault("seal removed", seal.community, number)
    moments = (seal.sealed_at, seal.expires_at)
    if seal.previous != previous or seal.head != head_of(previous, seal.community, number, moments, seal.rows):
        return Fault("seal altered", seal.community, number)
    if seal.emptied_at and not rows:
        return None if seal.expires_at <= seal.emptied_at <= now else Fault("emptied early", seal.community, number)
    difference = first_difference(seal.rows, {row.uid: hash_of(content_of(row)) for row in rows})
    return Fault(difference[0], seal.community, number, difference[1]) if difference else None


def _stray_record() -> AuditRecord | None:
    """A row that says it is sealed by a seal which does not exist."""
    there = Seal.objects.filter(pk=OuterRef("seal_id"))
    return AuditRecord.objects.filter(Q(seal_id__isnull=False) & ~Exists(there)).order_by("id").first()


def unsealed_count() -> int:
    """Rows younger than their chain's last seal."""
    return AuditRecord.objects.filter(seal__isnull=True).count()


def chain_heads() -> dict[str, tuple[int, str]]:
    """The last seal's number and head of each chain, by community."""
    last = Seal.objects.filter(community=OuterRef("community")).order_by("-number").values("number")[:1]
    ends = Seal.objects.filter(number=Subquery(last)).order_by("community")
    return {seal.community: (seal.number, seal.head) for seal in ends}


def audit_head() -> str:
    """One hash over all chains' heads: what a backup is compared by, and what is printed and mailed away."""
    said = "\n".join(f"{community} {number} {head}" for community, (number, head) in chain_heads().items())
    return hashlib.sha256(said.encode()).hexdigest() if said else START


def has_head(head: str) -> bool:
    """Whether a head that was written down earlier still stands in some chain."""
    return Seal.objects.filter(head=head).exists()


def last_sealed_at() -> datetime | None:
    """When anything was last sealed."""
    return Seal.objects.order_by("-id").values_list("sealed_at", flat=True).first()


def filtered(records: QuerySet[AuditRecord], sought: Sought) -> QuerySet[AuditRecord]:
    """Those of ``records`` that a filter names."""
    asked: dict[str, Any] = {"verb__startswith": sought.verb, "actor_uid": sought.actor, "person_uid": sought.person}
    asked |= {"subject": sought.subject, "community": sought.community, "at__gte": sought.since}
    return records.filter(**{name: value for name, value in asked.items() if value})


def page_after(records: QuerySet[AuditRecord], before: str, size: int) -> list[AuditRecord]:
    """``size`` records that come after the one called ``before``, and one more if there is one."""
    if before:
        records = records.filter(id__lt=AuditRecord.objects.filter(uid=before).values("id")[:1])
    return list(records[: size + 1])


def names_of(uids: Iterable[str]) -> Mapping[str, str]:
    """Names by person, as the module that knows persons tells them."""
    wanted = {uid for uid in uids if uid}
    return TELLERS.get("persons").tell(wanted) if wanted and "persons" in TELLERS else {}


def say_words(names: Iterable[str]) -> Mapping[str, Any]:
    """Words for posts, purposes and columns, where an upper module has some."""
    wanted = {name for name in names if name}
    return TELLERS.get("words").tell(wanted) if wanted and "words" in TELLERS else {}


def top_viewers(actor: Actor, since: datetime, size: int = 20) -> list[tuple[str, int]]:
    """Who looked at personal data most often since then: for the monthly review (PRV-036)."""
    looks = records_visible_to(actor).filter(verb=LOOKED, at__gte=since).exclude(actor_uid="").order_by()
    counted = looks.values("actor_uid").annotate(looks=Count("id")).order_by("-looks", "actor_uid")[:size]
    return [(row["actor_uid"], row["looks"]) for row in counted]
