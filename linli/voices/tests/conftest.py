"""The cast of `tickets`, a spoken second, and the browser of any of them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.files.actions import take_sounds
from linli.files.tests.test_rules import webm
from linli.tickets.tests.conftest import Town


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.LINLI_DATA = tmp_path


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def spoken():
    return lambda seconds=3: SimpleUploadedFile("a.webm", webm(seconds=seconds), "audio/webm")


@pytest.fixture
def taken(town, spoken):
    return lambda: take_sounds(actor=town.who.desk, uploads=[spoken()])


@pytest.fixture
def visit(town, monkeypatch, client):
    """The browser of one of the cast."""

    def go(who, path, data=None, method="get"):
        monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: getattr(town.who, who))
        return getattr(client, method)(path, data or {})

    return go
