"""Reads: who holds which post where, which body sees to what, and which persons an actor may know of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from linli.core.actor import LEVELS, Actor, Grant
from linli.core.asked import Question, Told
from linli.core.secret import blind_index
from linli.core.times import day_of
from linli.people import rules
from linli.people.models import (
    Application,
    Appointment,
    Badge,
    Body,
    Call,
    Consent,
    Demand,
    Person,
    Processor,
    Shift,
    Tie,
)
from linli.places.models import GridCover
from linli.places.queries import covered_by, open_places, places_below

PHONE_INDEX = "people.person.phone"


def _serving() -> QuerySet[Body]:
    """The active bodies of a place, of what it lies in, and of the grid and area that cover it."""
    inside = reduce(or_, [Q(place_id=Told(name)) for name in ("own", "parent", *LEVELS)])
    grids = GridCover.objects.filter(inside).values("grid")
    near = inside | Q(place__in=grids) | Q(place__in=GridCover.objects.filter(place__in=grids).values("grid"))
    return Body.objects.filter(near, is_active=True).select_related("place")


SERVING = Question(_serving)


def in_force(on: date | Told, prefix: str = "") -> Q:
    """Rows with ``from_on`` and ``to_on`` that are in force on a day."""
    begun = Q(**{f"{prefix}from_on__lte": on})
    return begun & (Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gte": on}))


def appointments_of(person_id: int, on: date) -> QuerySet[Appointment]:
    """The posts a person holds on a day, in the order they were given."""
    found = Appointment.objects.filter(in_force(on), person_id=person_id)
    return found.select_related("body", "place", "body__place").order_by("from_on", "id")


def appointments_after(person_id: int, on: date) -> QuerySet[Appointment]:
    """The posts that a person holds on a day without a last one, or with a later one, and those still to begin."""
    found = Appointment.objects.filter(Q(to_on=None) | Q(to_on__gt=on), person_id=person_id)
    return found.select_related("person", "body", "body__place", "place", "place__community").order_by("from_on", "id")


def grants_of(appointment: Appointment) -> tuple[Grant, ...]:
    """The rights an appointment gives: over its place, else its body's; a grid's or area's over what it covers."""
    place = appointment.place or (appointment.body.place if appointment.body else None)
    places = covered_by(place) if place is not None else [None]
    reached = {rules.grant_place(appointment.post, each) for each in places}
    return tuple(Grant(appointment.post, level, pk, appointment.body_id) for level, pk in sorted(reached, key=str))


def resident_grants(person_id: int, on: date) -> tuple[Grant, ...]:
    """What a tie to a home gives: the post of a resident over its compound (or what stands above, without one)."""
    ties = Tie.objects.filter(in_force(on), person_id=person_id).select_related("home", "home__compound")
    reached = {rules.grant_place("resident", tie.home.compound or tie.home) for tie in ties}
    return tuple(Grant("resident", level, pk) for level, pk in sorted(reached, key=str))


def wearers_of(body_id: int, on: date, post: str = "") -> QuerySet[Person]:
    """Who holds a post (or that one) of a body on a day."""
    posts = Appointment.objects.filter(in_force(on), body_id=body_id, person=OuterRef("pk"))
    if post:
        posts = posts.filter(post=post)
    return Person.objects.filter(Exists(posts), erased_at=None).order_by("display_name", "id")


def shift_on(body_id: int | None, on: date) -> Shift | None:
    """Who is on duty for a body on a day."""
    found = Shift.objects.filter(body_id=body_id or 0, from_on__lte=on, to_on__gte=on)
    return found.select_related("person", "stand_in", "body").first()


def shifts_after(body_id: int, on: date) -> QuerySet[Shift]:
    """The turns of a body that run or are to come."""
    found = Shift.objects.filter(body_id=body_id, to_on__gte=on).select_related("person", "stand_in")
    return found.order_by("from_on")


def body_of(uid: str) -> Body | None:
    """The body with that public id."""
    return Body.objects.filter(uid=uid).select_related("place").first()


