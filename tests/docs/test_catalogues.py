"""English is complete; Tibetan has all that a resident sees; translations fit their words.

Named check_ until the catalogues stand; then it becomes test_catalogues.py and part of the suite.
"""

from __future__ import annotations

import re
from functools import cache

import polib
import pytest

from linli.config.messages import AWAITING, catalogue_file, counted_by, said_in, words_in_template, words_of
from tests.architecture.house import HOUSE, complain, modules, near

RESIDENTS = {
    "core": None,
    "ui": None,
    "config": ("start",),
    "matters": ("thread", "search"),
    "tickets": ("report", "receipt", "sent", "rate", "follow", "mine"),
    "access": ("sign_in", "code", "hats", "account", "looks"),
    "notices": ("inbox",),
    "people": ("looks", "consent", "account"),
}
"""Modules whose words residents see, and how those templates' names begin (None: all words)."""
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@cache
def catalogue(language):
    """What all modules' catalogues say in ``language``: Django reads them as one."""
    return {words: said for module in modules() for words, said in said_in(catalogue_file(module, language)).items()}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_english_is_complete(module):
    faults = [f"{near(file)}: {words}" for words, file in words_of(module).items() if words not in catalogue("en")]
    complain(faults, "Run linli messages, translate what is empty in locale/en, run linli prepare.")


def resident_words():
    """The words of the pages that residents see."""
    for name, begins in RESIDENTS.items():
        if begins is None:
            yield from words_of(HOUSE / name).items()
            continue
        for file in sorted((HOUSE / name).rglob("templates/**/*.html")):
            if file.stem.lstrip("_").removeprefix(f"{name[:-1]}_").startswith(begins):
                yield from ((words, file) for words in words_in_template(file) if words.strip())


def test_tibetan_has_what_residents_see():
    faults = {f"{near(file)}: {words}" for words, file in resident_words() if words not in catalogue("bo")}
    complain(sorted(faults), "Run linli messages and translate what is empty in locale/bo.")


def test_tibetan_is_marked_as_awaiting_a_native_reader():
    files = sorted(HOUSE.glob("*/locale/bo/LC_MESSAGES/django.po"))
    faults = [near(file) for file in files if AWAITING not in file.read_text(encoding="utf-8")[:600]]
    complain(faults, f"Begin the file with # {AWAITING}")


def translations():
    """Every pair of words in every catalogue, and where it stands."""
    for file in sorted(HOUSE.glob("*/locale/*/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(file)):
            for said in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
                yield entry.msgid, said, f"{near(file)}:{entry.linenum}"


def test_translations_keep_their_placeholders():
    faults = [
        f"{where} {words}"
        for words, said, where in translations()
        if set(PLACEHOLDERS.findall(words)) != set(PLACEHOLDERS.findall(said))
    ]
    complain(faults, "The translation must carry the same %(names)s.")


def test_screen_words_are_chinese():
    faults = [
        f"{near(file)}: {words}"
        for module in modules()
        for words, file in words_of(module).items()
        if re.search(r"[A-Za-z]{4}", PLACEHOLDERS.sub("", words))
        and not re.search(r"[\u4e00-\u9fff]|^(English|PDF|CSV|Excel|Linli)", words)
    ]
    complain(faults, "A message id is the Chinese word itself (ADR 0006).")


def test_screen_words_have_full_width_punctuation():
    faults = [
        f"{near(file)}: {words}"
        for module in modules()
        for words, file in words_of(module).items()
        if re.search(r"[\u4e00-\u9fff][,;:?!]", words)
    ]
    complain(faults, "Chinese has its own comma, colon and question mark (U+FF0C, U+FF1A, U+FF1F).")


def test_what_is_said_with_a_number_has_its_forms():
    faults = []
    for module in modules():
        file = catalogue_file(module, "en")
        known = {entry.msgid: entry for entry in polib.pofile(str(file))} if file.exists() else {}
        faults += [
            f"{near(file)}: {words}"
            for words in counted_by(module)
            if words in known and not (known[words].msgid_plural and all(known[words].msgstr_plural.values()))
        ]
    complain(sorted(faults), "Run linli messages and write both forms: msgstr[0] for one, msgstr[1] for more.")
