"""What the first person types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.access.actions import Opening
from linli.access.forms import FreshForm, SignInForm, StartForm
from linli.access.rules import clean_login, passphrase_faults
from linli.people.rules import clean_phone


def _name(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=60, help_text=hint)


class OpeningForm(FreshForm):
    """Of which community, who one is, and a passphrase."""

    field_order = ("code", "district", "street", "community", "phone", "name", "login", "passphrase", "again")
    code = forms.CharField(
        label=_("开张码"),
        max_length=20,
        help_text=_("启动邻里的那个窗口里印着，八位字母和数字。"),
        widget=StartForm.base_fields["code"].widget,
    )
    district = _name(_("区或县"), _("比如：城关区"))
    street = _name(_("街道或乡镇"), _("比如：吉日街道"))
    community = _name(_("社区或村"), _("比如：雪莲社区。先开一个，别的以后再加。"))
    phone = forms.CharField(
        label=_("社区电话"), max_length=20, required=False, help_text=_("会印在海报上。还没定就先空着。"),
        widget=forms.TextInput(attrs={"type": "tel", "class": "short"}),
    )  # fmt: skip
    name = _name(_("您的姓名"), _("您先当社区书记和管理员，别的人随后再加。"))
    login = forms.CharField(
        label=_("登录名"), max_length=40, help_text=_("3 到 40 个小写字母、数字、点或横线。定下后不改。"),
        widget=SignInForm.base_fields["login"].widget,
    )  # fmt: skip

    def clean_login(self) -> str:
        """A login as it will be kept."""
        try:
            return clean_login(self.cleaned_data["login"])
        except ValueError:
            raise forms.ValidationError(_("登录名用 3 到 40 个小写字母、数字、点或横线。")) from None

    def clean_phone(self) -> str:
        """A number as bare figures."""
        try:
            return clean_phone(self.cleaned_data["phone"])
        except ValueError:
            raise forms.ValidationError(_("电话号码不对。手机 11 位，座机带区号。")) from None

    def clean(self) -> dict[str, Any]:
        """The passphrase by the same rules as everybody's."""
        typed = super().clean()
        for fault in passphrase_faults(typed.get("passphrase") or "", typed.get("login", ""), typed.get("name", "")):
            self.add_error("passphrase", fault)
        return typed

    def opening(self) -> Opening:
        """What was typed, as the act takes it."""
        typed = self.cleaned_data
        names = {name: typed[name].strip() for name in ("name", "login", "district", "street", "community", "phone")}
        return Opening(office=str(_("%(community)s居委会") % {"community": names["community"]}), **names)
