"""What people type at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _secret(label: Any, complete: str, **more: Any) -> forms.CharField:
    """A field for a passphrase: spaces count, nothing is shown."""
    widget = forms.PasswordInput(attrs={"autocomplete": complete})
    return forms.CharField(label=label, max_length=200, strip=False, widget=widget, **more)


def _code(label: Any, **more: Any) -> forms.CharField:
    """A field for a code read from a telephone or paper."""
    attrs = {"autocomplete": "one-time-code", "inputmode": more.pop("inputmode", "numeric"), "class": "short"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attrs), **more)


RULE = _("写一句自己记得住的话，14 个字符以上；或 10 个以上，大写、小写、数字、符号占三样。")


class SignInForm(forms.Form):
    """Login and passphrase."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    passphrase = _secret(_("密码"), "current-password")


class PhoneForm(forms.Form):
    """A mobile number that a code is sent to."""

    phone = forms.CharField(
        label=_("手机号"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "short"}),
    )


class CodeForm(forms.Form):
    """The code that was sent."""

    phone = forms.CharField(max_length=20, widget=forms.HiddenInput)
    code = _code(_("六位验证码"))


class SecondForm(forms.Form):
    """The code of the moment, or a printed one."""

    code = _code(_("动态码"), inputmode="text", help_text=_("手机上的六位数。手机不在身边，就用一个没用过的备用码。"))


class FreshForm(forms.Form):
    """A new passphrase, typed twice."""

    passphrase = _secret(_("新密码"), "new-password", help_text=RULE)
    again = _secret(_("再写一遍"), "new-password")

    def clean(self) -> dict[str, Any]:
        """The two must be the same."""
        typed = super().clean() or {}
        if typed.get("passphrase") != typed.get("again"):
            self.add_error("again", _("两遍不一样，请重写。"))
        return typed


class StartForm(FreshForm):
    """A slip's login and code, and the first passphrase."""

    field_order = ("login", "code", "passphrase", "again")
    login = SignInForm.base_fields["login"]
    code = _code(_("开通码"), inputmode="text", help_text=_("开通单上的八位字母和数字，大小写都行。"))


class ChangeForm(FreshForm):
    """The present passphrase and the new one."""

    field_order = ("current", "passphrase", "again")
    current = _secret(_("现在的密码"), "current-password")


class OpenForm(forms.Form):
    """The login of an account to be opened."""

    login = forms.CharField(
        label=_("登录名"), max_length=40, help_text=_("3 到 40 个小写字母、数字、点或横线。定下后不改。")
    )
