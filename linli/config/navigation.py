"""What stands on every page: who one is, where one may go, and in the demo that it is one."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from linli.access.queries import demo_mark
from linli.config.permissions import may_see_machine
from linli.config.queries import upkeep_notice
from linli.core.actor import Actor
from linli.core.times import Clock
from linli.demo.stories.tour import band_of
from linli.people.rules import post_words

DESK = frozenset({"desk", "secretary", "street_officer", "district_officer"})
HANDS = frozenset({"captain", "grid_worker", "property_staff", "property_manager", "desk"})
READERS = frozenset({"secretary", "property_manager", "committee", "street_officer", "district_officer", "auditor"})
KEEPERS = frozenset({"secretary", "administrator"})
WATCHERS = frozenset({"auditor", "administrator"})

TABS: tuple[tuple[str, Any, frozenset[str]], ...] = (
    ("desk", _("前台"), DESK),
    ("work", _("我的活"), HANDS),
    ("day", _("我的一天"), HANDS | READERS),
    ("figures", _("数字"), DESK | READERS),
    ("places", _("地方"), KEEPERS),
    ("people", _("人员"), KEEPERS | {"desk"}),
    ("audit", _("谁做过什么"), WATCHERS),
    ("posters", _("海报"), HANDS | {"administrator"}),
)
"""Page, words, and the posts that work with it. A resident's own tabs follow below."""
OPEN_TABS = (("report", _("反映一件事")), ("my-tickets", _("我的事")))
"""For everybody, without an account too."""
MOST = 5
"""More tabs than this do not fit at a thumb; all pages stand where one changes hats."""


class Installation:
    """What a process reads of the installation: whether this is a demo, and where a demo's clock stands."""

    is_demo = False

    @classmethod
    def read(cls) -> None:
        """Read the demo's mark. Where the database is away or empty, this is no demo."""
        with suppress(DatabaseError):
            mark = demo_mark()
            cls.is_demo = mark is not None
            Clock.ahead = timedelta(days=mark.ahead_days if mark else 0)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context for every page: the actor, the tabs, the hat, the band."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {
        "actor": actor,
        "nav": tabs_of(actor, request.path)[:MOST],
        "pages": tabs_of(actor, request.path),
        "hat": hat_of(actor) | {"may_lock": _may_lock(request)},
        "band": _band(request),
        "upkeep": SimpleLazyObject(lambda: _upkeep(actor)),
    }


def _upkeep(actor: Actor) -> dict[str, Any] | None:
    """For those who answer for the machine: a late backup, or what is left of the opening. Asked where it is drawn."""
    if Installation.is_demo or not may_see_machine(actor):
        return None
    return upkeep_notice(actor, actor.now)


def tabs_of(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The pages of the posts worn, the first `MOST` of them tabs; for a resident, reporting and one's own matters."""
    worn = {grant.post for grant in actor.grants}
    tabs = [(name, words) for name, words, posts in TABS if worn & posts]
    if not tabs:
        tabs = [*OPEN_TABS, *([("inbox", _("消息"))] if actor.is_signed_in else [])]
    shown = [(_address(name), words) for name, words in tabs]
    return [{"href": href, "words": words, "current": path.startswith(href)} for href, words in shown if href]


def _address(name: str) -> str:
    """The page's address; "" where the pages served leave it out."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def hat_of(actor: Actor) -> dict[str, Any]:
    """The link in the header: who one is and in which post, or the way in."""
    if not actor.is_signed_in:
        return {"href": reverse("sign-in"), "words": _("登录")}
    post = str(post_words(actor.hat)) if actor.hat else ""
    words = f"{actor.name} · {post}" if post else actor.name
    return {"href": reverse("me" if actor.hat in {"", "resident"} else "hats"), "words": words or post}


def _may_lock(request: HttpRequest) -> bool:
    """Whether this is a turn at an office's PC, which can be locked for the next one."""
    session = getattr(request, "session_row", None)
    return session is not None and session.bound_device_id is not None and session.proof == "passphrase"


def _band(request: HttpRequest) -> dict[str, Any] | None:
    """The tour's sentence while one is on it; else that these are invented data."""
    if not Installation.is_demo:
        return None
    return band_of(request.COOKIES) or {
        "words": _("示范数据 · 非官方"),
        "href": reverse("start"),
        "link": _("换个身份看"),
    }
