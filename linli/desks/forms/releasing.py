"""What everybody may see of a report: words without persons, pictures with boxes over faces and plates (PRV-038)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desks.forms.acting import ActForm, words_field
from linli.files.models import StoredFile
from linli.files.queries import address_of
from linli.files.rules import Box
from linli.tickets.rules.guard import for_everybody

MOST_BOXES = 50


class Boxes(forms.TextInput):
    """The picture with the boxes that were drawn on it; the value is ``left,top,right,bottom;...`` in its pixels."""

    template_name = "desks/boxes.html"

    def __init__(self, file: StoredFile, address: str) -> None:
        super().__init__()
        self.file, self.address = file, address

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the picture."""
        return super().get_context(name, value, attrs) | {"file": self.file, "address": self.address}


class BoxesField(forms.CharField):
    """Yields boxes inside the picture."""

    def __init__(self, file: StoredFile, address: str, **more: Any) -> None:
        super().__init__(required=False, max_length=2000, widget=Boxes(file, address), **more)
        self.file = file

    def clean(self, value: Any) -> Any:
        """Whole boxes within the picture; nonsense is none."""
        boxes: list[Box] = []
        for one in super().clean(value).split(";"):
            figures = one.split(",")
            if len(figures) == 4 and all(figure.lstrip("-").isdecimal() for figure in figures):
                across, down = (sorted(map(int, figures[start::2])) for start in (0, 1))
                wide, high = self.file.width or 0, self.file.height or 0
                boxes.append((max(across[0], 0), max(down[0], 0), min(across[1], wide), min(down[1], high)))
        return [box for box in boxes if box[0] < box[2] and box[1] < box[3]][:MOST_BOXES]


class ReleaseForm(ActForm):
    """Words and pictures that everybody may see, each looked at by a person."""

    typed_in = "words"
    words = words_field(_("公开的文字"), hint=_("去掉名字、电话、门牌这些能认出人的话。"))
    is_answered = forms.BooleanField(
        label=_("看过了：没有名字、电话、门牌"),
        error_messages={"required": _("请看一遍文字，再勾上这一条。")},
    )
    is_guard_seen = forms.BooleanField(label=_("提醒过的话要留着"), required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """The reporter's words without what names somebody, and each picture."""
        self.fields["words"].initial = self.ticket.public_words or for_everybody(self.ticket.words)
        if self.data.get("words"):
            self.fields["is_guard_seen"].widget = forms.CheckboxInput()
        found = [photo for photo in self.ticket.photos.all() if photo.kind != "proof" and photo.file.kind == "image"]
        self.pictures = {str(photo.pk): photo for photo in found}
        for number, (key, photo) in enumerate(self.pictures.items(), 1):
            shown = forms.BooleanField(label=_("公开第 %(n)s 张照片") % {"n": number}, required=False)
            boxes = BoxesField(photo.file, address_of(photo.file, self.actor), label=_("按住拖过人脸和车牌，把它遮住"))
            plain = forms.BooleanField(label=_("看过了：这张没有人脸和车牌"), required=False)
            self.fields |= {f"show_{key}": shown, f"boxes_{key}": boxes, f"plain_{key}": plain}

    def clean(self) -> dict[str, Any]:
        """Each picture that goes out was looked at."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for key in self.pictures:
            if data.get(f"show_{key}") and not (data.get(f"boxes_{key}") or data.get(f"plain_{key}")):
                self.add_error(f"boxes_{key}", _("请把人脸和车牌遮住，或者勾上“没有人脸和车牌”。"))
        return data

    def kwargs(self) -> dict[str, Any]:
        """The words, and each picture with its boxes."""
        data = self.cleaned_data
        shown = [(photo, data[f"boxes_{key}"]) for key, photo in self.pictures.items() if data[f"show_{key}"]]
        return {"words": data["words"], "photos": shown, "is_guard_seen": data["is_guard_seen"]}
