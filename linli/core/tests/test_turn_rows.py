"""Rows stored in few statements are the rows that Django would have stored."""

from datetime import date

import pytest
from django.db.models import Value
from django.db.models.functions import Upper
from django.utils import timezone

from linli.audit.models import AuditRecord
from linli.core.turn import insert_rows, update_row
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


@pytest.mark.django_db
def test_row_is_changed_once_and_only_as_it_was_read(django_assert_num_queries):
    office = Body.objects.create(name="居委会", kind="community_office")
    team = Body.objects.create(name="小组", kind="team")
    read = Body.objects.get(pk=team.pk)
    with django_assert_num_queries(2):
        assert update_row(team, {"name": "一组", "parent": office, "duty_categories": ["lamp"]}, name="小组")
        assert not update_row(read, {"name": "二组"}, name="小组")
    assert (team.name, team.parent_id, read.name) == ("一组", office.pk, "小组")
    read.refresh_from_db()
    assert (read.name, read.parent, read.duty_categories) == ("一组", office, ["lamp"])


@pytest.mark.django_db
def test_row_is_changed_by_what_the_database_works_out():
    person = Person.objects.create(display_name="卓玛", phone="1", added_at=timezone.now(), review_on=date(2029, 1, 1))
    assert update_row(person, {"display_name": Upper(Value("zhuoma")), "phone": "13800000000"})
    assert person.display_name == "ZHUOMA"
    assert Person.objects.get().phone == "13800000000"
