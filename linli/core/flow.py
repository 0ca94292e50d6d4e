"""State tables, and the one decorator that makes a function an action."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from linli.core.errors import WrongState
from linli.core.turn import turn

P = ParamSpec("P")
R = TypeVar("R")

_inside: ContextVar[bool] = ContextVar("inside an action", default=False)


class Phase(StrEnum):
    """What every kind of matter has in common."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class State:
    """A state: its name (past participle in capitals), phase, and the words a resident reads."""

    name: str
    phase: Phase
    words: Any


@dataclass(frozen=True, slots=True)
class Move:
    """An allowed step: its name, from where, to where, and the words the story shows for it.

    ``target`` None means that the caller names the target (a resume goes back to where the matter was).
    """

    name: str
    sources: tuple[str, ...]
    target: str | None
    words: Any


class Flow:
    """A table of states and moves."""

    def __init__(self, start: str, states: Iterable[State], moves: Iterable[Move]) -> None:
        self.start = start
        self.states = {state.name: state for state in states}
        self.moves = {move.name: move for move in moves}
        for move in self.moves.values():
            unknown = {*move.sources, *([move.target] if move.target else [])} - self.states.keys()
            if unknown:
                raise ValueError(f"move {move.name} names unknown states {sorted(unknown)}")
        if start not in self.states:
            raise ValueError(f"unknown start {start}")

    def step(self, state: str, move: str, target: str | None = None) -> State:
        """The state reached by ``move`` from ``state``. Raises `WrongState` where the table has no such step."""
        found = self.moves.get(move)
        if found is None or state not in found.sources:
            raise WrongState
        end = found.target or target
        if end is None or end not in self.states:
            raise WrongState
        return self.states[end]

    def moves_from(self, state: str) -> list[Move]:
        """The moves that the table allows from ``state``, in the table's order."""
        return [move for move in self.moves.values() if state in move.sources]


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make ``function`` an action: it takes its turn at the writer's lock and runs in one transaction.

    Called inside another action it joins that one's turn and transaction, and stands or falls with it: whoever wants
    to go on after a part has failed wraps that part in ``transaction.atomic()``.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise TypeError(f"{function.__name__} takes keyword arguments only")
        with turn(), transaction.atomic(savepoint=not _inside.get()):
            token = _inside.set(True)
            try:
                return function(*args, **kwargs)
            finally:
                _inside.reset(token)

    run.is_action = True  # type: ignore[attr-defined]
    return run


def preparation(function: Callable[P, R]) -> Callable[P, R]:
    """Mark what a door does before an action: long work (pictures, hashes) that must not hold the writer's turn."""
    function.is_preparation = True  # type: ignore[attr-defined]
    return function
