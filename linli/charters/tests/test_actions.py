from datetime import date, datetime

import pytest

from linli.charters.actions import FaultyCharter, apply_charter, change_calendar, keep_profile
from linli.charters.models import CalendarChange, CharterVersion
from linli.charters.queries import (
    calendar_changes_after,
    calendar_of,
    calendar_warning,
    charter_of,
    charter_version,
    versions_of,
)
from linli.charters.rules import Span
from linli.charters.signals import calendar_changed, charter_applied
from linli.charters.tests.conftest import STRICTER
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.core.times import ZONE

pytestmark = pytest.mark.django_db
LOSAR = '[2026]\nrest = ["02-15/02-26 藏历新年"]\n'
NEXT_YEAR = '[2027]\nsource = "国务院办公厅关于2027年部分节假日安排的通知"\nrest = ["01-01 元旦"]\nwork = ["01-03"]\n'


@pytest.fixture
def announced():
    heard = []

    def hear(**said):
        heard.append(said)

    for signal in (charter_applied, calendar_changed):
        signal.connect(hear)
    yield heard
    for signal in (charter_applied, calendar_changed):
        signal.disconnect(hear)


def test_apply_charter_puts_it_in_force(community, communities, secretary, announced):
    version = apply_charter(actor=secretary, community=community, text=STRICTER)
    charter = charter_of(community.pk)
    assert (charter.version_id, version.number, version.applied_by) == (version.pk, 1, "央金")
    assert charter.classes["G"].finish == Span(3, "working_days")
    assert charter.phone == "0871-5550123"
    assert "stall" not in charter.categories
    assert charter_of(communities["河东社区"].pk).classes["G"].finish == Span(5, "working_days")
    assert [said["version"] for said in announced] == [version]


def test_apply_charter_leaves_running_matters_their_version(community, secretary):
    first = charter_of(community.pk)
    apply_charter(actor=secretary, community=community, text=STRICTER)
    second = apply_charter(actor=secretary, community=community, text=STRICTER.replace("3个", "2个"))
    assert second.number == 2
    assert charter_version(first.version_id).classes["G"].finish == Span(5, "working_days")
    assert charter_version(second.pk).classes["G"].finish == Span(2, "working_days")


def test_apply_charter_twice_changes_nothing(community, secretary, announced):
    first = apply_charter(actor=secretary, community=community, text=STRICTER)
    assert apply_charter(actor=secretary, community=community, text=STRICTER) == first
    assert len(announced) == 1


def test_apply_charter_refuses_others(community, stranger, resident):
    for actor in (stranger, resident):
        with pytest.raises(NotAllowed):
            apply_charter(actor=actor, community=community, text=STRICTER)
    assert not versions_of(community.pk).exists()


def test_apply_charter_refuses_what_is_looser(community, secretary):
    with pytest.raises(FaultyCharter) as caught:
        apply_charter(actor=secretary, community=community, text='[charter]\ntitle="x"\n[steps]\nrating="1天"\n')
    assert [fault.path for fault in caught.value.faults] == ["steps.rating"]


def test_apply_charter_is_for_a_community(community, administrator):
    with pytest.raises(BadInput):
        apply_charter(actor=administrator, community=community.parent, text=STRICTER)


def test_apply_charter_tells_who_lost_the_race(community, secretary, monkeypatch):
    apply_charter(actor=secretary, community=community, text=STRICTER)
    monkeypatch.setattr("linli.charters.actions.versions_of", lambda community_id: CharterVersion.objects.none())
    with pytest.raises(LostRace):
        apply_charter(actor=secretary, community=community, text=STRICTER + "\n")


def test_national_profile_is_kept_as_a_version(administrator):
    assert charter_of(None).version_id == versions_of(None).get().pk
    with pytest.raises(NotAllowed):
        keep_profile(actor=administrator)


def test_charter_of_asks_one_statement(community, secretary, django_assert_num_queries):
    apply_charter(actor=secretary, community=community, text=STRICTER)
    charter_of(community.pk)
    with django_assert_num_queries(1):
        charter_of(community.pk)


def test_change_calendar_moves_the_region_only(community, administrator, announced):
    before = calendar_of(community.pk)
    change = change_calendar(actor=administrator, text=LOSAR, layer="5401")
    dispatched = datetime(2026, 2, 14, 10, tzinfo=ZONE)
    assert charter_of(community.pk).finish_due_at("G", dispatched) == datetime(2026, 3, 5, tzinfo=ZONE)
    assert charter_of(None).finish_due_at("G", dispatched) == datetime(2026, 3, 1, tzinfo=ZONE)
    assert before.is_working(date(2026, 2, 24))
    assert change.days == ["2026-02-24", "2026-02-25", "2026-02-26"]
    assert [said["change"] for said in announced] == [change]
    assert list(calendar_changes_after(change.pk - 1)) == [change]


def test_change_calendar_makes_a_year_official(administrator):
    deadline = datetime(2027, 1, 8, 18, tzinfo=ZONE)
    assert "2027" in calendar_warning(deadline, "zh-hans")
    change_calendar(actor=administrator, text=NEXT_YEAR)
    assert calendar_warning(deadline, "zh-hans") == ""
    assert [calendar_of(None).is_working(date(2027, 1, day)) for day in (1, 3, 4)] == [False, True, True]


def test_change_calendar_replaces_the_year(administrator):
    change_calendar(actor=administrator, text=NEXT_YEAR)
    change_calendar(actor=administrator, text=NEXT_YEAR.replace("01-01 元旦", "01-04 元旦"))
    assert [calendar_of(None).is_working(date(2027, 1, day)) for day in (1, 4)] == [True, False]
    assert change_calendar(actor=administrator, text=NEXT_YEAR.replace("01-01 元旦", "01-04 元旦")) is None
    assert CalendarChange.objects.count() == 2


def test_change_calendar_takes_a_spreadsheets_lines(administrator):
    lines = "日期,类型,名称,文件\n2027-01-01,休,元旦,通知\n2027/01/03,班,,通知\n"
    change_calendar(actor=administrator, text=lines)
    assert calendar_of(None).name_of(date(2027, 1, 1)) == "元旦"
    assert calendar_of(None).is_official(2027)


def test_change_calendar_refuses_others_and_faults(secretary, administrator):
    with pytest.raises(NotAllowed):
        change_calendar(actor=secretary, text=NEXT_YEAR)
    for text in ("[2027]\nrest = ['13-01']", "[2027]\nrest = ['01-01 元旦']", "日期,类型\n2027-01-01,？", ""):
        with pytest.raises(BadInput):
            change_calendar(actor=administrator, text=text)
