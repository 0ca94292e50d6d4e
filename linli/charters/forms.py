"""What a secretary writes and an administrator uploads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.charters.rules.checking import MAX_BYTES


class TextForm(forms.Form):
    """A text, typed or from a file."""

    text = forms.CharField(
        label=_("内容"), required=False, strip=False, widget=forms.Textarea({"rows": 16, "spellcheck": "false"})
    )
    file = forms.FileField(label=_("选一个文件"), required=False)

    def clean(self) -> dict[str, Any]:
        """The file's words stand in place of what was typed."""
        given = super().clean() or {}
        file = given.get("file")
        if file and file.size > MAX_BYTES:
            self.add_error("file", _("文件太大，最多400 KB。"))
        elif file:
            given["text"] = self._decoded(file.read())
        if not (given.get("text") or "").strip() and not self.errors:
            self.add_error("text", _("请写上内容，或选一个文件。"))
        return given

    def _decoded(self, content: bytes) -> str:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        self.add_error("file", _("这个文件不是文字。请选 .toml 或 .csv 文件。"))
        return ""


class CharterForm(TextForm):
    """A charter to be checked, and then applied."""


class CalendarForm(TextForm):
    """A table of days, for the country or for a region."""

    layer = forms.RegexField(
        r"^[0-9A-Z-]{0,40}$",
        label=_("只用于某个地区"),
        help_text=_("写地区代码的开头几位，例如 54 是西藏，540102 是一个区；全国的不填。"),
        required=False,
    )
