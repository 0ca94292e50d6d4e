"""The five minutes that show what Linli is: its stops, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

COOKIE = "linli_tour"


@dataclass(frozen=True, slots=True)
class Stop:
    """One screen: its number on the band, who looks at it (a role's slug, "" for nobody), where, the sentence."""

    number: int
    who: str
    address: Callable[[Stage], str]
    words: Any


@dataclass(frozen=True, slots=True)
class Stage:
    """The addresses that the stops point at, found in the demo's own rows."""

    poster: str
    fresh: str
    work: str
    rating: str
    thread: str
    figures: str
    sealed: str
    elder: str
    looks: str


STOPS = (
    Stop(1, "", lambda stage: stage.poster,
         _("扫门口的码就到这里：这个单元正在办什么，一眼看完。点一类，写一句，送出。")),
    Stop(2, "desk", lambda stage: stage.fresh,
         _("社区前台：为什么是这个期限，一句话说清。派出去；按“拨打”看号码，看过就留下记录。")),
    Stop(3, "repairman", lambda stage: stage.work,
         _("维修师傅的手机：接下，拍一张办好的照片，办结。")),
    Stop(3, "owner", lambda stage: stage.rating,
         _("反映的人来打分。选“没解决”：这件事会重新办，期限减半。不打分，从不算好评。")),
    Stop(4, "", lambda stage: stage.thread,
         _("一部电梯的整条线：十四位邻居说的，怎么办到今天，谁都能从头看到尾。")),
    Stop(5, "district", lambda stage: stage.figures,
         _("区里星期一的一页：每个百分比都写着分子和分母，点开就是那几件事。")),
    Stop(6, "stranger", lambda stage: stage.sealed,
         _("隔壁社区的人打开这件不公开的事：连有没有都看不出来。")),
    Stop(7, "elder", lambda stage: stage.elder,
         _("72 岁的居民，藏文，大字：她的事一句话说完。")),
    Stop(7, "elder", lambda stage: stage.looks,
         _("谁看过我的信息：前台刚才那一眼，记在这里。")),
)  # fmt: skip


def band_of(cookies: Mapping[str, str]) -> dict[str, Any] | None:
    """The band of the stop one is at: number, sentence, the way on."""
    kept = cookies.get(COOKIE, "").partition(".")[0]
    if kept not in map(str, range(len(STOPS))):
        return None
    here = int(kept)
    stop = STOPS[here]
    is_last = here + 1 == len(STOPS)
    return {
        "words": _("导览 %(number)d/%(all)d · %(words)s")
        % {"number": stop.number, "all": STOPS[-1].number, "words": stop.words},
        "post": reverse("tour-step", args=[here + 1]),
        "link": _("看完了") if is_last else _("下一步"),
    }


def language_of(cookies: Mapping[str, str]) -> str:
    """The language that the visitor came with, before the tour spoke another; "" before it began."""
    language = cookies.get(COOKIE, "").partition(".")[2]
    return language if language in dict(settings.LANGUAGES) else ""
