"""Run by `test_race` in a database of its own: real processes that reach for the same reports at the same instant.

``python -m linli.tickets.tests.race`` prepares the rows, starts the processes and prints what came of it as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections import Counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from linli.core.errors import WrongState  # noqa: E402
from linli.tickets.actions import (  # noqa: E402
    Answer,
    Draft,
    accept_ticket,
    check_ticket,
    claim_ticket,
    file_tickets,
    merge_tickets,
    rate_ticket,
)
from linli.tickets.models import Merge, Rating, Ticket  # noqa: E402
from linli.tickets.queries.reading import JOINED  # noqa: E402
from linli.tickets.tests.conftest import Town  # noqa: E402

ROUNDS = 8
PROCESSES = 3


def prepare() -> dict[str, list[int]]:
    """A town, and reports in the states from which two may reach."""
    call_command("migrate", verbosity=0)
    town = Town()
    children = [town.file().pk for _ in range(ROUNDS)]
    ready = {
        "accept": [town.file().pk for _ in range(ROUNDS)],
        "claim": [town.dispatched().pk for _ in range(ROUNDS)],
        "rate": [check_ticket(actor=town.who.desk, ticket=town.finished()).pk for _ in range(ROUNDS)],
        "merge": children,
        "masters": [town.file().pk for _ in range(PROCESSES)],
    }
    connection.close()
    return ready


def read(pks) -> list[Ticket]:
    found = Ticket.objects.select_related(*JOINED).in_bulk(pks)
    return [found[pk] for pk in pks]


def work(number, ready, who, place_id, start, results) -> None:
    """One process: reach for each report as soon as all are there."""
    django.setup()
    from linli.places.models import Place

    won: Counter[str] = Counter()
    acts = {
        "accept": lambda one: accept_ticket(actor=who["desk"], ticket=one),
        "claim": lambda one: claim_ticket(actor=who["repairman" if number % 2 else "mate"], ticket=one),
        "rate": lambda one: rate_ticket(actor=who["resident"], ticket=one, answer=Answer("yes", 5)),
        "merge": lambda one: merge_tickets(
            actor=who["desk"], master=read([ready["masters"][number]])[0], children=[one]
        ),
    }
    for name, act in acts.items():
        tickets = read(ready[name])
        start.wait()
        for one in tickets:
            try:
                act(one)
                won[name] += 1
            except WrongState:
                won[f"{name} lost"] += 1
    place = Place.objects.get(pk=place_id)
    start.wait()
    for no in range(ROUNDS):
        draft = Draft(place=place, words="灯", category_code="street_light", draft_key=f"the-same-draft-{no:04}")
        won["filed"] += file_tickets(actor=who["resident"], drafts=[draft])[0].is_new
    results.put(dict(won))


def main() -> None:
    """Prepare, race, report."""
    ready = prepare()
    town_who = _who()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    start = context.Barrier(PROCESSES)
    place_id = Ticket.objects.select_related("matter").first().matter.place_id
    connection.close()
    processes = [
        context.Process(target=work, args=(number, ready, town_who, place_id, start, results))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    total: Counter[str] = Counter()
    for _ in processes:
        total.update(results.get(timeout=120))
    for process in processes:
        process.join()
    total["ratings"] = Rating.objects.count()
    total["merges"] = Merge.objects.count()
    total["same drafts"] = Ticket.objects.filter(draft_key__startswith="the-same-draft").count()
    sys.stdout.write(json.dumps(dict(total)))


def _who() -> dict[str, object]:
    """The cast, read back from the database."""
    from linli.people.models import Person
    from linli.tickets.tests.conftest import actor_for

    posts = {"desk": "desk", "repairman": "property_staff", "mate": "property_staff", "resident": ""}
    people = {person.display_name: person for person in Person.objects.all()}
    return {name: actor_for(people[name], post) for name, post in posts.items()}


if __name__ == "__main__":
    main()
