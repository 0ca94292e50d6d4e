from datetime import UTC, datetime

import pytest

from linli.core.errors import NotAllowed
from linli.notices.models import Notice
from linli.tickets.actions import OldTicket, import_tickets
from linli.tickets.models import Ticket

MADE = datetime(2025, 3, 4, 1, 0, tzinfo=UTC)


def old(town, number, **more):
    known = {"source": "hotline", "place": town.place.community, "opened_at": MADE, "title": "路灯不亮"}
    return OldTicket(**known | {"number": str(number)} | more)


def test_import_tickets_are_closed_silent_and_keep_the_sources_verdict(town):
    verdicts = ["yes", "no", "unknown", "maybe"]
    drafts = [old(town, number, on_time=verdict) for number, verdict in enumerate(verdicts)]
    made = import_tickets(actor=town.who.desk, drafts=drafts).created
    found = [(one.matter.state, one.matter.on_time, one.matter.opened_at) for one in made]
    assert found == [("CLOSED", verdict, MADE) for verdict in ("yes", "no", "unknown", "unknown")]
    assert made[0].matter.next_alarm_at is None
    assert not Notice.objects.exists()


def test_import_tickets_a_second_time_adds_nothing(town):
    drafts = [old(town, number) for number in (1, 2, 2)]
    first = import_tickets(actor=town.who.desk, drafts=drafts)
    second = import_tickets(actor=town.who.desk, drafts=drafts)
    assert (len(first.created), first.already) == (2, [2])
    assert (len(second.created), second.already) == (0, [0, 1, 2])
    assert len(import_tickets(actor=town.who.desk, drafts=[old(town, 1, source="messages")]).created) == 1


def test_import_tickets_takes_numbers_out_of_old_words(town):
    made = import_tickets(actor=town.who.desk, drafts=[old(town, 1, words="打13812345678找我")]).created
    assert made[0].words == "打138******78找我"


def test_import_tickets_is_not_for_residents(town):
    for actor in (town.who.resident, town.who.repairman):
        with pytest.raises(NotAllowed):
            import_tickets(actor=actor, drafts=[old(town, 1)])


@pytest.mark.slow
def test_import_tickets_takes_thousands_in_one_act(town):
    drafts = [old(town, number, words="路灯不亮，请尽快修好" * 5) for number in range(3000)]
    import_tickets(actor=town.who.desk, drafts=drafts)
    assert Ticket.objects.count() == 3000
