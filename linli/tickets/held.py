"""What reports hold about a person: to show, hand over, erase, and let lapse in two stages (PRV-020, PRV-030)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.charters.queries import charter_of
from linli.core.actor import Actor, system
from linli.core.times import say_moment
from linli.matters.models import Matter
from linli.people.held import Field, Holding
from linli.tickets.actions.lapsing import blank_contacts, erase_reporter, forget_originals, shrink_words
from linli.tickets.models import Photo, Rating, Ticket
from linli.tickets.queries.lapsing import originals_to_drop, tickets_to_blank, tickets_to_shrink
from linli.tickets.states import FLOW, SOURCES

AT_ONCE = 500
SAID = {"yes": _("解决了"), "partly": _("解决了一部分"), "no": _("没解决")}


def export(person_uid: str) -> list[dict[str, Any]]:
    """Every report of a person with what was said in it, and their ratings."""
    mine = Ticket.objects.filter(reporter__uid=person_uid).select_related("matter__place").order_by("pk")
    ratings: dict[int, list[dict[str, Any]]] = {}
    for rating in Rating.objects.filter(voice__in=mine):
        ratings.setdefault(rating.voice_id, []).append(
            {
                "solved": str(SAID.get(rating.solved, "")),
                "stars": str(_("%d 星") % rating.stars) if rating.stars else "",
                "words": rating.words,
                "at": say_moment(rating.rated_at),
            }
        )
    return [
        {
            "number": ticket.matter.number,
            "reported": say_moment(ticket.matter.opened_at),
            "place": ticket.matter.place.label if ticket.matter.place else "",
            "category": _say_category(ticket.matter),
            "state": str(FLOW.states[ticket.matter.state].words),
            "words": ticket.words,
            "where": ticket.where,
            "name": ticket.reporter_name,
            "phone": ticket.reporter_phone,
            "source": str(SOURCES.get(ticket.source, ticket.source)),
            "ratings": ratings.get(ticket.pk, []),
        }
        for ticket in mine
    ]


def _say_category(matter: Matter) -> str:
    known = charter_of(matter.community_id).categories.get(matter.category_code)
    return str(known.words) if known else matter.category_code


def erase(person_uid: str, actor: Actor) -> None:
    """Take the person out of their reports: name, number, account and words go; the place and the work stay."""
    erase_reporter(actor=actor, tickets=list(Ticket.objects.filter(reporter__uid=person_uid).select_related("matter")))


def retain(now: datetime) -> int:
    """Blank contact data 90 days after closing and words after three years; says how many reports lapsed."""
    actor = system(now)
    done = blank_contacts(actor=actor, tickets=list(tickets_to_blank(now)[:AT_ONCE]))
    originals = originals_to_drop(now)[:AT_ONCE].values("pk")
    if originals:
        done += forget_originals(actor=actor, photos=Photo.objects.filter(pk__in=[row["pk"] for row in originals]))
    return done + shrink_words(actor=actor, tickets=list(tickets_to_shrink(now)[:AT_ONCE]))


_FIND = _("凭电话找回您反映的事")
_CONTACT = _("办结 90 天后清空")
_WORDS = _("办结三年后去掉")
_STAYS = _("跟着事项保存，不再连着您的名字")
HOLDING = Holding(
    name="tickets",
    words=_("您反映过的事"),
    export=export,
    erase=erase,
    retain=retain,
    fields=(
        Field("tickets.ticket.reporter", _("反映的人"), _("告诉您结果"), "legal_duty", _CONTACT, "L2"),
        Field("tickets.ticket.reporter_name", _("称呼"), _("回话时知道怎么称呼您"), "legal_duty", _CONTACT, "L2"),
        Field("tickets.ticket.reporter_phone", _("电话"), _("问清楚情况、告诉您结果"), "legal_duty", _CONTACT, "L2"),
        Field("tickets.ticket.phone_index", _("电话的查找摘要"), _FIND, "legal_duty", _CONTACT, "L2"),
        Field("tickets.ticket.filed_by", _("替您记下的人"), _("查得出是谁记的"), "legal_duty", _CONTACT, "L1"),
        Field("tickets.ticket.handler", _("经手的人"), _("知道谁在办"), "legal_duty", _STAYS, "L1"),
        Field("tickets.ticket.words", _("您写的话"), _("知道是什么事、在哪里"), "legal_duty", _WORDS, "L2"),
        Field("tickets.ticket.where", _("您写的位置"), _("找得到地方"), "legal_duty", _WORDS, "L2"),
        Field("tickets.ticket.latitude", _("您点的位置（纬度）"), _("找得到地方"), "legal_duty", _WORDS, "L2"),
        Field("tickets.ticket.longitude", _("您点的位置（经度）"), _("找得到地方"), "legal_duty", _WORDS, "L2"),
        Field("tickets.question.answer", _("您答的话"), _("问清楚情况"), "legal_duty", _WORDS, "L2"),
        Field("tickets.photo.file", _("照片"), _("看清楚现场"), "legal_duty", _WORDS, "L2"),
        Field("tickets.photo.public_file", _("公开的照片"), _("看清楚现场"), "legal_duty", _WORDS, "L1"),
        Field("tickets.rating.solved", _("修好没有"), _("没修好就重办"), "legal_duty", _STAYS, "L1"),
        Field("tickets.rating.stars", _("您打的分"), _("没修好就重办"), "legal_duty", _STAYS, "L1"),
        Field("tickets.rating.words", _("打分时写的话"), _("没修好就重办"), "legal_duty", _WORDS, "L2"),
        Field("tickets.rating.asked_by", _("电话回访的人"), _("查得出是谁问的"), "legal_duty", _STAYS, "L1"),
    ),
)
