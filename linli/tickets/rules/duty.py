"""Whose duty it is by law, and who therefore may not be sent (SRQ-031)."""

from __future__ import annotations

RANKS = {"compound": 0, "community": 1, "street": 2, "district": 3, "city": 4}
BODY_RANKS = {
    "company": 0,
    "team": 0,
    "owners_committee": 0,
    "partner": 0,
    "community_office": 1,
    "branch": 1,
    "street_office": 2,
    "district_office": 3,
    "unit": 4,
}


def is_below_duty(body_kind: str, lawful_owner_level: str) -> bool:
    """Whether a body stands below the level that the law charges with a category.

    Such a body can be asked to help, never be made to do it (国办函〔2025〕66号, item 5).
    """
    return BODY_RANKS.get(body_kind, 0) < RANKS.get(lawful_owner_level, 0)
