"""What is typed into an announcement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.announcements.actions import AnnouncementDraft
from linli.announcements.rules import KINDS
from linli.places.models import Place
from linli.ui.forms import Tiles, offer

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


class Moment(forms.DateTimeInput):
    """A day and a time, by the device's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class AnnouncementForm(forms.Form):
    """What, where, from when to when, in which words."""

    kind = forms.ChoiceField(label=_("什么事"), choices=list(KINDS.items()), widget=Tiles)
    places = forms.MultipleChoiceField(label=_("在哪里"), widget=forms.CheckboxSelectMultiple)
    from_at = forms.DateTimeField(label=_("从什么时候"), widget=Moment, input_formats=FORMATS)
    to_at = forms.DateTimeField(label=_("到什么时候"), widget=Moment, input_formats=FORMATS, required=False)
    words = forms.CharField(
        label=_("说明"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("为什么、要准备什么、有事找谁。时间和地方不用再写。"),
    )
    words_bo = forms.CharField(
        label=_("藏文说明"), max_length=800, required=False, widget=forms.Textarea(attrs={"rows": 3, "lang": "bo"})
    )
    is_bo_read = forms.BooleanField(label=_("懂藏文的人看过，和汉文意思一样"), required=False)

    def __init__(self, data: Any = None, *, places: Sequence[Place], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.offered = {place.uid: place for place in places}
        offer(self, "places", choices=[(uid, place.label) for uid, place in self.offered.items()])

    def draft(self) -> AnnouncementDraft:
        """The announcement that was typed."""
        typed = dict(self.cleaned_data)
        typed["places"] = tuple(self.offered[uid] for uid in typed["places"])
        return AnnouncementDraft(**typed)


class ProlongForm(forms.Form):
    """When it ends now."""

    to_at = forms.DateTimeField(label=_("改到什么时候结束"), widget=Moment, input_formats=FORMATS)


class WithdrawForm(forms.Form):
    """Why it is off."""

    reason = forms.CharField(label=_("为什么取消"), max_length=200)
