"""A question put together once gives the rows that the query set gives, whatever it is told."""

from datetime import timedelta

import pytest
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from linli.core.asked import Question, Told, ToldMany
from linli.people.models import Appointment, Body, Person

NAMED = Question(lambda: Body.objects.filter(name=Told("name")).select_related("parent").order_by("pk"))
AROUND = Question(
    lambda: Body.objects.filter(Q(kind=Told("one")) | Q(kind=Told("other")), name__gt=Told("after")).order_by("pk")[:2]
)
BY_KEYS = Question(lambda: Body.objects.filter(pk__in=ToldMany("keys")).order_by("pk"))
OF_PARENTS = Question(lambda: Body.objects.filter(parent__in=ToldMany("parents")).order_by("pk"))
ADDED = Question(
    lambda: (
        Person.objects.filter(added_at__gt=Told("at"))
        .annotate(is_posted=Exists(Appointment.objects.filter(person=OuterRef("pk"), body_id=Told("body"))))
        .order_by("pk")
    )
)


@pytest.mark.django_db
def test_question_gives_each_its_own_rows_with_what_is_joined(django_assert_num_queries):
    office = Body.objects.create(name="居委会", kind="community_office")
    team = Body.objects.create(name="小组", kind="team", parent=office)
    with django_assert_num_queries(2):
        assert [each.parent for each in NAMED.rows(name="小组")] == [office]
        assert NAMED.first(name="居委会").parent is None
    assert NAMED.rows(name="小组") == [team]
    assert NAMED.rows(name="没有") == []
    assert NAMED.first(name="没有") is None
    assert not NAMED.first(name="小组")._state.adding


@pytest.mark.django_db
def test_question_keeps_its_own_values_beside_those_told():
    kinds = {"b": "team", "c": "company", "d": "team"}
    made = [Body.objects.create(name=name, kind=kind) for name, kind in kinds.items()]
    assert AROUND.rows(one="team", other="company", after="a") == made[:2]
    assert AROUND.rows(one="team", other="nothing", after="b") == made[2:]
    assert AROUND.rows(one=None, other="company", after="a") == made[1:2]


@pytest.mark.django_db
def test_question_reads_moments_secrets_and_columns_of_its_own():
    at = timezone.now()
    person = Person.objects.create(display_name="卓玛", phone="13800000000", added_at=at, review_on=at.date())
    (found,) = ADDED.rows(at=at - timedelta(seconds=1), body=None)
    assert (found, found.phone, found.added_at, found.is_posted) == (person, "13800000000", at, False)
    assert ADDED.rows(at=at, body=1) == []


def test_question_says_which_value_it_was_not_told():
    with pytest.raises(KeyError, match="name"):
        NAMED.rows()


@pytest.mark.django_db
def test_question_takes_keys_however_many():
    office = Body.objects.create(name="居委会", kind="community_office")
    teams = [Body.objects.create(name=name, kind="team", parent=office) for name in ("一组", "二组", "三组")]
    assert BY_KEYS.rows(keys=[teams[2].pk, teams[0].pk]) == [teams[0], teams[2]]
    assert BY_KEYS.rows(keys=[]) == []
    assert OF_PARENTS.rows(parents=[office.pk, teams[0].pk]) == teams
