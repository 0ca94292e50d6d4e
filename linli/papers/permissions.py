"""Who may print what. Paper shows nobody more than the screen does."""

from __future__ import annotations

from typing import Any

from linli.core.actor import Actor
from linli.people.rules import posts_that
from linli.places.permissions import POSTER_POSTS
from linli.tickets.models import Ticket
from linli.tickets.permissions import SMALL_HANDS, WORKERS, may_see_words

OFFICERS = ("street_officer", "district_officer")
TICKET_POSTS = (*WORKERS, *OFFICERS)
OFFICE_POSTS = tuple(post for post in TICKET_POSTS if post not in SMALL_HANDS)


def may_print_home_slips(actor: Actor, place: Any) -> bool:
    """Who keeps the register of people there."""
    return actor.holds(*posts_that("keeps_people"), over=place)


def may_print_ticket(actor: Actor, ticket: Ticket) -> bool:
    """Staff who may read the reporter's words; the reporter has the slip."""
    return actor.holds(*TICKET_POSTS) and may_see_words(actor, ticket)


def may_print_today(actor: Actor) -> bool:
    """Who wears a post in which reports come to hand."""
    return actor.person_id is not None and actor.holds(*TICKET_POSTS)


def may_try_address(actor: Actor) -> bool:
    """Who prints posters tries first whether a telephone reaches the address on them."""
    return actor.holds(*POSTER_POSTS)


def may_step_run(actor: Actor) -> bool:
    """The clock carries print runs on."""
    return actor.is_system


def may_print_card(actor: Actor, ticket: Ticket) -> bool:
    """Who works where it was mended: the card says nothing that the public page does not say."""
    return actor.holds(*POSTER_POSTS, over=ticket.matter)
