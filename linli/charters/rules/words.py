"""What a charter is made of: plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Chinese and, where somebody wrote them, in Tibetan and English (LNG-001)."""

    zh: str
    bo: str = ""
    en: str = ""

    def say(self, language: str | None = None) -> str:
        """The words in ``language`` (the reader's, if not named); Chinese where that one is missing."""
        short = (language or get_language() or "zh")[:2]
        return (self.bo if short == "bo" else self.en if short == "en" else "") or self.zh

    def __str__(self) -> str:
        return self.say()

    def __bool__(self) -> bool:
        return bool(self.zh or self.bo or self.en)


UNITS = (
    "minutes", "hours", "working_hours", "days", "working_days", "same_day", "next_meeting", "by_law",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as a charter says it: ``5 working_days``, ``2 hours``, ``same_day``."""

    amount: int | Fraction
    unit: str

    def __str__(self) -> str:
        amount = float(self.amount) if isinstance(self.amount, Fraction) else self.amount
        return f"{amount} {self.unit}" if self.amount else self.unit


@dataclass(frozen=True, slots=True)
class DeadlineClass:
    """How fast a matter of this class must be answered and finished (B.3.2)."""

    code: str
    words: Words
    rank: int
    contact: Span | None = None
    finish: Span | None = None
    extension: Span | None = None
    extensions: int = 0
    may_pause: bool = True
    turns_into: str = ""
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """What may be reported: its class, whose duty it is, what to ask, and when it is really done (REG-014)."""

    code: str
    words: Words
    group: str
    class_code: str
    family: str = ""
    keywords: tuple[str, ...] = ()
    body_kind: str = "company"
    lawful_owner_level: str = "compound"
    is_public: bool = True
    is_private_home: bool = False
    questions: tuple[Words, ...] = ()
    evidence: Words = Words("")
    finish_test: Words = Words("")
    usual_at: tuple[str, ...] = ()
    phone: str = ""
    route: str = ""
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason from a closed list, with what the person concerned can do next (SRQ-030, SRQ-040)."""

    code: str
    words: Words
    next_step: Words = Words("")
    limit: Span | None = None
    needs_date: bool = False
    needs_note: bool = False
    times: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """A standard reply, and the moves it is offered at (none named: everywhere)."""

    code: str
    words: Words
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderItem:
    """An errand that may be ordered (B.3.10); ``price_fen`` 0 is free of charge."""

    code: str
    words: Words
    body_kind: str = "team"
    price_fen: int = 0


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number that the charter names."""

    code: str
    words: Words
    number: str
