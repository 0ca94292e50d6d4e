"""The desk's decisions as forms."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.core.errors import NotFound
from linli.desks.forms.acting import ActForm, LastDayField, Lines, body_choices, reasons_field, words_field
from linli.desks.queries import bodies_near, nears_of
from linli.tickets.actions import Part, Sending
from linli.tickets.models import Ticket
from linli.tickets.queries import ticket_of, tickets_visible_to
from linli.tickets.rules.sizes import Facts
from linli.tickets.rules.times import NEED_INFO
from linli.tickets.states import SIZE_WORDS
from linli.ui.forms import ManyTiles, Stepper, Tiles, offer

POOL = "pool"
HANDS = (
    ("property_staff", _("物业师傅")),
    ("grid_worker", _("网格员")),
    ("captain", _("楼栋长")),
    ("volunteers", _("志愿者")),
    ("others", _("要请别人")),
)


class AcceptForm(ActForm):
    """What the desk knows of how big it is (SRQ-020, SRQ-021)."""

    replies_for = ("accept",)
    hands = forms.ChoiceField(label=_("谁办得了"), choices=HANDS, widget=Tiles, initial="property_staff")
    cost_yuan = forms.IntegerField(label=_("大约花多少元"), min_value=0, initial=0, widget=Stepper(attrs={"step": 50}))
    households = forms.IntegerField(label=_("牵涉几户"), min_value=1, initial=1, widget=Stepper)
    traits = forms.MultipleChoiceField(
        label=_("有没有这些情况"),
        required=False,
        widget=ManyTiles,
        choices=[
            ("needs_decision", _("要业主或居民先定")),
            ("needs_common_money", _("要动公共的钱、地方或规矩")),
            ("is_opposed", _("有人不同意")),
            ("interests_conflict", _("几家想法不一样")),
            ("needs_power", _("要执法、发证的部门")),
        ],
    )
    note = words_field(_("告诉反映的人"), is_needed=False)

    def kwargs(self) -> dict[str, Any]:
        """The facts by which the size is judged."""
        data = self.cleaned_data
        facts = Facts(
            hands=data["hands"],
            cost_yuan=data["cost_yuan"],
            households=data["households"],
            voices=self.ticket.matter.voices,
            failures=self.ticket.reworks,
            **dict.fromkeys(data["traits"], True),
        )
        return {"facts": facts, "note": data["note"]}


class DispatchForm(ActForm):
    """To whom it goes, who helps, and the last day where a law sets it."""

    replies_for = ("dispatch",)
    body = forms.ChoiceField(label=_("交给谁"), widget=Lines)
    helpers = forms.MultipleChoiceField(label=_("请谁帮忙"), required=False, widget=ManyTiles)
    task = forms.CharField(label=_("帮什么忙"), required=False, max_length=400)
    due_at = LastDayField(label=_("最晚哪一天"), required=False, help_text=_("不填就按章程的期限算。"))
    note = words_field(_("交代一句"), is_needed=False)

    def prepare(self) -> None:
        """The bodies of the place, those whose duty it is first."""
        fit, near = bodies_near(self.ticket, self.charter)
        self.bodies = {body.uid: body for body in (*fit, *near)}
        choices = body_choices(self.bodies.values())
        if self.ticket.matter.class_code == "S":
            choices.append((POOL, str(_("小事池\n楼栋长和网格员谁有空谁接"))))
        offer(self, "body", choices=choices)
        offer(self, "helpers", choices=body_choices(self.bodies.values()))
        if fit:
            self.fields["body"].initial = fit[0].uid

    def kwargs(self) -> dict[str, Any]:
        """One sending, and the report as the one that is handed out."""
        data = self.cleaned_data
        sending = Sending(
            body=self.bodies.get(data["body"]),
            helpers=[(self.bodies[uid], data["task"]) for uid in data["helpers"]],
            note=data["note"],
            due_at=data["due_at"],
        )
        return {"tickets": [self.ticket], "sending": sending}


class RefuseForm(ActForm):
    """Why it is not the community's to do, and the next step (SRQ-030)."""

    replies_for = ("refuse",)
    reason = reasons_field()
    note = words_field(_("告诉反映的人：为什么，该找谁"))

    def prepare(self) -> None:
        """The charter's reasons."""
        self.choose("reason", "refuse")


