"""The only place that writes places."""

from linli.places.actions._planting import PlaceDraft
from linli.places.actions.adding import add_places
from linli.places.actions.changing import PlaceChange, change_place, close_place, cover_grid, give_code
from linli.places.actions.maps import approve_map, import_outlines, withdraw_map
from linli.places.actions.turning import TurnDraft, carry_out_turns, drop_turn, plan_turn

__all__ = [
    "PlaceChange",
    "PlaceDraft",
    "TurnDraft",
    "add_places",
    "approve_map",
    "carry_out_turns",
    "change_place",
    "close_place",
    "cover_grid",
    "drop_turn",
    "give_code",
    "import_outlines",
    "plan_turn",
    "withdraw_map",
]
