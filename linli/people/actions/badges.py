"""Work badges: with a photo where the person agreed, and a page where anybody sees whether one is valid (SAF-008)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.core.times import day_of
from linli.files.actions import drop_files, store_files
from linli.people import permissions
from linli.people.models import Appointment, Badge, Person
from linli.people.queries import community_of, has_consented
from linli.people.rules import BADGE_PHOTO, is_self

LONGEST = timedelta(days=366)


@action
def issue_badge(*, actor: Actor, appointment: Appointment, valid_to: date, taken: Sequence[Any] = ()) -> Badge:
    """Issues a badge for a post, in place of an earlier one; a photo only with the person's consent (PIPL art. 29)."""
    if not permissions.may_issue_badge(actor, appointment):
        raise NotAllowed
    today = day_of(actor.now)
    if appointment.to_on is not None and appointment.to_on < today:
        raise WrongState(_("这个岗位已经结束了。"))
    latest = min(today + LONGEST, appointment.to_on or date.max)
    if not today <= valid_to <= latest:
        raise BadInput({"valid_to": [_("有效期从今天起，最多一年，也不能长过任期。")]})
    if taken and not has_consented(appointment.person_id, BADGE_PHOTO, actor.now):
        raise BadInput({"photo": [_("本人还没有同意用照片。先问本人，记下同意，再放照片。")]})
    _end_earlier(actor, Badge.objects.filter(appointment=appointment, ended_at=None))
    files = store_files(actor=actor, taken=taken, owner="people") if taken else []
    badge = Badge.objects.create(
        appointment=appointment, photo=files[0] if files else None, valid_to=valid_to, issued_at=actor.now
    )
    _record(actor, "badge.issued", badge)
    return badge


@action
def end_badge(*, actor: Actor, badge: Badge) -> None:
    """Takes a badge back: lost, or the post ended; its photo goes."""
    if not permissions.may_issue_badge(actor, badge.appointment):
        raise NotAllowed
    if not Badge.objects.filter(pk=badge.pk, ended_at=None).update(ended_at=actor.now):
        raise LostRace
    _drop_photos(actor, [badge])
    _record(actor, "badge.ended", badge)


@action
def forget_badge_photos(*, actor: Actor, person: Person) -> None:
    """Takes a person's photo off every badge at once: they withdrew their consent, or left (PIPL art. 15, 47)."""
    if not (actor.is_system or is_self(actor, person) or permissions.may_withdraw_consent(actor, person)):
        raise NotAllowed
    _drop_photos(actor, list(Badge.objects.filter(appointment__person=person).exclude(photo=None)))
    record_act(actor=actor, verb="badge.photo_dropped", subject=person.uid, person_uid=person.uid)


def _drop_photos(actor: Actor, badges: Sequence[Badge]) -> None:
    """Take the photos off badges, and out of the store."""
    uids = [badge.photo.uid for badge in badges if badge.photo is not None]
    Badge.objects.filter(pk__in=[badge.pk for badge in badges]).update(photo=None)
    if uids:
        drop_files(actor=actor, uids=uids)


def _end_earlier(actor: Actor, found: Any) -> None:
    earlier = list(found.select_related("photo"))
    found.update(ended_at=actor.now)
    _drop_photos(actor, earlier)


def _record(actor: Actor, verb: str, badge: Badge) -> None:
    post = badge.appointment
    record_act(
        actor=actor, verb=verb, subject=badge.code, community=community_of(post.place), person_uid=post.person.uid
    )
