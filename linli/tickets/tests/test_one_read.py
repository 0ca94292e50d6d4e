"""What is decided on one row must be what the database would have decided on all of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.core.actor import Actor
from linli.core.errors import NotFound
from linli.tickets.actions import Sending, dispatch_ticket
from linli.tickets.queries import ticket_of, tickets_visible_to


def reports(town):
    """One of each kind that some may know of and others may not."""
    helped = Sending(body=town.body.company, helpers=[(town.body.lift, "看一下")])
    return [
        town.file(),
        town.file(category_code="home_repair", reporter_phone="13800000000", actor=Actor(now=town.clock.now)),
        town.file(category_code="home_repair"),
        town.file(place=town.place.far, category_code="home_repair"),
        dispatch_ticket(actor=town.who.desk, ticket=town.accepted(category_code="home_repair"), sending=helped),
        town.finished(),
    ]  # fmt: skip


def actors(town):
    known = [actor for name, actor in vars(town.who).items() if name != "person"]
    return [*known, Actor(now=town.clock.now), town.clock]


def test_ticket_of_knows_what_the_list_knows(town):
    tickets = reports(town)
    for actor in actors(town):
        listed = set(tickets_visible_to(actor).values_list("pk", flat=True))
        found = set()
        for ticket in tickets:
            try:
                found.add(ticket_of(actor, ticket.matter.uid).pk)
            except NotFound:
                continue
        assert found == listed, actor.hat


def test_ticket_of_reads_once_for_staff(town):
    uid = town.file().matter.uid
    with CaptureQueriesContext(connection) as asked:
        ticket = ticket_of(town.who.desk, uid)
        assert ticket.matter.place.label
        assert ticket.matter.holder_body.name
    assert len(asked) == 1
    with pytest.raises(NotFound):
        ticket_of(town.who.desk, "2222222222")
