"""Who may know of whom, which body sees to what, and the number of questions asked."""

from __future__ import annotations

from datetime import date

import pytest

from linli.core.actor import Actor, Grant
from linli.core.errors import NotAllowed
from linli.people import queries
from linli.people.actions import (
    AppointmentDraft,
    BodyDraft,
    PersonDraft,
    TieDraft,
    add_bodies,
    add_people,
    add_ties,
    appoint_people,
    move_bodies,
)
from linli.people.tests.conftest import NOW, TODAY, actor_for, root
from linli.places.actions import PlaceDraft, TurnDraft, add_places, cover_grid, plan_turn
from linli.places.models import GridCover


@pytest.mark.parametrize(
    ("who", "hat", "seen"),
    [
        ("desk", "desk", {"resident", "owner", "grid_worker", "desk", "secretary", "manager", "captain"}),
        ("secretary", "secretary", {"resident", "owner", "grid_worker", "desk", "secretary", "manager", "captain"}),
        ("grid_worker", "grid_worker", {"resident", "owner", "grid_worker", "manager", "captain"}),
        ("stranger", "secretary", {"stranger"}),
        ("captain", "captain", {"captain"}),
        ("manager", "property_manager", {"manager"}),
        ("resident", None, {"resident"}),
    ],
)
def test_persons_are_visible_by_place_and_post(town, who, hat, seen):
    visible = set(queries.persons_visible_to(actor_for(town.people[who], hat)))
    assert visible == {town.people[name] for name in seen}


def test_persons_are_visible_to_no_stranger(town):
    assert not queries.persons_visible_to(Actor(now=NOW)).exists()


def test_persons_are_not_visible_after_they_moved_away(town):
    draft = TieDraft(town.people["stranger"], town.places["home"], "tenant", date(2026, 1, 1))
    (tie,) = add_ties(actor=root(), drafts=[draft])
    desk = actor_for(town.people["desk"], "desk")
    assert town.people["stranger"] in queries.persons_visible_to(desk)
    type(tie).objects.filter(pk=tie.pk).update(to_on=date(2026, 9, 23))
    assert town.people["stranger"] not in queries.persons_visible_to(desk)


def test_grid_workers_rights_are_those_of_the_places_in_the_grid(town):
    from linli.places.actions import PlaceDraft, add_places

    (grid,) = add_places(actor=root(), drafts=[PlaceDraft("grid", "第一网格", town.places["community"])])
    draft = AppointmentDraft(town.people["owner"], "grid_worker", town.bodies["office"], grid)
    (given,) = appoint_people(actor=root(), drafts=[draft])
    assert queries.grants_of(given) == ()
    for name in ("building", "other"):
        GridCover.objects.create(grid=grid, place=town.places[name])
    found = {(grant.level, grant.place_id) for grant in queries.grants_of(given)}
    assert found == {("building", town.places["building"].pk), ("building", town.places["other"].pk)}


def test_bodies_are_found_by_duty_and_kind_nearest_first(town):
    home = town.places["home"]
    assert queries.bodies_for(home, category_code="lift") == [town.bodies["company"]]
    assert queries.bodies_for(home, body_kind="community_office") == [town.bodies["office"]]
    assert queries.bodies_for(town.places["far_home"], category_code="lift") == []


def test_bodies_are_found_by_alias_within_a_place(town):
    assert queries.body_by_alias("雪莲社区") == town.bodies["office"]
    assert queries.body_by_alias("雪莲社区", town.places["home"]) == town.bodies["office"]
    assert queries.body_by_alias("雪莲社区", town.places["next_community"]) is None


def test_people_are_paged_and_searched(town):
    everybody = queries.persons_visible_to(root())
    first, after = queries.people_page(everybody, "", 5)
    second, end = queries.people_page(everybody, after, 5)
    assert len({*first, *second}) == 8
    assert end == ""
    assert set(queries.people_matching(everybody, "138 0013 8000")) == {town.people["resident"]}
    assert set(queries.people_matching(everybody, "曲珍")) == {town.people["resident"]}


def test_everything_held_about_a_person_is_there(town):
    held = {each["name"]: each["rows"] for each in queries.held_about(town.people["resident"])}
    assert [row["phone"] for row in held["people"] if "phone" in row] == ["13800138000"]
    assert [row["kind"] for row in held["people"] if "kind" in row] == ["租户"]


def test_grants_lie_in_no_other_district(town):
    grant = Grant("secretary", "community", town.places["next_community"].pk)
    assert not grant.covers(town.places["home"])
    assert queries.appointments_of(town.people["desk"].pk, TODAY).count() == 1


@pytest.mark.parametrize("count", [1, 3, 300])
def test_people_list_asks_the_same_number_of_questions(town, count, django_assert_num_queries):
    people = add_people(actor=root(), drafts=[PersonDraft(f"甲{number:03d}") for number in range(count)])
    add_ties(actor=root(), drafts=[TieDraft(person, town.places["home"], "tenant") for person in people])
    desk = actor_for(town.people["desk"], "desk")
    visible = queries.people_matching(queries.persons_visible_to(desk), "甲")
    with django_assert_num_queries(3):
        rows, _after = queries.people_page(queries.with_places(visible, TODAY), "", 25)
        assert [row.homes_now[0].home.building.label for row in rows]


def test_a_desk_of_the_grid_or_area_comes_before_the_communitys(town):
    community = town.places["community"]
    drafts = [PlaceDraft("grid", "第一网格", community), PlaceDraft("area", "南片区", community)]
    grid, area = add_places(actor=root(), drafts=drafts)
    cover_grid(actor=root(), grid=grid, places=[town.places["building"]])
    cover_grid(actor=root(), grid=area, places=[grid])
    drafts = [
        BodyDraft("南片区服务点", "community_office", area),
        BodyDraft("第一网格服务点", "community_office", grid),
    ]
    of_area, of_grid = add_bodies(actor=root(), drafts=drafts)
    offices = [of_grid, of_area, town.bodies["office"]]
    assert queries.bodies_for(town.places["home"], body_kind="community_office") == offices
    assert queries.bodies_for(town.places["other"], body_kind="community_office") == offices[2:]


def test_bodies_follow_a_place_that_lies_elsewhere(town):
    compound, there = town.places["compound"], town.places["next_community"]
    with pytest.raises(NotAllowed):
        move_bodies(actor=actor_for(town.people["desk"], "desk"), place=compound, columns={})
    plan_turn(actor=root(), place=town.places["community"], draft=TurnDraft("merge", TODAY, target=there))
    company = town.bodies["company"]
    company.refresh_from_db()
    assert (company.place, company.community, company.compound) == (compound, there, compound)
