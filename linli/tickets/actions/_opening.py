"""How a report is made ready before its transaction, and stored inside it. Used by the acts that file reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from linli.audit.actions import record_acts
from linli.audit.rules import Record
from linli.charters.queries import charter_of
from linli.charters.rules import Category, Charter
from linli.core.actor import Actor
from linli.core.errors import BadInput
from linli.core.secret import blind_index
from linli.core.turn import insert_rows
from linli.files.actions import keep_files, store_files
from linli.matters.actions import Follow, Opening, open_matters
from linli.matters.models import Matter
from linli.matters.states import Audience
from linli.notices.actions import queue_notices
from linli.people.models import Body
from linli.people.queries import PHONE_INDEX, bodies_for
from linli.people.rules import clean_phone
from linli.places.rules.places import community_code
from linli.tickets.actions._news import on_duty, receipt_of
from linli.tickets.actions._steps import to_body
from linli.tickets.actions.drafts import Draft
from linli.tickets.models import Photo, Ticket
from linli.tickets.queries import receipt_digest
from linli.tickets.queries.reading import receipt_code
from linli.tickets.rules.guard import LONGEST, clean_words, is_open_to_all, numbers_in, private_words_in, suggested
from linli.tickets.rules.times import FROM_REPORT, NO_CLASS
from linli.tickets.states import NET_SOURCES, TOLD_SOURCES

MOST_PHOTOS = 9
SHORTEST_KEY = 16
OFFICES = {2: "community_office", 3: "street_office", 4: "district_office"}


@dataclass(slots=True)
class Ready:
    """A draft with all that had to be asked and worked out before the transaction."""

    draft: Draft
    opening: Opening
    ticket: Ticket
    code: str
    community_code: str
    is_urgent: bool
    files: list[Any] = field(default_factory=list)


def ready(actor: Actor, draft: Draft) -> Ready:
    """Check a draft and work out its class, clocks, desk and code. Raises `BadInput`."""
    charter = charter_of(draft.place.community_id)
    category = _category(charter, draft)
    words, phone = _checked(draft)
    reporter_id = _reporter_id(actor, draft)
    if category is not None and category.is_private_home and not (reporter_id or phone):
        raise BadInput({"reporter_phone": [_("家里的事要能找到您才办得了，请留个电话。")]})
    is_emergency = category is not None and category.class_code == "E0"
    if is_emergency:
        # Life in danger: they were shown whom to ring. What stays is the place, and nothing about a person.
        draft = Draft(place=draft.place, source=draft.source, draft_key=draft.draft_key)
        words, phone, reporter_id = "", "", None
    opening = _opening(actor, draft, charter, category, words)
    if reporter_id:
        opening = replace(opening, followers=[Follow(person_id=reporter_id, role="reporter")])
    ticket = _ticket(actor, draft, charter, category, words)
    ticket.desk_body, ticket.level = _desk(draft)
    opening = replace(opening, holder_body_id=ticket.desk_body_id)
    ticket.reporter_id = reporter_id
    ticket.reporter_phone, ticket.phone_index = phone, blind_index(phone, PHONE_INDEX)
    code = receipt_code(draft.draft_key)
    ticket.receipt_digest = receipt_digest(code)
    is_urgent = opening.class_code in {"E0", "E1", "U"}
    return Ready(draft, opening, ticket, code, community_code(draft.place.level, draft.place.code), is_urgent=is_urgent)


def _opening(actor: Actor, draft: Draft, charter: Charter, category: Category | None, words: str) -> Opening:
    """The matter: what and where, its class and its first clocks."""
    class_code = category.class_code if category else NO_CLASS
    is_public = bool(category and is_open_to_all(category, draft.place.level, is_secret=draft.is_secret))
    step = "order_take" if draft.order_code else "triage_net" if draft.source in NET_SOURCES else "triage"
    return Opening(
        kind="ticket",
        title=_title(charter, category, draft)[:120],
        subject=draft.place.label[:80],
        place=draft.place,
        audience=Audience.PUBLIC if is_public else Audience.PARTIES,
        category_code=category.code if category else draft.order_code,
        class_code=class_code,
        charter=charter,
        words=inner_words(words, draft.where, draft.place.label, is_about_unit=draft.about_body is not None),
        public_words=draft.place.label,
        step_due_at=charter.step_due_at(step, actor.now),
        is_step_working=True,
        due_at=charter.finish_due_at(class_code, actor.now) if class_code in FROM_REPORT - {"B"} else None,
        figures={"source": draft.source},
    )


def inner_words(words: str, where: str, place: str, *, is_about_unit: bool) -> str:
    """What insiders find a report by; never the words about a unit, which may itself be one of them (SRQ-063)."""
    return place if is_about_unit else f"{words} {where} {place}"


def _ticket(actor: Actor, draft: Draft, charter: Charter, category: Category | None, words: str) -> Ticket:
    """The report's own row, without its reporter."""
    class_code = category.class_code if category else NO_CLASS
    return Ticket(
        words=words,
        where=clean_words(draft.where)[:200],
        latitude=draft.point[0] if draft.point else None,
        longitude=draft.point[1] if draft.point else None,
        family=category.family if category else "",
        source=draft.source,
        language=draft.language or actor.language,
        order_code=draft.order_code,
        price_fen=charter.orders[draft.order_code].price_fen if draft.order_code else 0,
        reporter_name=clean_words(draft.reporter_name)[:60],
        wants_reply=draft.wants_reply,
        is_secret=draft.is_secret,
        about_body=draft.about_body,
        filed_by_id=actor.person_id if draft.reporter or draft.reporter_name or draft.reporter_phone else None,
        draft_key=draft.draft_key or None,
        contact_due_at=charter.contact_due_at(class_code, actor.now) if class_code in charter.classes else None,
    )


