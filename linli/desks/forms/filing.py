"""Writing down what somebody tells: on the telephone, at the counter, in a group, in a letter (SRQ-004)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.charters.rules import Charter
from linli.core.actor import Actor
from linli.desks.forms.deciding import grouped_categories
from linli.files.forms import KeptPhotosField, of_actor
from linli.tickets.permissions import DESK
from linli.tickets.states import SOURCES
from linli.ui.forms import DraftKeyField, Tiles, offer

TOLD = ("phone", "desk", "chat", "letter")


class CallForm(forms.Form):
    """The number on the telephone's display."""

    number = forms.CharField(
        label=_("来电号码"), max_length=40, error_messages={"required": _("请照着电话上的号码打进来。")},
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "class": "short", "autocomplete": "off"}),
    )  # fmt: skip


class FileForm(forms.Form):
    """A report of somebody who has no phone at hand."""

    draft_key = DraftKeyField()
    source = forms.ChoiceField(label=_("怎么来的"), widget=Tiles)
    words = forms.CharField(
        label=_("原话"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("照对方说的写，不用改成公文。"),
    )  # fmt: skip
    is_guard_seen = forms.BooleanField(
        label=_("里面的号码要留着"), required=False, widget=forms.HiddenInput, initial=False
    )
    where = forms.CharField(label=_("在哪里"), required=False, max_length=200, help_text=_("几层、哪个门口。"))
    category_code = forms.ChoiceField(label=_("哪一类"), required=False, help_text=_("不填也行，前台再定。"))
    reporter_name = forms.CharField(label=_("怎么称呼"), required=False, max_length=60)
    reporter_phone = forms.CharField(
        label=_("电话"), required=False, max_length=20, widget=forms.TextInput(attrs={"type": "tel", "class": "short"}),
        help_text=_("有进展好告诉对方。"),
    )  # fmt: skip
    wants_reply = forms.BooleanField(label=_("要回话"), required=False, initial=True)
    is_secret = forms.BooleanField(label=_("别让办的单位知道是谁"), required=False)
    uploads = KeptPhotosField(label=_("照片"), required=False)

    def __init__(self, *args: Any, actor: Actor, charter: Charter, **more: Any) -> None:
        super().__init__(*args, **more)
        of_actor(self, actor)
        sources = TOLD if actor.holds(*DESK) else tuple(s for s in ("grid", "captain") if _wears(actor, s))
        offer(self, "source", choices=[(name, SOURCES[name]) for name in sources])
        self.fields["source"].initial = sources[0] if sources else ""
        offer(self, "category_code", choices=grouped_categories(charter))

    def ask_about_numbers(self) -> None:
        """Let the clerk say that a number in the words is meant to stay there."""
        self.fields["is_guard_seen"].widget = forms.CheckboxInput()


def _wears(actor: Actor, source: str) -> bool:
    return actor.holds({"grid": "grid_worker", "captain": "captain"}[source])
