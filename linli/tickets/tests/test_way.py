"""The whole way of a report, and what its reporter is told."""

from linli.notices.models import Notice
from linli.tickets.actions import Answer, check_ticket, rate_ticket
from linli.tickets.tests.conftest import NOW


def test_ticket_goes_from_a_phone_to_a_rated_answer(town):
    ticket = town.finished()
    check_ticket(actor=town.who.desk, ticket=ticket)
    rate_ticket(actor=town.who.resident, ticket=ticket, answer=Answer("yes", 5))
    matter = town.again(ticket).matter
    assert (matter.state, matter.phase, matter.solved, matter.stars, matter.on_time) == (
        "CLOSED",
        "done",
        "yes",
        5,
        "yes",
    )
    assert matter.closed_at == NOW
    verbs = list(matter.entries.order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "ticket.opened", "ticket.accepted", "ticket.dispatched", "ticket.resolved", "ticket.awaiting_rating",
        "ticket.closed",
    ]  # fmt: skip


def test_ticket_tells_its_reporter_each_step_in_plain_words(town):
    check_ticket(actor=town.who.desk, ticket=town.finished())
    notices = Notice.objects.filter(person_id=town.who.resident.person_id).order_by("id")
    titles = [title.split("：")[0] for title in notices.values_list("title", flat=True)]
    assert titles == ["社区接下了", "安和物业来办", "办好了", "请您打分"]
