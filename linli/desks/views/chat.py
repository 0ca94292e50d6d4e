"""What was said in the residents' group: pasted by a clerk, split into drafts, sent as reports once confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linli.charters.queries import charter_of
from linli.charters.rules import Charter
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.desks.forms.chat import ChatForm, PictureForm, SaidForm, drafts_of
from linli.desks.permissions import may_take_calls
from linli.desks.queries import desk_places
from linli.files.actions import store_files, take_images
from linli.files.models import StoredFile
from linli.files.queries import address_of, files_of
from linli.places.models import Place
from linli.places.queries import children_of
from linli.tickets.actions import Draft, file_tickets
from linli.ui.forms import put_refusal

SALT = "linli.desks.chat"
HOURS = 6
Saids = formset_factory(SaidForm, extra=0, max_num=30)


@require_http_methods(["GET", "POST"])
def paste(request: Request) -> HttpResponse:
    """The stretch of chat; what comes out is shown as drafts."""
    actor = request.actor
    if not may_take_calls(actor):
        raise NotAllowed
    compounds = desk_places(actor)
    if "kept" in request.POST:
        return _send(request, compounds)
    form = ChatForm(request.POST or None, request.FILES or None, compounds=compounds)
    if not (form.is_bound and form.is_valid()):
        return render(request, "desks/chat.html", {"form": form}, status=422 if form.errors else 200)
    places, charter = _places(compounds, form.cleaned_data["compound"])
    try:
        taken = take_images(actor=actor, uploads=form.cleaned_data["uploads"])
    except BadInput as refusal:
        put_refusal(form, refusal)
        return render(request, "desks/chat.html", {"form": form}, status=422)
    files = store_files(actor=actor, taken=taken, owner="tickets", is_draft=True) if taken else []
    drafts = drafts_of(form.cleaned_data["chat"], charter, places)
    saids = Saids(initial=drafts, form_kwargs={"charter": charter, "places": places}, prefix="said")
    return _page(request, saids, files, _pictures(files, len(drafts)), form.cleaned_data["compound"])


def _send(request: Request, compounds: Sequence[Place]) -> HttpResponse:
    """File what is ticked, all of it or nothing; each draft once, however often the page is sent."""
    places, charter = _places(compounds, request.POST.get("compound", ""))
    files = _files(request)
    saids = Saids(request.POST, form_kwargs={"charter": charter, "places": places}, prefix="said")
    pictures = _pictures(files, len(saids.forms), request.POST)
    if not saids.is_valid() or not all(each.is_valid() for each in pictures):
        return _page(request, saids, files, pictures, request.POST["compound"])
    wanted = [(number, form) for number, form in enumerate(saids.forms) if form.cleaned_data["is_wanted"]]
    drafts = [_draft(form, [f for f, p in zip(files, pictures, strict=True) if p.cleaned_data["belongs"] == str(n)])
              for n, form in wanted]  # fmt: skip
    try:
        filed = file_tickets(actor=request.actor, drafts=drafts) if drafts else []
    except BadInput as refusal:
        said = "".join(str(words) for found in refusal.fields.values() for words in found)
        return _page(request, saids, files, pictures, request.POST["compound"], refusal=said)
    context = {"tickets": [one.ticket for one in filed]}
    return render(request, "desks/chat_sent.html", context)


def _draft(form: SaidForm, files: list[StoredFile]) -> Draft:
    data = form.cleaned_data
    return Draft(
        place=form.places[data["place"]], words=data["words"], category_code=data["category_code"],
        draft_key=data["draft_key"], kept=files, source="chat", is_guard_seen=data["is_guard_seen"],
    )  # fmt: skip


def _places(compounds: Sequence[Place], uid: str) -> tuple[list[Place], Charter]:
    """A compound of the actor's desk with what lies right under it, and its charter. Raises `NotFound`."""
    compound = next((each for each in compounds if each.uid == uid), None)
    if compound is None:
        raise NotFound
    return [compound, *children_of(compound).exclude(level__in=("home", "grid"))], charter_of(compound.community_id)


def _files(request: Request) -> list[StoredFile]:
    """The pictures that this clerk brought along, by a signed word. Raises `NotFound` for anybody else's."""
    try:
        kept = signing.loads(request.POST["kept"], salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        raise NotFound from None
    if kept["who"] != request.actor.account_uid:
        raise NotFound
    found = {file.uid: file for file in files_of(kept["files"])}
    return [found[uid] for uid in kept["files"] if uid in found]


def _pictures(files: Sequence[StoredFile], count: int, typed: Any = None) -> list[PictureForm]:
    return [PictureForm(typed, prefix=f"picture-{file.uid}", count=count) for file in files]


def _page(
    request: Request, saids: Any, files: Sequence[StoredFile], pictures: Sequence[PictureForm], compound: str,
    *, refusal: str = "",
) -> HttpResponse:  # fmt: skip
    kept = {"who": request.actor.account_uid, "files": [file.uid for file in files]}
    shots = [{"src": address_of(file, request.actor, small=True), "form": form}
             for file, form in zip(files, pictures, strict=True)]  # fmt: skip
    context = {
        "saids": saids,
        "shots": shots,
        "compound": compound,
        "kept": signing.dumps(kept, salt=SALT),
        "refusal": refusal,
    }
    is_wrong = refusal or (saids.is_bound and not saids.is_valid())
    return render(request, "desks/chat_drafts.html", context, status=422 if is_wrong else 200)
