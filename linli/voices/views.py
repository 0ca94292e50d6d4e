"""The list of sentences, and recording one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.files.actions import take_sounds
from linli.places.models import Place
from linli.ui.forms import put_refusal
from linli.voices import actions, queries
from linli.voices.forms import RecordingForm
from linli.voices.models import Recording
from linli.voices.permissions import RECORDERS
from linli.voices.rules import SENTENCES, TONGUES


@require_GET
def index(request: Request) -> HttpResponse:
    """Straight to the community, if there is one only."""
    if not request.actor.holds(*RECORDERS):
        raise NotAllowed
    found = list(queries.communities_recorded_by(request.actor)[:100])
    if len(found) == 1:
        return redirect("voices-of", found[0].uid)
    return render(request, "voices/voice_places.html", {"places": found})


def _community(request: Request, uid: str) -> Place:
    place = queries.communities_recorded_by(request.actor).filter(uid=uid).first()
    if place is None:
        raise NotFound
    return place


@require_GET
def community(request: Request, uid: str) -> HttpResponse:
    """The sentences, each with what is recorded of it."""
    place = _community(request, uid)
    sounds = {(one.code, one.language): one for one in queries.sounds_at(request.actor, place.pk, SENTENCES)}
    rows = [
        (code, words, [(tongue, said, sounds.get((code, tongue))) for tongue, said in TONGUES.items()])
        for code, words in SENTENCES.items()
    ]
    context = {"place": place, "rows": rows, "done": len(sounds), "all": len(SENTENCES) * len(TONGUES)}
    return render(request, "voices/voice_list.html", context)


@require_http_methods(["GET", "POST"])
def record(request: Request, uid: str, sentence: str, tongue: str) -> HttpResponse:
    """Read one sentence aloud, or upload it."""
    place = _community(request, uid)
    if sentence not in SENTENCES or tongue not in TONGUES:
        raise NotFound
    form = RecordingForm(request.POST, request.FILES) if request.method == "POST" else RecordingForm()
    if request.method == "POST" and form.is_valid():
        try:
            uploads = [form.upload()] if form.upload() else []
            taken = take_sounds(actor=request.actor, uploads=uploads)
            actions.record_sentence(actor=request.actor, community=place, sentence=sentence, tongue=tongue, taken=taken)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("录好了。"))
            return redirect("voices-of", uid)
    context = {"place": place, "form": form, "words": SENTENCES[sentence], "tongue": TONGUES[tongue]}
    return render(request, "voices/voice_record.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: Request, uid: str, sentence: str, tongue: str) -> HttpResponse:
    """Take one away."""
    place = _community(request, uid)
    found = Recording.objects.filter(community=place, sentence=sentence, tongue=tongue)
    recording = found.select_related("community", "file").first()
    if recording is None:
        raise NotFound
    actions.remove_recording(actor=request.actor, recording=recording)
    messages.success(request, _("删掉了。"))
    return redirect("voices-of", uid)
