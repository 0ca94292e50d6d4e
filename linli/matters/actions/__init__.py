"""Everything that writes to the spine."""

from linli.matters.actions.alarm import defer_alarm, sound_alarm
from linli.matters.actions.drafts import KEEP, Change, Follow, Opening, Telling
from linli.matters.actions.follow import follow_matter, forget_person, mark_seen, unfollow_matter
from linli.matters.actions.handover import hand_over_body, hand_over_posts
from linli.matters.actions.link import link_matters, unlink_matters
from linli.matters.actions.move import move_matter
from linli.matters.actions.open import draw_numbers, open_matters
from linli.matters.actions.pause import pause_matter, resume_matter
from linli.matters.actions.places import move_matters
from linli.matters.actions.recount import mark_recount, recount_clocks
from linli.matters.actions.tell import blank_notes, index_matter, tell_matter

__all__ = [
    "KEEP",
    "Change",
    "Follow",
    "Opening",
    "Telling",
    "blank_notes",
    "defer_alarm",
    "draw_numbers",
    "follow_matter",
    "forget_person",
    "hand_over_body",
    "hand_over_posts",
    "index_matter",
    "link_matters",
    "mark_recount",
    "mark_seen",
    "move_matter",
    "move_matters",
    "open_matters",
    "pause_matter",
    "recount_clocks",
    "resume_matter",
    "sound_alarm",
    "tell_matter",
    "unfollow_matter",
    "unlink_matters",
]
