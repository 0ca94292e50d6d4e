"""Words of posts and bodies for a grid's pages."""

from __future__ import annotations

from typing import Any

from django import template

from linli.people.rules import BODY_KINDS, post_words

register = template.Library()
register.filter("post_words", post_words)


@register.filter
def body_kind(kind: str) -> Any:
    """The kind of a body in words."""
    return BODY_KINDS.get(kind, kind)
