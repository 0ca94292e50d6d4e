"""The only place that writes recordings."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.core.flow import action
from linli.files.actions import drop_files, store_files
from linli.files.rules import Clean
from linli.places.models import Place
from linli.voices.models import Recording
from linli.voices.permissions import may_record
from linli.voices.rules import SENTENCES, TONGUES


@action
def record_sentence(*, actor: Actor, community: Place, sentence: str, tongue: str, taken: Sequence[Clean]) -> Recording:
    """Keeps a neighbour's reading of a sentence; an earlier one goes (ACC-001)."""
    if not may_record(actor, community):
        raise NotAllowed
    if sentence not in SENTENCES or tongue not in TONGUES:
        raise BadInput({"": [_("没有这一句。")]})
    if len(taken) != 1:
        raise BadInput({"voice": [_("请录一段，或选一个录音文件。")]})
    (file,) = store_files(actor=actor, taken=taken, owner="voices")
    before = Recording.objects.filter(community=community, sentence=sentence, tongue=tongue).select_related("file")
    old = [row.file.uid for row in before]
    made, _is_new = Recording.objects.update_or_create(
        community=community, sentence=sentence, tongue=tongue, defaults={"file": file, "recorded_at": actor.now}
    )
    if old:
        drop_files(actor=actor, uids=old)
    detail = {"sentence": sentence, "tongue": tongue}
    record_act(actor=actor, verb="voice.recorded", subject=community.uid, community=community.code, detail=detail)
    return made


@action
def remove_recording(*, actor: Actor, recording: Recording) -> None:
    """Takes a recording away for good, with its bytes."""
    if not may_record(actor, recording.community):
        raise NotAllowed
    if not Recording.objects.filter(pk=recording.pk).delete()[0]:
        raise LostRace
    drop_files(actor=actor, uids=[recording.file.uid])
    detail = {"sentence": recording.sentence, "tongue": recording.tongue}
    place = recording.community
    record_act(actor=actor, verb="voice.removed", subject=place.uid, community=place.code, detail=detail)
