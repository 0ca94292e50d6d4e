"""Reporting (点单): a form on the poster's page, what is offered before sending, and sending exactly once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from linli.access.queries import is_demo, remember_receipt
from linli.announcements.queries import announced_at, span_of, title_of
from linli.charters.queries import charter_of
from linli.core.actor import Actor, Request
from linli.core.errors import BadInput, WrongState
from linli.doorsteps import rules
from linli.doorsteps.forms.report import ReportForm
from linli.doorsteps.queries import voice_of, was_filed
from linli.doorsteps.views.doors import choose_place, going_on, place_at
from linli.facilities.queries import facility_at, out_of_service_at
from linli.facilities.rules import KINDS
from linli.files.actions import take_images, take_sounds
from linli.files.forms import files_in, token_of, without_doubles
from linli.files.rules import Clean
from linli.people.queries import bodies_around
from linli.places.models import Place
from linli.places.queries import label_of
from linli.places.rules.tree import SPOT
from linli.tickets.actions import Draft, Filed, file_tickets, join_ticket
from linli.tickets.queries import duplicates_nearby, ticket_of
from linli.tickets.states import EMERGENCY_NUMBERS
from linli.ui.forms import put_refusal
from linli.voices.queries import sounds_at
from linli.voices.rules import ON_POSTERS

SAMPLE = "doorsteps/sample.jpg"


@csrf_protect
@require_http_methods(["GET", "POST"])
def poster(request: Request, tag: str) -> HttpResponse:
    """The page behind the code at a door: what goes on here, and the form for something else."""
    return report_page(request, place_at(request, tag), "poster")


def report_page(request: Request, place: Place, source: str) -> HttpResponse:
    """The same page for whoever came without a code."""
    if request.method == "POST":
        return _send(request, place, source)
    facility = facility_at(place) if place.level == SPOT else None
    usual = KINDS[facility.kind].category if facility else ""
    form = ReportForm(
        initial={"category_code": request.GET.get("category", usual)}, bodies=partial(bodies_around, place)
    )
    return _page(request, place, form, facility=facility)


@require_POST
def offers(request: Request, tag: str) -> HttpResponse:
    """The part of the form that answers what is typed: tiles, what is already reported, whom to ring."""
    place = place_at(request, tag)
    form = ReportForm(request.POST)
    context = {"form": form, "place": place, **offers_for(request.actor, place, form)}
    return render(request, "doorsteps/_offers.html", context)


def offers_for(actor: Actor, place: Place, form: ReportForm) -> dict[str, Any]:
    """What is offered for the words typed and the category chosen."""
    charter = charter_of(place.community_id)
    words, chosen = form.typed[:4000], form.chosen
    tiles = rules.tiles_of(words, chosen, charter, place.level)
    likely = rules.likely_categories(words, charter, place.level)
    category = charter.categories.get(chosen)
    near = []
    if category or words.strip():
        guess = category or charter.categories.get(next(iter(likely), ""))
        found = duplicates_nearby(place, guess, words, actor.now) if guess else []
        near = [one for one in found if one.is_open and one.uid not in actor.receipts]
    is_emergency = rules.is_emergency(words, chosen, charter) and form["emergency"].value() != "no"
    marks = [f"n:{one.uid}" for one in near] + [f"c:{one.code}" for one in tiles] + ["e"] * is_emergency
    marks.append(rules.offer_mark(words, chosen))
    return {
        "charter": charter,
        "category": category,
        "tiles": tiles,
        "likely": likely[: rules.LIKELY],
        "near": near,
        "is_emergency": is_emergency,
        "numbers": EMERGENCY_NUMBERS,
        "seen": " ".join(dict.fromkeys([*str(form["seen"].value() or "").split(), *marks])),
    }


def _page(request: Request, place: Place, form: ReportForm, **more: Any) -> HttpResponse:
    """The poster's page with its form as it stands."""
    offered = more.pop("offered", None) or offers_for(request.actor, place, form)
    charter = offered["charter"]
    groups = [
        (words, [one for one in charter.categories.values() if one.group == code and one.class_code != "E0"])
        for code, words in charter.groups.items()
    ]
    context = {
        "place": place,
        "label": label_of(place),
        "form": form,
        "groups": [(words, found) for words, found in groups if found],
        "is_demo": is_demo(),
        "going": going_on(request, place),
        "stopped": out_of_service_at(place),
        "sounds": sounds_at(request.actor, place.community_id, ON_POSTERS),
        "announced": [(one, title_of(one), span_of(one)) for one in announced_at(place, request.actor.now)],
        **offered,
        **more,
    }
    return render(request, "doorsteps/report.html", context, status=422 if form.errors else 200)


