"""Number and code of a receipt."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.doorsteps.forms.fields import WordsField

WRONG = _("编号或查询码不对。请照着回执再看一遍；实在找不到，打社区电话，报地点和日子也能查。")


class FindForm(forms.Form):
    """What stands on a receipt."""

    number = WordsField(
        label=_("编号"),
        max_length=40,
        help_text=_("回执最上面那一行，比如 XL2D7K8M-2026-000482-3。"),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )
    code = WordsField(
        label=_("查询码"),
        max_length=20,
        help_text=_("八个字，字母大小写都行。"),
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off", "class": "short"}
        ),
    )

    def refuse(self) -> None:
        """The same words whichever was wrong."""
        self.add_error(None, WRONG)


class PlaceForm(forms.Form):
    """The six characters on a poster."""

    code = WordsField(
        label=_("地点码"),
        max_length=20,
        help_text=_("海报上的六个字，比如 XL2D7K。"),
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off", "class": "short"}
        ),
    )

    def refuse(self) -> None:
        """No such poster."""
        self.add_error("code", _("没有这个地点码。请照着海报再看一遍，或者在下面选地方。"))
