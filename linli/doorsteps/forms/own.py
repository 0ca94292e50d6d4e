"""What a reporter says about an own report: an answer, a rating, a word with an act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.doorsteps.forms.fields import WordsField
from linli.tickets.actions import Answer
from linli.ui.forms import DraftKeyField, Tiles, offer

STARS = [
    ("5", _("5 星\n很满意")),
    ("4", _("4 星\n满意")),
    ("3", _("3 星\n一般")),
    ("2", _("2 星\n不满意")),
    ("1", _("1 星\n很不满意")),
]
AGAIN = (
    _("没解决\n重新办，时间减半"),
    _("没解决\n换人到现场看"),
    _("没解决\n请几方一起评"),
)
"""What follows a "no": the first, the second, the third time (SRQ-061)."""


class AnswerForm(forms.Form):
    """The answer to a question."""

    words = WordsField(label=_("您的回话"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(forms.Form):
    """A word with an act, where one likes."""

    note = WordsField(label=_("想说的话"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class ReviewForm(forms.Form):
    """Why somebody else should look again."""

    note = WordsField(
        label=_("哪里不对？"),
        max_length=1000,
        error_messages={"required": _("请写一句哪里不对，别人才知道看什么。")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class JoinForm(forms.Form):
    """One more voice, counted once."""

    draft_key = DraftKeyField()


class RateForm(forms.Form):
    """Contacted, solved, content (F15); only "solved" must be said."""

    solved = forms.ChoiceField(
        label=_("解决了吗？"),
        widget=Tiles,
        error_messages={"required": _("请选一个：解决了、解决了一部分，还是没解决。")},
    )
    stars = forms.TypedChoiceField(
        label=_("满意吗？"), widget=Tiles, choices=STARS, required=False, coerce=int, empty_value=None
    )
    was_contacted = forms.TypedChoiceField(
        label=_("有人联系过您吗？"),
        widget=Tiles,
        choices=[("yes", _("联系过")), ("no", _("没有"))],
        required=False,
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    words = WordsField(label=_("想说的话"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, unhappy: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "solved",
            choices=[
                ("yes", _("解决了")),
                ("partly", _("解决了一部分")),
                ("no", AGAIN[min(unhappy, len(AGAIN) - 1)]),
            ],
        )

    def answer(self) -> Answer:
        """What the act takes."""
        return Answer(**self.cleaned_data)
