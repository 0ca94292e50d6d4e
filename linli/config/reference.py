"""The reference pages, written from the code itself: commands, actions, permissions, and the map of the house."""

from __future__ import annotations

import argparse
import ast
import configparser
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import load_command_class
from django.core.management.base import BaseCommand

ROOT = Path(settings.ROOT)
HOUSE = ROOT / "linli"
WRITTEN = "<!-- Written by `linli docs`; change the code, not this page. -->"
BASE_OPTIONS = set(BaseCommand().create_parser("", "")._option_string_actions)


def pages() -> dict[Path, str]:
    """Every generated page and its words."""
    docs = ROOT / "docs"
    return {
        docs / "map.md": map_page(),
        docs / "reference" / "commands.md": commands_page(),
        docs / "reference" / "actions.md": functions_page("Actions", "actions", ACTIONS_WORDS),
        docs / "reference" / "permissions.md": functions_page("Permissions", "permissions", PERMISSIONS_WORDS),
    }


ACTIONS_WORDS = (
    "The only functions that write. Each takes `actor` first, asks a permission, runs in one transaction, and leaves "
    "its trace in the audit and, where it moves a matter, in the story."
)
PERMISSIONS_WORDS = "Each answers one question: may this actor do this to that thing?"


def modules() -> list[str]:
    """The modules' names, ground floor first."""
    return [app.label for app in apps.get_app_configs() if app.name.startswith("linli.")]


def first_sentence(thing: Any) -> str:
    """The first sentence of a docstring, on one line."""
    words = " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
    return re.split(r"(?<=。)|(?<=\.) (?=[A-Z`])", words, maxsplit=1)[0]


def functions_of(module: str, room: str) -> Iterator[Callable[..., Any]]:
    """The public functions of a module's room, in the order of their names."""
    if not any((HOUSE / module / name).exists() for name in (f"{room}.py", room)):
        return
    home = import_module(f"linli.{module}.{room}")
    inner = [
        import_module(f"{home.__name__}.{found.name}") for found in pkgutil.iter_modules(getattr(home, "__path__", []))
    ]
    found = {
        name: thing
        for place in (home, *inner)
        for name, thing in vars(place).items()
        if inspect.isfunction(thing) and not name.startswith("_") and thing.__module__ == place.__name__
    }
    yield from (found[name] for name in sorted(found))


def functions_page(title: str, room: str, words: str) -> str:
    """The page of all public functions in one kind of room, by module."""
    lines = [f"# {title}", "", WRITTEN, "", words, ""]
    for module in modules():
        found = list(functions_of(module, room))
        if found:
            lines += [f"## {module}", ""]
            lines += [f"- `{one.__name__}({arguments(one)})` {first_sentence(one)}" for one in found] + [""]
    return "\n".join(lines).rstrip() + "\n"


def arguments(function: Callable[..., Any]) -> str:
    """The names of a function's arguments."""
    return ", ".join(inspect.signature(function).parameters)


def commands() -> Iterator[tuple[str, BaseCommand]]:
    """Our own commands by name."""
    for module in modules():
        folder = HOUSE / module / "management" / "commands"
        for found in pkgutil.iter_modules([str(folder)]):
            yield found.name, load_command_class(f"linli.{module}", found.name)


def commands_page() -> str:
    """The page of commands and their options."""
    lines = [
        "# Commands",
        "",
        WRITTEN,
        "",
        "`linli <command> --help` says the same. Django's own commands work too.",
        "",
    ]
    for name, command in sorted(commands(), key=lambda pair: pair[0]):
        parser = command.create_parser("linli", name)
        lines += [f"## linli {name}", "", str(command.help or first_sentence(type(command))), ""]
        options = list(options_of(parser, ""))
        lines += [*options, ""] if options else []
    return "\n".join(lines).rstrip() + "\n"


def options_of(parser: argparse.ArgumentParser, before: str) -> Iterator[str]:
    """A line for each option, subcommands included."""
    for option in parser._actions:
        if isinstance(option, argparse._SubParsersAction):
            helps = {choice.dest: choice.help for choice in option._choices_actions}
            for word, inner in option.choices.items():
                yield f"- `{before}{word}` {helps.get(word) or ''}".rstrip()
                yield from options_of(inner, f"{before}{word} ")
        elif not BASE_OPTIONS.issuperset(option.option_strings) or not option.option_strings:
            word = "|".join(option.choices) if option.choices else str(option.metavar or option.dest).upper()
            shown = option.option_strings[-1] if option.option_strings else word
            value = "" if option.nargs == 0 or not option.option_strings else f" {word}"
            yield f"- `{before}{shown}{value}` {option.help or ''}".rstrip()


def map_page() -> str:
    """The floors as the linter's contract has them, and every way upwards."""
    lines = ["# Map of the house", "", WRITTEN, ""]
    lines += [
        "A module imports only from floors below its own; `.importlinter` is the contract. Brackets: no house yet.",
        "",
    ]
    lines += ["```", *floors(), "```", "", "## Declared upwards", ""]
    lines += ["In `apps.py`, a module hands a lower one a plain record.", ""]
    lines += ["| module | hands down | into the register |", "|---|---|---|"]
    lines += [*sorted(declarations()), "", "## Announced", ""]
    lines += ["The receiver calls one act of its own module, idempotent by (thing, announcement).", ""]
    lines += ["| announced by | announcement | what it says |", "|---|---|---|", *sorted(announcements()), ""]
    lines += ["| received by | announcement | receiver | what it does |", "|---|---|---|---|", *sorted(receptions())]
    return "\n".join(lines).rstrip() + "\n"


def floors() -> list[str]:
    """The linter's floors, highest first."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    return [row for row in contract["importlinter:contract:floors"]["layers"].split("\n") if row]


def calls(module: str) -> Iterator[tuple[ast.Call, str]]:
    """Every method call at a module's borders: ``apps.py`` and ``receivers.py``."""
    for file in (HOUSE / module / "apps.py", HOUSE / module / "receivers.py"):
        if file.exists():
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    yield node, node.func.attr


def declarations() -> Iterator[str]:
    """A row for each record that a module declares."""
    for module in modules():
        for node, name in calls(module):
            if name == "declare" and isinstance(node.func, ast.Attribute):
                record = node.args[0]
                shown = ast.unparse(record.func) if isinstance(record, ast.Call) else ast.unparse(record)
                yield f"| {module} | `{shown}` | `{ast.unparse(node.func.value)}` |"


def announcements() -> Iterator[str]:
    """A row for each signal, with the words that stand under it."""
    for module in modules():
        file = HOUSE / module / "signals.py"
        body = ast.parse(file.read_text(encoding="utf-8")).body if file.exists() else []
        for node, after in zip(body, [*body[1:], None], strict=False):
            if isinstance(node, ast.Assign) and ast.unparse(node.value) == "Signal()":
                words = (
                    after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
                )
                yield f"| {module} | `{ast.unparse(node.targets[0])}` | {' '.join(str(words).split())} |"


def receptions() -> Iterator[str]:
    """A row for each receiver."""
    for module in modules():
        for node, name in calls(module):
            if name == "connect" and isinstance(node.func, ast.Attribute):
                receiver = ast.unparse(node.args[0])
                place = import_module(f"linli.{module}.receivers")
                words = first_sentence(getattr(place, receiver.rpartition(".")[2], None))
                yield f"| {module} | `{ast.unparse(node.func.value)}` | `{receiver}` | {words} |"
