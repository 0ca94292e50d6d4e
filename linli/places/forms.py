"""What a person types about a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.core.numbers import area_of, area_words
from linli.places.actions import PlaceChange, PlaceDraft
from linli.places.models import Place
from linli.places.rules import tree
from linli.places.rules.crs import GCJ02, SYSTEMS, WGS84
from linli.places.rules.places import NAME_LENGTH, OTHER_NAME_LENGTH
from linli.ui.forms import Day, offer

CRS_CHOICES = [(system, system) for system in SYSTEMS]


class AreaField(forms.CharField):
    """An area in m², at most two decimals, kept in 0.01 m²."""

    def prepare_value(self, value: Any) -> Any:
        return area_words(value).replace(",", "") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        words = super().clean(value)
        try:
            return area_of(words) if words else None
        except (ValueError, ArithmeticError):
            raise forms.ValidationError(_("面积应是最多两位小数的数，例如 89.50。")) from None


class PlaceForm(forms.Form):
    """Names, area and point."""

    name = forms.CharField(label=_("名称"), max_length=NAME_LENGTH)
    name_bo = forms.CharField(label=_("藏文名称"), max_length=OTHER_NAME_LENGTH, required=False)
    name_en = forms.CharField(label=_("英文名称"), max_length=OTHER_NAME_LENGTH, required=False)
    area_centi = AreaField(label=_("面积（㎡）"), max_length=20, required=False)
    latitude = forms.DecimalField(label=_("纬度"), required=False, max_digits=12, decimal_places=8)
    longitude = forms.DecimalField(label=_("经度"), required=False, max_digits=12, decimal_places=8)
    source_crs = forms.ChoiceField(
        label=_("坐标来自"),
        choices=CRS_CHOICES,
        initial=WGS84,
        help_text=_("高德、腾讯地图是 GCJ-02，百度地图是 BD-09。存的时候都换成 WGS-84。"),
    )

    def change(self) -> PlaceChange:
        """The change that was typed."""
        return PlaceChange(**{name: self.cleaned_data[name] for name in PlaceForm.base_fields})

    @classmethod
    def of(cls, place: Place) -> PlaceForm:
        """The form as the place stands now; its stored point is WGS-84."""
        fields = ("name", "name_bo", "name_en", "area_centi", "latitude", "longitude")
        return cls(initial={**{name: getattr(place, name) for name in fields}, "source_crs": WGS84})


class AddForm(PlaceForm):
    """A new place under another."""

    level = forms.ChoiceField(label=_("加什么"))
    code = forms.CharField(
        label=_("代码"), max_length=80, required=False, help_text=_("有国家统一代码就填，没有就空着，系统会编一个。")
    )
    field_order = ("level", "name", "code")

    def __init__(self, *args: Any, parent: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent
        levels = tree.children_levels(parent.level) if parent else (tree.DISTRICT,)
        offer(self, "level", choices=[(level, tree.WORDS[level]) for level in levels])

    def draft(self) -> PlaceDraft:
        """The place that was typed."""
        typed = {name: self.cleaned_data[name] for name in ("level", "code", *PlaceForm.base_fields)}
        typed["code"] = typed["code"].strip().upper()
        return PlaceDraft(parent=self.parent, **typed)


class CodeForm(forms.Form):
    """The state's code."""

    code = forms.CharField(label=_("国家统一代码"), max_length=12)


class CoverForm(forms.Form):
    """What a grid is made of."""

    places = forms.MultipleChoiceField(
        label=_("这个网格管哪些地方"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "places", choices=choices)


class TurnForm(forms.Form):
    """From which day."""

    from_on = forms.DateField(label=_("从哪天起"), widget=Day)


class RenameForm(TurnForm):
    """Another name from a day; the former one still finds the place."""

    name = forms.CharField(label=_("新名称"), max_length=NAME_LENGTH)
    name_bo = forms.CharField(label=_("藏文名称"), max_length=OTHER_NAME_LENGTH, required=False)
    name_en = forms.CharField(label=_("英文名称"), max_length=OTHER_NAME_LENGTH, required=False)
    field_order = ("name", "name_bo", "name_en", "from_on")


class MergeForm(TurnForm):
    """Into which other place."""

    target = forms.ChoiceField(label=_("并到哪里"))
    field_order = ("target", "from_on")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "target", choices=choices)


class SplitForm(RenameForm):
    """A new place, and what goes there."""

    parts = forms.MultipleChoiceField(label=_("分出去的地方"), widget=forms.CheckboxSelectMultiple)
    field_order = ("name", "name_bo", "name_en", "parts", "from_on")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parts", choices=choices)


class OutlineForm(forms.Form):
    """A GeoJSON file."""

    file = forms.FileField(label=_("GeoJSON 文件"), widget=forms.FileInput(attrs={"accept": ".geojson,.json"}))
    source_crs = forms.ChoiceField(label=_("文件的坐标系"), choices=CRS_CHOICES, initial=GCJ02)

    def clean_file(self) -> bytes:
        """The file's bytes, 20 MB at most."""
        file = self.cleaned_data["file"]
        if file.size > 20 * 1024 * 1024:
            raise forms.ValidationError(_("文件超过 20 MB。请先在地图软件里简化，再上传。"))
        content: bytes = file.read()
        return content


class ApprovalForm(forms.Form):
    """The map approval number."""

    number = forms.CharField(
        label=_("审图号"), max_length=60, help_text=_("填了审图号，居民也能看到地图范围；没有就只给工作人员看。")
    )
