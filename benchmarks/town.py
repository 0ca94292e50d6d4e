"""Builds the town that is measured: ``python -m benchmarks.town --communities 1 --tickets 1000 --out cast.json``.

Runs in a process of its own, whose environment names the database; writes who is there, and how long it took.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from datetime import timedelta
from pathlib import Path

import django

WORDS = ("楼道的灯不亮", "下水道堵了", "门禁坏了", "电梯有异响", "垃圾没有清走", "消防通道停了车")
CHOSEN = ("street_light", "", "street_light", "")
CHUNK = 1000


def prepare() -> None:
    """Django, with the baseline beside Linli."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()


def places(communities: int):
    """A district with its street, and in each community a compound of six buildings; the first has a home."""
    from linli.places.actions import PlaceDraft, add_places

    district = PlaceDraft("district", "云岭区", code="530199")
    street = PlaceDraft("street", "湖滨街道", district, code="530199001")
    drafts, homes = [district, street], []
    for number in range(communities):
        community = PlaceDraft("community", f"社区{number + 1}", street, code=f"530199001{number + 1:03}")
        compound = PlaceDraft("compound", f"小区{number + 1}", community)
        buildings = [PlaceDraft("building", f"{each + 1}号楼", compound) for each in range(6)]
        home = PlaceDraft("home", "101", buildings[0])
        drafts += [community, compound, *buildings, home]
        homes.append(home)
    made = dict(zip(map(id, drafts), add_places(actor=root(), drafts=drafts), strict=True))
    return made[id(street)], [made[id(home)] for home in homes]


def root():
    from linli.core.actor import Actor, Grant
    from linli.core.times import now

    return Actor(now=now(), channel="demo", grants=(Grant("administrator", "everywhere"),))


def staff(street, homes):
    """An office and a company for each community; a desk clerk, a repairman and a resident in the first."""
    from linli.people.actions import (
        AppointmentDraft,
        BodyDraft,
        PersonDraft,
        TieDraft,
        add_bodies,
        add_people,
        add_ties,
        appoint_people,
    )

    drafts = [BodyDraft("湖滨街道办事处", "street_office", street)]
    for home in homes:
        drafts += [
            BodyDraft(f"{home.community.name}居委会", "community_office", home.community),
            BodyDraft(f"{home.compound.name}物业", "company", home.compound),
        ]
    bodies = add_bodies(actor=root(), drafts=drafts)
    people = add_people(actor=root(), drafts=[PersonDraft(name) for name in ("卓玛", "李师傅", "王阿姨")])
    posts = [
        AppointmentDraft(people[0], "desk", bodies[1], homes[0].community),
        AppointmentDraft(people[1], "property_staff", bodies[2], homes[0].compound),
    ]
    hats = appoint_people(actor=root(), drafts=posts)
    add_ties(actor=root(), drafts=[TieDraft(people[2], homes[0], "owner")])
    return people, [*hats, None]


def sessions(people, hats) -> dict[str, str]:
    """Each of them signed in, with the rights of their post."""
    from linli.access.actions import mark_demo, wear_role
    from linli.access.models import Session

    mark_demo(actor=root())
    names = ("desk", "repairman", "resident")
    opened = [wear_role(actor=root(), person=person, appointment=hat) for person, hat in zip(people, hats, strict=True)]
    Session.objects.update(idle_minutes=24 * 60)
    return {name: one.token for name, one in zip(names, opened, strict=True)}


def clicks() -> tuple[float, float]:
    """The wall clock and this process's own processor time."""
    return time.perf_counter(), time.process_time()


def rates(count: int, spent) -> dict[str, int]:
    """How many a second, and how many in a second of processor time."""
    return {"per_second": round(count / max(spent[0], 0.001)), "per_cpu_second": round(count / max(spent[1], 0.001))}