def chain_of(place: Any) -> list[int]:
    """The ids of a place and of what it lies in, narrowest first."""
    above = (getattr(place, f"{level}_id") for level in reversed(LEVELS))
    return list(dict.fromkeys([place.pk, *(pk for pk in above if pk is not None)]))


def community_of(place: Any) -> str:
    """The 12-digit code of the community a place lies in, for the audit; "" above or outside one."""
    community = getattr(place, "community", None)
    return community.code if community is not None else ""


def community_of_person(person: Person) -> str:
    """The code of the community somebody lives or serves in, for the audit's readers there; "" where there is none."""
    for rows, place in ((person.ties, "home"), (person.appointments, "place")):
        found = rows.filter(to_on=None).exclude(**{f"{place}__community": None}).order_by("pk")
        code = found.values_list(f"{place}__community__code", flat=True).first()
        if code:
            return str(code)
    return ""


def bodies_around(place: Any) -> list[Body]:
    """The active bodies of a place and of what it lies in, nearest first; grid and area stand below the community."""
    chain = chain_of(place)
    above = {level: getattr(place, f"{level}_id") for level in LEVELS}
    found = SERVING.rows(own=place.pk, parent=place.parent_id, **above)
    return sorted(found, key=lambda body: (_steps(body, place, chain), body.pk))


def _steps(body: Body, place: Any, chain: list[int]) -> float:
    """How far up from a place its body sits."""
    if body.place_id in chain:
        return chain.index(body.place_id)
    below = {"grid": 0.6, "area": 0.3}.get(body.place.level) if body.place else None
    if below is None or place.community_id not in chain:
        return 0.5
    return chain.index(place.community_id) - below


def homes_of(person_id: int, on: date) -> list[Any]:
    """The homes that a person is tied to on a day, each once, in the order of the tree."""
    ties = Tie.objects.filter(in_force(on), person_id=person_id, home__closed_on=None).select_related("home")
    return sorted({tie.home for tie in ties}, key=lambda home: home.order)


def bodies_for(place: Any, *, category_code: str = "", body_kind: str = "") -> list[Body]:
    """The bodies that see to a category (or are of a kind) at a place: those charged with it first, nearest first.

    A body of the grid or the area (片区) that covers the place comes before the community's: what nobody nearer takes
    falls to the area, then to the community (003-09).
    """
    chosen = [
        body
        for body in bodies_around(place)
        if (category_code and category_code in body.duty_categories)
        or (not body.duty_categories and body_kind and body.kind == body_kind)
        or (body_kind and body.kind == body_kind and not category_code)
    ]
    return sorted(chosen, key=lambda body: category_code not in body.duty_categories)


def bodies_by_name(place: Any = None) -> dict[str, Body]:
    """Active bodies by name and by each alias; with a place, those in it or in what it lies in. One query."""
    found = Body.objects.filter(is_active=True).order_by("-id")
    if place is not None:
        inside = Q(**{f"{place.level}_id": place.pk}) if place.level in LEVELS else Q(place_id=place.pk)
        found = found.filter(inside | Q(place_id__in=chain_of(place)) | Q(place__isnull=True))
    named: dict[str, Body] = {}
    for body in found:
        named.update(dict.fromkeys((*body.aliases, body.name), body))
    return named


def body_by_alias(name: str, place: Any = None) -> Body | None:
    """The body of that name or alias, within a place where one is given."""
    return bodies_by_name(place).get(name.strip())


def bodies_visible_to(actor: Actor) -> QuerySet[Body]:
    """Bodies are public: offices, companies and committees with their work telephone."""
    return Body.objects.filter(is_active=True).select_related("place", "parent").order_by("name", "id")


def persons_by_phone(number: str) -> QuerySet[Person]:
    """Persons in use with that number. Households share telephones, so there may be several."""
    index = blind_index(rules.clean_phone(number), PHONE_INDEX)
    return Person.objects.filter(phone_index=index, erased_at=None).exclude(phone_index="").order_by("id")


