"""How many statements an act costs (issue 2 G): at most nine inside a report's transaction, and four before it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.charters.queries import one_edition
from linli.core.turn import takes_turns
from linli.tickets.actions import Draft, accept_ticket, file_tickets
from linli.tickets.queries import ticket_of


def test_report_costs_nine_statements_at_most(town):
    draft = Draft(town.place.building, words="三楼的灯不亮", category_code="street_light", draft_key="k" * 20)
    town.file()
    with one_edition(), CaptureQueriesContext(connection) as asked:
        file_tickets(actor=town.who.resident, drafts=[draft])
    words = [query["sql"] for query in asked.captured_queries]
    begin = next(at for at, sql in enumerate(words) if sql.startswith("SAVEPOINT"))
    end = next(at for at, sql in enumerate(words) if sql.startswith("RELEASE"))
    # Edition and desk, and on PostgreSQL the serial; the door adds the place, and reads session and edition in one.
    assert begin == (2 if takes_turns() else 3), words[:begin]
    assert end - begin - 1 <= 9
    assert end == len(words) - 1


def test_accepting_costs_eight_statements_at_most(town):
    uid = town.file().matter.uid
    with one_edition(), CaptureQueriesContext(connection) as asked:
        accept_ticket(actor=town.who.desk, ticket=ticket_of(town.who.desk, uid))
    assert len(asked) <= 8 + 2  # and the savepoint that stands for the transaction
