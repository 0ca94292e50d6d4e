"""What a record says, how it is hashed, and how seals hang together. Plain values in and out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.declare import Register

LOOKED = "person.looked"
"""The verb of every look at a person's protected fields (PRV-036)."""

RETENTION = timedelta(days=3 * 365 + 1)
"""Access records are kept three years (PRV-030); then whole seals are emptied and only their hashes stay."""

SEAL_SIZE = 500
"""Rows in one seal at most: few enough to be marked within ten milliseconds at the writer's lock."""

SEAL_AFTER = timedelta(minutes=5)
"""A chain is sealed when its oldest loose row has waited this long, or a whole seal's worth has come together."""

CONTENT = (
    "uid", "at", "community", "verb", "subject", "person_uid", "fields", "purpose", "detail",
    "account_uid", "actor_uid", "hat", "channel", "address", "request_id",
)  # fmt: skip
"""The columns a record's hash covers: content and public ids, never a primary key."""

START = "0" * 64
"""The head of a chain that has no seal yet."""


Rows = Sequence[Sequence[str]]
"""A seal's rows: public id and hash of each."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line for the audit. ``fields`` are names of columns, never values; ``detail`` holds no personal words."""

    verb: str
    subject: str = ""
    community: str = ""
    person_uid: str = ""
    fields: Sequence[str] = ()
    purpose: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Teller:
    """What an upper module tells the audit page, which itself knows nobody.

    ``persons``: ``tell(uids)`` gives names by person uid. ``codes``: ``tell(place_ids)`` gives codes by place key.
    ``words``: ``tell(names)`` gives words for posts, purposes and columns.
    """

    name: str
    tell: Callable[[Iterable[Any]], Mapping[Any, str]]


TELLERS: Register[Teller] = Register("teller")


@dataclass(frozen=True, slots=True)
class Verb:
    """How the audit page says a verb."""

    name: str
    words: Any


VERBS: Register[Verb] = Register("verb")


def plain(value: Any) -> Any:
    """``value`` as both databases give it back: text without NUL and broken surrogates, no floats."""
    if isinstance(value, Mapping):
        return {plain(str(key)): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()


def written(at: datetime) -> str:
    """A moment as the hash reads it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def hash_of(content: Mapping[str, Any]) -> str:
    """The hash of one record over `CONTENT`."""
    told = {name: content[name] for name in CONTENT}
    told["at"] = written(told["at"])
    words = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def head_of(previous: str, community: str, number: int, moments: Sequence[datetime], rows: Rows) -> str:
    """The head of a seal: over the head before it, its place in the chain, its moments and each row's id and hash."""
    said = [previous, community, number, [written(at) for at in moments], [list(row) for row in rows]]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sought:
    """What the reader of the audit page looks for; empty is everything."""

    verb: str = ""
    actor: str = ""
    person: str = ""
    subject: str = ""
    community: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong in a chain: ``what`` is altered, removed, put in, or about a seal itself."""

    what: str
    community: str
    seal: int
    uid: str = ""


def first_difference(sealed: Rows, found: Mapping[str, str]) -> tuple[str, str] | None:
    """What became of a seal's rows, given each found row's hash by id: the first ``(what, uid)``, or None."""
    for uid, kept in sealed:
        if uid not in found:
            return "removed", uid
        if found[uid] != kept:
            return "altered", uid
    known = {uid for uid, kept in sealed}
    return next((("put in", uid) for uid in found if uid not in known), None)


def declare_verbs(words: Mapping[str, Any]) -> None:
    """Say a module's verbs, each by its name."""
    for name, said in words.items():
        VERBS.declare(Verb(name, said))


declare_verbs(
    {
        LOOKED: _("看了个人信息"),
        "file.covered": _("涂掉了照片的一部分"),
        "file.dropped": _("删了文件"),
        "file.drafts_swept": _("清理了没送出的照片"),
        "notice.erased": _("删了发给注销的人的消息"),
        "notice.recalled": _("收回了还没送出的消息"),
        "notice.retried": _("把没送到的消息再送一次"),
        "sheet.exported": _("下载了表格"),
    }
)


def words_of(verb: str) -> Any:
    """How the page says a verb; its own name where no module has declared words for it."""
    return VERBS.get(verb).words if verb in VERBS else verb
