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
        ("auditor", ["/day/", "/figures/", "/audit/"]),
        ("resident", ["/report/", "/mine/", "/inbox/"]),
    ],
)
def test_tabs_are_those_of_the_post(post, pages):
    assert addresses(post) == pages


def test_tabs_are_as_many_as_fit():
    assert len(addresses("secretary", "administrator")) == MOST
