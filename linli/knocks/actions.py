"""The only place that writes knocks."""

from __future__ import annotations

from django.db.models import F

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import LostRace, NotAllowed, NotFound
from linli.core.flow import action
from linli.knocks.models import Knock
from linli.knocks.permissions import may_see_knocks
from linli.knocks.queries import notices_untold
from linli.notices.models import Notice


@action
def note_knock(*, actor: Actor, notice: Notice, is_said: bool) -> Knock:
    """Notes that a notice was said by a person, or that nobody was found to say it to (ACC-001)."""
    if not may_see_knocks(actor):
        raise NotAllowed
    knock, _is_new = Knock.objects.get_or_create(notice=notice)
    if knock.said_at is not None:
        raise LostRace
    if not notices_untold(actor).filter(pk=notice.pk).exists():
        raise NotFound
    mine = Knock.objects.filter(pk=knock.pk, said_at=None)
    said = {"said_at": actor.now} if is_said else {"tries": F("tries") + 1}
    if not mine.update(**said, tried_at=actor.now):
        raise LostRace
    person_uid = notice.person.uid if notice.person else ""
    verb = "knock.said" if is_said else "knock.missed"
    record_act(actor=actor, verb=verb, subject=notice.subject or notice.uid, person_uid=person_uid)
    knock.refresh_from_db()
    return knock
