"""What the installation knows of itself, and what a community still needs before it can begin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.audit.queries import audit_head, last_sealed_at
from linli.charters.queries import charter_of, versions_of
from linli.config.machine.standing import DESK, WORDS, way_of_standing
from linli.config.models import TickMark, Upkeep
from linli.config.rules import DRILL_EVERY, RED_AFTER, Tick, days_since, is_red
from linli.core.actor import Actor
from linli.core.flow import Phase
from linli.core.times import day_of, say_day
from linli.matters.models import Matter
from linli.papers.queries import addresses_tried
from linli.people.models import Appointment, Shift
from linli.people.queries import communities_of, in_force, offices
from linli.people.rules import POSTS
from linli.places.models import Place
from linli.places.queries import levels_below

AHEAD = timedelta(days=45)
"""Deadlines reach that far: their days off must be known."""


def last_tick() -> TickMark | None:
    """The last round of any tick."""
    return TickMark.objects.filter(pk=1).first()


def last_good(kind: str) -> Upkeep | None:
    """The newest piece of upkeep of that kind that went well."""
    return Upkeep.objects.filter(kind=kind, is_good=True).order_by("-day").first()


def last_tried(kind: str) -> Upkeep | None:
    """The newest piece of upkeep of that kind, however it ended."""
    return Upkeep.objects.filter(kind=kind).order_by("-day").first()


def backup_is_late(at: datetime) -> bool:
    """Whether two days have passed without a good backup; a new installation has its first nights before it."""
    good = last_good("backup")
    if good is not None:
        return is_red(good.day, at)
    first = Upkeep.objects.filter(kind="backup").order_by("day").first()
    return first is not None and is_red(first.day, at)


def ticks_of(community: Place, at: datetime) -> list[Tick]:
    """The opening checklist of a community, counted from what stands now."""
    code = community.code
    return [
        _places(community),
        _people(community, at),
        _duty(community, at),
        _holidays(community, at),
        Tick(
            "charter",
            _("章程看过、定下来了"),
            versions_of(community.pk).exists(),
            _("没定之前，先按全国通用的办。"),
            reverse("charter-change", args=[code]),
        ),
        _poster(community),
        _safety(at),
        _practice(community),
    ]


def _places(community: Place) -> Tick:
    counts = levels_below(community)
    found: Any = _("%(buildings)s 栋楼，%(homes)s 户") % {
        "buildings": counts.get("building", 0),
        "homes": counts.get("home", 0),
    }
    return Tick(
        "places",
        _("小区、楼栋和住户登记了"),
        bool(counts.get("building")),
        found,
        reverse("batch-new", args=["places"]),
    )


def _posts(community: Place, at: datetime) -> Any:
    """Posts of staff and captains in force in the community."""
    posts = [name for name, post in POSTS.items() if name not in {"resident", "administrator"}]
    return Appointment.objects.filter(in_force(day_of(at)), place__community=community, post__in=posts)


def _people(community: Place, at: datetime) -> Tick:
    count = _posts(community, at).values("person").distinct().count()
    words = ngettext("%(n)s 人有岗位", "%(n)s 人有岗位", count) % {"n": count}
    return Tick("people", _("一起干活的人加进来了"), count > 1, words, reverse("people"))


def _duty(community: Place, at: datetime) -> Tick:
    """Urgent matters need somebody on duty today, by the roster of a body of the community."""
    on_duty = Shift.objects.filter(in_force(day_of(at)), body__community=community).exists()
    words = _("今天有人值班") if on_duty else _("今天还没有排班")
    return Tick("duty", _("急事有人接：值班表排好了"), on_duty, words, reverse("duty"))


def _holidays(community: Place, at: datetime) -> Tick:
    calendar = charter_of(community.pk).calendar
    years = sorted({day_of(at).year, day_of(at + AHEAD).year})
    unknown = [str(year) for year in years if not calendar.is_official(year)]
    words: Any = _("%(years)s年的还没有") % {"years": "、".join(unknown)} if unknown else _("够用")
    return Tick("holidays", _("放假和调休的安排有了"), not unknown, words, reverse("calendar-change"))


def _poster(community: Place) -> Tick:
    """At a desk a poster needs a telephone number; elsewhere its code must have been opened once."""
    if way_of_standing() == DESK:
        is_ready = any(body.phone for body in offices(community.pk))
        printed = _("%(way)s：海报印电话、时间和地点码") % {"way": WORDS[DESK]}
        return Tick("poster", _("海报可以印了"), is_ready, printed, reverse("posters"))
    is_tried = addresses_tried().exists()
    words = _("用手机扫通过测试码") if is_tried else _("还没有用手机试过")
    return Tick("poster", _("海报可以印了"), is_tried, words, reverse("address-trial"))


def _safety(at: datetime) -> Tick:
    backup, sheet = last_good("backup"), last_good("sheet")
    is_safe = backup is not None and not is_red(backup.day, at) and sheet is not None
    words = _("备份：%(backup)s；恢复单：%(sheet)s") % {"backup": _on(backup), "sheet": _on(sheet)}
    return Tick("safety", _("有备份，恢复单印好分两处放"), is_safe, words, reverse("machine"))


def _on(row: Upkeep | None) -> Any:
    return say_day(row.day) if row else _("还没有")


def _practice(community: Place) -> Tick:
    closed = Matter.objects.filter(kind="ticket", community=community, phase=Phase.DONE).exists()
    words = _("办结过了") if closed else _("自己报一件，走到打分")
    return Tick("practice", _("练过一件，从报到办完"), closed, words, reverse("report"))


def machine_facts(at: datetime) -> dict[str, Any]:
    """What the machine's page shows."""
    backup, drill = last_good("backup"), last_good("drill")
    tried = last_tried("backup")
    return {
        "way": WORDS[way_of_standing()],
        "second_place": settings.LINLI_BACKUP_TO,
        "backup": backup,
        "backup_age": days_since(backup.day if backup else None, at),
        "is_red": is_red(backup.day if backup else None, at),
        "fault": tried.words if tried and tried.ended_at and not tried.is_good else "",
        "drill": drill,
        "drill_is_old": drill is None or (days_since(drill.day, at) or 0) > DRILL_EVERY,
        "sheet": last_good("sheet"),
        "letter_to": settings.LINLI_SEAL_MAIL,
        "letter": last_good("seal"),
        "head": audit_head(),
        "is_sealed": last_sealed_at() is not None,
        "red_after": RED_AFTER,
    }


def upkeep_notice(actor: Actor, at: datetime) -> dict[str, Any] | None:
    """What stands on the secretary's day: a backup that is late, else the opening checklist while it is open."""
    backup = last_good("backup")
    if settings.LINLI_BACKUP_TO or backup:
        words: Any = _("最近一次备份：%(day)s") % {"day": _on(backup)}
        if backup_is_late(at):
            return {"kind": "late", "words": words, "href": reverse("machine"), "link": _("看怎么办")}
    community = communities_of(actor).first()
    left = [tick for tick in ticks_of(community, at) if not tick.is_done] if community else []
    if not left:
        return None
    words = ngettext("开张还差 %(n)s 样", "开张还差 %(n)s 样", len(left)) % {"n": len(left)}
    return {"kind": "info", "words": words, "href": reverse("openings"), "link": _("接着做")}
