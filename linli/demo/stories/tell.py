"""Three months in 雪莲苑, told by ordinary actions: the same ones that a desk, a repairman and a neighbour press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

from linli.core.actor import Actor, system
from linli.core.times import day_of, moment
from linli.demo import cast
from linli.demo.stories import texts
from linli.demo.stories.plant import World
from linli.matters import clock as matters_clock
from linli.notices.actions import read_notices, settle_notices
from linli.notices.queries import unread_notices
from linli.tickets import clock as tickets_clock
from linli.tickets.actions import (
    Answer,
    Draft,
    Proof,
    Sending,
    accept_ticket,
    answer_question,
    ask_reporter,
    bring_back,
    check_ticket,
    claim_ticket,
    contact_reporter,
    dispatch_ticket,
    file_tickets,
    finish_ticket,
    merge_tickets,
    rate_ticket,
    refuse_ticket,
    send_to_meeting,
    take_ticket,
    transfer_ticket,
)
from linli.tickets.models import Ticket
from linli.tickets.rules.sizes import Facts
from linli.tickets.states import AWAITING_RATING

DAYS = 90
SEED = 20_241_005
LIFT_SETTLED = timedelta(days=37)
"""How long ago the meeting decided about the lift, a week after it was reported."""


@dataclass
class Teller:
    """Tells one life after another; holds the cast, chance, and today."""

    world: World
    chance: Random
    now: datetime

    def neighbour(self, at: datetime, ticket: Ticket | None = None) -> Actor:
        """A neighbour without an account; with a receipt for ``ticket``."""
        receipts = frozenset([ticket.matter.uid]) if ticket else frozenset()
        return Actor(now=at, channel="web", receipts=receipts)

    def place(self, kind: str) -> str:
        """A place of that kind, by chance."""
        if kind == "spot":
            return self.chance.choice(cast.SPOTS)
        building = self.chance.choice(cast.BUILDINGS)
        return building if kind == "building" else building + self.chance.choice(cast.STAIRWELLS)

    def report(self, at: datetime, words: str, category: str, place: str, who: Actor | None = None) -> Ticket:
        """Somebody reports something."""
        draft = Draft(
            place=self.world.places[place],
            words=words,
            category_code=category,
            source=self.chance.choice(("poster", "poster", "web")),
            reporter_phone="" if who else f"1390001{self.chance.randrange(10_000):04d}",
            draft_key=f"demo-{self.chance.getrandbits(60):015x}",
        )
        return file_tickets(actor=who or self.neighbour(at), drafts=[draft])[0].ticket

    def accept(self, ticket: Ticket, at: datetime, facts: Facts | None = None) -> None:
        """The desk takes it up."""
        accept_ticket(actor=self.world.actor("desk", at), ticket=ticket, facts=facts)

    def hand_over(self, ticket: Ticket, at: datetime, body: str = "company") -> None:
        """The desk gives it to a body."""
        dispatch_ticket(actor=self.world.actor("desk", at), ticket=ticket, sending=Sending(self.world.bodies[body]))

    def do(self, ticket: Ticket, at: datetime) -> None:
        """The repairman takes it, does it; the grid worker looks at it."""
        claim_ticket(actor=self.world.actor("repairman", at), ticket=ticket)
        words = self.chance.choice(texts.DONE_WORDS)
        hours = timedelta(hours=self.chance.uniform(0.5, 3))
        finish_ticket(actor=self.world.actor("repairman", at + hours), ticket=ticket, proof=Proof(words))
        check_ticket(actor=self.world.actor("grid", at + hours + timedelta(minutes=40)), ticket=ticket)

    def rate(self, ticket: Ticket, at: datetime, answer: Answer) -> None:
        """The neighbour rates."""
        rate_ticket(actor=self.neighbour(at, ticket), ticket=ticket, answer=answer)


def tell(world: World, now: datetime) -> None:
    """Tell everything up to ``now``."""
    teller = Teller(world, Random(SEED), now)
    for at in _mornings(now, teller.chance):
        if day_of(at) == day_of(now) - LIFT_SETTLED:
            _the_lift(replace(teller, chance=Random(SEED + 1)))
        _an_ordinary_day(teller, at)
        ring_the_clocks(at)
    _today(teller)
    ring_the_clocks(now)
    _read_the_news(teller)


def ring_the_clocks(at: datetime) -> None:
    """What the tick would have done by then: reminders, ratings that ran out, small matters that turn general."""
    for clock in (*matters_clock.CLOCK, *tickets_clock.CLOCK):
        clock(at)
    settle_notices(actor=system(at))


def _read_the_news(teller: Teller) -> None:
    """Everybody has read what is older than a day."""
    for slug in teller.world.hats:
        actor = teller.world.actor(slug, teller.now)
        old = unread_notices(actor).filter(at__lt=teller.now - timedelta(days=1))
        read_notices(actor=actor, notices=list(old))


def _mornings(now: datetime, chance: Random) -> Iterator[datetime]:
    """Nine o'clock on each of the last ninety days."""
    for back in range(DAYS, 1, -1):
        yield _morning_before(now, back) + timedelta(minutes=chance.randrange(50))


