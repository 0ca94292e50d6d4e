"""What all forms of staff's acts share: standard replies, reasons of the charter's closed lists, days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.charters.rules import Charter
from linli.core.actor import Actor
from linli.core.times import day_of, end_of_day
from linli.files.forms import of_actor
from linli.people.models import Body
from linli.people.rules import BODY_KINDS
from linli.tickets.models import Ticket
from linli.ui.forms import Day, Tiles, offer

WHY = _("为什么")
NO_WORDS = _("请写几个字，让反映的人看得明白。")


class Lines(Tiles):
    """One of several sentences, one under the other."""

    template_name = "desks/lines.html"


class ActForm(forms.Form):
    """A form for one act on one report. ``replies_for`` names the moves whose standard replies it offers."""

    replies_for: ClassVar[tuple[str, ...]] = ()
    typed_in: ClassVar[str] = "note"

    def __init__(
        self, *args: Any, ticket: Ticket, actor: Actor, charter: Charter, tickets: Sequence[Ticket] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.ticket, self.actor, self.charter, self.tickets = ticket, actor, charter, tickets
        of_actor(self, actor)
        self.prepare()
        self._offer_replies()
        self._put_reply()

    def prepare(self) -> None:
        """Fill what depends on the report and its charter."""

    def kwargs(self) -> dict[str, Any]:
        """What the action is called with, besides actor and ticket."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reply"}

    def _offer_replies(self) -> None:
        found = [reply for reply in self.charter.replies if set(reply.moves) & set(self.replies_for)]
        if not found:
            return
        choices = [("", _("自己写")), *((reply.code, str(reply.words)) for reply in found)]
        field = forms.ChoiceField(label=_("套用一句"), required=False, choices=choices)
        field.widget.attrs["data-reply"] = f"id_{self.typed_in}"
        self.fields["reply"] = field
        self.order_fields([*(n for n in self.fields if n not in {"reply", self.typed_in}), "reply", self.typed_in])

    def _put_reply(self) -> None:
        """A standard reply that was chosen stands where nothing else was written."""
        name = self.add_prefix(self.typed_in)
        chosen = next((reply for reply in self.charter.replies if reply.code == self.data.get("reply")), None)
        if self.is_bound and chosen and "reply" in self.fields and not self.data.get(name, "").strip():
            self.data = self.data.copy()
            self.data[name] = chosen.words.say(self.ticket.language)

    def choose(self, name: str, kind: str, *, without: Iterable[str] = ()) -> None:
        """Offer the reasons of one of the charter's lists."""
        offer(
            self,
            name,
            choices=[
                (reason.code, "\n".join(filter(None, (str(reason.words), str(reason.next_step)))))
                for reason in self.charter.reasons.get(kind, ())
                if reason.code not in set(without)
            ],
        )


def words_field(label: Any, *, is_needed: bool = True, hint: Any = "", rows: int = 3) -> forms.CharField:
    """A few lines."""
    return forms.CharField(
        label=label,
        required=is_needed,
        max_length=2000,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": NO_WORDS},
    )


def reasons_field(label: Any = WHY) -> forms.ChoiceField:
    """One reason of a closed list."""
    return forms.ChoiceField(label=label, widget=Lines, error_messages={"required": _("请从列表里选一个理由。")})


class LastDayField(forms.DateField):
    """A day until whose end something is to be done; yields the moment."""

    widget = Day

    def clean(self, value: Any) -> Any:
        """24:00 of that day."""
        day: date | None = super().clean(value)
        return end_of_day(day) if day else None

    def prepare_value(self, value: Any) -> Any:
        """The day of a moment."""
        return day_of(value) if isinstance(value, datetime) else value


def body_choices(bodies: Iterable[Body]) -> list[tuple[str, str]]:
    """Bodies to choose from, by public id."""
    return [(body.uid, f"{body.name}\n{BODY_KINDS.get(body.kind, '')}") for body in bodies]
