"""What to print: for which places, how large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.places.models import Place
from linli.places.rules import tree
from linli.ui.forms import ManyTiles, Tiles, offer

SIZE_CHOICES = (("a4", _("海报\nA4 纸，一页一张")), ("sticker", _("贴纸\nA4 纸，一页八张，裁开贴")))


class PosterForm(forms.Form):
    """Kinds of places, whole buildings, single places: what is ticked anywhere is printed once."""

    kind = forms.MultipleChoiceField(required=False, label=_("给哪些地方印"), widget=ManyTiles)
    whole = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    place = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    size = forms.ChoiceField(label=_("印多大"), choices=SIZE_CHOICES, widget=Tiles, initial="a4")

    def __init__(self, data: Any = None, *, places: Sequence[Place]) -> None:
        super().__init__(data, initial={"size": "a4"})
        self.places = places
        counts = Counter(place.level for place in places)
        kinds = [(level, _tile(words, counts[level])) for level, words in tree.WORDS.items() if counts[level]]
        tags = [(place.tag, place.label) for place in places]
        offer(self, "kind", choices=kinds)
        offer(self, "whole", "place", choices=tags)

    def ticked(self) -> dict[str, list[str]]:
        """What was ticked in the tree, to be drawn ticked again."""
        return {name: self[name].value() or [] for name in ("whole", "place")}

    def clean(self) -> dict[str, Any]:
        """Something must be ticked."""
        typed: dict[str, Any] = self.cleaned_data
        if not self.errors and not (typed["kind"] or typed["whole"] or typed["place"]):
            self.add_error("kind", _("请先点一样，比如“单元”。"))
        return typed

    def chosen(self) -> list[Place]:
        """The places ticked, each once, in the order of the tree."""
        typed = self.cleaned_data
        whole = {place.pk for place in self.places if place.tag in typed["whole"]}
        return [
            place
            for place in self.places
            if place.level in typed["kind"] or place.tag in typed["place"] or whole & _around(place)
        ]


class TrialForm(forms.Form):
    """What the telephone shows."""

    code = forms.CharField(
        label=_("手机上显示的六位数"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )


def _around(place: Place) -> set[int | None]:
    """A place, and what it lies in from the community down."""
    return {place.pk, place.parent_id, place.building_id, place.compound_id, place.community_id}


def _tile(words: Any, count: int) -> str:
    return f"{words}\n{ngettext('%(n)s 处', '%(n)s 处', count) % {'n': count}}"


class SlipForm(forms.Form):
    """How many slips for each home."""

    copies = forms.ChoiceField(
        label=_("每户几张"),
        choices=(("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")),
        widget=Tiles,
        initial="2",
        help_text=_("家里几个人要用自己的手机，就印几张。"),
    )