def _area(grants: Iterable[Grant], prefix: str) -> Q | None:
    """A condition on the place at ``prefix``; None for everywhere."""
    area = Q(pk__in=())
    for grant in grants:
        if grant.level == "everywhere":
            return None
        if grant.place_id is not None:
            column = f"{grant.level}_id"
            area |= Q(**{f"{prefix}__{column}" if prefix else column: grant.place_id})
    return area


def persons_reached(actor: Actor, right: str) -> QuerySet[Person]:
    """Persons in use who live in, or hold a post over, the area where the actor has ``right`` (a field of `Post`)."""
    people = Person.objects.filter(erased_at=None)
    grants = list(actor.grants_of(rules.posts_that(right)))
    home, post = _area(grants, "home"), _area(grants, "place")
    if home is None or post is None:
        return people
    if not grants:
        return people.none()
    today = day_of(actor.now)
    office = _area(grants, "body__place") or Q(pk__in=())
    tied = Tie.objects.filter(in_force(today), home, person=OuterRef("pk"))
    posted = Appointment.objects.filter(in_force(today), post | office, person=OuterRef("pk"))
    return people.filter(Exists(tied) | Exists(posted))


def persons_visible_to(actor: Actor) -> QuerySet[Person]:
    """The people of the actor's area, and the actor."""
    return persons_reached(actor, "sees_people") | Person.objects.filter(pk=actor.person_id or 0, erased_at=None)


def persons_to_appoint(actor: Actor) -> QuerySet[Person]:
    """Whom the actor may know of, and people just added, who live and work nowhere yet."""
    visible = persons_visible_to(actor)
    if not actor.holds(*rules.posts_that("keeps_people")):
        return visible
    return visible | Person.objects.filter(erased_at=None, appointments=None, ties=None)


def with_places(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """The same persons with their homes and posts of that day, in two more queries however many there are."""
    ties = Tie.objects.filter(in_force(on)).select_related("home", "home__building", "home__compound").order_by("id")
    posts = Appointment.objects.filter(in_force(on)).select_related("body", "place").order_by("id")
    return people.prefetch_related(
        Prefetch("ties", ties, to_attr="homes_now"), Prefetch("appointments", posts, to_attr="posts_now")
    )


def consents_of(person_id: int) -> QuerySet[Consent]:
    """All answers of a person, newest first."""
    return Consent.objects.filter(person_id=person_id).order_by("-asked_at", "-id")


def has_consented(person_id: int, scope: str, at: Any) -> bool:
    """Whether a consent of that scope is in force at a moment."""
    found = Consent.objects.filter(person_id=person_id, scope=scope, state="given")
    return found.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at)).exists()


def held_about(person: Person) -> list[dict[str, Any]]:
    """Everything held about a person, by module, for their own page and their export (PIPL 45)."""
    from linli.people.held import HELD

    return [{"name": h.name, "words": str(h.words), "rows": h.export(person.uid)} for h in HELD]


def persons_to_purge(at: datetime) -> QuerySet[Person]:
    """Who left long enough ago to be wiped now."""
    return Person.objects.filter(purged_at=None, erased_at__lte=at - rules.PURGE_AFTER).order_by("erased_at")


def names_of(uids: Iterable[str]) -> dict[str, str]:
    """Display names by public id, for lists that know no more than ids. One query."""
    return dict(Person.objects.filter(uid__in=set(uids)).values_list("uid", "display_name"))


def people_page(people: QuerySet[Person], after: str, size: int) -> tuple[list[Person], str]:
    """The next ``size`` people by name after the person with that public id; and after whom the next page begins."""
    start = Person.objects.filter(uid=after).first() if after else None
    if start is not None:
        later = Q(display_name__gt=start.display_name) | Q(display_name=start.display_name, pk__gt=start.pk)
        people = people.filter(later)
    found = list(people.order_by("display_name", "id")[: size + 1])
    return found[:size], found[size - 1].uid if len(found) > size else ""


