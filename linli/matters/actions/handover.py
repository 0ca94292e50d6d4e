"""Whoever leaves hands over: posts end on a day, what was held goes to a named successor, and one page says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, NotAllowed
from linli.core.flow import action
from linli.core.times import day_of
from linli.matters.actions._columns import Office
from linli.matters.actions._step import swap
from linli.matters.actions._story import entry_of, write
from linli.matters.models import Handover, Matter
from linli.matters.permissions import may_hand_over, may_hand_over_body
from linli.matters.queries.handovers import bodies_to_follow, held_by_body, held_in_person, people_to_follow
from linli.matters.signals import body_left
from linli.matters.states import Audience
from linli.notices.actions import queue_notices
from linli.notices.rules import Message
from linli.people.actions import end_posts, retire_body
from linli.people.models import Appointment, Body, Person
from linli.people.rules import post_words


@action
def hand_over_posts(*, actor: Actor, person: Person, on: date, successor: Person | None) -> Handover:
    """Ends all posts of a person at a date and gives what they hold to a colleague, by name (首接负责, SRQ-032)."""
    if not may_hand_over(actor, person):
        raise NotAllowed
    held = list(held_in_person(person))
    if held and successor is None:
        raise BadInput({"successor": [_("手上还有事没办完，请选接手的人。")]})
    if successor is not None and successor not in people_to_follow(person, day_of(actor.now)):
        raise BadInput({"successor": [_("接手的人要在同一个单位，或在同一个社区担任同样的岗位。")]})
    posts = end_posts(actor=actor, person=person, on=on)
    page = Handover.objects.create(
        person=person,
        successor=successor,
        on=on,
        made_at=actor.now,
        made_by_id=actor.person_id,
        posts=_posts(posts),
        matters=[matter.uid for matter in held],
    )
    for matter in held:
        _give(actor, matter, page, {"holder_person_id": successor.pk if successor else None})
    if successor is not None and held:
        words = ngettext("%(name)s离任，%(n)s 件事交给您。", "%(name)s离任，%(n)s 件事交给您。", len(held)) % {
            "name": person.display_name,
            "n": len(held),
        }
        _tell(actor, page, Message("handover", _("有事交接给您"), words, person_id=successor.pk))
    record_act(
        actor=actor, verb="handover.made", subject=page.uid, person_uid=person.uid, detail={"matters": len(held)}
    )
    return page


@action
def hand_over_body(*, actor: Actor, body: Body, on: date, successor: Body | None) -> Handover:
    """Lets a company leave as a body: its posts end at a date, and what it holds goes to the body that follows."""
    if not may_hand_over_body(actor, body):
        raise NotAllowed
    held = list(held_by_body(body))
    if held and successor is None:
        raise BadInput({"successor": [_("手上还有事没办完，请选接手的单位。")]})
    if successor is not None and successor not in bodies_to_follow(body):
        raise BadInput({"successor": [_("请从列表里选接手的单位。")]})
    posts = retire_body(actor=actor, body=body, on=on)
    page = Handover.objects.create(
        body=body,
        next_body=successor,
        on=on,
        made_at=actor.now,
        made_by_id=actor.person_id,
        posts=_posts(posts),
        matters=[matter.uid for matter in held],
    )
    for matter in held:
        _give(actor, matter, page, {"holder_body_id": successor.pk if successor else None, "holder_person_id": None})
    if successor is not None:
        body_left.send(None, actor=actor, body=body, successor=successor)
        words = ngettext("%(name)s撤走，%(n)s 件事交给你们。", "%(name)s撤走，%(n)s 件事交给你们。", len(held)) % {
            "name": body.name,
            "n": len(held),
        }
        _tell(actor, page, Message("handover", _("有事交接给你们"), words, body_id=successor.pk))
    record_act(actor=actor, verb="handover.made", subject=page.uid, detail={"matters": len(held)})
    return page


def _posts(posts: Sequence[Appointment]) -> list[str]:
    """The posts as they stood, for the page: a name, a post, a place."""
    return [
        " · ".join(
            filter(None, (post.person.display_name, str(post_words(post.post)), post.place.label if post.place else ""))
        )
        for post in posts
    ]


def _give(actor: Actor, matter: Matter, page: Handover, columns: dict[str, int | None]) -> None:
    """The matter in other hands, by compare-and-set, and a line of its story for the staff."""
    swap(matter, columns, Office(matter))
    figures = {"handover": page.uid}
    entry = entry_of(actor, matter, "matter.handed_over", audience=Audience.STAFF, figures=figures)
    write(actor, matter, entry, "", Audience.STAFF)


def _tell(actor: Actor, page: Handover, message: Message) -> None:
    queue_notices(actor=actor, messages=[replace(message, url=f"/handovers/{page.uid}/", subject=page.uid)])
