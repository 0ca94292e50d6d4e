"""The period and grouping that a reader of the figures asks for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.indicators.queries import GROUPS


class PeriodForm(forms.Form):
    """From, to, and how to split."""

    start = forms.DateField(required=False, label=_("从"))
    end = forms.DateField(required=False, label=_("到"))
    by = forms.ChoiceField(required=False, choices=[(group, group) for group in GROUPS])

    def period(self, today: date) -> tuple[date, date]:
        """What was asked for, or the month of yesterday: what falls due today may still come in time."""
        typed: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        end = typed.get("end") or today - timedelta(days=1)
        start = typed.get("start") or end.replace(day=1)
        return min(start, end), max(start, end)

    def group(self) -> str:
        """How to split; by month where nothing was said."""
        return str(self.cleaned_data.get("by") or "month") if self.is_valid() else "month"
