"""Reads: the notices that nobody was told yet, as far as the actor goes to those people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from linli.access.models import Account
from linli.core.actor import Actor
from linli.core.times import day_of
from linli.knocks.models import Knock
from linli.knocks.permissions import KNOCKERS
from linli.matters.models import Matter
from linli.notices.models import Delivery, Notice
from linli.notices.rules import CODES
from linli.people.models import Person
from linli.people.queries import persons_reached, with_places
from linli.people.rules import LANGUAGE_NAMES

LIFE = timedelta(days=14)
"""After a fortnight a message is no news."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list."""

    notice: Notice
    matter: Matter | None
    person: Person | None
    where: str
    language: str
    tries: int


def _area(actor: Actor) -> Q:
    """Reports that stand where the actor works."""
    area = Q(pk__in=())
    for grant in actor.grants_of(KNOCKERS):
        if grant.place_id is not None:
            area |= Q(**{f"{grant.level}_id": grant.place_id})
    return area


def notices_untold(actor: Actor) -> QuerySet[Notice]:
    """Notices that no channel took out and nobody reads here, the newest of each matter for each person."""
    out = Delivery.objects.filter(notice=OuterRef("pk"), state__in=("QUEUED", "SENT"))
    reads = Account.objects.filter(person=OuterRef("person"), is_active=True)
    said = Knock.objects.filter(notice=OuterRef("pk"), said_at__isnull=False)
    here = Matter.objects.filter(_area(actor), uid=OuterRef("subject"))
    mine = Q(person__in=persons_reached(actor, "sees_contact").order_by().values("pk"))
    bare = Q(Exists(here), person=None, body=None, has_contact=True)
    told_later = Notice.objects.filter(
        ~Q(subject=""), subject=OuterRef("subject"), person=OuterRef("person"), pk__gt=OuterRef("pk")
    )
    bare_later = Notice.objects.filter(
        subject=OuterRef("subject"), person=None, has_contact=True, pk__gt=OuterRef("pk")
    )
    found = Notice.objects.filter(mine | bare, expanded_at__isnull=False, at__gte=actor.now - LIFE)
    found = found.exclude(kind__in=CODES).exclude(kind__startswith="announcement.")
    found = found.exclude(Exists(out)).exclude(Exists(reads)).exclude(Exists(said))
    later = Q(Exists(told_later), person__isnull=False) | Q(Exists(bare_later), person=None)
    return found.exclude(later).order_by(F("is_urgent").desc(), "pk")


def lines_of(actor: Actor, notices: list[Notice]) -> list[Line]:
    """The lines of a page: five reads for any number."""
    subjects = {notice.subject for notice in notices} - {""}
    matters = {row.uid: row for row in Matter.objects.filter(uid__in=subjects).select_related("place")}
    ids = {notice.person_id for notice in notices if notice.person_id}
    people = {row.pk: row for row in with_places(Person.objects.filter(pk__in=ids), day_of(actor.now))}
    tries = dict(Knock.objects.filter(notice__in=notices).values_list("notice", "tries"))
    return [_line(notice, matters, people, tries.get(notice.pk, 0)) for notice in notices]


def _line(notice: Notice, matters: dict[str, Matter], people: dict[int, Person], tries: int) -> Line:
    person = people.get(notice.person_id or 0)
    matter = matters.get(notice.subject)
    homes = person.homes_now if person else []  # type: ignore[attr-defined]  # prefetched by with_places
    place = homes[0].home if homes else (matter.place if matter else None)
    language = notice.language or (person.language if person else "zh-hans")
    return Line(notice, matter, person, place.label if place else "", LANGUAGE_NAMES.get(language, ""), tries)
