"""The world is built once, inside a transaction that is rolled back when all have looked at it.

Each test has `django_db`, whose own transaction lies inside that one: what a test changes is taken back.
"""

from __future__ import annotations

import logging
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import transaction

from tests.robustness.walk import walk
from tests.robustness.world import NOW, build

FEW = ("anonymous", "owner", "desk", "administrator")


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """The town with its people and addresses. Paper is not set here: a page of it takes ten seconds."""
    with (
        django_db_blocker.unblock(),
        patch("linli.config.middleware.now", lambda: NOW),
        patch("weasyprint.HTML.write_pdf", lambda *_words, **_more: b"%PDF-"),
        patch.object(settings, "LINLI_SMS", "file:"),
        transaction.atomic(),
    ):
        logging.disable(logging.ERROR)
        yield build()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def walked(world):
    """What every address answers to a few."""
    return walk(world, FEW)
