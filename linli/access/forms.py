"""What people type at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.people.rules import TIE_KINDS
from linli.ui.forms import Tiles


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


def _pin(label: Any, help_text: Any = "", *, is_new: bool = False) -> forms.CharField:
    """Six figures; a new PIN is shown while it is chosen, so that it is typed right at once."""
    attrs = {"autocomplete": "off", "inputmode": "numeric", "class": "short", "maxlength": 12}
    widget = forms.TextInput(attrs=attrs) if is_new else forms.PasswordInput(attrs=attrs)
    return forms.CharField(label=label, max_length=12, widget=widget, help_text=help_text)


PIN_RULE = _("六位数字，自己记得住、别人猜不到。下次在这部手机上就用它进来。")


class JoinForm(forms.Form):
    """A household's slip: who one is in that home, and a PIN for this telephone."""

    code = _code(_("入户单上的八位数字"))
    kind = forms.ChoiceField(label=_("您在这一户是"), choices=tuple(TIE_KINDS.items()), widget=Tiles)
    name = forms.CharField(
        label=_("怎么称呼您"), max_length=60, help_text=_("平时怎么叫就怎么写，“张阿姨”也行。不用写证件号。")
    )
    pin = _pin(_("给这部手机定一个 PIN"), PIN_RULE, is_new=True)

    def __init__(self, data: Any = None, *, is_known: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        if is_known:
            del self.fields["name"], self.fields["pin"]


class BindForm(forms.Form):
    """An invitation's code, and a PIN for this telephone."""

    code = _code(_("邀请码"), inputmode="text", help_text=_("邀请单上的八位字母和数字，大小写都行。"))
    pin = _pin(_("给这部手机定一个 PIN"), PIN_RULE, is_new=True)


class PinForm(forms.Form):
    """The PIN of this device."""

    pin = _pin(_("六位 PIN"))


class NewPinForm(forms.Form):
    """One's own PIN at an office's PC."""

    pin = _pin(_("新的 PIN"), _("六位数字。只在这台电脑上有用，只开您自己的登录。"), is_new=True)


class ProveForm(forms.Form):
    """The passphrase once more."""

    passphrase = _secret(_("密码"), "current-password")
