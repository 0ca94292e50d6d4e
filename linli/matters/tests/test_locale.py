"""The catalogues are whole, and keep what is filled in."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

LOCALE = Path(__file__).parents[1] / "locale"


@pytest.mark.parametrize("language", ["en", "bo"])
def test_catalogue_is_whole(language):
    catalogue = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    assert len(catalogue) > 50
    for entry in catalogue:
        said = list(entry.msgstr_plural.values()) or [entry.msgstr]
        assert all(said), entry.msgid
        for words in said:
            assert set(re.findall(r"%\(\w+\)s", words)) == set(re.findall(r"%\(\w+\)s", entry.msgid))
