"""What is typed about a campaign, and which tags a report bears."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.forms import Day, offer


class CampaignForm(forms.Form):
    """A tag, or a campaign with an end."""

    place = forms.ChoiceField(label=_("在哪里"))
    name = forms.CharField(label=_("名称"), max_length=30, help_text=_("例如：急难愁盼、随手拍、一盔一带。"))
    name_bo = forms.CharField(label=_("藏文名称"), max_length=60, required=False)
    name_en = forms.CharField(label=_("英文名称"), max_length=60, required=False)
    to_on = forms.DateField(
        label=_("到哪天"), required=False, widget=Day, help_text=_("空着就是长期的标签，想停的时候再停。")
    )

    def __init__(self, data: Any = None, *, places: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"place": places[0][0] if places else ""})
        offer(self, "place", choices=places)


class TagForm(forms.Form):
    """Which tags."""

    campaigns = forms.MultipleChoiceField(label=_("标签"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, choices: list[tuple[str, str]], initial: list[str]) -> None:
        super().__init__(data, initial={"campaigns": initial})
        offer(self, "campaigns", choices=choices)
