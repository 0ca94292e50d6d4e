"""What a person types to find a matter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """A few words, or a number."""

    q = forms.CharField(
        label=_("找一件事"),
        help_text=_("写几个字，比如“路灯”“电梯”，或者回执上的编号。"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search", "autocomplete": "off"}),
    )
