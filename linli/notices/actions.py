"""The only place that writes notices."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import NotAllowed, WrongState
from linli.core.flow import action, preparation
from linli.core.secret import blind_index
from linli.core.turn import insert_rows
from linli.notices.channels import Channel, Parcel, Refused, Unreachable, channel_of, open_channels
from linli.notices.channels.robots import named_robots
from linli.notices.models import Delivery, Notice, Reading
from linli.notices.permissions import may_deliver, may_read_inbox, may_see_undelivered
from linli.notices.queries import (
    deliveries_due,
    deliveries_to_blank,
    notices_to_blank,
    notices_to_clear,
    notices_to_expand,
    reaches_of,
    undelivered_visible_to,
)
from linli.notices.rules import CODES, LEASE, QUIET, Message, Reach, Way, goes_at, next_try, ways_of

log = logging.getLogger(__name__)
BATCH = 200
ROUND_SECONDS = 60
"""A round of deliveries ends well inside the leases that it took."""


@action
def queue_notices(*, actor: Actor, messages: Sequence[Message]) -> None:
    """Puts messages into the outbox, in the caller's own transaction; the tick delivers them."""
    rows = []
    for message in messages:
        with translation.override(message.language) if message.language else nullcontext():
            title, words = str(message.title)[:120], str(message.words)[:2000]
        row = Notice(
            at=actor.now,
            kind=message.kind,
            title=title,
            words=words,
            url=message.url,
            subject=message.subject,
            person_id=message.person_id,
            body_id=message.body_id,
            phone=message.phone,
            email=message.email,
            has_contact=bool(message.phone or message.email),
            is_urgent=message.urgent or message.kind in CODES,
            language=message.language,
            not_before=message.not_before,
            is_for_group=message.for_group,
        )
        rows.append(row)
    insert_rows(rows)


@action
def recall_notices(*, actor: Actor, queued_at: datetime, subjects: Sequence[str]) -> int:
    """Takes messages of one moment back before they have left; all of them or none. Raises `WrongState`."""
    told = Notice.objects.filter(at=queued_at, subject__in=subjects)
    held = told.filter(expanded_at=None, not_before__gt=actor.now)
    if told.count() != held.count():
        raise WrongState(_("已经有人收到消息了，撤不回来。请用“改”把它改对。"))
    gone = held.delete()[0]
    record_act(actor=actor, verb="notice.recalled", detail={"notices": gone})
    return gone


@action
def read_notices(*, actor: Actor, notices: Sequence[Notice]) -> None:
    """Notes that the actor has read notices of their own inbox; twice is once."""
    if not may_read_inbox(actor):
        raise NotAllowed
    if actor.person_id is None:
        return
    rows = [Reading(notice=notice, person_id=actor.person_id, read_at=actor.now) for notice in notices]
    Reading.objects.bulk_create(rows, ignore_conflicts=True)


@action
def expand_notices(*, actor: Actor) -> int:
    """Turns outbox rows into deliveries by each person's channels and quiet hours; two at once make none twice."""
    if not may_deliver(actor):
        raise NotAllowed
    notices = list(notices_to_expand(actor.now)[:BATCH])
    if not notices:
        return 0
    reaches = reaches_of(notice.person_id for notice in notices if notice.person_id)
    channels = open_channels()
    rows = [row for notice in notices for row in _deliveries(actor, notice, reaches, channels)]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(expanded_at=actor.now)
    return len(notices)


@action
def settle_notices(*, actor: Actor) -> int:
    """Takes what waits in the outbox as read in the inbox: an invented past (the demo's) is sent to nobody."""
    if not may_deliver(actor):
        raise NotAllowed
    return notices_to_expand(actor.now).order_by().update(expanded_at=actor.now)


def _deliveries(
    actor: Actor, notice: Notice, reaches: dict[int, Reach], channels: tuple[str, ...]
) -> Iterator[Delivery]:
    """The deliveries that one notice needs."""
    bare = Reach(notice.phone, notice.email, ("sms", "mail"))
    ways = [(way, bare.quiet) for way in ways_of(bare, channels)]
    reach = reaches.get(notice.person_id or 0)
    if reach:
        ways += [(way, reach.quiet) for way in ways_of(reach, channels)]
    if notice.body_id and "webhook" in channels:
        ways.append((Way("webhook", notice.body.uid if notice.body else ""), QUIET))
    if notice.body and notice.is_for_group and "robot" in channels and notice.body.name in named_robots():
        ways.append((Way("robot", notice.body.name), QUIET))
    for way, quiet in ways:
        yield Delivery(
            notice=notice,
            channel=way.channel,
            to=way.to,
            to_index=blind_index(way.to, "notices.delivery.to"),
            next_at=goes_at(actor.now, quiet, is_urgent=notice.is_urgent or way.channel != "sms"),
        )


