"""The words of the spine: what a kind of matter is, who may read, which alarms there are, how matters are linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from linli.core.declare import Register
from linli.core.flow import Flow, Phase

if TYPE_CHECKING:
    from django.db.models import Q

    from linli.core.actor import Actor

PHASE_WORDS: dict[str, Any] = {Phase.OPEN: _("在办"), Phase.WAITING: _("在等"), Phase.DONE: _("办完了")}


class Audience(StrEnum):
    """Who may read a matter, an entry or a note, narrowest last."""

    PUBLIC = "public"
    PARTIES = "parties"
    STAFF = "staff"
    SEALED = "sealed"


class Level(IntEnum):
    """What an alarm says. 50, 80 and 100 are shares of the case clock's time (SRQ-010)."""

    STEP = 1
    RESUMED = 2
    RECOUNTED = 3
    HALF = 50
    MOST = 80
    DUE = 100
    SUPERVISION = 200


LEVEL_WORDS: dict[int, Any] = {
    Level.STEP: _("这一步到时间了"),
    Level.RESUMED: _("暂停到期，接着办"),
    Level.RECOUNTED: _("放假安排变了，最晚时间跟着变"),
    Level.HALF: _("时间过了一半"),
    Level.MOST: _("时间过了八成"),
    Level.DUE: _("到期还没有办完"),
    Level.SUPERVISION: _("超期五个工作日，转督办"),
}

OWN_WORDS: dict[str, Any] = {
    "matter.linked": _("和另一件事连起来了"),
    "matter.unlinked": _("和另一件事分开了"),
    "matter.handed_over": _("经手的人离任，交给了接手的人"),
    "matter.recounted": _("放假安排变了，最晚时间重新算过"),
}
"""What the spine's own entries say."""

LINK_WORDS: dict[str, Any] = {
    "becomes": _("变成"),
    "duplicates": _("和这件是同一件事"),
    "answers": _("答复"),
    "pays_for": _("付款给"),
    "carries_over": _("延续到"),
    "part_of": _("属于"),
}
THREADING = frozenset({"becomes", "answers", "pays_for", "carries_over", "part_of"})
"""Links that put both matters on one thread. A duplicate follows its master, and may be taken off again."""

URGENCY_WORDS: dict[str, Any] = {
    "late": _("已经超时"),
    "today": _("今天要办"),
    "later": _("接下来"),
    "waiting": _("在等别人"),
}

OPEN_VERB = "opened"


@dataclass(frozen=True)
class Kind:
    """A kind of matter, as a capability declares it.

    ``stations`` maps a state to the words of its bead on the thread, in the order of the way; states that share
    words share a bead. ``url_name`` takes the matter's uid. The hooks: ``may(actor, act, thing)`` opens acts to
    people without a grant (``act`` is "open", "move" or "see"; ``thing`` an `Opening` or a matter); ``seen_by(actor)``
    widens who sees a sealed kind; ``on_alarm(matter, level, actor)`` is the capability's own act when a clock sounds,
    in the same transaction; ``say(entry)`` is an entry's sentence in the reader's language.
    """

    name: str
    words: Any
    flow: Flow
    url_name: str = ""
    stations: Mapping[str, Any] = field(default_factory=dict)
    resting: frozenset[str] = frozenset()
    reminders: tuple[int, ...] = (Level.HALF, Level.MOST, Level.DUE)
    is_sealed: bool = False
    may: Callable[[Actor, str, Any], bool] | None = None
    seen_by: Callable[[Actor], Q] | None = None
    on_alarm: Callable[[Any, Level, Actor], None] | None = None
    say: Callable[[Any], str] | None = None

    def is_resting(self, state: str) -> bool:
        """Whether the case clock does not warn in ``state``."""
        return state in self.resting or self.flow.states[state].phase != Phase.OPEN


KINDS: Register[Kind] = Register("kind of matter")
