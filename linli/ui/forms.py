"""How form fields are drawn: label, hint, the error beside the field, large targets. And the fields of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import DjangoTemplates
from django.template import loader
from django.utils.translation import gettext_lazy as _

from linli.core.errors import BadInput
from linli.core.numbers import random_code


class Renderer(DjangoTemplates):
    """Django's own widgets, and our field and form around them."""

    field_template_name = "ui/field.html"
    form_template_name = "ui/form.html"

    def get_template(self, template_name: str) -> Any:
        """Ours come from the project's engine (with its words and components), the rest from Django's."""
        if template_name.startswith("django/"):
            return super().get_template(template_name)
        return loader.get_template(template_name)


FAULTS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("这里要填一下。")},
    forms.ChoiceField: {"invalid_choice": _("请从列出的里面选一个。")},
    forms.MultipleChoiceField: {"invalid_choice": _("请从列出的里面选一个。")},
    forms.DateField: {"invalid": _("日期请写成 2026-11-21 这样。")},
    forms.IntegerField: {"invalid": _("请填一个整数。")},
    forms.DecimalField: {"invalid": _("请填一个数。")},
    forms.FileField: {
        "invalid": _("文件没有传上来，请再选一次。"),
        "missing": _("文件没有传上来，请再选一次。"),
        "empty": _("文件是空的，请换一个。"),
    },
}
"""What the everyday fields say when something is wrong, in plain words that our catalogues translate."""


def speak_plainly() -> None:
    """Give Django's fields our words."""
    for field, words in FAULTS.items():
        field.default_error_messages = {**field.default_error_messages, **words}


speak_plainly()


class Tiles(forms.RadioSelect):
    """One of a few, each a tile to press. A label of two lines shows its second one small."""

    template_name = "ui/widgets/tiles.html"


class ManyTiles(forms.CheckboxSelectMultiple):
    """Some of a few, each a tile to press."""

    template_name = "ui/widgets/tiles.html"


class Stepper(forms.NumberInput):
    """A small number with a minus and a plus beside it."""

    template_name = "ui/widgets/stepper.html"


class Day(forms.DateInput):
    """A day, by the device's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Photos(forms.FileInput):
    """Up to nine pictures, from the camera or the album; a plain file field without JavaScript."""

    allow_multiple_selected = True
    template_name = "ui/widgets/photos.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        """All the files sent under this name."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else list(files.get(name, []))


class Voice(forms.FileInput):
    """A spoken minute. It needs the recorder, so the field stays hidden without JavaScript."""

    template_name = "ui/widgets/voice.html"
    needs_script = True


class PhotosField(forms.Field):
    """Yields a list of uploads. What is inside them is for the module that stores them to judge."""

    widget = Photos
    default_error_messages = {
        "many": _("最多 %(most)s 张，您选了 %(count)s 张。请去掉几张。"),
        "big": _("“%(name)s”太大了，每张最多 %(megabytes)s MB。"),
        "required": _("请至少拍一张照片。"),
    }

    def __init__(self, *, most: int = 9, megabytes: int = 10, **kwargs: Any) -> None:
        self.most, self.megabytes = most, megabytes
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """How many the page lets one choose."""
        return {"data-most": self.most}

    def clean(self, value: list[UploadedFile]) -> list[UploadedFile]:
        """The uploads that are not empty, or why they cannot be taken."""
        photos = [photo for photo in value or [] if photo.size]
        if self.required and not photos:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(photos) > self.most:
            words = {"most": self.most, "count": len(photos)}
            raise forms.ValidationError(self.error_messages["many"], code="many", params=words)
        for photo in photos:
            if (photo.size or 0) > self.megabytes * 1024 * 1024:
                named = {"name": photo.name, "megabytes": self.megabytes}
                raise forms.ValidationError(self.error_messages["big"], code="big", params=named)
        return photos


class VoiceField(forms.FileField):
    """A recording, not required."""

    widget = Voice

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label=kwargs.pop("label", _("说一段话")), **kwargs)


class DraftKeyField(forms.CharField):
    """The key that makes a form count once, however often a weak line sends it. Put it in ``<form data-draft>``."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=_new_key, min_length=12, max_length=32, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """By this mark the script knows the key."""
        return {**super().widget_attrs(widget), "data-draft-key": ""}


def _new_key() -> str:
    return random_code(16)


def offer(form: forms.BaseForm, *names: str, choices: Iterable[Any] | Callable[[], Iterable[Any]]) -> None:
    """Let these fields of a form offer ``choices``, which only the request knows."""
    for name in names:
        field = form.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        field.choices = choices


def put_refusal(form: forms.BaseForm, refusal: BadInput) -> None:
    """Show an action's `BadInput` beside the fields that it names, and the rest above the form."""
    for name, found in refusal.fields.items():
        form.add_error(name if name in form.fields else None, forms.ValidationError([str(words) for words in found]))
    if not refusal.fields:
        form.add_error(None, str(refusal.words))


class SampleForm(forms.Form):
    """One field of each kind, for the pattern page."""

    draft_key = DraftKeyField()
    words = forms.CharField(
        label=_("说说怎么了"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一句话就行。")
    )
    photos = PhotosField(label=_("照片"), required=False)
    voice = VoiceField()
    choice = forms.ChoiceField(
        label=_("哪一类"), widget=Tiles, choices=[("a", _("灯")), ("b", _("水")), ("c", _("别的"))]
    )
    some = forms.MultipleChoiceField(
        label=_("可以选几样"), widget=ManyTiles, required=False, choices=[("a", _("灯")), ("b", _("水"))]
    )
    plain = forms.ChoiceField(
        label=_("急不急"), widget=forms.RadioSelect, required=False, choices=[("y", _("急")), ("n", _("不急"))]
    )
    where = forms.ChoiceField(label=_("在哪里"), choices=[("", _("请选")), ("s", _("南院"))])
    phone = forms.CharField(
        label=_("电话"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "short"}),
    )
    day = forms.DateField(label=_("哪一天"), widget=Day, required=False)
    count = forms.IntegerField(label=_("几个人"), widget=Stepper(attrs={"min": 0, "max": 99}), initial=2)
    file = forms.FileField(label=_("表格"), required=False)
    agree = forms.BooleanField(label=_("可以给邻居看"), required=False)