def _morning_before(now: datetime, days: int) -> datetime:
    """Nine o'clock, so many days ago."""
    return moment(day_of(now) - timedelta(days=days), time(9))


def _an_ordinary_day(teller: Teller, at: datetime) -> None:
    """One small thing most days, and now and then something larger."""
    chance = teller.chance
    if chance.random() < 0.9:
        _small(teller, at)
    if chance.random() < 0.5:
        _general(teller, at + timedelta(hours=2))
    if chance.random() < 0.06:
        _question(teller, at + timedelta(hours=3))
    if chance.random() < 0.04:
        _not_ours(teller, at + timedelta(hours=4))


def _not_ours(teller: Teller, at: datetime) -> None:
    kind, words, category, to, note = teller.chance.choice(texts.ELSEWHERE)
    ticket = teller.report(at, words, category, teller.place(kind))
    transfer_ticket(actor=teller.world.actor("desk", at + timedelta(minutes=30)), ticket=ticket, to=to, note=note)


def _stars(teller: Teller) -> Answer | None:
    """What a neighbour answers: often nothing, mostly content."""
    chance = teller.chance.random()
    if chance < 0.3:
        return None
    if chance < 0.84:
        words = teller.chance.choice(texts.PRAISE)
        return Answer("yes", teller.chance.choice((4, 5, 5)), was_contacted=True, words=words)
    return Answer("partly", 3, was_contacted=True) if chance < 0.93 else Answer("no", 2, was_contacted=True)


def _small(teller: Teller, at: datetime) -> None:
    kind, words, category = teller.chance.choice(texts.SMALL)
    ticket = teller.report(at, words, category, teller.place(kind))
    teller.accept(ticket, at + timedelta(minutes=20), Facts(hands="property_staff"))
    teller.hand_over(ticket, at + timedelta(minutes=25))
    late = timedelta(days=1) if teller.chance.random() < 0.06 else timedelta()
    teller.do(ticket, at + timedelta(hours=teller.chance.uniform(1, 5)) + late)
    _answered(teller, ticket, at + late + timedelta(hours=11))


def _general(teller: Teller, at: datetime) -> None:
    kind, words, category = teller.chance.choice(texts.GENERAL)
    ticket = teller.report(at, words, category, teller.place(kind))
    teller.accept(ticket, at + timedelta(minutes=50), Facts(hands="property_staff", cost_yuan=800))
    teller.hand_over(ticket, at + timedelta(hours=1))
    contact_reporter(actor=teller.world.actor("manager", at + timedelta(hours=4)), ticket=ticket)
    days = timedelta(days=teller.chance.choice((1, 1, 2, 3, 5, 9)))
    if at + days + timedelta(days=1) >= teller.now:
        return
    teller.do(ticket, at + days)
    _answered(teller, ticket, at + days + timedelta(hours=20))


def _answered(teller: Teller, ticket: Ticket, at: datetime) -> None:
    """The rating; what was not solved is done again and rated anew."""
    answer = _stars(teller)
    if answer is None or at >= teller.now or ticket.matter.state != AWAITING_RATING:
        return
    words = teller.chance.choice(texts.COMPLAINT) if answer.solved == "no" else answer.words
    teller.rate(ticket, at, replace(answer, words=words))
    again = at + timedelta(hours=14)
    if answer.solved == "no" and again + timedelta(hours=12) < teller.now:
        teller.do(ticket, again)
        teller.rate(ticket, again + timedelta(hours=8), Answer("yes", 5, was_contacted=True))


def _question(teller: Teller, at: datetime) -> None:
    kind, words, category = teller.chance.choice(texts.QUESTIONS)
    ticket = teller.report(at, words, category, teller.place(kind))
    teller.accept(ticket, at + timedelta(minutes=15))
    actor = teller.world.actor("desk", at + timedelta(minutes=20))
    if teller.chance.random() < 0.3:
        refuse_ticket(actor=actor, ticket=ticket, reason="outside_powers", note="请到区社保局办，电话 12333。")
        return
    dispatch_ticket(actor=actor, ticket=ticket, sending=Sending(teller.world.bodies["office"]))
    grid = teller.world.actor("grid", at + timedelta(hours=1))
    claim_ticket(actor=grid, ticket=ticket)
    finish_ticket(actor=grid, ticket=ticket, proof=Proof("已当面说明，带身份证到社区一楼就能办。"))
    check_ticket(actor=teller.world.actor("desk", at + timedelta(hours=2)), ticket=ticket)


