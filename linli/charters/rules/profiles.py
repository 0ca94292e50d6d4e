"""The profiles that Linli ships: ``cn-default`` and those that extend it."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from linli.charters.rules.charter import Charter
from linli.charters.rules.checking import NATIONAL, Check, Checked, check_charter
from linli.charters.rules.official import official_calendar
from linli.charters.rules.reading import charter_from

FOLDER = Path(__file__).resolve().parents[1] / "profiles"


def profile_names() -> list[str]:
    """The shipped profiles, the national one first."""
    names = sorted(file.stem for file in FOLDER.glob("*.toml"))
    return sorted(names, key=lambda name: name != NATIONAL)


def profile_text(name: str) -> str:
    """A shipped profile as it is written. Raises `KeyError`."""
    if name not in profile_names():
        raise KeyError(name)
    return (FOLDER / f"{name}.toml").read_text("utf-8")


@lru_cache(maxsize=32)
def profile(name: str) -> Checked:
    """A shipped profile, merged over what it extends, with its faults (there are none; a test says so)."""
    text = profile_text(name)
    if name != NATIONAL:
        return check(text)
    own = tomllib.loads(text)
    checked = Check(text, own, {}, {})
    return Checked(checked.data, own, checked.run())


def profile_data(name: str) -> dict[str, Any] | None:
    """A shipped profile's data; None where there is none of that name."""
    return profile(name).data if name in profile_names() else None


def check(text: str) -> Checked:
    """Everything that is wrong with a community's charter ``text``."""
    return check_charter(text, profile_data)


@lru_cache(maxsize=1)
def national_charter() -> Charter:
    """The shipped national profile over the shipped calendar, for rules and tests that need no database."""
    return charter_from(profile(NATIONAL).data, official_calendar())
