"""Putting right to whom a report went, and where it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.core.errors import NotFound
from linli.desks.forms.acting import ActForm, words_field
from linli.desks.forms.deciding import DispatchForm
from linli.places.queries import children_of, label_of, place_by_tag
from linli.ui.forms import offer


class RedirectForm(DispatchForm):
    """To whom it should have gone, and why the first was wrong (SRQ-033)."""

    note = words_field(_("为什么派错了"), rows=2)

    def prepare(self) -> None:
        """The bodies of the place but the one that has it."""
        super().prepare()
        holder = self.ticket.matter.holder_body
        choices = self.fields["body"].choices  # type: ignore[attr-defined]
        offer(self, "body", choices=[choice for choice in choices if holder is None or choice[0] != holder.uid])
        self.fields["body"].initial = None

    def kwargs(self) -> dict[str, Any]:
        """One sending."""
        return {"sending": super().kwargs()["sending"]}


class RelocateForm(ActForm):
    """Where it really is: the six characters at the door, or one of the compound's places."""

    place = forms.ChoiceField(label=_("应该在哪里"), required=False)
    code = forms.CharField(label=_("或者写门口的六个字"), required=False, max_length=20)
    note = words_field(_("为什么改"), rows=2)

    def prepare(self) -> None:
        """The compound and what lies right under it."""
        compound = self.ticket.matter.compound
        near = [compound, *children_of(compound).exclude(level__in=("home", "grid"))] if compound else []
        self.near = {place.uid: place for place in near if place.pk != self.ticket.matter.place_id}
        choices = [("", _("请选")), *((uid, label_of(place)) for uid, place in self.near.items())]
        offer(self, "place", choices=choices)

    def clean(self) -> dict[str, Any]:
        """One place."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            self.found = place_by_tag(data["code"]) if data.get("code") else self.near.get(data.get("place") or "")
        except NotFound:
            self.found = None
        if self.found is None:
            self.add_error("place", _("请选一个地方，或写对门口的六个字。"))
        return data

    def kwargs(self) -> dict[str, Any]:
        """The place and the reason."""
        return {"place": self.found, "note": self.cleaned_data["note"]}
