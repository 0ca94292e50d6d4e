from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from linli.charters import views
from linli.charters.actions import apply_charter
from linli.charters.queries import calendar_of, charter_of, versions_of
from linli.charters.tests.conftest import STRICTER
from linli.core.actor import Actor
from linli.core.errors import NotAllowed, NotFound

pytestmark = pytest.mark.django_db
NOBODY = Actor(now=datetime(2026, 11, 21, 2, tzinfo=UTC))


@pytest.fixture
def ask(rf):
    """A page as an actor sees it, without the doors in between."""

    def call(view, actor=NOBODY, data=None, **kept):
        request = rf.post("/", data) if data is not None else rf.get("/", kept.pop("query", {}))
        request.actor = actor
        request._messages = Messages()
        return view(request, **kept)

    return call


class Messages(list):
    def add(self, level, words, extra_tags=""):
        self.append(words)


def words_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en", "bo"])
def test_charter_page_tells_everybody_what_to_expect(ask, community, language):
    with override(language):
        answer = ask(views.show_charter, code=community.code)
    assert answer.status_code == 200
    assert {"zh-hans": "5个工作日", "en": "5 working days", "bo": "ལས་ཀའི་ཉིན་5"}[language] in words_of(answer)
    assert "charters/540198001001/change" not in words_of(answer)


def test_charter_page_is_of_communities_only(ask, community):
    for code in ("540198", "999"):
        with pytest.raises(NotFound):
            ask(views.show_charter, code=code)


def test_charter_page_asks_the_same_of_many_versions(ask, community, secretary, django_assert_num_queries):
    for amount in (1, 2, 3):
        apply_charter(actor=secretary, community=community, text=STRICTER + f"# {amount}\n")
        ask(views.show_charter, code=community.code)
        with django_assert_num_queries(3):
            ask(views.show_charter, code=community.code)


def test_change_page_is_the_secretarys(ask, community, stranger, resident):
    for actor in (NOBODY, stranger, resident):
        with pytest.raises(NotAllowed):
            ask(views.change_charter, actor, code=community.code)


def test_change_page_starts_from_what_is_in_force(ask, community, secretary):
    assert "雪莲社区章程" in words_of(ask(views.change_charter, secretary, code=community.code))
    apply_charter(actor=secretary, community=community, text=STRICTER)
    assert "fountain" in words_of(ask(views.change_charter, secretary, code=community.code))


def test_change_page_shows_each_fault_with_its_line(ask, community, secretary):
    data = {"text": STRICTER.replace("3个工作日", "9个工作日"), "step": "check"}
    answer = ask(views.change_charter, secretary, data, code=community.code)
    assert answer.status_code == 422
    assert "第7行" in words_of(answer)
    assert "classes.G.finish" in words_of(answer)


def test_change_page_checks_shows_and_applies(ask, community, secretary):
    file = SimpleUploadedFile("charter.toml", STRICTER.encode("gb18030"))
    checked = ask(views.change_charter, secretary, {"file": file, "step": "check"}, code=community.code)
    assert "5个工作日</td><td>3个工作日" in words_of(checked)
    assert not versions_of(community.pk).exists()
    done = ask(views.change_charter, secretary, {"text": STRICTER, "step": "apply"}, code=community.code)
    assert done.status_code == 302
    assert charter_of(community.pk).title.zh == "雪莲社区章程"


def test_change_page_does_not_apply_what_has_faults(ask, community, secretary):
    data = {"text": "[hours]\nspans = 3", "step": "apply"}
    assert ask(views.change_charter, secretary, data, code=community.code).status_code == 422
    assert not versions_of(community.pk).exists()


@pytest.mark.parametrize("file", [b"\x00\xff\xfe", b"x" * 400_001, b""])
def test_change_page_refuses_files_that_are_no_text(ask, community, secretary, file):
    data = {"file": SimpleUploadedFile("x.toml", file), "step": "check"}
    assert ask(views.change_charter, secretary, data, code=community.code).status_code == 422


def test_charter_can_be_downloaded(client, community, secretary):
    apply_charter(actor=secretary, community=community, text=STRICTER)
    assert words_of(client.get(f"/charters/{community.code}/1.toml")) == STRICTER
    assert "cn-default" in words_of(client.get(f"/charters/{community.code}/0.toml"))
    assert client.get(f"/charters/{community.code}/9.toml").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en", "bo"])
def test_calendar_page_shows_a_year(ask, language):
    with override(language):
        assert "国庆节" in words_of(ask(views.show_calendar, query={"year": "2026"}))


@pytest.mark.parametrize(("year", "warns"), [("2026", False), ("2027", True), ("9999", True), ("x", False)])
def test_calendar_page_warns_of_a_year_without_data(ask, year, warns):
    page = words_of(ask(views.show_calendar, query={"year": year}))
    assert ("还没有公布" in page) == warns


def test_calendar_change_is_the_administrators(ask, secretary, administrator):
    with pytest.raises(NotAllowed):
        ask(views.change_days, secretary)
    assert ask(views.change_days, administrator).status_code == 200
    wrong = ask(views.change_days, administrator, {"text": "[2027]\nrest = ['x']", "layer": ""})
    assert wrong.status_code == 422
    right = ask(views.change_days, administrator, {"text": "[2027]\nsource = '通知'\nrest = ['01-01 元旦']"})
    assert right.status_code == 302
    assert calendar_of(None).is_official(2027)
