"""The database itself refuses to change the story."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from linli.core.errors import NotAllowed
from linli.matters.actions import blank_notes
from linli.matters.actions._story import note_hash
from linli.matters.models import Entry, Note

guards = import_module("linli.matters.migrations._guards")


def test_guards_stand_after_migrate(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'matters_%'")
            wanted = guards.SQLITE_NAMES
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'matters_%' AND NOT tgisinternal")
            wanted = guards.POSTGRES_NAMES
        assert {name for (name,) in cursor.fetchall()} == set(wanted)


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_entry_is_neither_changed_nor_removed(lamp):
    lamp()
    refused(lambda: Entry.objects.update(verb="lamp.forged"))
    refused(lambda: Entry.objects.all()._raw_delete("default"))
    assert Entry.objects.get().verb == "lamp.opened"


def test_note_is_only_ever_blanked(cast, lamp):
    matter = lamp(note="五楼的灯")
    refused(lambda: Note.objects.update(words="六楼的灯"))
    refused(lambda: Note.objects.update(words="", salt=""))
    refused(lambda: Note.objects.all()._raw_delete("default"))
    assert blank_notes(actor=cast.clock, matters=[matter]) == 1
    refused(lambda: Note.objects.update(words="五楼的灯"))
    assert Note.objects.get().words == ""


def test_note_is_proved_by_its_hash_before_and_not_told_by_it_after(cast, lamp):
    matter = lamp(note="五楼的灯")
    entry = matter.entries.get()
    assert entry.note_hash == note_hash(entry.note.salt, "五楼的灯")
    blank_notes(actor=cast.clock, matters=[matter])
    assert matter.entries.get().note_hash == entry.note_hash


def test_notes_are_blanked_by_the_clock_alone(cast, lamp):
    with pytest.raises(NotAllowed):
        blank_notes(actor=cast.desk, matters=[lamp(note="话")])
