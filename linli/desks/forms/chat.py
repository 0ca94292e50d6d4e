"""A stretch of a group's chat becomes drafts, and a person says which of them are reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.charters.rules import Charter
from linli.charters.rules.suggest import suggest_categories
from linli.core.numbers import random_code
from linli.desks.forms.deciding import grouped_categories
from linli.desks.rules import building_in, said_in
from linli.places.models import Place
from linli.places.queries import name_of
from linli.tickets.rules.guard import findings_in, suggested
from linli.ui.forms import DraftKeyField, PhotosField, offer


class ChatForm(forms.Form):
    """What was copied out of the group, and its pictures."""

    compound = forms.ChoiceField(label=_("哪个小区的群"))
    chat = forms.CharField(
        label=_("把群里的几句话粘在这里"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("谁说的、几点说的会自动去掉。只有您粘进来的才会读。"),
        error_messages={"required": _("先在群里选中几句话复制，再粘到这里。")},
    )  # fmt: skip
    uploads = PhotosField(label=_("群里的照片"), required=False)

    def __init__(self, *args: Any, compounds: Sequence[Place], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "compound", choices=[(each.uid, name_of(each)) for each in compounds])


class SaidForm(forms.Form):
    """One draft: whether it is a report at all, its words, its place and category."""

    draft_key = DraftKeyField()
    is_wanted = forms.BooleanField(label=_("这是一件要办的事"), required=False)
    words = forms.CharField(
        label=_("说了什么"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    place = forms.ChoiceField(label=_("在哪里"))
    category_code = forms.ChoiceField(label=_("哪一类"), required=False)
    is_guard_seen = forms.BooleanField(label=_("看过了，里面的号码要留着"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, charter: Charter, places: Sequence[Place], **more: Any) -> None:
        super().__init__(*args, **more)
        self.places = {place.uid: place for place in places}
        offer(self, "place", choices=[(place.uid, name_of(place)) for place in places])
        offer(self, "category_code", choices=grouped_categories(charter))

    def clean(self) -> dict[str, Any]:
        """Empty words, and numbers that a person has to see first (PRV-038)."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        words = data.get("words", "")
        if not data.get("is_wanted"):
            return data
        if not words.strip():
            self.add_error("words", _("写一句是什么事，或者不勾。"))
        elif findings_in(words) and not data.get("is_guard_seen"):
            self.fields["is_guard_seen"].widget = forms.CheckboxInput()
            self.add_error("words", _("里面像是有号码或不用写的话。建议这样写：%s") % suggested(words))
        return data


class PictureForm(forms.Form):
    """To which of the drafts a picture belongs."""

    belongs = forms.ChoiceField(label=_("属于"), required=False)

    def __init__(self, *args: Any, count: int, **more: Any) -> None:
        super().__init__(*args, **more)
        numbered = [(str(number), _("第 %d 件") % (number + 1)) for number in range(count)]
        offer(self, "belongs", choices=[("", _("不用")), *numbered])


def drafts_of(chat: str, charter: Charter, places: Sequence[Place]) -> list[dict[str, Any]]:
    """What each draft begins with: ticked where its words speak of something that we see to."""
    by_name = {building_in(place.name): place for place in reversed(places) if building_in(place.name)}
    drafts = []
    for words in said_in(chat):
        likely = suggest_categories(words, charter)
        named = next((place for place in places[1:] if place.name in words), places[0])
        place = by_name.get(building_in(words), named)
        drafts.append(
            {
                "draft_key": random_code(16),
                "words": words,
                "is_wanted": bool(likely),
                "category_code": likely[0][0] if likely else "",
                "place": place.uid,
            }
        )
    return drafts
