"""Ways in that are handed over on paper: the household's slip, and the invitation of one person."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from linli.access import actions, forms
from linli.access.permissions import may_invite
from linli.access.queries import pin_of
from linli.access.rules import SLIP_LIFE
from linli.access.views.doors import agent_of, open_door, page
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.people.queries import persons_visible_to
from linli.ui.forms import put_refusal


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def join(request: Request) -> HttpResponse:
    """A household's slip: what one is in that home, and a PIN for this telephone. Opening the page spends nothing."""
    known = request.actor if request.actor.person_id else None
    form = forms.JoinForm(
        request.POST if request.method == "POST" else None,
        initial={"code": request.GET.get("code", "")[:12]},
        is_known=known is not None,
    )
    if form.is_valid():
        typed = form.cleaned_data
        try:
            newcomer = actions.Newcomer(typed.get("name", ""), typed["kind"], "" if known else pin_of(typed["pin"]))
            opened = actions.join_home(
                actor=request.actor, code=typed["code"], newcomer=newcomer, device=agent_of(request)
            )
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return _inside(request, form, opened, "join")
    return page(request, "join", form, known=known)


def _inside(request: Request, form: Form, opened: actions.Opened, name: str) -> HttpResponse:
    """On to one's own page; or the page again, with the words that say why not."""
    if opened.words:
        form.add_error("code", opened.words)
        return page(request, name, form, known=request.actor if request.actor.person_id else None)
    messages.success(request, _("登记好了。"))
    if not opened.token:
        return HttpResponseRedirect(reverse("me"))
    return open_door(request, opened.token, reverse("me"), opened.reader, opened)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def bind(request: Request) -> HttpResponse:
    """An invitation: a PIN for this telephone, and in."""
    form = forms.BindForm(
        request.POST if request.method == "POST" else None, initial={"code": request.GET.get("code", "")[:12]}
    )
    if form.is_valid():
        typed = form.cleaned_data
        try:
            opened = actions.bind_phone(
                actor=request.actor, code=typed["code"], pin=pin_of(typed["pin"]), device=agent_of(request)
            )
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return _inside(request, form, opened, "bind")
    return page(request, "bind", form)


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: Request, person_uid: str) -> HttpResponse:
    """Give somebody an invitation: asked first, then shown this once, to be printed or copied."""
    person = persons_visible_to(request.actor).filter(uid=person_uid).first()
    if person is None:
        raise NotFound
    if not may_invite(request.actor, person):
        raise NotAllowed
    if request.method == "GET":
        return render(request, "access/invite.html", {"person": person})
    code = actions.invite_person(actor=request.actor, person=person)
    context = {"person": person, "code": code, "until": request.actor.now + SLIP_LIFE}
    return render(request, "access/invitation.html", {**context, "address": request.build_absolute_uri("/bind/")})
