import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from linli.core.actor import Actor, Grant, system
from linli.core.errors import NotAllowed, NotFound
from linli.notices import views
from linli.notices.actions import queue_notices, read_notices
from linli.notices.models import Notice
from linli.notices.queries import inbox_page, notices_visible_to, unread_count
from linli.notices.rules import Message
from linli.people.models import Body, Person

from .test_actions import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """Dolma; the desk clerk, who wears a post of the community office; and somebody from the next community."""
    office = Body.objects.create(name="林琼社区居委会", kind="community_office")
    people = [Person.objects.create(display_name=name, added_at=NOW, review_on=NOW.date()) for name in "卓白邻"]
    dolma, clerk, stranger = (
        Actor(now=NOW, account_id=person.pk, account_uid=person.uid, person_id=person.pk, person_uid=person.uid)
        for person in people
    )
    return dolma, Actor(now=NOW, account_id=99, person_id=clerk.person_id, body_id=office.pk), stranger


def tell(**to):
    queue_notices(actor=system(NOW), messages=[Message("x", to.pop("title", "已接单"), "今天上门", **to)])
    return Notice.objects.latest("id")


def page(view, actor, path="/inbox/", post=None, **words):
    factory = RequestFactory()
    request = factory.post(path, post) if post is not None else factory.get(path)
    request.actor, request._messages = actor, CookieStorage(request)
    return view(request, **words)


def test_inbox_holds_ones_own_and_ones_bodys_messages(cast):
    dolma, clerk, stranger = cast
    mine = tell(person_id=dolma.person_id)
    office = tell(body_id=clerk.body_id)
    assert list(notices_visible_to(dolma)) == [mine]
    assert list(notices_visible_to(clerk)) == [office]
    assert list(notices_visible_to(stranger)) == []
    assert list(notices_visible_to(Actor(now=NOW))) == []


def test_message_of_another_is_not_there(cast):
    dolma, _, stranger = cast
    notice = tell(person_id=dolma.person_id)
    with pytest.raises(NotFound):
        page(views.read, stranger, uid=notice.uid)
    assert unread_count(dolma) == 1


def test_reading_counts_down_and_leads_to_the_thing(cast):
    dolma, *_ = cast
    notice = tell(person_id=dolma.person_id, url="/matters/K7/")
    for _ in range(2):
        assert page(views.read, dolma, uid=notice.uid).url == "/matters/K7/"
    assert unread_count(dolma) == 0


def test_message_that_points_away_is_shown_and_not_followed(cast):
    dolma, *_ = cast
    notice = tell(person_id=dolma.person_id, url="//evil.example/")
    assert "今天上门" in page(views.read, dolma, uid=notice.uid).content.decode()


def test_colleague_reads_for_herself(cast):
    _, clerk, stranger = cast
    colleague = Actor(now=NOW, account_id=98, person_id=stranger.person_id, body_id=clerk.body_id)
    notice = tell(body_id=clerk.body_id)
    read_notices(actor=clerk, notices=[notice])
    assert (unread_count(clerk), unread_count(colleague)) == (0, 1)


def test_everything_is_read_at_once(cast):
    dolma, *_ = cast
    for _ in range(3):
        tell(person_id=dolma.person_id)
    assert page(views.read_all, dolma, post={}).status_code == 302
    assert unread_count(dolma) == 0


def test_visitor_without_account_is_told_what_to_do():
    with pytest.raises(NotAllowed, match="回执"):
        page(views.inbox, Actor(now=NOW))


def test_pages_follow_one_another(cast):
    _, clerk, _ = cast
    for number in range(5):
        tell(title=f"{number}", **({"body_id": clerk.body_id} if number % 2 else {"person_id": clerk.person_id}))
    first = inbox_page(clerk, size=2)
    assert [notice.title for notice in first] == ["4", "3", "2"]
    assert [notice.title for notice in inbox_page(clerk, first[1].uid, 2)] == ["2", "1", "0"]


def test_inbox_asks_the_same_number_of_questions_however_long(cast):
    _, clerk, _ = cast
    counts = []
    for more in (1, 2, 297):
        messages = [Message("x", "y", person_id=clerk.person_id) for _ in range(more)]
        queue_notices(actor=system(NOW), messages=messages)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(views.inbox, clerk)
        counts.append(len(asked))
    assert counts == [3, 3, 3]


def test_code_never_shows_in_an_inbox(cast):
    dolma, *_ = cast
    queue_notices(actor=system(NOW), messages=[Message("code", "验证码", "123456", person_id=dolma.person_id)])
    assert list(notices_visible_to(dolma)) == []


def test_undelivered_is_the_administrators_page(cast):
    dolma, *_ = cast
    administrator = Actor(now=NOW, account_id=7, grants=(Grant("administrator", "everywhere"),))
    assert "都送出去了" in page(views.undelivered, administrator).content.decode()
    with pytest.raises((NotFound, Http404)):
        page(views.undelivered, dolma)
