"""Who may do what with persons, bodies and posts. Rights follow the place tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from linli.core.actor import Actor
from linli.people.models import Appointment, Body, Demand, Person
from linli.people.queries import persons_reached
from linli.people.rules import POSTS, is_self, posts_that


def _reaches(actor: Actor, person: Person, right: str) -> bool:
    return person.erased_at is None and persons_reached(actor, right).filter(pk=person.pk).exists()


def may_see_people(actor: Actor) -> bool:
    """Those whose post keeps in touch with residents see the people list of their area."""
    return actor.holds(*posts_that("sees_people"))


def may_see_person(actor: Actor, person: Person) -> bool:
    """Oneself, and who looks after the place one lives or works in."""
    return is_self(actor, person) or _reaches(actor, person, "sees_people")


def may_show_contact(actor: Actor, person: Person) -> bool:
    """Oneself, and posts that have to call people, in their own area."""
    return is_self(actor, person) or _reaches(actor, person, "sees_contact")


def may_add_people(actor: Actor) -> bool:
    """Those who keep the register of posts and contacts."""
    return actor.holds(*posts_that("keeps_people"))


def may_correct_person(actor: Actor, person: Person) -> bool:
    """Oneself at any time (PIPL 46); the desk for a person of its area."""
    return is_self(actor, person) or _reaches(actor, person, "keeps_people")


def may_erase_person(actor: Actor, person: Person) -> bool:
    """Only the person decides, or whoever administers the register in their place (PIPL 47)."""
    return is_self(actor, person) or actor.holds("administrator")


def may_add_bodies(actor: Actor, place: Any = None) -> bool:
    """Those who appoint others keep the list of bodies of their area; without a place only an administrator."""
    if actor.holds("administrator"):
        return True
    keepers = ("secretary", "street_officer", "district_officer")
    return place is not None and actor.holds(*keepers, over=place)


def may_appoint(actor: Actor, post: str, place: Any, body: Body | None) -> bool:
    """A post that appoints this one and whose place covers the new one's; a company's manager within the company."""
    for grant in actor.grants:
        if post not in POSTS[grant.post].appoints:
            continue
        if grant.post == "property_manager" and (body is None or body.pk != grant.body_id):
            continue
        if grant.level == "everywhere" or (place is not None and grant.covers(place)):
            return True
    return False


def may_end_appointment(actor: Actor, appointment: Appointment) -> bool:
    """Whoever may give the post may end it; and everybody may lay down their own."""
    if actor.person_id == appointment.person_id:
        return True
    return may_appoint(actor, appointment.post, appointment.place, appointment.body)


def may_end_posts(actor: Actor, person: Person, held: Sequence[Appointment]) -> bool:
    """Whoever may end each of the posts; nobody hands their own whole office over alone."""
    return not is_self(actor, person) and all(may_end_appointment(actor, each) for each in held)


def may_issue_badge(actor: Actor, appointment: Appointment) -> bool:
    """Whoever may give the post; nobody issues their own."""
    if actor.person_id is not None and actor.person_id == appointment.person_id:
        return False
    return may_appoint(actor, appointment.post, appointment.place, appointment.body)


def may_recruit(actor: Actor, community: Any) -> bool:
    """Whoever may appoint captains there and keeps its register of people."""
    return may_appoint(actor, "captain", community, None) and actor.holds(*posts_that("keeps_people"), over=community)


def may_keep_roster(actor: Actor, body: Body) -> bool:
    """Who answers for the body: its secretary or manager, a street's or district's officer of that body."""
    heads = ("secretary", "property_manager", "street_officer", "district_officer")
    return any(grant.body_id == body.pk for grant in actor.grants_of(heads))


def may_state_tie(actor: Actor, person: Person) -> bool:
    """The person, or the desk on their word."""
    return is_self(actor, person) or may_add_people(actor)


def may_end_tie(actor: Actor, home: Any, person: Person | None = None) -> bool:
    """The person; for a household that moved out, the desk of that area."""
    mine = person is not None and is_self(actor, person)
    return mine or actor.holds(*posts_that("keeps_people"), over=home)


def may_ask_consent(actor: Actor, person: Person) -> bool:
    """The person themself opens the question, or whoever works with people in their area."""
    return may_see_person(actor, person)


def may_give_consent(actor: Actor, person: Person) -> bool:
    """The person on their own device; a clerk who writes down a spoken or signed answer, with a witness."""
    return is_self(actor, person) or _reaches(actor, person, "keeps_people")


def may_withdraw_consent(actor: Actor, person: Person) -> bool:
    """As easily as it was given (PIPL 15)."""
    return may_give_consent(actor, person)


ANSWERABLE = ("secretary", "street_officer", "administrator")
"""Who answers for what leaves the house."""


def _answers_for(actor: Actor, community: Any) -> bool:
    if community is None:
        return actor.holds("administrator")
    return actor.holds(*ANSWERABLE, over=community)


def may_keep_processors(actor: Actor, community: Any) -> bool:
    """Whoever answers for the community; for the whole installation an administrator."""
    return _answers_for(actor, community)


def may_see_demands(actor: Actor) -> bool:
    """Those who answer for a community, a street or the installation."""
    return actor.holds(*ANSWERABLE)


def may_note_demand(actor: Actor, community: Any) -> bool:
    """Whoever answers for the community."""
    return _answers_for(actor, community)


def may_agree_demand(actor: Actor, demand: Demand) -> bool:
    """Whoever answers for the community, once each, and never on a paper about oneself."""
    if actor.person_id is None or actor.person_id in (demand.first_by_id, demand.person_id):
        return False
    return _answers_for(actor, demand.community)


def may_end_demand(actor: Actor, demand: Demand) -> bool:
    """Whoever answers for the community, and is not the one whom the paper is about."""
    is_concerned = actor.person_id is not None and actor.person_id == demand.person_id
    return not is_concerned and _answers_for(actor, demand.community)
