"""Whatever happens in whatever order: the figures kept day by day are the ones counted from nothing."""

from datetime import timedelta
from random import Random

import pytest

from linli.core.errors import LinliError
from linli.indicators.actions import rebuild_figures, refresh_figures
from linli.indicators.models import Cell
from linli.indicators.rules import MEASURES
from linli.tickets import actions
from linli.tickets.actions import Answer, OldTicket, Proof, Sending
from linli.tickets.tests.conftest import NOW, Town, root


def _acts(town, random):
    """Acts of the cast on a report; those that the state table or a permission refuses do nothing."""
    who, body = town.who, town.body.company
    place = random.choice([town.place.building, town.place.other, town.place.far])
    answer = Answer(random.choice(["yes", "partly", "no"]), random.choice([None, 1, 3, 5]), was_contacted=True)
    return {
        "file": lambda _ticket, _now: town.file(place=place),
        "accept": lambda ticket, now: actions.accept_ticket(actor=who.desk.at(now), ticket=ticket),
        "dispatch": lambda ticket, now: actions.dispatch_ticket(
            actor=who.desk.at(now), ticket=ticket, sending=Sending(body=body)
        ),
        "finish": lambda ticket, now: actions.finish_ticket(
            actor=who.repairman.at(now), ticket=ticket, proof=Proof("换了灯泡")
        ),
        "check": lambda ticket, now: actions.check_ticket(actor=who.grid_worker.at(now), ticket=ticket),
        "rate": lambda ticket, now: actions.rate_ticket(actor=who.resident.at(now), ticket=ticket, answer=answer),
        "reopen": lambda ticket, now: actions.reopen_ticket(actor=who.resident.at(now), ticket=ticket, note="又坏了"),
        "withdraw": lambda ticket, now: actions.withdraw_ticket(actor=who.resident.at(now), ticket=ticket),
        "import": lambda _ticket, now: actions.import_tickets(
            actor=root(now),
            drafts=[OldTicket("t", str(now), place, now - timedelta(days=random.randrange(90)), "旧事", on_time="no")],
        ),
    }


def _cells():
    return sorted(Cell.objects.values_list("key", *MEASURES))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_figures_kept_are_figures_rebuilt(seed):
    random, town, tickets, now, done = Random(seed), Town(), [], NOW, 0
    tickets.append(town.file())
    for _step in range(40):
        now += timedelta(minutes=random.randrange(1, 600))
        acts = _acts(town, random)
        name = random.choices([*acts], weights=[3, 4, 4, 4, 4, 4, 2, 1, 1])[0]
        ticket = town.again(random.choice(tickets))
        try:
            made = acts[name](ticket, now)
        except LinliError:
            continue
        done += 1
        tickets += [made] if name == "file" else []
        if random.random() < 0.4:
            refresh_figures(actor=root(now))
    refresh_figures(actor=root(now + timedelta(minutes=10)))
    kept = _cells()
    rebuild_figures(actor=root(now))
    assert done >= 5
    assert sum(row[1 + MEASURES.index("cases")] for row in kept) >= 2
    assert _cells() == kept
