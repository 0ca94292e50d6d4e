"""The cast of `tickets`, and the browser of any of them."""

from __future__ import annotations

import pytest

from linli.papers.models import TriedAddress
from linli.tickets.tests.conftest import Town

PUBLIC = "linli.example.cn"


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def visit(town, monkeypatch, client, settings):
    """The browser of one of the cast, at an address that telephones reach."""
    settings.ALLOWED_HOSTS = ["*"]
    TriedAddress.objects.create(base=f"http://{PUBLIC}", tried_at=town.clock.now)

    def get(who, path, data=None, host=PUBLIC, method="get", **headers):
        monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: getattr(town.who, who))
        return getattr(client, method)(path, data or {}, HTTP_HOST=host, **headers)

    return get
