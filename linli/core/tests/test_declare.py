"""Registers of plain records."""

from types import SimpleNamespace

import pytest

from linli.core.declare import Register


def test_register_gives_what_was_declared():
    register = Register("kind")
    lamp = register.declare(SimpleNamespace(name="lamp"))
    assert register.declare(lamp) is lamp
    assert (register.get("lamp"), "lamp" in register, list(register)) == (lamp, True, [lamp])


def test_register_refuses_two_of_one_name():
    register = Register("kind")
    register.declare(SimpleNamespace(name="lamp", colour=1))
    with pytest.raises(ValueError, match="kind 'lamp' is declared twice"):
        register.declare(SimpleNamespace(name="lamp", colour=2))


def test_register_names_those_there_are():
    register = Register("kind")
    register.declare(SimpleNamespace(name="lamp"))
    with pytest.raises(KeyError, match="no kind 'lift'; declared: lamp"):
        register.get("lift")
