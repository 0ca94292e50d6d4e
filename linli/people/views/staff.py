"""The people list, a person's page, showing a number for a purpose, giving and ending posts, bodies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of
from linli.people import actions, forms, permissions, rules
from linli.people.imports import PEOPLE
from linli.people.models import Appointment, Body, Person
from linli.people.queries import (
    bodies_visible_to,
    people_matching,
    people_page,
    persons_to_appoint,
    persons_visible_to,
    with_places,
)
from linli.places.models import Place
from linli.ui.forms import put_refusal

PAGE = 25


def _person(request: Request, uid: str) -> Person:
    found = persons_visible_to(request.actor).filter(uid=uid)
    person = with_places(found, day_of(request.actor.now)).first()
    if person is None:
        raise NotFound
    return person


@never_cache
@require_safe
def list_people(request: Request) -> HttpResponse:
    """The people of my area: name, building, masked number, and no more (PRV-037)."""
    if not permissions.may_see_people(request.actor):
        raise NotAllowed
    words = request.GET.get("q", "")[:60]
    people = people_matching(persons_visible_to(request.actor), words)
    rows, after = people_page(with_places(people, day_of(request.actor.now)), request.GET.get("after", "")[:32], PAGE)
    more = f"?{urlencode({'q': words, 'after': after})}" if after else ""
    context = {
        "people": rows,
        "q": words,
        "more": more,
        "may_add": permissions.may_add_people(request.actor),
        "may_upload": PEOPLE.may(request.actor),
    }
    return render(request, "people/people.html", context)


@never_cache
@require_safe
def show(request: Request, uid: str) -> HttpResponse:
    """A person's page; the number stays masked until a purpose is given."""
    return _page(request, _person(request, uid), forms.ContactForm(), {})


def _page(request: Request, person: Person, form: forms.ContactForm, shown: dict[str, str]) -> HttpResponse:
    actor = request.actor
    posts = [
        {
            "row": row,
            "words": rules.post_words(row.post),
            "may_badge": permissions.may_issue_badge(actor, row),
            "may_end": row.to_on is None and permissions.may_end_appointment(actor, row),
        }
        for row in person.posts_now  # type: ignore[attr-defined]  # prefetched by with_places
    ]
    context = {
        "person": person,
        "posts": posts,
        "form": form,
        "shown": shown,
        "may_show": permissions.may_show_contact(actor, person),
        "may_correct": permissions.may_correct_person(actor, person),
        "may_ask": permissions.may_give_consent(actor, person),
        "may_end_ties": any(
            permissions.may_end_tie(actor, tie.home)
            for tie in person.homes_now  # type: ignore[attr-defined]  # prefetched by with_places
        ),
        "may_appoint": bool(_posts_given_by(request)),
        "may_list": permissions.may_see_people(actor),
        "pages": [each for each in rules.PERSON_PAGES if each.may(actor, person)],
    }
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def show_contact(request: Request, uid: str) -> HttpResponse:
    """The number, for the purpose that was pressed; the person sees that it was shown."""
    person, form = _person(request, uid), forms.ContactForm(request.POST)
    shown: dict[str, str] = {}
    if form.is_valid():
        shown = actions.show_contact(
            actor=request.actor, person=person, fields=("phone", "email"), purpose=form.cleaned_data["purpose"]
        )
    return _page(request, person, form, shown)


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """A new person."""
    if not permissions.may_add_people(request.actor):
        raise NotAllowed
    form = forms.AddForm(request.POST if request.method == "POST" else None)
    home = _home(request, form) if form.is_valid() else None
    if form.is_bound and not form.errors:
        try:
            (person,) = actions.add_people(actor=request.actor, drafts=[form.draft()])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            if home is None:
                return HttpResponseRedirect(reverse("person-appoint", args=[person.uid]))
            tie = actions.TieDraft(person, home, form.cleaned_data["tie"])
            actions.add_ties(actor=request.actor, drafts=[tie])
            messages.success(request, _("添好了。"))
            return HttpResponseRedirect(reverse("person", args=[person.uid]))
    lead = _("只登记担任岗位的人，和自己愿意留下联系方式的人。")
    return _form(request, form, _("添一个人"), lead, reverse("people"))


@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: Request, uid: str) -> HttpResponse:
    """Put a person's data right on their word; who corrects sees the present data, which counts as a look."""
    person = _person(request, uid)
    if not permissions.may_correct_person(request.actor, person):
        raise NotAllowed
    if request.method == "POST":
        form = forms.OwnForm(person, request.POST)
    else:
        if permissions.may_show_contact(request.actor, person):
            actions.show_contact(actor=request.actor, person=person, fields=("phone", "email"), purpose="correct")
        else:
            person.phone = person.email = ""
        form = forms.OwnForm(person)
    if form.is_valid():
        try:
            actions.correct_person(actor=request.actor, person=person, draft=form.draft())
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("改好了。"))
            return HttpResponseRedirect(reverse("person", args=[uid]))
    lead = _("打开这一页会记为看过一次联系方式，本人能看到。")
    return _form(request, form, _("更正资料"), lead, reverse("person", args=[uid]))


def _home(request: Request, form: forms.AddForm) -> Place | None:
    """The home that was typed; who gives no posts has to type one, or would lose sight of the person."""
    home = _place(form, "home")
    if home is not None and home.level != "home":
        form.add_error("home", _("请写到户，如“雪莲苑 2号楼东单元401”。"))
    elif home is None and not form.errors and not _posts_given_by(request):
        form.add_error("home", _("请写上住处。没有住处，也没有岗位，以后就找不到这个人了。"))
    return home


