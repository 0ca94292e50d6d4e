"""Which pages stand at the thumb of whom."""

import pytest

from linli.config.navigation import MOST, tabs_of
from linli.core.actor import Actor, Grant
from linli.core.times import now


def addresses(*posts):
    actor = Actor(now=now(), account_id=1, grants=tuple(Grant(post, "everywhere") for post in posts))
    return [tab["href"] for tab in tabs_of(actor, "/")]


@pytest.mark.parametrize(
    ("post", "pages"),
    [
        ("administrator", ["/places/", "/people/", "/audit/", "/posters/"]),
        ("captain", ["/work/", "/day/", "/posters/"]),
        ("secretary", ["/desk/", "/day/", "/figures/", "/places/", "/people/"]),
        ("auditor", ["/day/", "/figures/", "/audit/"]),
        ("resident", ["/report/", "/mine/", "/inbox/"]),
    ],
)
def test_tabs_are_those_of_the_post(post, pages):
    assert addresses(post) == pages


@pytest.mark.django_db
def test_pages_without_a_tab_stand_where_hats_are_changed(client, monkeypatch):
    both = Actor(
        now=now(), account_id=1, grants=(Grant("secretary", "everywhere"), Grant("administrator", "everywhere"))
    )
    monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: both)
    page = client.get("/hats/")
    assert len(page.context["nav"]) == MOST
    assert [tab["href"] for tab in page.context["pages"]] == addresses("secretary", "administrator")
    assert all(f'href="{href}"' in page.content.decode() for href in addresses("secretary", "administrator"))
