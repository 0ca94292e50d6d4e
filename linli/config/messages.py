"""The words of the screen as they stand in the code, and their catalogues.

Done here and not by gettext's tools: template partials and components are read as Django reads them, a catalogue's
head carries no date that changes with every run, and a developer needs nothing installed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.template.base import Lexer, TokenType

ASKED = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
HEADS = {"en": "nplurals=2; plural=(n != 1);", "bo": "nplurals=1; plural=0;"}
AWAITING = "awaiting a native reader"


Said = tuple[str, bool]
"""A message id, and whether it is said with a number, so that other languages need their forms of it."""


def said_in_code(file: Path) -> Iterator[Said]:
    """Message ids in Python."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (asked := ast.unparse(node.func).rpartition(".")[2]) in ASKED:
            for word in node.args[:2]:
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield word.value, asked.startswith("ngettext")


def words_in_template(file: Path) -> Iterator[str]:
    """Message ids in a template."""
    return (words for words, _is_counted in said_in_template(file))


def said_in_template(file: Path) -> Iterator[Said]:
    """Message ids in a template: ``translate``, ``blocktranslate``, and ``_("...")`` in tags."""
    block: list[str] | None = None
    is_trimmed = is_counted = False
    for token in Lexer(file.read_text(encoding="utf-8")).tokenize():
        head = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents.split() else ""
        if head in ("blocktranslate", "blocktrans"):
            block, is_trimmed = [], "trimmed" in token.contents.split()
            is_counted = "count" in token.contents.split()
        elif head in ("endblocktranslate", "endblocktrans", "plural") and block is not None:
            yield whole(block, is_trimmed=is_trimmed), is_counted
            block = [] if head == "plural" else None
        elif block is not None:
            is_name = token.token_type == TokenType.VAR
            block.append(f"%({token.contents})s" if is_name else token.contents.replace("%", "%%"))
        else:
            for words in words_in_tag(token.contents, is_text=token.token_type == TokenType.TEXT):
                yield words, False


def words_in_tag(contents: str, *, is_text: bool) -> Iterator[str]:
    """Message ids in one tag, or in the attributes of components that stand as text between tags."""
    found = None if is_text else re.match(rf"trans(?:late)? +{QUOTED}", contents)
    if found:
        yield ast.literal_eval(found[1])
    for inner in re.finditer(rf"""\b_\({QUOTED}\)""", contents):
        yield ast.literal_eval(inner[1])


def whole(block: list[str], *, is_trimmed: bool) -> str:
    """The message id of a block."""
    words = "".join(block)
    return " ".join(line.strip() for line in words.strip().splitlines()) if is_trimmed else words


def said_by(module: Path) -> Iterator[tuple[Path, Said]]:
    """Everything that a module says, in reading order, and where."""
    for file in sorted(module.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.relative_to(module).parts):
            yield from ((file, said) for said in said_in_code(file))
    for file in sorted([*module.rglob("templates/**/*.html"), *module.rglob("templates/**/*.txt")]):
        yield from ((file, said) for said in said_in_template(file))


def words_of(module: Path) -> dict[str, Path]:
    """Every message id of a module, in reading order, and the file where it first stands."""
    found: dict[str, Path] = {}
    for file, (words, _is_counted) in said_by(module):
        if words.strip():
            found.setdefault(words, file)
    return found


def counted_by(module: Path) -> set[str]:
    """The message ids of a module that are said with a number."""
    return {words for _file, (words, is_counted) in said_by(module) if is_counted}


def catalogue_file(module: Path, language: str) -> Path:
    """Where a module keeps its words in ``language``."""
    return module / "locale" / language / "LC_MESSAGES" / "django.po"


def said_in(file: Path) -> dict[str, str]:
    """What a catalogue says; nothing for what is empty or marked fuzzy."""
    found = {}
    for entry in polib.pofile(str(file)) if file.exists() else ():
        said = entry.msgstr or entry.msgstr_plural.get(0, "")
        if said and "fuzzy" not in entry.flags and not entry.obsolete:
            found[entry.msgid] = said
            if entry.msgid_plural:
                found[entry.msgid_plural] = entry.msgstr_plural.get(1, said)
    return found


def renew(module: Path, language: str) -> tuple[int, int]:
    """Bring a catalogue to the words of the code; translations stay. Gives how many words, and how many lack one."""
    file, known = catalogue_file(module, language), {}
    for entry in polib.pofile(str(file)) if file.exists() else ():
        known[entry.msgid] = entry
    made = polib.POFile(wrapwidth=110)
    made.header = AWAITING if language == "bo" else f"{module.name}: {language}"
    made.metadata = {
        "Language": language,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": HEADS[language],
    }
    words, counted = words_of(module), counted_by(module)
    forms = int(HEADS[language].partition("nplurals=")[2][0])
    plurals = {entry.msgid_plural for entry in known.values() if entry.msgid_plural}
    for word, place in words.items():
        if word in plurals and word not in known:
            continue
        entry = known.get(word) or polib.POEntry(msgid=word, msgstr="")
        if word in counted and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural = word, dict.fromkeys(range(forms), entry.msgstr)
            entry.msgstr = ""
        entry.occurrences = [(place.relative_to(module).as_posix(), "")]
        made.append(entry)
    if len(made):
        file.parent.mkdir(parents=True, exist_ok=True)
        made.save(str(file))
    return len(made), sum(not entry.msgstr and not any(entry.msgstr_plural.values()) for entry in made)
