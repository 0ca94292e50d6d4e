"""What a page says of a matter: where it stands, who has it, where to go."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.charters.queries import charter_of, charter_version
from linli.matters.models import Entry, Matter, Seen
from linli.matters.rules.clocks import FAR
from linli.matters.states import KINDS
from linli.people.rules import POSTS
from linli.places.queries import label_of

register = template.Library()


@register.filter
def state_words(matter: Matter) -> Any:
    """The state in a resident's words."""
    return KINDS.get(matter.kind).flow.states[matter.state].words


@register.filter
def kind_words(matter: Matter) -> Any:
    """What kind of matter it is."""
    return KINDS.get(matter.kind).words


@register.filter
def place_words(matter: Matter) -> str:
    """Where it is, in the reader's language."""
    return label_of(matter.place) if matter.place else ""


@register.filter
def body_words(body: Any) -> str:
    """A body's name in the reader's language."""
    if body is None:
        return ""
    return (body.name_bo if (get_language() or "").startswith("bo") else "") or body.name


@register.filter
def who_words(entry: Entry) -> str:
    """Who did it: the hat and the body, never a name."""
    if entry.channel == "clock":
        return _("系统按规定")
    post = str(POSTS[entry.hat].words) if entry.hat in POSTS else ""
    return " · ".join(filter(None, (body_words(entry.body), post))) or _("居民")


@register.filter
def look_words(look: Seen) -> str:
    """Who looked: those who handle it by name and body; a resident only as one."""
    if look.body is None:
        return str(POSTS[look.hat].words) if look.hat in POSTS else _("居民")
    return f"{look.person.display_name} · {body_words(look.body)}"


@register.filter
def due_moment(matter: Matter) -> Any:
    """The moment by which something must be done next; None where no clock runs."""
    return None if matter.urgent_at >= FAR or matter.is_done else matter.urgent_at


@register.filter
def pause_words(matter: Matter) -> str:
    """Why it stands still, in the charter's words."""
    if matter.charter_version_id:
        charter = charter_version(matter.charter_version_id, matter.community_id)
    else:
        charter = charter_of(matter.community_id)
    try:
        return str(charter.reason("pause", matter.paused_reason).words)
    except KeyError:
        return _("在等")


@register.filter
def desk_address(matter: Matter) -> str:
    """Where the kind's own page of the matter stands; the thread page where it has none."""
    name = KINDS.get(matter.kind).url_name
    try:
        return reverse(name or "matter", args=[matter.uid])
    except NoReverseMatch:
        return reverse("matter", args=[matter.uid])
