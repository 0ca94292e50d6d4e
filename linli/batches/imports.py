"""What modules above hand down: importers, each with its columns, checks and act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from linli.batches.rules.columns import Column
from linli.batches.states import ALREADY, NEW, REFUSED
from linli.core.actor import Actor
from linli.core.declare import Register

Values = dict[str, str]
"""A row as text, by our column names; columns that the file lacks are missing."""

Options = Mapping[str, Any]
"""What the person ticked or wrote: the importer's own options by name, ``mapping``, the name of the mapping in use, and
``survey``, what the importer read from the file as a whole."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A row looked through: ``values`` as the importer wants them, what is wrong, and what would become of it.

    ``values`` need not be text; they go straight back to `Importer.commit`. ``notes`` say what is taken otherwise than
    one might think (no place, an unknown type): the row goes in, and the preview and the result list them. ``changes``
    say what a row of status changed would change.
    """

    values: Any
    faults: Sequence[Any] = ()
    status: str = NEW
    notes: Sequence[Any] = ()
    changes: Sequence[Any] = ()

    @property
    def is_good(self) -> bool:
        """Whether the row goes to `Importer.commit`."""
        return not self.faults and self.status not in {REFUSED, ALREADY}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row that was committed: its status (new, changed, already, refused), and why if refused."""

    status: str = NEW
    reason: Any = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A tick that an importer offers; with ``is_text`` a line to fill in."""

    name: str
    words: Any
    default: bool = False
    is_text: bool = False
    help: Any = ""


def nothing(actor: Actor, options: Options) -> Iterable[Sequence[Any]]:
    """The export of an importer that has none."""
    return ()


def nothing_gone(actor: Actor, rows: list[Checked], options: Options) -> list[str]:
    """What the register of an importer lacks in a file that is no whole register."""
    return []


def no_survey(rows: list[Values]) -> dict[str, Any]:
    """The survey of an importer whose rows stand for themselves."""
    return {}


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of table that can be taken in.

    ``check`` and ``commit`` get at most a thousand rows at a time (`SMALL` for a small file), in the file's order;
    ``check`` must not write and runs once for the preview and again right before ``commit``, whose rows are the good
    ones alone and whose outcomes answer them one to one. ``commit`` runs inside the step's transaction.
    """

    name: str
    words: Any
    columns: tuple[Column, ...]
    may: Callable[[Actor], bool]
    check: Callable[[Actor, list[Values], Options], list[Checked]]
    commit: Callable[[Actor, list[Checked], Options], list[Outcome]]
    options: tuple[Option, ...] = ()
    mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """Mappings shipped with the importer: name -> our column -> the file's heading."""
    template: tuple[tuple[str, ...], ...] = ()
    """Rows of the template, after the headings; without any, the columns' examples make one."""
    export: Callable[[Actor, Options], Iterable[Sequence[Any]]] = nothing
    """Rows in the order of ``columns``, which import again unchanged."""
    checks_whole: bool = False
    """Whether rows lean on earlier rows of the file, so that the preview must see all of them at once."""
    survey: Callable[[list[Values]], dict[str, Any]] = no_survey
    """What only the file as a whole can tell; read once, of a file that is checked whole, and kept for every step."""
    gone: Callable[[Actor, list[Checked], Options], list[str]] = nothing_gone
    """What the register has, within the reach of a file that is checked whole, and the file has not, by name. It is
    shown, and nothing is done about it."""
    help: Any = ""

    @property
    def headings(self) -> list[str]:
        """Every heading by which a column is known."""
        return [str(name) for column in self.columns for name in (column.words, column.name, *column.aliases)]


IMPORTERS: Register[Importer] = Register("importer")