def old_tickets(homes, count: int) -> dict[str, int]:
    """Closed reports of the year, from the importer; rows a second."""
    from linli.tickets.actions import OldTicket, import_tickets

    chance, actor, spent = random.Random(7), root(), [0.0, 0.0]
    for start in range(0, count, 5 * CHUNK):
        drafts = []
        for number in range(start, min(count, start + 5 * CHUNK)):
            home = homes[number % len(homes)]
            opened = actor.now - timedelta(minutes=chance.randint(60, 500_000))
            drafts.append(
                OldTicket(
                    "bench", str(number), home.building if number % 3 else home, opened, chance.choice(WORDS),
                    words=f"{chance.choice(WORDS)}，请来看看。第 {number} 件", class_code="G",
                    closed_at=opened + timedelta(hours=20), due_at=opened + timedelta(days=5),
                    on_time=chance.choice(("yes", "yes", "no", "unknown")),
                )
            )  # fmt: skip
        began = clicks()
        import_tickets(actor=actor, drafts=drafts)
        spent = [one + many - before for one, many, before in zip(spent, clicks(), began, strict=True)]
    return rates(count, spent)


def open_tickets(homes, count: int) -> dict[str, int]:
    """Reports of the last days that wait at the desks, filed as residents do; a second."""
    from linli.core.actor import Actor
    from linli.tickets.actions import Draft, file_tickets

    chance, began = random.Random(11), clicks()
    for start in range(0, count, 250):
        moment = root().now - timedelta(minutes=chance.randint(1, 60))
        drafts = [
            Draft(homes[number % len(homes)].building, words=chance.choice(WORDS), category_code=chance.choice(CHOSEN))
            for number in range(start, min(count, start + 250))
        ]
        file_tickets(actor=Actor(now=moment), drafts=drafts)
    return rates(count, [now - then for now, then in zip(clicks(), began, strict=True)])


def items(count: int) -> None:
    """As many rows of the baseline's table."""
    from benchmarks.baseline.models import Item

    now = root().now
    for start in range(0, count, 5000):
        Item.objects.bulk_create(
            Item(title=f"2号楼 公共照明 {number}", words=WORDS[number % 6], phone="13800000000", opened_at=now)
            for number in range(start, min(count, start + 5000))
        )


def waiting_at(home) -> list[str]:
    """Public ids of what waits at the first desk."""
    from linli.matters.models import Matter

    found = Matter.objects.filter(community_id=home.community_id, state="SUBMITTED").order_by("id")
    return list(found.values_list("uid", flat=True))


def own_ticket(token: str, home) -> str:
    """The public id of a report of the resident's own."""
    from linli.access.queries import actor_of
    from linli.tickets.actions import Draft, file_tickets

    draft = Draft(home.building, words="三楼的灯不亮", category_code="street_light")
    return file_tickets(actor=actor_of(token, root().now), drafts=[draft])[0].ticket.matter.uid


def build(communities: int, tickets: int, waiting: int) -> dict:
    """The whole town."""
    from django.core.management import call_command
    from django.db import connection

    from linli.doorsteps.rules import offer_mark

    call_command("migrate", verbosity=0)
    street, homes = places(communities)
    people, hats = staff(street, homes)
    known = {"tokens": sessions(people, hats), "tag": homes[0].building.tag, "place": homes[0].building.uid}
    known["import_tickets"] = old_tickets(homes, tickets - waiting)
    known["file_tickets"] = open_tickets(homes, waiting)
    items(tickets)
    known["waiting"] = waiting_at(homes[0])
    known["mine"] = own_ticket(known["tokens"]["resident"], homes[0])
    known["seen"] = offer_mark("三楼的灯不亮", "street_light")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return known


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--communities", type=int, default=1)
    words.add_argument("--tickets", type=int, default=1000)
    words.add_argument("--waiting", type=int, default=300)
    words.add_argument("--out", type=Path, required=True)
    asked = words.parse_args()
    prepare()
    asked.out.write_text(json.dumps(build(asked.communities, asked.tickets, asked.waiting)))


if __name__ == "__main__":
    main()