def _checked(draft: Draft) -> tuple[str, str]:
    """The cleaned words and telephone. Raises `BadInput`, with what to do."""
    words = clean_words(draft.words)
    faults: dict[str, list[Any]] = {}
    if not (words or draft.uploads or draft.kept or draft.order_code or draft.category_code):
        faults["words"] = [_("拍张照、说句话、写几个字或者选一类，有一样就行。")]
    if len(words) > LONGEST:
        faults["words"] = [_("写得太长了，请减到 4000 字以内。")]
    if private_words_in(words) and not draft.is_guard_seen:
        faults["words"] = [
            _("办这件事用不着写信什么教、是哪个民族。建议这样写：%(words)s") % {"words": suggested(words)}
        ]
    if numbers_in(words) and not draft.is_guard_seen:
        faults["words"] = [_("里面像是有证件号、卡号或电话。联系电话请写在下面那一栏；要是不用写，请删掉再送。")]
    pictures = [upload for upload in (*draft.uploads, *draft.kept) if getattr(upload, "kind", "image") == "image"]
    if len(pictures) > MOST_PHOTOS:
        faults["uploads"] = [_("最多放 9 张，请去掉几张。")]
    if draft.draft_key and not SHORTEST_KEY <= len(draft.draft_key) <= 64:
        faults["draft_key"] = [_("这一页放得太久了。请刷新后再送一次。")]
    try:
        phone = clean_phone(draft.reporter_phone)
    except ValueError:
        phone, faults["reporter_phone"] = "", [_("电话号码好像不对，请看一看。")]
    if faults:
        raise BadInput(faults)
    return words, phone


def _category(charter: Charter, draft: Draft) -> Category | None:
    """The category chosen; None where nobody chose one, which is no fault. Raises `BadInput` for an unknown one."""
    if draft.order_code and draft.order_code not in charter.orders:
        raise BadInput({"order_code": [_("没有这一项。请从单子上选。")]})
    if not draft.category_code:
        return None
    if draft.category_code not in charter.categories:
        raise BadInput({"category_code": [_("没有这一类。请重新选，或者不选。")]})
    return charter.categories[draft.category_code]


def _title(charter: Charter, category: Category | None, draft: Draft) -> str:
    """A title in the product's own words: what and where, nothing that a person wrote."""
    if draft.order_code:
        what = charter.orders[draft.order_code].words.zh
    else:
        what = category.words.zh if category else "反映一件事"
    return f"{draft.place.label} {what}".strip()


def _desk(draft: Draft) -> tuple[Body | None, int]:
    """The office whose desk it comes to, and its level; a report about that very office goes to the one above."""
    for level, kind in OFFICES.items():
        for body in bodies_for(draft.place, body_kind=kind):
            if draft.about_body is None or body.pk != draft.about_body.pk:
                return body, level
        if draft.about_body is None:
            break
    return None, 2


def _reporter_id(actor: Actor, draft: Draft) -> int | None:
    """Who reports: the person named, or the actor; never the clerk who wrote down what somebody told."""
    if draft.reporter is not None:
        return draft.reporter.pk
    is_told = bool(draft.reporter_name or draft.reporter_phone) or draft.source in TOLD_SOURCES
    return None if is_told else actor.person_id


def store(actor: Actor, batch: Sequence[Ready]) -> list[Ticket]:
    """The rows of reports made ready, inside the transaction: nine statements at most for a page's one."""
    for one in batch:
        one.files = _files(actor, one.draft)
    matters = open_matters(actor=actor, openings=[one.opening for one in batch])
    for one, matter in zip(batch, matters, strict=True):
        one.ticket.matter = matter
    tickets = insert_rows([one.ticket for one in batch])
    photos = [
        Photo(ticket=one.ticket, file=file, kind="reported", added_at=actor.now) for one in batch for file in one.files
    ]
    insert_rows(photos)
    record_acts(
        actor=actor,
        records=[
            Record("ticket.opened", one.ticket.matter.uid, one.community_code, detail={"source": one.ticket.source})
            for one in batch
        ],
    )
    messages = [message for one in batch for message in _messages(actor, one)]
    if messages:
        queue_notices(actor=actor, messages=messages)
    return tickets


def _files(actor: Actor, draft: Draft) -> list[Any]:
    """The rows of what was uploaded, and what an earlier page of the form has stored already."""
    kept = list(draft.kept)
    if kept:
        keep_files(actor=actor, uids=[file.uid for file in kept])
    return kept + (store_files(actor=actor, taken=draft.uploads, owner="tickets") if draft.uploads else [])


def _messages(actor: Actor, one: Ready) -> list[Any]:
    """The receipt's words for the reporter; the desk is called at once for what is urgent."""
    news = receipt_of(one.ticket, {"who": ""}) if one.ticket.filed_by_id else []
    matter: Matter = one.ticket.matter
    news += on_duty(matter, actor.now, one.opening.charter)
    if one.is_urgent:
        news += to_body(matter, matter.holder_body_id, _("急：%(what)s") % {"what": matter.title}, urgent=True)
    return news
