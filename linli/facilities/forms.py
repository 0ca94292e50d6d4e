"""What is typed about a facility."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.facilities.actions import FacilityDraft
from linli.facilities.models import Facility
from linli.facilities.rules import KINDS
from linli.people.models import Body
from linli.places.rules.places import NAME_LENGTH, OTHER_NAME_LENGTH
from linli.ui.forms import Day, offer

PHONE = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "class": "short"})


class FacilityForm(forms.Form):
    """Names, kind, who sees to it, whom to ring."""

    kind = forms.ChoiceField(label=_("是什么设施"), choices=[(code, kind.words) for code, kind in KINDS.items()])
    name = forms.CharField(label=_("叫什么"), max_length=NAME_LENGTH, help_text=_("例如：东单元电梯、南门路灯 3。"))
    name_bo = forms.CharField(label=_("藏文名称"), max_length=OTHER_NAME_LENGTH, required=False)
    name_en = forms.CharField(label=_("英文名称"), max_length=OTHER_NAME_LENGTH, required=False)
    emergency_phone = forms.CharField(
        label=_("急事电话"), max_length=24, required=False, widget=PHONE, help_text=_("印在贴纸上，谁都能打。")
    )
    carer = forms.ChoiceField(label=_("平时谁管"), required=False)
    firm = forms.ChoiceField(label=_("坏了谁修"), required=False)
    registration = forms.CharField(label=_("设备代码或登记证号"), max_length=40, required=False)
    next_inspection_on = forms.DateField(label=_("下次检验"), required=False, widget=Day)

    def __init__(self, data: Any = None, *, bodies: Iterable[Body], initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.bodies = {body.uid: body for body in bodies}
        choices = [("", _("还没定")), *((uid, body.name) for uid, body in self.bodies.items())]
        offer(self, "carer", "firm", choices=choices)

    def draft(self) -> FacilityDraft:
        """The facility that was typed."""
        typed = dict(self.cleaned_data)
        typed |= {name: self.bodies.get(typed[name]) for name in ("carer", "firm")}
        return FacilityDraft(**typed)


def words_of(facility: Facility) -> dict[str, Any]:
    """The form's words for a facility as it stands."""
    names = {name: getattr(facility.place, name) for name in ("name", "name_bo", "name_en")}
    own = {name: getattr(facility, name) for name in ("kind", "emergency_phone", "registration", "next_inspection_on")}
    bodies = {name: body.uid if (body := getattr(facility, name)) else "" for name in ("carer", "firm")}
    return {**names, **own, **bodies}


class StopForm(forms.Form):
    """Why it is out of service."""

    reason = forms.CharField(
        label=_("为什么停用"), max_length=200, help_text=_("门口扫码的人都看得到，例如：等零件，预计周五修好。")
    )


class InspectForm(forms.Form):
    """An inspection that was held."""

    on = forms.DateField(label=_("哪天检验的"), widget=Day)
    next_on = forms.DateField(label=_("下次检验"), required=False, widget=Day)