def people_matching(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Those whose name contains the words, or whose whole number it is."""
    words = " ".join(words.split())
    if not words:
        return people
    try:
        index = blind_index(rules.clean_phone(words), PHONE_INDEX)
    except ValueError:
        index = ""
    named = Q(display_name__icontains=words) | Q(name_bo__icontains=words)
    return people.filter(named | Q(phone_index=index)) if index else people.filter(named)


def processors_in_force(on: date) -> QuerySet[Processor]:
    """Whom personal data is entrusted to on a day. Public: everybody may know it (PIPL 17, 23)."""
    found = Processor.objects.filter(ended_on=None, from_on__lte=on, to_on__gte=on)
    return found.select_related("community").order_by("party", "id")


def _in_area(actor: Actor) -> Q:
    """Rows with a ``community`` for which the actor answers."""
    area = _area(actor.grants_of(("secretary", "street_officer", "administrator")), "community")
    return Q() if area is None else area


def processors_kept_by(actor: Actor) -> QuerySet[Processor]:
    """All entrustings that the actor answers for, running ones first."""
    found = Processor.objects.filter(_in_area(actor)).select_related("community")
    return found.order_by(F("ended_on").desc(nulls_first=True), "party", "id")


def demands_visible_to(actor: Actor) -> QuerySet[Demand]:
    """What authorities asked of the communities that the actor answers for, newest first; never what is about them."""
    found = Demand.objects.filter(_in_area(actor)).exclude(person_id=actor.person_id or 0)
    return found.select_related("community", "person", "noted_by", "first_by", "second_by").order_by("-id")


def communities_of(actor: Actor) -> QuerySet[Any]:
    """The communities that the actor answers for."""
    from linli.places.models import Place

    area = _area(actor.grants_of(("secretary", "street_officer", "administrator")), "")
    found = Place.objects.filter(level="community", closed_on=None).order_by("code")
    return found if area is None else found.filter(area)


def offices(community_id: int | None = None) -> QuerySet[Body]:
    """Community offices, which answer for personal data; of one community or of all."""
    found = Body.objects.filter(kind="community_office", is_active=True).select_related("place").order_by("name", "id")
    return found.filter(community_id=community_id) if community_id else found


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a badge's page may say."""

    is_valid: bool = False
    team: str = ""
    valid_to: date | None = None


def badge_of(appointment: Appointment) -> Badge | None:
    """The badge in force of a post."""
    return Badge.objects.filter(appointment=appointment, ended_at=None).select_related("photo").first()


def badge_standing(code: str, on: date) -> Standing:
    """Whether a badge is valid, for which team, until when; an unknown code is as invalid as a withdrawn one."""
    found = Badge.objects.filter(
        in_force(on, "appointment__"),
        code=code,
        ended_at=None,
        valid_to__gte=on,
        appointment__person__erased_at=None,
    )
    badge = found.select_related("appointment__body", "appointment__place__community").first()
    if badge is None:
        return Standing()
    post = badge.appointment
    community = post.place.community if post.place else None
    team = post.body.name if post.body else (community or post.place).label if post.place else ""
    return Standing(is_valid=True, team=team, valid_to=min(badge.valid_to, post.to_on or badge.valid_to))


def calls_open(on: date) -> QuerySet[Call]:
    """Calls that one may still apply for. Public."""
    return Call.objects.filter(until_on__gte=on).select_related("community").order_by("until_on", "id")


def applications_of(call: Call) -> QuerySet[Application]:
    """Who applied, in the order of their coming; for who appoints."""
    found = Application.objects.filter(call=call).select_related("building", "appointment")
    return found.order_by("sent_at", "id")


def buildings_in(community: Any) -> QuerySet[Any]:
    """The open buildings of a community."""
    return places_below(community, "building")


def communities_to_recruit_in(actor: Actor) -> QuerySet[Any]:
    """The communities for which the actor appoints captains and keeps the register."""
    area = _area(actor.grants_of(("secretary", "administrator")), "")
    found = open_places().filter(level="community")
    return found if area is None else found.filter(area)
