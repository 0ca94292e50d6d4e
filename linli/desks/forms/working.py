"""What those who do it, check it or ring the reporter write down."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.desks.forms.acting import ActForm, LastDayField, Lines, reasons_field, words_field
from linli.files.forms import KeptPhotosField
from linli.people.models import Body
from linli.people.queries import chain_of
from linli.tickets.actions import Answer
from linli.ui.forms import Tiles, offer


class PlainForm(ActForm):
    """Nothing to write."""


class NoteForm(ActForm):
    """A line for the story."""

    typed_in = "words"
    words = words_field(_("记一笔"))
    is_for_reporter = forms.BooleanField(label=_("反映的人也能看到"), required=False)


class WhyForm(ActForm):
    """A few words that must be."""

    note = words_field(_("写一句"))


class MayWhyForm(ActForm):
    """A few words, or none."""

    note = words_field(_("写一句"), is_needed=False, rows=2)


class ResumeForm(MayWhyForm):
    """Going on."""


class ExplainForm(ActForm):
    """Why it cannot be done: published."""

    replies_for = ("explain",)
    note = words_field(_("为什么办不到（会公开）"), rows=5)


class AnswerForm(ActForm):
    """What the reporter said on the telephone."""

    typed_in = "words"
    words = words_field(_("对方怎么说"))


class BodyAnswerForm(ActForm):
    """What a lift firm, the water works or a department said by telephone, mail or paper."""

    typed_in = "words"
    assignment = forms.ChoiceField(label=_("哪个单位"), widget=Lines)
    answer = forms.ChoiceField(
        label=_("回的是"),
        widget=Tiles,
        choices=[("taken", _("接了，在办")), ("asked", _("有话要问")), ("done", _("办好了"))],
    )
    words = words_field(_("怎么说的，谁说的"), rows=2)

    def prepare(self) -> None:
        """The body that leads, and those that help."""
        running = [one for one in self.ticket.assignments.all() if one.ended_at is None and one.body is not None]
        self.running = {str(one.pk): one for one in running}
        offer(
            self,
            "assignment",
            choices=[
                (key, f"{one.body.name}\n{one.task or (_('协助') if one.is_helper else _('牵头'))}")
                for key, one in self.running.items()
            ],
        )

    def kwargs(self) -> dict[str, Any]:
        """The body's part itself."""
        return {**super().kwargs(), "assignment": self.running[self.cleaned_data["assignment"]]}


class PromiseForm(ActForm):
    """What was promised and by when."""

    typed_in = "words"
    words = words_field(_("答应了什么"), rows=2)
    due_at = LastDayField(label=_("最晚哪一天"))


class ContactForm(ActForm):
    """The reporter was spoken to."""

    note = words_field(_("说了什么"), is_needed=False, rows=2)


class CallBackForm(ActForm):
    """What was said when the supervisor rang."""

    note = words_field(_("怎么说的，对方怎么说"))


class FinishForm(ActForm):
    """What was done, with pictures."""

    replies_for = ("finish",)
    typed_in = "words"
    words = words_field(_("怎么办好的"), rows=2)
    before = KeptPhotosField(label=_("办之前的照片"), required=False)
    after = KeptPhotosField(label=_("办好以后的照片"), required=False)

    def prepare(self) -> None:
        """What counts as done, by the charter."""
        category = self.charter.categories.get(self.ticket.matter.category_code)
        if category and category.finish_test:
            self.fields["words"].help_text = _("怎样才算好：%(test)s") % {"test": category.finish_test}
        if category and category.evidence:
            self.fields["after"].help_text = str(category.evidence)


class BodyField(forms.ModelChoiceField):
    """One body by its name."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Body.objects.none(), to_field_name="uid", **more)

    def label_from_instance(self, obj: Any) -> str:
        """Its name."""
        return str(obj.name)


class ReturnForm(ActForm):
    """Why it is not ours, with grounds (SRQ-033)."""

    reason = reasons_field(_("为什么不归你们办"))
    note = words_field(_("写清依据，该找谁"))
    proposed_body = BodyField(label=_("该由谁办"), required=False, empty_label=_("说不准"))
    proof = KeptPhotosField(label=_("依据的照片"), required=False, help_text=_("合同、责任书或现场，拍下来。"))

    def prepare(self) -> None:
        """The charter's reasons, and the other bodies of the place."""
        self.choose("reason", "return")
        matter = self.ticket.matter
        chain = chain_of(matter.place) if matter.place else []
        others = Body.objects.filter(is_active=True, place_id__in=chain).exclude(pk=matter.holder_body_id)
        self.fields["proposed_body"].queryset = others.order_by("name")  # type: ignore[attr-defined]


class CostForm(ActForm):
    """One part or piece of work."""

    typed_in = "what"
    what = forms.CharField(label=_("配件或人工"), max_length=120)
    quantity = forms.DecimalField(label=_("数量"), initial=1, min_value=Decimal("0.01"), max_digits=8, decimal_places=2)
    amount = forms.DecimalField(label=_("一共多少元"), min_value=0, max_digits=9, decimal_places=2)

    def kwargs(self) -> dict[str, Any]:
        """In 0.01 yuan."""
        data = self.cleaned_data
        return {"what": data["what"], "quantity": data["quantity"], "amount_fen": int(data["amount"] * 100)}


class PhotosForm(ActForm):
    """Pictures from the spot."""

    kind = forms.ChoiceField(
        label=_("拍的是"),
        widget=Tiles,
        initial="before",
        choices=[("before", _("办之前")), ("after", _("办好以后")), ("proof", _("依据"))],
    )
    uploads = KeptPhotosField(label=_("照片"))


class FollowUpForm(ActForm):
    """What the reporter answers on the telephone (SRQ-060)."""

    typed_in = "words"
    solved = forms.ChoiceField(
        label=_("解决了没有"),
        widget=Tiles,
        choices=[("yes", _("解决了")), ("partly", _("解决了一部分")), ("no", _("没解决"))],
    )
    stars = forms.ChoiceField(
        label=_("满意吗"),
        required=False,
        widget=Tiles,
        choices=[
            ("5", _("很满意")),
            ("4", _("满意")),
            ("3", _("一般")),
            ("2", _("不满意")),
            ("1", _("很不满意")),
        ],
    )
    was_contacted = forms.ChoiceField(
        label=_("有人和您联系过吗"),
        required=False,
        widget=Tiles,
        choices=[("yes", _("联系过")), ("no", _("没有"))],
    )
    words = words_field(_("原话"), is_needed=False, rows=2)

    def kwargs(self) -> dict[str, Any]:
        """The answer; nobody's silence is an answer."""
        data = self.cleaned_data
        contacted = {"yes": True, "no": False}.get(data["was_contacted"])
        stars = int(data["stars"]) if data["stars"] else None
        return {"answer": Answer(data["solved"], stars, contacted, data["words"])}
