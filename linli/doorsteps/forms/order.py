"""Ordering an errand (点单, B.3.10): which, where to, whom to ring."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.doorsteps.forms.fields import WordsField
from linli.doorsteps.forms.report import TOO_LONG
from linli.tickets.rules.guard import LONGEST, findings_in
from linli.ui.forms import DraftKeyField, Tiles, offer


class OrderForm(forms.Form):
    """An item of the list with its price, and how the helper finds the way."""

    draft_key = DraftKeyField()
    order_code = forms.ChoiceField(label=_("要帮什么忙？"), widget=Tiles, error_messages={"required": _("请选一样。")})
    where = WordsField(label=_("几楼几号，怎么找到您"), max_length=200)
    reporter_phone = WordsField(
        label=_("电话"),
        max_length=40,
        help_text=_("上门前会先打这个电话。只有来帮忙的人看得到，看过都有记录。"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "class": "short"}),
    )
    reporter_name = WordsField(label=_("怎么称呼您"), required=False, max_length=60)
    words = WordsField(
        label=_("什么时候方便，还有什么要说"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": None}),
    )
    is_guard_seen = forms.BooleanField(required=False)

    def __init__(self, *args: Any, items: list[tuple[str, str]], is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "order_code", choices=items)
        if is_known:
            del self.fields["reporter_phone"], self.fields["reporter_name"]

    @property
    def has_findings(self) -> bool:
        """Whether the words hold numbers that look like a person's (PRV-038)."""
        return bool(self.is_bound and findings_in(str(self["words"].value() or "")))
