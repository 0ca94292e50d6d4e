"""Whom a report does not concern can neither hand it out nor see who reported it."""

import pytest

from linli.core.errors import NotAllowed
from linli.desks.actions import hand_out_tickets, show_reporter
from linli.tickets.actions import Sending


def test_report_is_not_handed_out_nor_its_reporter_shown_to_others(town):
    ticket = town.file(category_code="street_light")
    for actor in (town.who.stranger, town.who.next_desk):
        with pytest.raises(NotAllowed):
            hand_out_tickets(actor=actor, tickets=[ticket], sending=Sending(body=town.body.company))
        with pytest.raises(NotAllowed):
            show_reporter(actor=actor, ticket=ticket, purpose="call_back")
