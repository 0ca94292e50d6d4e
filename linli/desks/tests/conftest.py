"""The neighbourhood of the reports' own tests, and a browser for each of its cast."""

import pytest

from linli.tickets.tests.conftest import Town


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def enter(client, monkeypatch):
    """The browser of whoever is asked for, at the cast's hour: the door is another module's."""

    def entered(actor):
        def door(self, request):
            request.actor = actor
            return self.answer(request)

        monkeypatch.setattr("linli.config.middleware.ActorMiddleware.__call__", door)
        return client

    return entered