class TransferForm(ActForm):
    """Which department."""

    replies_for = ("transfer",)
    to = forms.CharField(label=_("转给哪个部门"), max_length=80)
    note = words_field(_("告诉反映的人"))


class MergeForm(ActForm):
    """Which report it is the same as: one nearby, or a number."""

    master = forms.ChoiceField(label=_("和哪一件是同一件事"), required=False, widget=Lines)
    number = forms.CharField(label=_("或者写编号"), required=False, max_length=24)
    note = words_field(_("记一句"), is_needed=False, rows=2)

    def prepare(self) -> None:
        """What stands open nearby."""
        offer(
            self,
            "master",
            choices=[
                (near.uid, f"{near.title}\n{near.state_words}")
                for near in nears_of(self.ticket, self.actor.now, self.charter)
            ],
        )

    def clean(self) -> dict[str, Any]:
        """The report meant, if the actor may know of it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        typed = data.get("master") or data.get("number", "").strip().upper()
        self.found: Ticket | None = None
        if not typed:
            self.add_error("master", _("请选一件，或写上那件事的编号。"))
            return data
        try:
            self.found = ticket_of(self.actor, typed)
        except NotFound:
            self.found = ticket_by_number(self.actor, typed)
        if self.found is None:
            self.add_error("number", _("没有找到这个编号，请核对一下。"))
        return data

    def kwargs(self) -> dict[str, Any]:
        """The other one leads."""
        return {"master": self.found, "children": [self.ticket], "note": self.cleaned_data["note"]}


def ticket_by_number(actor: Any, number: str) -> Ticket | None:
    """The report of that number, as far as the actor may know of it."""
    return tickets_visible_to(actor).filter(matter__number=number).first()


class AskForm(ActForm):
    """One question to the reporter (SRQ-040)."""

    replies_for = ("pause", "ask")
    typed_in = "words"
    words = words_field(_("问什么"), hint=_("对方回了话就接着办；五个工作日没有回话先收起来。"))


class MeetingForm(ActForm):
    """Why it goes on the table."""

    replies_for = ("table", "send_to_meeting")
    note = words_field(_("告诉反映的人：为什么要大家商量"))


class ReclassifyForm(ActForm):
    """Another category."""

    category_code = forms.ChoiceField(label=_("应该是哪一类"))
    note = words_field(_("为什么改"), rows=2)

    def prepare(self) -> None:
        """The charter's categories under their groups."""
        offer(self, "category_code", choices=grouped_categories(self.charter))
        self.fields["category_code"].initial = self.ticket.matter.category_code


def grouped_categories(charter: Any) -> list[Any]:
    """The charter's categories under their groups, for a select."""
    order = list(charter.groups)
    found = sorted(charter.categories.values(), key=lambda each: order.index(each.group))
    return [
        ("", _("请选")),
        *(
            (str(charter.groups[group]), [(each.code, str(each.words)) for each in some])
            for group, some in groupby(found, key=lambda each: each.group)
        ),
    ]


class SplitForm(ActForm):
    """Up to three parts that others must do."""

    typed_in = "words_1"
    words_1 = words_field(_("分出去的第一件事"), rows=2)
    category_1 = forms.ChoiceField(label=_("它是哪一类"), required=False)
    words_2 = words_field(_("第二件"), is_needed=False, rows=2)
    category_2 = forms.ChoiceField(label=_("它是哪一类"), required=False)
    words_3 = words_field(_("第三件"), is_needed=False, rows=2)
    category_3 = forms.ChoiceField(label=_("它是哪一类"), required=False)

    def prepare(self) -> None:
        """The charter's categories."""
        for number in "123":
            offer(self, f"category_{number}", choices=grouped_categories(self.charter))

    def kwargs(self) -> dict[str, Any]:
        """The parts that were written."""
        data = self.cleaned_data
        parts = [Part(data[f"words_{n}"].strip(), data[f"category_{n}"]) for n in "123" if data[f"words_{n}"].strip()]
        return {"parts": parts}


