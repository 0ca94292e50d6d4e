"""The three lists of a grid, its people, its shops and units."""

from __future__ import annotations

import pytest

from linli.audit.models import AuditRecord
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.grids.actions import add_item, end_item
from linli.grids.models import GridItem
from linli.grids.queries import bodies_of_grid, items_of, problems_of, workers_of
from linli.people.actions import BodyDraft, add_bodies
from linli.tickets.tests.conftest import root


def test_add_item_to_both_lists(town, grid):
    add_item(actor=town.who.desk, grid=grid, kind="duty", words="看一遍楼道有没有堆物", often="每周")
    add_item(actor=town.who.desk, grid=grid, kind="assist", words="通知停水", body=town.body.street)
    assert [item.words for item in items_of(grid, "duty")] == ["看一遍楼道有没有堆物"]
    assert [item.body for item in items_of(grid, "assist")] == [town.body.street]
    assert AuditRecord.objects.filter(verb="grid.item_added", community="530199001001").count() == 2


def test_add_item_is_refused(town, grid):
    for who in ("resident", "grid_worker", "next_desk", "manager"):
        with pytest.raises(NotAllowed):
            add_item(actor=getattr(town.who, who), grid=grid, kind="duty", words="巡查")
    with pytest.raises(BadInput):
        add_item(actor=town.who.desk, grid=grid, kind="assist", words="通知停水")
    with pytest.raises(WrongState):
        add_item(actor=town.who.desk, grid=town.place.building, kind="duty", words="巡查")
    assert not GridItem.objects.exists()


def test_end_item_once_and_by_its_keepers(town, grid):
    item = add_item(actor=town.who.desk, grid=grid, kind="duty", words="巡查")
    with pytest.raises(NotAllowed):
        end_item(actor=town.who.next_desk, item=item)
    end_item(actor=town.who.secretary, item=item)
    with pytest.raises(LostRace):
        end_item(actor=town.who.secretary, item=item)
    assert not items_of(grid, "duty")


def test_problem_list_is_what_runs_in_the_grid(town, grid):
    here, _elsewhere = town.file(), town.file(place=town.place.other)
    assert list(problems_of(town.who.desk, grid)) == [here.matter]


def test_shops_and_units_belong_by_place_or_by_name(town, grid):
    drafts = [
        BodyDraft("便民超市", "shop", town.place.building),
        BodyDraft("邮局", "resident_unit", grid),
        BodyDraft("远处的店", "shop", town.place.other),
    ]
    add_bodies(actor=root(), drafts=drafts)
    assert [body.name for body in bodies_of_grid(grid)] == ["邮局", "便民超市"]


def test_people_of_the_grid_are_those_over_what_it_covers(town, grid):
    assert [post.person_id for post in workers_of(grid, town.who.desk)] == [town.who.captain.person_id]


def test_grid_page_adds_ends_and_prints(town, grid, visit):
    assert grid.uid in visit("grid_worker", "/grids/").content.decode()
    sent = {"words": "看一遍楼道", "often": "每周"}
    assert visit("desk", f"/grids/{grid.uid}/add/duty/", sent, "post").status_code == 302
    sent = {"words": "通知停水", "body": town.body.street.uid}
    assert visit("desk", f"/grids/{grid.uid}/add/assist/", sent, "post").status_code == 302
    page = visit("desk", f"/grids/{grid.uid}/").content.decode()
    assert "看一遍楼道" in page
    assert town.body.street.name in visit("desk", f"/grids/{grid.uid}/sheet/").content.decode()
    item = GridItem.objects.first()
    assert visit("desk", f"/grids/{grid.uid}/end/{item.uid}/", {}, "post").status_code == 302
    assert visit("desk", f"/grids/{grid.uid}/add/other/").status_code == 404


def test_grid_is_unknown_to_residents_and_the_next_community(grid, visit):
    for who, status in (("resident", 403), ("next_desk", 200)):
        assert visit(who, "/grids/").status_code == status
        assert visit(who, f"/grids/{grid.uid}/").status_code == 404
    assert visit("grid_worker", f"/grids/{grid.uid}/add/duty/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_grid_page_asks_as_often_for_any_number(town, grid, visit, rows, django_assert_max_num_queries):
    for number in range(rows):
        add_item(actor=town.who.desk, grid=grid, kind="duty", words=f"{number}")
        town.file()
    with django_assert_max_num_queries(14):
        assert visit("desk", f"/grids/{grid.uid}/").status_code == 200
