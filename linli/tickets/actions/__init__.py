"""Everything that writes reports."""

from linli.tickets.actions.alarms import answer_alarm, remind_raters, tell_unopened
from linli.tickets.actions.answering import record_answer
from linli.tickets.actions.calling import call_back_reporter, miss_promises
from linli.tickets.actions.correcting import redirect_ticket, reinstate_ticket, relocate_ticket, take_back_step
from linli.tickets.actions.desk import (
    accept_ticket,
    note_ticket,
    override_size,
    reclassify_ticket,
    refuse_ticket,
    release_ticket,
    split_ticket,
    transfer_ticket,
)
from linli.tickets.actions.drafts import Answer, Draft, Filed, OldTicket, Part, Proof, Sending
from linli.tickets.actions.filing import file_tickets, join_ticket
from linli.tickets.actions.handling import (
    add_cost,
    add_photos,
    check_ticket,
    contact_reporter,
    explain_ticket,
    fail_check,
    finish_ticket,
    promise_ticket,
)
from linli.tickets.actions.importing import Imported, import_tickets
from linli.tickets.actions.merging import merge_tickets, unmerge_ticket
from linli.tickets.actions.rating import (
    ask_review,
    decide_review,
    follow_up_rating,
    rate_ticket,
    reopen_ticket,
    urge_ticket,
    withdraw_ticket,
)
from linli.tickets.actions.sending import (
    change_unit,
    claim_ticket,
    decide_return,
    dispatch_ticket,
    hand_up_ticket,
    return_ticket,
    step_aside,
    take_ticket,
)
from linli.tickets.actions.waiting import (
    answer_question,
    ask_reporter,
    bring_back,
    extend_ticket,
    pause_ticket,
    resume_ticket,
    send_to_meeting,
)

__all__ = [
    "Answer", "Draft", "Filed", "Imported", "OldTicket", "Part", "Proof", "Sending", "accept_ticket", "add_cost",
    "add_photos", "answer_alarm", "answer_question", "ask_reporter", "ask_review", "bring_back",
    "call_back_reporter", "change_unit", "check_ticket", "claim_ticket", "contact_reporter", "decide_return",
    "decide_review", "dispatch_ticket", "explain_ticket", "extend_ticket", "fail_check", "file_tickets",
    "finish_ticket", "follow_up_rating", "hand_up_ticket", "import_tickets", "join_ticket", "merge_tickets",
    "miss_promises", "note_ticket", "override_size", "pause_ticket", "promise_ticket", "rate_ticket",
    "reclassify_ticket", "record_answer", "redirect_ticket", "refuse_ticket", "reinstate_ticket", "release_ticket",
    "relocate_ticket", "remind_raters", "reopen_ticket", "resume_ticket", "return_ticket", "send_to_meeting",
    "split_ticket", "step_aside", "take_back_step", "take_ticket", "tell_unopened", "transfer_ticket",
    "unmerge_ticket", "urge_ticket", "withdraw_ticket",
]  # fmt: skip
