"""The acts that staff's pages offer: the words on the button, its key, its form, and what it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actor import Actor
from linli.desks.actions import hand_out_tickets
from linli.desks.forms import correcting, deciding, releasing, working
from linli.desks.forms.acting import ActForm
from linli.files.actions import cover_boxes
from linli.tickets import actions
from linli.tickets.models import Ticket

Run = Callable[..., Any]


def plain(act: Run) -> Run:
    """An action that takes the actor, the report and what the form yields."""
    return lambda actor, ticket, data: act(actor=actor, ticket=ticket, **data)


def many(act: Run) -> Run:
    """An action whose reports are all in what the form yields."""
    return lambda actor, _ticket, data: act(actor=actor, **data)


def _finish(actor: Actor, ticket: Ticket, data: dict[str, Any]) -> Any:
    proof = actions.Proof(data["words"], data["before"], data["after"])
    return actions.finish_ticket(actor=actor, ticket=ticket, proof=proof)


def _release(actor: Actor, ticket: Ticket, data: dict[str, Any]) -> Any:
    copies = [
        (photo, cover_boxes(actor=actor, file=photo.file, boxes=boxes) if boxes else photo.file)
        for photo, boxes in data["photos"]
    ]
    return actions.release_ticket(actor=actor, ticket=ticket, **{**data, "photos": copies})


@dataclass(frozen=True, slots=True)
class Act:
    """One act. ``goes_on`` says that the report has left one's hands afterwards, and the next one is shown.

    ``asks`` is False where a press is enough: the button itself does it. ``shows_first`` says that something is put
    right: the page first shows what it does to both clocks and who is told.
    """

    name: str
    words: Any
    form: type[ActForm]
    run: Run
    key: str = ""
    goes_on: bool = False
    asks: bool = True
    button: Any = ""
    shows_first: bool = False

    @property
    def submit(self) -> Any:
        """The words on the form's button."""
        return self.button or self.words


ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act("accept", _("接下"), deciding.AcceptForm, plain(actions.accept_ticket), "a"),
        Act("dispatch", _("交办"), deciding.DispatchForm, many(hand_out_tickets), "d", goes_on=True),
        Act(
            "merge", _("并单"), deciding.MergeForm, many(actions.merge_tickets), "m", goes_on=True, button=_("并到一起")
        ),
        Act("ask", _("问一句"), deciding.AskForm, plain(actions.ask_reporter), "q", goes_on=True, button=_("发给对方")),
        Act("send_to_meeting", _("上会"), deciding.MeetingForm, plain(actions.send_to_meeting), "b", goes_on=True),
        Act("refuse", _("不受理"), deciding.RefuseForm, plain(actions.refuse_ticket), "x", goes_on=True),
        Act("transfer", _("转部门"), deciding.TransferForm, plain(actions.transfer_ticket), "t", goes_on=True),
        Act("decide_return", _("定退单"), deciding.DecideReturnForm, plain(actions.decide_return), "r"),
        Act(
            "reclassify", _("改类别"), deciding.ReclassifyForm, plain(actions.reclassify_ticket), "e", shows_first=True
        ),
        Act("override", _("改大小事"), deciding.OverrideForm, plain(actions.override_size), "s", shows_first=True),
        Act("relocate", _("改地点"), correcting.RelocateForm, plain(actions.relocate_ticket), shows_first=True),
        Act("redirect", _("派错了，换一家"), correcting.RedirectForm, plain(actions.redirect_ticket), shows_first=True),
        Act("reinstate", _("结错了，接着办"), working.WhyForm, plain(actions.reinstate_ticket), shows_first=True),
        Act("split", _("分成几件"), deciding.SplitForm, plain(actions.split_ticket)),
        Act("hand_up", _("报上一级"), deciding.HandUpForm, plain(actions.hand_up_ticket), "u", goes_on=True),
        Act("pause", _("先停一停"), deciding.PauseForm, plain(actions.pause_ticket), "p"),
        Act("resume", _("接着办"), working.ResumeForm, plain(actions.resume_ticket)),
        Act("extend", _("延期"), deciding.ExtendForm, plain(actions.extend_ticket)),
        Act("release", _("公开文字照片"), releasing.ReleaseForm, _release),
        Act("note", _("记一笔"), working.NoteForm, plain(actions.note_ticket), "n"),
        Act("promise", _("答应的事"), working.PromiseForm, plain(actions.promise_ticket)),
        Act("contact", _("联系过了"), working.ContactForm, plain(actions.contact_reporter), "c"),
        Act("answer", _("代记回话"), working.AnswerForm, plain(actions.answer_question)),
        Act("record_answer", _("代单位记回话"), working.BodyAnswerForm, plain(actions.record_answer)),
        Act("urge", _("代催一次"), working.MayWhyForm, plain(actions.urge_ticket)),
        Act("call_back", _("回过电话了"), working.CallBackForm, plain(actions.call_back_reporter)),
        Act("unmerge", _("并错了，分开办"), working.MayWhyForm, plain(actions.unmerge_ticket), shows_first=True),
        Act("bring_back", _("议事会定了"), deciding.BringBackForm, plain(actions.bring_back)),
        Act("explain", _("办不到，说明原因"), working.ExplainForm, plain(actions.explain_ticket), goes_on=True),
        Act("reopen", _("又坏了，接着办"), working.WhyForm, plain(actions.reopen_ticket)),
        Act("review", _("定下来"), deciding.ReviewForm, plain(actions.decide_review), goes_on=True),
        Act("claim", _("我来办"), working.PlainForm, plain(actions.claim_ticket), asks=False),
        Act("take", _("签收"), working.PlainForm, plain(actions.take_ticket), asks=False),
        Act("finish", _("办好了"), working.FinishForm, _finish, goes_on=True),
        Act(
            "return", _("不归我们办"), working.ReturnForm, plain(actions.return_ticket), goes_on=True,
            button=_("退回社区"),
        ),
        Act("photos", _("加照片"), working.PhotosForm, plain(actions.add_photos)),
        Act("add_cost", _("记花费"), working.CostForm, plain(actions.add_cost)),
        Act("step_aside", _("我要回避"), working.WhyForm, plain(actions.step_aside), goes_on=True),
        Act("check", _("核对过，好了"), working.MayWhyForm, plain(actions.check_ticket), goes_on=True, asks=False),
        Act("fail_check", _("还没好"), working.WhyForm, plain(actions.fail_check), goes_on=True),
        Act("follow_up", _("电话回访"), working.FollowUpForm, plain(actions.follow_up_rating), goes_on=True),
    )
}  # fmt: skip

AT_DESK = (
    "dispatch", "decide_return", "review", "call_back", "check", "follow_up", "resume", "bring_back", "merge",
    "ask", "send_to_meeting", "refuse", "fail_check", "accept", "answer", "unmerge", "reopen", "transfer",
    "reinstate", "redirect", "reclassify", "relocate", "override", "split", "hand_up", "pause", "extend",
    "explain", "record_answer", "urge", "contact", "promise", "release", "note",
)  # fmt: skip
"""What the desk's page offers, in its order: the first that is open is the filled button."""
AT_WORK = (
    "claim", "take", "finish", "check", "fail_check", "follow_up", "contact", "photos", "add_cost", "ask", "note",
    "promise", "return", "hand_up", "step_aside",
)  # fmt: skip
"""What the page of those who do it offers, in its order."""
FIRST = 4
"""How many quiet buttons stand beside the filled one; the rest is under 更多."""
