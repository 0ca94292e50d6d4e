"""The neighbourhood of the reports, and visitors: a client without an account, what a form sends."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from linli.core.numbers import random_code
from linli.tickets.tests.conftest import Town


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def at_the_door(monkeypatch):
    """Who comes in from now on: the door is another module's."""
    return lambda actor: monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: actor)


@pytest.fixture
def key():
    return random_code(16)


@pytest.fixture
def poster(town):
    return f"/p/{town.place.building.tag}/"


def picture(colour="red", size=(64, 48), name="photo.png"):
    """An upload as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    out.seek(0)
    out.name = name
    return out
