"""Reads of the spine."""

from linli.matters.queries.lists import Day, Page, followed_by, my_day, page_of, search_matters
from linli.matters.queries.sight import sight_of
from linli.matters.queries.thread import Bead, Line, duplicates_of, looks_of, stations_of, story_of, thread_of, way_of
from linli.matters.queries.visible import (
    matter_of,
    matters_crossing,
    matters_flagged_for_table,
    matters_overdue,
    matters_visible_to,
    matters_with_alarm,
    recount_mark,
)

__all__ = [
    "Bead",
    "Day",
    "Line",
    "Page",
    "duplicates_of",
    "followed_by",
    "looks_of",
    "matter_of",
    "matters_crossing",
    "matters_flagged_for_table",
    "matters_overdue",
    "matters_visible_to",
    "matters_with_alarm",
    "my_day",
    "page_of",
    "recount_mark",
    "search_matters",
    "sight_of",
    "stations_of",
    "story_of",
    "thread_of",
    "way_of",
]
