"""Rows stored in few statements are the rows that Django would have stored."""

from datetime import date

import pytest
from django.utils import timezone

from linli.audit.models import AuditRecord
from linli.core.turn import insert_rows
from linli.people.models import Body, Person


@pytest.mark.django_db
def test_rows_get_their_keys_in_one_statement(django_assert_num_queries):
    rows = [AuditRecord(at=timezone.now(), verb=f"thing.done{number}", fields=["a"]) for number in range(1500)]
    with django_assert_num_queries(1):
        insert_rows(rows)
    stored = list(AuditRecord.objects.order_by("pk"))
    assert [row.pk for row in stored] == [row.pk for row in rows]
    assert stored[7].verb == "thing.done7"
    assert stored[7].fields == ["a"]
    assert stored[7].at == rows[7].at
    assert not rows[7]._state.adding


@pytest.mark.django_db
def test_rows_keep_secrets_and_take_keys_made_late():
    person = Person(display_name="卓玛", phone="13800000000", added_at=timezone.now(), review_on=date(2029, 1, 1))
    office, team = Body(name="居委会", kind="community_office"), Body(name="小组", kind="team")
    team.parent = office
    insert_rows([person])
    insert_rows([office])
    insert_rows([team])
    assert Person.objects.get().phone == "13800000000"
    assert Person.objects.extra(select={"raw": "phone"}).values_list("raw", flat=True).get() != "13800000000"
    assert Body.objects.get(name="小组").parent_id == office.pk
    assert insert_rows([]) == []