class OverrideForm(ActForm):
    """Another size than was judged, and why (SRQ-022)."""

    size = forms.ChoiceField(label=_("应该算"), widget=Tiles, choices=list(SIZE_WORDS.items()))
    reason = reasons_field()
    note = words_field(_("写明理由"), rows=2)

    def prepare(self) -> None:
        """The charter's reasons."""
        self.choose("reason", "override")


class HandUpForm(ActForm):
    """To the level above."""

    note = words_field(_("为什么要上一级来办"))


class PauseForm(ActForm):
    """Why and until when it stands still (SRQ-041)."""

    replies_for = ("pause",)
    reason = reasons_field()
    until = LastDayField(label=_("停到哪一天"), help_text=_("到那天自动接着办。加起来最多停六十天。"))
    note = words_field(_("告诉反映的人"))

    def prepare(self) -> None:
        """The charter's reasons; a question to the reporter is an act of its own."""
        self.choose("reason", "pause", without=(NEED_INFO,))


class ExtendForm(ActForm):
    """How much longer, and why."""

    replies_for = ("extend",)
    until = LastDayField(label=_("延到哪一天"))
    reason = reasons_field()
    note = words_field(_("告诉反映的人"))

    def prepare(self) -> None:
        """The charter's reasons."""
        self.choose("reason", "extend")


class DecideReturnForm(ActForm):
    """Whether the unit was right to send it back (SRQ-033)."""

    verdict = forms.ChoiceField(
        label=_("退得对不对"),
        widget=Tiles,
        choices=[("yes", _("退得对\n另外找人办")), ("no", _("还由它办\n定了就不能再退"))],
    )
    note = words_field(_("写一句理由"))

    def kwargs(self) -> dict[str, Any]:
        """Upheld or not."""
        return {"is_upheld": self.cleaned_data["verdict"] == "yes", "note": self.cleaned_data["note"]}


class ReviewForm(ActForm):
    """The verdict of a second look."""

    verdict = forms.ChoiceField(label=_("看下来"), widget=Tiles)
    note = words_field(_("告诉反映的人"))

    def prepare(self) -> None:
        """An answer can only stand where there was one; what was done twice without success is done again."""
        choices = [("overturn", _("这事要办\n重新交办"))]
        if self.ticket.state_before:
            choices.insert(0, ("uphold", _("原来的答复没有错")))
        else:
            choices.insert(0, ("rework", _("还由原来的单位再办\n期限减半")))
        offer(self, "verdict", choices=choices)


class BringBackForm(ActForm):
    """What the meeting agreed and by when."""

    note = words_field(_("议事会怎么定的"))
    due_at = LastDayField(label=_("最晚哪一天办好"))


class LeadForm(ActForm):
    """Which of several reports leads."""

    master = forms.ChoiceField(label=_("以哪一件为主"), widget=Lines)
    note = words_field(_("记一句"), is_needed=False, rows=2)

    def prepare(self) -> None:
        """The oldest first: it has the earliest time."""
        found = sorted(self.tickets, key=lambda ticket: ticket.matter.opened_at)
        offer(
            self,
            "master",
            choices=[(ticket.matter.uid, f"{ticket.matter.title}\n{ticket.matter.number}") for ticket in found],
        )
        if found:
            self.fields["master"].initial = found[0].matter.uid

    def kwargs(self) -> dict[str, Any]:
        """One leads, the others stand with it."""
        chosen = self.cleaned_data["master"]
        master = next(ticket for ticket in self.tickets if ticket.matter.uid == chosen)
        children = [ticket for ticket in self.tickets if ticket is not master]
        return {"master": master, "children": children, "note": self.cleaned_data["note"]}

    def clean(self) -> dict[str, Any]:
        """One alone cannot be put together."""
        if len(self.tickets) < 2:
            self.add_error(None, _("请至少勾上两件。"))
        return super().clean() or self.cleaned_data


class TakeUpForm(ActForm):
    """Several taken up at once."""

    replies_for = ("accept",)
    note = words_field(_("告诉反映的人"), is_needed=False, rows=2)


BULK: dict[str, type[ActForm]] = {
    "dispatch": DispatchForm,
    "accept": TakeUpForm,
    "merge": LeadForm,
    "refuse": RefuseForm,
}
"""What can be done with several reports at once."""
