"""What is typed into a grid's lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.people.models import Body
from linli.ui.forms import offer


class DutyForm(forms.Form):
    """A duty."""

    words = forms.CharField(label=_("做什么"), max_length=200)
    often = forms.CharField(label=_("多久一次"), max_length=40, required=False, help_text=_("例如：每周、下雪后。"))


class AssistForm(DutyForm):
    """Help for a department."""

    body = forms.ChoiceField(label=_("协助哪个部门"))

    def __init__(self, data: Any = None, *, bodies: Iterable[Body]) -> None:
        super().__init__(data)
        self.bodies = {body.uid: body for body in bodies}
        offer(self, "body", choices=[(uid, body.name) for uid, body in self.bodies.items()])

    def clean_body(self) -> Body:
        """The body chosen."""
        return self.bodies[self.cleaned_data["body"]]
