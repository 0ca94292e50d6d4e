"""The only place that writes announcements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.announcements.models import Announcement, Telling
from linli.announcements.permissions import may_announce, may_keep_announcement, may_tell_home
from linli.announcements.queries import homes_of, persons_to_tell, span_of, title_of, words_of
from linli.announcements.rules import DRAFT, HEADS, KINDS, PUBLISHED, WITHDRAWN
from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.notices.actions import queue_notices
from linli.notices.rules import Message
from linli.people.models import Body
from linli.people.queries import community_of
from linli.people.rules import LANGUAGE_NAMES
from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class AnnouncementDraft:
    """An announcement as typed."""

    kind: str
    words: str
    from_at: datetime
    places: tuple[Place, ...]
    to_at: datetime | None = None
    words_bo: str = ""
    is_bo_read: bool = False


def _record(actor: Actor, verb: str, announcement: Announcement, **detail: Any) -> None:
    place = announcement.places.select_related("community").first()
    community = community_of(place) if place else ""
    record_act(actor=actor, verb=verb, subject=announcement.uid, community=community, detail=detail)


@action
def write_announcement(*, actor: Actor, body: Body, draft: AnnouncementDraft) -> Announcement:
    """Writes an announcement for some places; nobody reads it before it is published."""
    if not draft.places:
        raise BadInput({"places": [_("请选在哪些地方。")]})
    if not may_announce(actor, body.pk, draft.places):
        raise NotAllowed
    wrong: dict[str, list[Any]] = {}
    if draft.kind not in KINDS:
        wrong["kind"] = [_("请选是什么通知。")]
    if not 1 <= len(words := draft.words.strip()) <= 400:
        wrong["words"] = [_("写 1 到 400 个字。")]
    if draft.to_at is not None and draft.to_at <= draft.from_at:
        wrong["to_at"] = [_("结束要在开始之后。")]
    if draft.to_at is not None and draft.to_at <= actor.now:
        wrong["to_at"] = [_("这个时间已经过去了。")]
    if wrong:
        raise BadInput(wrong)
    made = Announcement.objects.create(
        body=body, kind=draft.kind, words=words, words_bo=draft.words_bo.strip(), is_bo_read=draft.is_bo_read,
        from_at=draft.from_at, to_at=draft.to_at, written_at=actor.now,
    )  # fmt: skip
    made.places.set(draft.places)
    _record(actor, "announcement.written", made, kind=made.kind)
    return made


def _require(actor: Actor, announcement: Announcement, state: str) -> None:
    if not may_keep_announcement(actor, announcement):
        raise NotAllowed
    if announcement.state != state:
        raise WrongState


@action
def publish_announcement(*, actor: Actor, announcement: Announcement) -> int:
    """Publishes it: on the posters' pages at once, and a notice to everybody tied to those homes."""
    _require(actor, announcement, DRAFT)
    mine = Announcement.objects.filter(pk=announcement.pk, state=DRAFT)
    if not mine.update(state=PUBLISHED, published_at=actor.now):
        raise LostRace
    return _tell(actor, announcement, "announcement.published")


@action
def prolong_announcement(*, actor: Actor, announcement: Announcement, to_at: datetime) -> int:
    """Says that it ends later, or sooner, than was said; everybody is told again."""
    _require(actor, announcement, PUBLISHED)
    if to_at <= max(announcement.from_at, actor.now):
        raise BadInput({"to_at": [_("结束要在开始和现在之后。")]})
    same = Announcement.objects.filter(pk=announcement.pk, state=PUBLISHED, to_at=announcement.to_at)
    if not same.update(to_at=to_at):
        raise LostRace
    announcement.to_at = to_at
    return _tell(actor, announcement, "announcement.prolonged")


@action
def withdraw_announcement(*, actor: Actor, announcement: Announcement, reason: str) -> int:
    """Takes it back, with the reason; who was told is told that it is off."""
    _require(actor, announcement, PUBLISHED)
    if not 1 <= len(reason := " ".join(reason.split())) <= 200:
        raise BadInput({"reason": [_("写一句为什么取消。")]})
    mine = Announcement.objects.filter(pk=announcement.pk, state=PUBLISHED)
    if not mine.update(state=WITHDRAWN, withdrawn_at=actor.now, reason=reason):
        raise LostRace
    announcement.reason = reason
    return _tell(actor, announcement, "announcement.withdrawn")


def _tell(actor: Actor, announcement: Announcement, verb: str) -> int:
    """A notice to each person, in their language; how many."""
    announcement.refresh_from_db()
    said = {}
    for language in LANGUAGE_NAMES:
        with override(language):
            title = str(HEADS.get(verb, "%(title)s")) % {"title": title_of(announcement)}
            words = announcement.reason or f"{span_of(announcement)} {words_of(announcement)}"
            said[language] = (title, words)
    url = reverse("announcement", args=[announcement.uid])
    people = persons_to_tell(announcement, actor.now).values_list("pk", "language")
    messages = [
        Message(verb, *said.get(language, said["zh-hans"]), url=url, person_id=pk, subject=announcement.uid)
        for pk, language in people
    ]
    queue_notices(actor=actor, messages=messages)
    Announcement.objects.filter(pk=announcement.pk).update(notices=F("notices") + len(messages))
    _record(actor, verb, announcement, notices=len(messages))
    return len(messages)


@action
def tell_homes(*, actor: Actor, announcement: Announcement, homes: Sequence[Place]) -> int:
    """Notes homes that somebody went to and told; twice is once."""
    if not all(may_tell_home(actor, home) for home in homes):
        raise NotAllowed
    if announcement.state != PUBLISHED:
        raise WrongState
    fits = homes_of(announcement).filter(pk__in=[home.pk for home in homes])
    rows = [Telling(announcement=announcement, home=home, told_at=actor.now) for home in fits]
    Telling.objects.bulk_create(rows, ignore_conflicts=True)
    _record(actor, "announcement.told", announcement, homes=len(rows))
    return len(rows)