def _send(request: Request, place: Place, source: str) -> HttpResponse:
    """Take what was sent; show it again where something must be said first, else file it and hand out the receipt."""
    actor = request.actor
    form = ReportForm(request.POST, request.FILES, bodies=partial(bodies_around, place))
    form.is_valid()
    files = _files(actor, form)
    if form.errors:
        return _page(request, place, form, kept=token_of(files), kept_count=len(files))
    joined = form.cleaned_data["join"]
    if not (joined or _was_offered(form)):
        offered = offers_for(actor, place, form)
        if _must_ask(form, offered):
            return _page(request, place, form, kept=token_of(files), kept_count=len(files), offered=offered, asks=True)
    values = form.draft_values()
    if form.cleaned_data["emergency"] == "place":
        values["category_code"] = rules.place_only_category(form.typed, form.chosen, charter_of(place.community_id))
    if actor.person_id is not None:
        values |= {"reporter_name": "", "reporter_phone": ""}
    draft = Draft(place=place, uploads=files, source=source, **values)
    try:
        filed = _file(actor, draft, joined)
    except BadInput as refusal:
        put_refusal(form, refusal)
        return _page(request, place, form, kept=token_of(files), kept_count=len(files))
    return receipt_for(request, filed)


def _was_offered(form: ReportForm) -> bool:
    """Whether the form has already shown what there is to offer for these very words and this category."""
    return rules.offer_mark(form.typed[:4000], form.chosen) in form.cleaned_data["seen"].split()


def _must_ask(form: ReportForm, offered: dict[str, Any]) -> bool:
    """Whether something is to be said before sending that this person has not been shown yet; never twice."""
    seen = form.cleaned_data["seen"]
    if form.cleaned_data["emergency"] == "place" or was_filed(form.cleaned_data["draft_key"]):
        return False
    wanted = [f"n:{one.uid}" for one in offered["near"]] + ["e"] * offered["is_emergency"]
    if not form.chosen:
        wanted += [f"c:{code}" for code in offered["likely"]]
    return bool(rules.unseen(wanted, seen))


def _files(actor: Actor, form: ReportForm) -> list[Clean]:
    """Pictures and voice, cleaned, with those that an earlier round kept. What cannot be taken is said at its field."""
    typed = form.cleaned_data
    files = files_in(typed.get("kept", ""))
    pictures = list(typed.get("photos") or [])
    if typed.get("sample") and is_demo():
        pictures.append(_sample())
    for picture in pictures:
        try:
            files += take_images(actor=actor, uploads=[picture])
        except BadInput as refusal:
            form.add_error("photos", str(refusal.words))
    if typed.get("voice"):
        try:
            files += take_sounds(actor=actor, uploads=[typed["voice"]])
        except BadInput as refusal:
            form.add_error("voice", str(refusal.words))
    return without_doubles(files)


def _sample() -> ContentFile[bytes]:
    """The demo's own picture of a dark stairwell."""
    return ContentFile(Path(str(finders.find(SAMPLE))).read_bytes(), "stairwell.jpg")


def _file(actor: Actor, draft: Draft, joined: str) -> Filed:
    """The report, alone or as one more voice; a second voice of the same person is the first one."""
    if not joined:
        return file_tickets(actor=actor, drafts=[draft])[0]
    ticket = ticket_of(actor, joined)
    mine = voice_of(actor, ticket)
    if mine is not None:
        return Filed(mine, "", is_new=False)
    try:
        return join_ticket(actor=actor, ticket=ticket, draft=draft)
    except WrongState as error:
        raise BadInput({"": [error.words]}) from error


def receipt_for(request: Request, filed: Filed) -> HttpResponse:
    """On to the receipt; whoever has no account keeps it on this device."""
    actor, matter = request.actor, filed.ticket.matter
    answer = redirect("ticket-receipt" if filed.is_new or filed.code else "my-ticket", matter.uid)
    if actor.person_id is None or filed.ticket.reporter_id != actor.person_id:
        remember_receipt(answer, request, matter.uid)
    return answer


@csrf_protect
@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """Reporting without a poster: by the code typed, or the place chosen step by step."""
    tag = request.GET.get("at", "")
    if tag:
        return report_page(request, place_at(request, tag), "web")
    return choose_place(request, "report")
