"""A neighbour's voice: recorded by the desk, heard by everybody, gone when removed."""

from __future__ import annotations

import pytest

from linli.audit.models import AuditRecord
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.files.models import StoredFile
from linli.tickets.states import FLOW
from linli.voices.actions import record_sentence, remove_recording
from linli.voices.models import Recording
from linli.voices.queries import sounds_at
from linli.voices.rules import BY_STATE, SENTENCES


def test_every_state_that_is_said_exists_and_has_its_sentence():
    assert set(BY_STATE) <= set(FLOW.states)
    assert set(BY_STATE.values()) <= set(SENTENCES)
    assert len(SENTENCES) == 20


def test_record_sentence_and_again(town, taken):
    here = town.place.community
    record_sentence(actor=town.who.desk, community=here, sentence="water", tongue="bo", taken=taken())
    first = StoredFile.objects.get().uid
    record_sentence(actor=town.who.desk, community=here, sentence="water", tongue="bo", taken=taken())
    assert Recording.objects.get().file.uid != first
    assert StoredFile.objects.count() == 1
    assert AuditRecord.objects.filter(verb="voice.recorded", community=here.code).count() == 2
    (sound,) = sounds_at(town.who.stranger, here.pk, ["scan", "water"])
    assert (sound.code, sound.language) == ("water", "bo")
    assert sounds_at(town.who.stranger, town.place.next_community.pk, ["water"]) == []


def test_record_sentence_is_refused(town, taken):
    here = town.place.community
    for who in ("resident", "captain", "next_desk", "manager"):
        with pytest.raises(NotAllowed):
            record_sentence(actor=getattr(town.who, who), community=here, sentence="water", tongue="bo", taken=taken())
    for wrong in ({"sentence": "song"}, {"tongue": "en"}, {"taken": []}):
        given = {"sentence": "water", "tongue": "bo", "taken": taken()} | wrong
        with pytest.raises(BadInput):
            record_sentence(actor=town.who.desk, community=here, **given)
    assert not Recording.objects.exists()


def test_remove_recording_takes_the_bytes_along(town, taken):
    here = town.place.community
    made = record_sentence(actor=town.who.desk, community=here, sentence="water", tongue="bo", taken=taken())
    with pytest.raises(NotAllowed):
        remove_recording(actor=town.who.next_desk, recording=made)
    remove_recording(actor=town.who.secretary, recording=made)
    assert not StoredFile.objects.exists()
    with pytest.raises(LostRace):
        remove_recording(actor=town.who.secretary, recording=made)


def test_recording_and_removing_by_the_pages(town, spoken, visit):
    at = f"/voices/{town.place.community.uid}/"
    assert visit("desk", "/voices/").url == at
    assert visit("desk", f"{at}scan/bo/", {}, "post").status_code == 422
    assert visit("desk", f"{at}scan/bo/", {"voice": spoken()}, "post").status_code == 302
    assert "<audio" in visit("desk", at).content.decode()
    assert visit("next_desk", at).status_code == 404
    assert visit("resident", "/voices/").status_code == 403
    assert visit("desk", f"{at}scan/bo/remove/", {}, "post").status_code == 302
    assert "<audio" not in visit("desk", at).content.decode()


def test_poster_and_report_play_what_belongs_there(town, taken, visit):
    here = town.place.community
    for sentence in ("scan", "accepted", "water"):
        record_sentence(actor=town.who.desk, community=here, sentence=sentence, tongue="bo", taken=taken())
    page = visit("stranger", f"/p/{town.place.building.tag}/").content.decode()
    assert page.count('preload="none"') == 1
    ticket = town.accepted()
    page = visit("resident", f"/t/{ticket.matter.uid}/").content.decode()
    assert page.count('preload="none"') == 1
