"""Each role of the demo gets in, and nobody else's way in is open."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import DESK, ROLES


@pytest.mark.parametrize("slug", ROLES)
def test_role_is_put_on(as_role, slug, shot):
    page = as_role(slug, DESK)
    page.goto("/hats/")
    shot(page, f"hats-{slug}")
    assert page.locator("h1").count() == 1


def test_visitor_is_asked_to_sign_in(visit):
    page = visit()
    page.goto("/me/")
    assert "/sign-in/?next=" in page.url
