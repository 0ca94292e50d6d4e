"""The catalogues are whole, and keep what is filled in."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

LOCALE = Path(__file__).parents[1] / "locale"
STAFF = ("handover", "leave", "held.py", "apps.py")
"""Where words stand that staff alone read: they need no Tibetan."""


@pytest.mark.parametrize("language", ["en", "bo"])
def test_catalogue_is_whole(language):
    catalogue = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    assert len(catalogue) > 50
    for entry in catalogue:
        said = list(entry.msgstr_plural.values()) or [entry.msgstr]
        is_staffs = language == "bo" and any(name in place for place, _line in entry.occurrences for name in STAFF)
        assert all(said) or is_staffs, entry.msgid
        for words in filter(None, said):
            assert set(re.findall(r"%\(\w+\)s", words)) == set(re.findall(r"%\(\w+\)s", entry.msgid))
