"""Actions are the only place that writes, and every one has the same shape."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from importlib import import_module

from linli.config.reference import first_sentence
from tests.architecture.house import complain, modules, near, source_files, tree_of

WRITERS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "create", "update", "delete", "save"}


def rooms(name):
    """Every module's room of that name, with the files in it if it is a folder."""
    for module in modules():
        if not any((module / room).exists() for room in (f"{name}.py", name)):
            continue
        room = import_module(f"linli.{module.name}.{name}")
        yield room
        for inner in pkgutil.iter_modules(getattr(room, "__path__", [])):
            if not inner.name.startswith("_"):
                yield import_module(f"{room.__name__}.{inner.name}")


def public_functions(room):
    """The functions that ``room`` itself defines and offers."""
    for name, thing in vars(room).items():
        if inspect.isfunction(thing) and not name.startswith("_") and thing.__module__ == room.__name__:
            yield thing


def where(function):
    return f"{function.__module__}.{function.__name__}"


def actions():
    """Every action of the house."""
    return [function for room in rooms("actions") for function in public_functions(room)]


def test_actions_are_actions():
    faults = [
        where(function)
        for function in actions()
        if not (getattr(function, "is_action", False) or getattr(function, "is_preparation", False))
    ]
    complain(faults, "Put @action on it (@preparation for long work before one), or a leading underscore.")


def test_actions_take_keywords_and_the_actor_first():
    faults = []
    for function in actions():
        given = list(inspect.signature(function).parameters.values())
        if not given or given[0].name != "actor" or any(word.kind is not word.KEYWORD_ONLY for word in given):
            faults.append(where(function))
    complain(faults, "Write def verb_noun(*, actor: Actor, ...).")


def test_actions_take_at_most_seven_words():
    faults = [where(function) for function in actions() if len(inspect.signature(function).parameters) > 7]
    complain(faults, "Hand over one frozen record (a Draft) in place of many words.")


def test_actions_are_not_told_the_time():
    faults = [
        where(function)
        for function in actions()
        if {"at", "now", "when", "moment"} & set(inspect.signature(function).parameters)
    ]
    complain(faults, "Actions read actor.now; importer and demo set it.")


def test_actions_say_what_they_do():
    faults = [where(function) for function in actions() if not first_sentence(function).endswith((".", "。"))]
    complain(faults, "Begin the docstring with one sentence that says what the act does, with the article of law.")


def test_public_functions_have_a_sentence():
    faults = [
        where(function)
        for name in ("rules", "states", "permissions", "queries", "signals")
        for room in rooms(name)
        for function in public_functions(room)
        if not inspect.getdoc(function)
    ]
    complain(faults, "A rule has one sentence, with the article of law where there is one.")


def test_permissions_say_may():
    faults = [
        where(function)
        for room in rooms("permissions")
        for function in public_functions(room)
        if not function.__name__.startswith(("may_", "sees_"))
    ]
    complain(faults, "permissions.py holds may_<verb>(actor, thing) -> bool; other questions are rules or queries.")


def writes(node):
    """Whether ``node`` calls the database to write: through ``.objects``, or ``thing.save()``."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS):
        return False
    if node.func.attr == "save":
        return not node.args
    if node.func.attr.startswith("bulk_") or "_or_" in node.func.attr:
        return True
    return ".objects" in ast.unparse(node.func)


def test_only_actions_write():
    faults = [
        f"{near(file)}:{node.lineno} {ast.unparse(node.func)}"
        for module in modules()
        for file in source_files(module)
        if "actions" not in (file.stem, file.parent.name)
        for node in ast.walk(tree_of(file))
        if writes(node)
    ]
    complain(faults, "actions.py is the only place that writes. Make it an act there and call it.")