def _form(request: Request, form: Any, title: str, lead: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "back": back}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)


def _posts_given_by(request: Request) -> list[tuple[str, Any]]:
    names = {name for grant in request.actor.grants for name in rules.POSTS[grant.post].appoints}
    return [(name, post.words) for name, post in rules.POSTS.items() if name in names]


def _place(form: Any, name: str = "place") -> Place | None:
    """The open place of that full name, tag or code; a fault in the form otherwise."""
    typed = " ".join(form.cleaned_data[name].split())
    if not typed:
        return None
    for column in ("code", "tag", "label"):
        found = list(Place.objects.filter(**{column: typed}, closed_on=None).select_related("community")[:2])
        if len(found) == 1:
            return found[0]
    form.add_error(name, _("找不到这个地方。请写完整名称，如“雪莲苑 2号楼”，或写编码。"))
    return None


@never_cache
@require_http_methods(["GET", "POST"])
def appoint(request: Request, uid: str) -> HttpResponse:
    """Give a person a post."""
    person = persons_to_appoint(request.actor).filter(uid=uid).first()
    posts = _posts_given_by(request)
    if person is None or not posts:
        raise NotFound
    bodies = {body.uid: body for body in bodies_visible_to(request.actor)}
    form = forms.AppointForm(
        posts, [(key, body.name) for key, body in bodies.items()], request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        typed = form.cleaned_data
        place = _place(form)
        if not form.errors:
            draft = actions.AppointmentDraft(
                person, typed["post"], bodies.get(typed["body"]), place, typed["from_on"], typed["to_on"]
            )
            try:
                actions.appoint_people(actor=request.actor, drafts=[draft])
            except BadInput as refusal:
                put_refusal(form, refusal)
            else:
                messages.success(request, _("任命好了。本人要重新登录，新的身份才生效。"))
                return HttpResponseRedirect(reverse("person", args=[uid]))
    title = _("给%(name)s一个岗位") % {"name": person.display_name}
    return _form(request, form, title, _("权限跟着岗位和范围走。"), reverse("person", args=[uid]))


@never_cache
@require_http_methods(["GET", "POST"])
def end_appointment(request: Request, uid: str) -> HttpResponse:
    """End a post at a day."""
    held = Appointment.objects.select_related("person", "body", "place", "place__community").filter(uid=uid).first()
    if held is None or not permissions.may_end_appointment(request.actor, held):
        raise NotFound
    form = forms.EndForm(request.POST if request.method == "POST" else None, initial={"on": day_of(request.actor.now)})
    if form.is_valid():
        try:
            actions.end_appointment(actor=request.actor, appointment=held, on=form.cleaned_data["on"])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("记下了。过了那天，这个岗位就不能用了。"))
            return HttpResponseRedirect(reverse("person", args=[held.person.uid]))
    title = _("结束%(name)s的“%(post)s”") % {"name": held.person.display_name, "post": rules.post_words(held.post)}
    return _form(request, form, title, _("最后一天也算在内。"), reverse("person", args=[held.person.uid]))


@require_safe
def list_bodies(request: Request) -> HttpResponse:
    """Offices, companies, teams and committees with their work telephone."""
    bodies = bodies_visible_to(request.actor)
    grouped = [(words, [body for body in bodies if body.kind == kind]) for kind, words in rules.BODY_KINDS.items()]
    keepers = ("administrator", "secretary", "street_officer", "district_officer")
    context = {"groups": [group for group in grouped if group[1]], "may_add": request.actor.holds(*keepers)}
    return render(request, "people/bodies.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def change_body(request: Request, uid: str = "") -> HttpResponse:
    """A new body, or other words for one."""
    body = Body.objects.select_related("place").filter(uid=uid, is_active=True).first() if uid else None
    if uid and body is None:
        raise NotFound
    if not request.actor.holds("administrator", "secretary", "street_officer", "district_officer"):
        raise NotAllowed
    if body and not permissions.may_add_bodies(request.actor, body.place):
        raise NotAllowed
    above = {one.uid: one for one in bodies_visible_to(request.actor) if body is None or one.pk != body.pk}
    form = forms.BodyForm(
        request.POST if request.method == "POST" else None,
        initial=_body_words(body),
        parents=[(uid, one.name) for uid, one in above.items()],
    )
    if form.is_valid():
        typed, place = form.cleaned_data, _place(form)
        aliases = tuple(typed["aliases"].replace("，", ",").replace("、", ",").split(","))
        words = {name: typed[name] for name in ("name", "kind", "name_bo", "phone")}
        duties = tuple(body.duty_categories) if body else ()
        draft = actions.BodyDraft(
            **words, place=place, parent=above.get(typed["parent"]), aliases=aliases, duty_categories=duties
        )
        if not form.errors:
            try:
                _keep_body(request, body, draft)
            except BadInput as refusal:
                put_refusal(form, refusal)
            else:
                return HttpResponseRedirect(reverse("bodies"))
    title = body.name if body else _("添一个单位")
    return _form(request, form, title, _("名称和工作电话大家都能看到。"), reverse("bodies"))


def _keep_body(request: Request, body: Body | None, draft: actions.BodyDraft) -> None:
    if body is None:
        actions.add_bodies(actor=request.actor, drafts=[draft])
    else:
        actions.change_body(actor=request.actor, body=body, draft=draft)


def _body_words(body: Body | None) -> dict[str, Any]:
    if body is None:
        return {}
    words = {name: getattr(body, name) for name in ("name", "name_bo", "kind", "phone")}
    words["parent"] = body.parent.uid if body.parent else ""
    return {**words, "place": body.place.label if body.place else "", "aliases": "、".join(body.aliases)}
