import pytest

from linli.tickets.rules.ratings import is_unhappy, outcome_of


@pytest.mark.parametrize(
    ("solved", "stars", "earlier", "outcome"),
    [
        ("yes", 5, 0, "close"),
        ("yes", 3, 2, "close"),
        ("partly", 3, 0, "close"),
        ("partly", None, 0, "close"),
        ("no", 5, 0, "rework"),
        ("yes", 2, 0, "rework"),
        ("no", 1, 1, "review"),
        ("no", None, 2, "panel"),
        ("no", 1, 3, "panel"),
    ],
)
def test_rating_outcome_srq_061(solved, stars, earlier, outcome):
    assert outcome_of(solved, stars, earlier) == outcome


def test_rating_is_unhappy_at_two_stars_and_content_at_three():
    assert is_unhappy("yes", 2)
    assert not is_unhappy("yes", 3)
