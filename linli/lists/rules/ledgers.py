"""What is said about an old ledger's figures, and what they do not tell."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.numbers import percent
from linli.lists.rules.year import Sums

RATE_WORDS = {
    "on_time": (_("按时办结率"), _("按台账自己的说法")),
    "ours": (_("按章程算的按时率"), _("用邻里的时限重算")),
    "closing": (_("办结率"), _("有办结时间或写了办结的")),
    "resolution": (_("解决率"), _("部分解决算一半")),
    "satisfaction": (_("满意率"), _("只算回访过的")),
}


def figures_of(sums: Sums) -> list[dict[str, Any]]:
    """Each rate that can be told, with its numerator and denominator."""
    return [
        {
            "label": RATE_WORDS[name][0],
            "value": str(rate),
            "fraction": f"{float(rate.part):g} / {rate.whole}",
            "hint": RATE_WORDS[name][1],
        }
        for name, rate in sums.rates().items()
        if rate.whole
    ]


def caveats_of(sums: Sums, unread: int, *, has_guessed: bool) -> list[Any]:
    """What an honest reader must know before quoting the figures."""
    everything, said = sums["all"], sums["in_time"] + sums["late"]
    found: list[tuple[bool, Any, dict[str, Any]]] = [
        (
            bool(sums["unsaid"]) and bool(said),
            _("%(n)d 件没有写按时还是超时，不算进按时率。把它们全当超时，按时率只有 %(low)s；全当按时，是 %(high)s。"),
            {
                "n": sums["unsaid"],
                "low": percent(sums["in_time"], everything),
                "high": percent(sums["in_time"] + sums["unsaid"], everything),
            },
        ),
        (not said, _("台账里没有写哪件按时、哪件超时，算不出按时率。"), {}),
        (
            0 < sums["rated"] < everything,
            _("%(all)d 件里只有 %(n)d 件写了满意不满意；没有回访的，不当作满意。"),
            {"n": sums["rated"], "all": everything},
        ),
        (
            sums["rated"] >= 20 and sums["good"] == sums["rated"],
            _("写了的全是满意。真有人问过，很少会这样：多半是统一填的，别拿它当成绩。"),
            {},
        ),
        (not sums["rated"], _("台账里没有满意度，算不出满意率。"), {}),
        (
            sums["closed"] < everything,
            _("%(n)d 件看不出办结了没有：可能没办完，也可能只是没填。"),
            {"n": everything - sums["closed"]},
        ),
        (bool(sums["nowhere"]), _("%(n)d 件没有写地方，不在地方的排行里。"), {"n": sums["nowhere"]}),
        (has_guessed, _("没有类别的那些，类别是按写的话猜的，只供参考。"), {}),
        (bool(unread), _("%(n)d 行的时间读不出来，没有算进去。"), {"n": unread}),
        (True, _("台账里没有第一次联系居民的时间，响应率算不出来。"), {}),
    ]
    return [words % values if values else words for holds, words, values in found if holds]
