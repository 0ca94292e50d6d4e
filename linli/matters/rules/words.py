"""Words to search by, alike on both databases: pairs of Chinese characters, Latin words, Tibetan syllables.

The databases' own splitters fail here (SQLite's trigrams find no two-character word, PostgreSQL's parser breaks
Tibetan at its vowel signs), so words are cut here and written in plain ASCII, which no splitter touches.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 6000
LONGEST_WORD = 40
MOST_PHRASES = 12
HAN = "\u2e80-\u2fd5\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TIBETAN = "\u0f00\u0f18-\u0f39\u0f3e-\u0fbc"
RUNS = re.compile(f"([{HAN}]+)|([{TIBETAN}]+)|((?:(?![{HAN}{TIBETAN}_])\\w)+)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must stand side by side; with ``is_open`` the last may go on."""

    tokens: tuple[str, ...]
    is_open: bool = False


def normal(text: str) -> str:
    """One spelling for what reads alike: NFKC, small letters (full-width figures, Tibetan signs: LNG-003)."""
    return unicodedata.normalize("NFKC", text[:LONGEST]).casefold()


def coded(word: str) -> str:
    """A token in plain ASCII whose beginning codes the word's beginning."""
    word = word[:LONGEST_WORD]
    return f"w{word}" if word.isascii() else f"x{word.encode('utf-16-be').hex()}"


def pairs(run: str) -> list[str]:
    """Neighbouring characters, two by two."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def pairs_coded(run: str) -> list[str]:
    """`coded` of each pair, and of the last character alone."""
    code = run.encode("utf-16-be").hex()
    if len(code) == 4 * len(run):
        return [f"x{code[at : at + 8]}" for at in range(0, len(code), 4)]
    return list(map(coded, [*pairs(run), run[-1]]))


def tokens_of(text: str) -> str:
    """The tokens of ``text``, in order, parted by spaces. Each Chinese character begins one."""
    tokens: list[str] = []
    for han, *others in RUNS.findall(normal(text)):
        tokens += pairs_coded(han) if han else [coded(word) for word in others if word]
    return " ".join(tokens)


def number_words(number: str) -> str:
    """What a number is searched by besides itself: unbroken, and the serial without its zeros."""
    parts = number.split("-")
    bare = parts[2].lstrip("0") if len(parts) == len((8, 4, 6, 1)) and parts[2].isdigit() else ""
    return f"{number} {number.replace('-', '')} {bare}"


def phrases_of(typed: str) -> list[Phrase]:
    """What was typed, as phrases that must all be found. Latin words and lone characters may go on.

    Tibetan syllables that stand together are one phrase, as are the pairs of one run of Chinese.
    """
    phrases: list[Phrase] = []
    for part in re.split(r"[\s,,。、;;]+", normal(typed)):
        syllables: list[str] = []
        for han, tibetan, latin in RUNS.findall(part):
            if tibetan:
                syllables.append(coded(tibetan))
            elif han:
                phrases.append(Phrase(tuple(map(coded, pairs(han) or han)), is_open=len(han) == 1))
            else:
                phrases.append(Phrase((coded(latin),), is_open=True))
        if syllables:
            phrases.append(Phrase(tuple(syllables)))
    return phrases[:MOST_PHRASES]


def sqlite_query(phrases: list[Phrase]) -> str:
    """The phrases in FTS5's language."""
    return " AND ".join(f'"{" ".join(phrase.tokens)}"{"*" if phrase.is_open else ""}' for phrase in phrases)


def postgres_query(phrases: list[Phrase]) -> str:
    """The phrases in the language of ``to_tsquery``."""
    return " & ".join(f"({' <-> '.join(phrase.tokens)}{':*' if phrase.is_open else ''})" for phrase in phrases)
