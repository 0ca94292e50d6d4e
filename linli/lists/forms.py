"""Which reports a list is to hold, what for, and why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.batches.forms import ACCEPT
from linli.charters.queries import charter_of
from linli.core.actor import Actor
from linli.core.times import day_of
from linli.lists.imports.study import YEAR_COLUMNS
from linli.lists.queries import area_of, bodies_of_area
from linli.lists.rules import Sieve
from linli.tickets.states import FLOW
from linli.ui.forms import Day, offer

PHASES = (("", _("全部")), ("open", _("还在办的")), ("waiting", _("在等的")), ("done", _("办结的")))


class SieveForm(forms.Form):
    """The filter of a list."""

    start = forms.DateField(label=_("反映时间从"), widget=Day)
    end = forms.DateField(label=_("到"), widget=Day)
    place = forms.ChoiceField(label=_("地方"), required=False)
    state = forms.ChoiceField(label=_("进展"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    body = forms.ChoiceField(label=_("承办单位"), required=False)

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        self.today = day_of(actor.now)
        self.places = {str(place.pk): place for place in area_of(actor)}
        bodies = bodies_of_area(actor)
        super().__init__(self._with_defaults(data))
        offer(self, "place", choices=[(pk, place.label) for pk, place in self.places.items()])
        offer(self, "state", choices=[*PHASES, *((each.name, each.words) for each in FLOW.states.values())])
        community = next((place.community_id for place in self.places.values()), None)
        known = charter_of(community).categories.values()
        offer(self, "category", choices=[("", _("全部")), *((each.code, each.words) for each in known)])
        offer(self, "body", choices=[("", _("全部")), *((str(body.pk), body.name) for body in bodies)])

    def _with_defaults(self, data: Any) -> dict[str, Any]:
        """What was typed; without a period the last thirty days, without a place the widest of the area."""
        typed = {name: data.get(name, "") for name in self.base_fields} if data else {}
        usual = {
            "start": (self.today - timedelta(days=29)).isoformat(),
            "end": self.today.isoformat(),
            "place": next(iter(self.places), ""),
        }
        return usual | {name: words for name, words in typed.items() if words or name not in usual}

    def clean(self) -> dict[str, Any]:
        """The period in its order."""
        found = super().clean() or {}
        if found.get("start") and found.get("end") and found["start"] > found["end"]:
            self.add_error("end", _("结束的日子早于开始的日子。"))
        return found

    def sieve(self) -> Sieve:
        """The filter, once the form is valid."""
        found = self.cleaned_data
        keys = {f"{name}_id": int(found[name]) if found[name] else None for name in ("place", "body")}
        return Sieve(found["start"], found["end"], state=found["state"], category=found["category"], **keys)

    @property
    def chosen_place(self) -> Any:
        """The place chosen; None for a captain, who has one building and nothing to choose."""
        return self.places.get(self.cleaned_data["place"])


class PurposeForm(forms.Form):
    """What a list with personal data is for."""

    purpose = forms.CharField(
        label=_("拿来做什么"),
        max_length=200,
        min_length=4,
        help_text=_("写具体：给谁打电话、约什么时间。名单上的人能看到这句话。"),
    )


class RefuseForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("为什么不同意"), max_length=200)


class LedgerForm(forms.Form):
    """An old ledger, and which of its columns is what, where that was not recognised."""

    file = forms.FileField(
        label=_("去年的台账"),
        help_text=_("Excel（.xlsx、.xls）、ods 或 CSV。只在这一次打开时读一遍，不保存。"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def said(self) -> dict[str, str]:
        """Column -> heading, as the reader pointed them out."""
        pointed = {column.name: str(self.data.get(f"column_{column.name}", "")).strip() for column in YEAR_COLUMNS}
        return {name: heading[:200] for name, heading in pointed.items() if heading}

    def point(self, headings: list[str], mapping: dict[str, str]) -> None:
        """Offer each column with the file's headings to choose from."""
        self.data = {}
        choices = [("", _("（文件里没有）")), *((heading, heading) for heading in headings)]
        for column in YEAR_COLUMNS:
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=column.words, choices=choices, required=False, initial=mapping.get(column.name, "")
            )
            self.data[f"column_{column.name}"] = mapping.get(column.name, "")

    @property
    def pointed(self) -> list[Any]:
        """The columns to point out."""
        return [field for field in self if field.name != "file"]
