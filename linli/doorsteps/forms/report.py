"""A report as a resident fills it in (F11): nothing is forced but one of photo, voice, words or category."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.doorsteps.forms.fields import WordsField
from linli.matters.templatetags.matters import body_words
from linli.people.models import Body
from linli.tickets.rules.guard import LONGEST, numbers_in, private_words_in, suggested
from linli.ui.forms import DraftKeyField, PhotosField, VoiceField, offer

BLAMED = ("community_office", "company", "owners_committee")
"""Whom a report may be about (SRQ-063)."""
TOO_LONG = _("写得太长了，请减到 4000 字以内。")


class ContactFields(forms.Form):
    """How to reach somebody who wants to be reached; empty for most reports of places."""

    reporter_name = WordsField(
        label=_("怎么称呼您"), required=False, max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    reporter_phone = WordsField(
        label=_("电话"),
        required=False,
        max_length=40,
        help_text=_("只有办这件事的人看得到，看过都有记录。"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "class": "short"}),
    )
    wants_reply = forms.BooleanField(label=_("有进展告诉我"), required=False, initial=True)
    is_secret = forms.BooleanField(label=_("不让办事的单位知道是我说的"), required=False)


class ReportForm(ContactFields):
    """The one form on a poster's page. ``kept`` keeps pictures, ``seen`` what was offered before."""

    draft_key = DraftKeyField()
    photos = PhotosField(label=_("照片"), required=False)
    voice = VoiceField()
    words = WordsField(
        label=_("说说怎么了"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": None}),
    )
    where = WordsField(label=_("具体在哪儿"), required=False, max_length=200)
    about = forms.ChoiceField(
        label=_("是对哪家有意见吗？"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("选了哪家，就不由哪家来办，也不让那家看到是谁说的、说了什么。"),
    )
    category_code = forms.CharField(required=False, max_length=48, widget=forms.HiddenInput)
    is_guard_seen = forms.BooleanField(required=False)
    sample = forms.BooleanField(required=False)
    kept = WordsField(required=False, max_length=20_000, widget=forms.HiddenInput)
    seen = WordsField(required=False, max_length=2_000, widget=forms.HiddenInput)
    emergency = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    join = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, bodies: Callable[[], Sequence[Body]] = tuple, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._find = bodies
        offer(self, "about", choices=self._whom)

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """Whom it may be about; not asked for where nobody was named and nothing is shown again."""
        return {body.uid: body for body in self._find() if body.kind in BLAMED}

    def _whom(self) -> list[tuple[str, Any]]:
        return [("", _("不是，说的是事情")), *((uid, body_words(body)) for uid, body in self.bodies.items())]

    @property
    def has_numbers(self) -> bool:
        """Whether the words hold numbers that look like a person's."""
        return bool(self.is_bound and numbers_in(self.typed))

    @property
    def suggestion(self) -> str:
        """The words without what nobody needs to know of a person; empty where there is no such thing."""
        return suggested(self.typed) if self.is_bound and private_words_in(self.typed) else ""

    @property
    def has_findings(self) -> bool:
        """Whether the page asks once before it keeps the words (PRV-038)."""
        return self.has_numbers or bool(self.suggestion)

    @property
    def is_contact_open(self) -> bool:
        """Whether the part about the person stands open: something was typed there, or something is wrong there."""
        names = ("reporter_name", "reporter_phone", "where", "is_secret", "about")
        return self.is_bound and any(self[name].errors or self[name].value() for name in names)

    @property
    def chosen(self) -> str:
        """The category that was chosen, as it was sent."""
        return str(self["category_code"].value() or "")[:48]

    @property
    def typed(self) -> str:
        """The words as they were sent."""
        return str(self["words"].value() or "")

    def draft_values(self) -> dict[str, Any]:
        """The fields that a draft takes as they are."""
        names = ("words", "where", "category_code", "draft_key", "is_guard_seen", "wants_reply", "is_secret")
        values = {name: self.cleaned_data[name] for name in (*names, "reporter_name", "reporter_phone")}
        about = self.cleaned_data["about"]
        return values | {"about_body": self.bodies[about] if about else None}
