from datetime import UTC, datetime

import pytest
from django.db import connection

from linli.core.actor import system
from linli.notices.actions import queue_notices
from linli.notices.models import Notice
from linli.notices.rules import Message

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_notices_are_queued_in_one_statement(django_assert_num_queries):
    messages = [Message("ticket.accepted", "已接单", "今天有人上门", phone="13800138000") for _ in range(50)]
    with django_assert_num_queries(3):  # savepoint, rows, release
        queue_notices(actor=system(NOW), messages=messages)
    assert Notice.objects.count() == 50
    assert Notice.objects.first().phone == "13800138000"


@pytest.mark.django_db
def test_telephone_is_ciphertext_at_rest():
    queue_notices(actor=system(NOW), messages=[Message("x", "y", phone="13800138000")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM notices_notice")
        assert "13800138000" not in cursor.fetchone()[0]