@preparation
def deliver_notices(*, actor: Actor, size: int = 50) -> int:
    """Sends what is due: claims each delivery by compare-and-set, sends it outside any transaction, notes the end.

    Whoever crashes in between loses the claim to the next after the lease: outward at least once, never silently none.
    """
    if not may_deliver(actor):
        raise NotAllowed
    open_now: dict[str, Channel | None] = {}
    failing: dict[str, int] = defaultdict(int)
    done, began = 0, time.monotonic()
    for delivery in deliveries_due(actor.now)[:size]:
        if time.monotonic() - began > ROUND_SECONDS:
            break
        if failing[delivery.channel] >= 3 or not _claim(actor=actor, delivery=delivery):
            continue
        if delivery.channel not in open_now:
            open_now[delivery.channel] = channel_of(delivery.channel)
        ending = _send(open_now[delivery.channel], delivery)
        failing[delivery.channel] = failing[delivery.channel] + 1 if ending.get("state") == "QUEUED" else 0
        _note(actor=actor, delivery=delivery, ending=ending)
        done += 1
    return done


@action
def _claim(*, actor: Actor, delivery: Delivery) -> bool:
    """Takes one delivery, unless another deliverer took it first."""
    lease = actor.now + LEASE
    same = Delivery.objects.filter(pk=delivery.pk, next_at=delivery.next_at, tries=delivery.tries)
    if not same.update(next_at=lease):
        return False
    delivery.next_at = lease
    return True


def _send(channel: Channel | None, delivery: Delivery) -> dict[str, Any]:
    """Sends one delivery and says how it ended: columns for its row."""
    notice = delivery.notice
    if channel is None:
        return {"state": "DEAD", "fault": "this channel is closed"}
    parcel = Parcel(
        delivery.uid, delivery.to, notice.kind, notice.title, notice.words, notice.url, attempt=delivery.tries
    )
    try:
        return {"state": "SENT", "receipt": channel.send(parcel)[:100], "fault": ""}
    except Refused as error:
        return {"state": "DEAD", "fault": str(error)[:200]}
    except Unreachable as error:
        return {"state": "QUEUED", "fault": str(error)[:200]}
    except Exception as error:  # one spoiled message must not hold up the others
        log.exception("delivery %s failed", delivery.uid)
        return {"state": "QUEUED", "fault": type(error).__name__}


@action
def _note(*, actor: Actor, delivery: Delivery, ending: dict[str, Any]) -> None:
    """Writes how a delivery ended, if it is still ours; a failure waits longer each time, then is dead and listed."""
    columns: dict[str, Any] = {**ending, "next_at": None}
    if ending["state"] == "SENT":
        columns |= {"sent_at": actor.now, "to": ""}
    else:
        columns["tries"] = F("tries") + 1
    if ending["state"] == "QUEUED":
        columns["next_at"] = next_try(actor.now, delivery.tries + 1)
        columns["state"] = "QUEUED" if columns["next_at"] else "DEAD"
    Delivery.objects.filter(pk=delivery.pk, next_at=delivery.next_at, state="QUEUED").update(**columns)


@action
def retry_deliveries(*, actor: Actor, uids: Sequence[str]) -> int:
    """Puts dead deliveries back into the queue; recorded in the audit."""
    if not may_see_undelivered(actor):
        raise NotAllowed
    dead = undelivered_visible_to(actor).filter(uid__in=uids)
    again = Delivery.objects.filter(pk__in=dead.order_by().values("pk"), state="DEAD").update(
        state="QUEUED", tries=0, fault="", next_at=actor.now
    )
    record_act(actor=actor, verb="notice.retried", detail={"deliveries": again})
    return again


@action
def erase_notices(*, actor: Actor, person_uid: str) -> int:
    """Deletes the messages to a person who left (PIPL art. 47); the clock's act."""
    if not may_deliver(actor):
        raise NotAllowed
    gone = list(Notice.objects.filter(person__uid=person_uid).values_list("pk", flat=True))
    for start in range(0, len(gone), BATCH):
        Notice.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    Reading.objects.filter(person__uid=person_uid).delete()
    record_act(actor=actor, verb="notice.erased", subject=person_uid, detail={"notices": len(gone)})
    return len(gone)


@action
def clear_notices(*, actor: Actor) -> int:
    """Removes notices past their retention and blanks bare addresses after thirty days (PRV-030)."""
    if not may_deliver(actor):
        raise NotAllowed
    dead = list(deliveries_to_blank(actor.now).values_list("pk", flat=True)[:BATCH])
    if dead:
        Delivery.objects.filter(pk__in=dead).update(to="")
    blank = list(notices_to_blank(actor.now).values_list("pk", flat=True)[:BATCH])
    if blank:
        Notice.objects.filter(pk__in=blank).update(phone="", email="", has_contact=False)
    gone = list(notices_to_clear(actor.now).values_list("pk", flat=True)[:BATCH])
    if gone:
        Notice.objects.filter(pk__in=gone).delete()
    return len(dead) + len(blank) + len(gone)
