"""The neighbourhood and cast of `tickets`."""

from linli.tickets.tests.conftest import town

__all__ = ["town"]
