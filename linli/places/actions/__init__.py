"""The only place that writes places."""

from linli.places.actions.adding import PlaceDraft, add_places
from linli.places.actions.changing import PlaceChange, change_place, close_place, cover_grid, give_code
from linli.places.actions.maps import approve_map, import_outlines, withdraw_map

__all__ = [
    "PlaceChange",
    "PlaceDraft",
    "add_places",
    "approve_map",
    "change_place",
    "close_place",
    "cover_grid",
    "give_code",
    "import_outlines",
    "withdraw_map",
]
