"""What a person types to find a matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.forms import Day


class SearchForm(forms.Form):
    """A few words, or a number."""

    q = forms.CharField(
        label=_("找一件事"),
        help_text=_("写几个字，比如“路灯”“电梯”，或者回执上的编号。"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search", "autocomplete": "off"}),
    )


class HandoverForm(forms.Form):
    """The last day, and who follows."""

    on = forms.DateField(label=_("最后一天"), widget=Day, help_text=_("这一天也算在内。"))

    def __init__(self, followers: list[tuple[str, str]], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        choices = [("", _("没有人接手（手上没有事才行）")), *followers]
        self.fields["successor"] = forms.ChoiceField(label=_("谁接手"), choices=choices, required=False)