def _the_lift(teller: Teller) -> None:
    """Fourteen voices, the meeting on the 15th, and the work that is going on."""
    stairwell = "2号楼东单元"
    start = _morning_before(teller.now, LIFT_SETTLED.days + 7)
    master = teller.report(start, texts.LIFT, "lift", stairwell)
    teller.accept(master, start + timedelta(minutes=30), Facts(needs_common_money=True, households=14))
    voices = []
    for number, words in enumerate(texts.LIFT_VOICES, start=1):
        days, hours = divmod(number, 8)
        voices.append(teller.report(start + timedelta(days=days, hours=hours), words, "lift", stairwell))
    desk = teller.world.actor("desk", start + timedelta(days=2))
    merge_tickets(actor=desk, master=master, children=voices, note="都是东单元这一部电梯")
    send_to_meeting(actor=teller.world.actor("desk", start + timedelta(days=2, minutes=5)), ticket=master,
                    note="要动维修资金，请四方到议事会商量")  # fmt: skip
    decided = start + timedelta(days=7)
    until = teller.now + timedelta(days=18)
    bring_back(
        actor=teller.world.actor("secretary", decided),
        ticket=master,
        note="议事会商定：换曳引机和门机，不再零修；物业十天内请三家报价并张贴。",
        due_at=until,
    )
    sending = Sending(teller.world.bodies["company"], due_at=until)
    dispatch_ticket(actor=teller.world.actor("desk", decided + timedelta(hours=1)), ticket=master, sending=sending)
    manager = teller.world.actor("manager", decided + timedelta(hours=2))
    take_ticket(actor=manager, ticket=master, note="已签合同，曳引机在路上")


def _today(teller: Teller) -> None:
    """What is open this morning, for each of the cast."""
    world, now = teller.world, teller.now
    owner = world.actor("owner", now - timedelta(hours=26))
    done = teller.report(owner.now, "三层楼道灯不亮，晚上回家看不见台阶", "street_light", "3号楼中单元", owner)
    teller.accept(done, now - timedelta(hours=25, minutes=30), Facts(hands="property_staff"))
    teller.hand_over(done, now - timedelta(hours=25))
    teller.do(done, now - timedelta(hours=24))

    lamp = teller.report(now - timedelta(hours=5), "二层楼道灯一闪一闪", "street_light", "2号楼东单元")
    teller.accept(lamp, now - timedelta(hours=4), Facts(hands="property_staff"))
    teller.hand_over(lamp, now - timedelta(hours=4))

    door = teller.report(now - timedelta(hours=20), "单元门关不上，半夜哐当响", "door_lock", "5号楼西单元")
    teller.accept(door, now - timedelta(hours=19), Facts(hands="property_staff"))
    asked = now - timedelta(hours=18)
    ask_reporter(actor=world.actor("desk", asked), ticket=door, words="是白天也关不上，还是刮风时才这样？")
    answer_question(actor=teller.neighbour(asked + timedelta(hours=1), door), ticket=door, words="一直关不上")

    handrail = teller.report(now - timedelta(hours=6), "一楼扶手松了，扶着晃", "step_handrail", "2号楼中单元")
    teller.accept(handrail, now - timedelta(hours=5), Facts(hands="captain"))
    small = world.actor("desk", now - timedelta(hours=5))
    dispatch_ticket(actor=small, ticket=handrail, sending=Sending(None))

    rubbish = teller.report(now - timedelta(hours=8), "垃圾房的门关不严，有味道", "rubbish_heap", "垃圾房")
    teller.accept(rubbish, now - timedelta(hours=7), Facts(hands="property_staff"))
    teller.hand_over(rubbish, now - timedelta(hours=7))
    repairman = world.actor("repairman", now - timedelta(hours=6))
    claim_ticket(actor=repairman, ticket=rubbish)
    finish_ticket(actor=repairman, ticket=rubbish, proof=Proof(texts.DONE_WORDS[1]))

    late = _morning_before(now, 16)
    hole = teller.report(late, "北门路面塌了一个坑，下雨看不见", "road_hole", "北门")
    teller.accept(hole, late + timedelta(minutes=40), Facts(hands="property_staff", cost_yuan=2600))
    teller.hand_over(hole, late + timedelta(hours=1))
    take_ticket(actor=world.actor("manager", late + timedelta(hours=3)), ticket=hole, note="等沥青到货")

    for hours, words, category, place in (
        (3.0, "地下车库有水渗进来，三个车位不能停", "water_leak", "地下车库"),
        (2.0, "健身器材的螺丝松了，孩子在玩", "playground", "中心花园"),
        (1.0, "想在南门装快递柜，大家取件方便", "suggestion", "南门"),
    ):
        teller.report(now - timedelta(hours=hours), words, category, place)
    elder = world.actor("elder", now - timedelta(minutes=50))
    teller.report(elder.now, "厨房水管接头滴水，接了一盆又一盆", "home_repair", "2号楼东单元", elder)
