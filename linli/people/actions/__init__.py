"""The only place that writes persons, bodies, posts, ties and consents."""

from linli.people.actions.badges import end_badge, forget_badge_photos, issue_badge
from linli.people.actions.bodies import BodyDraft, add_bodies, change_body, move_bodies
from linli.people.actions.calls import (
    ApplicationDraft,
    CallDraft,
    apply_for_post,
    appoint_applicant,
    decline_application,
    forget_applications,
    open_call,
)
from linli.people.actions.consents import Answer, ask_consent, expire_consents, give_consent, withdraw_consent
from linli.people.actions.departing import end_posts, retire_body
from linli.people.actions.duty import ShiftDraft, add_shift, drop_shift
from linli.people.actions.leaving import blank_person, erase_person, purge_person, review_people
from linli.people.actions.persons import (
    Preferences,
    add_people,
    correct_person,
    register_neighbour,
    register_person,
    set_preferences,
    show_contact,
)
from linli.people.actions.posts import (
    AppointmentDraft,
    TieDraft,
    add_ties,
    appoint_people,
    clear_home,
    end_appointment,
    end_tie,
)
from linli.people.actions.privacy import (
    DemandDraft,
    ProcessorDraft,
    add_processor,
    agree_demand,
    end_processor,
    forget_demands,
    give_demand,
    note_demand,
    refuse_demand,
    tell_demand,
)
from linli.people.rules import PersonDraft

__all__ = [
    "Answer",
    "ApplicationDraft",
    "AppointmentDraft",
    "BodyDraft",
    "CallDraft",
    "DemandDraft",
    "PersonDraft",
    "Preferences",
    "ProcessorDraft",
    "ShiftDraft",
    "TieDraft",
    "add_bodies",
    "add_people",
    "add_processor",
    "add_shift",
    "add_ties",
    "agree_demand",
    "apply_for_post",
    "appoint_applicant",
    "appoint_people",
    "ask_consent",
    "blank_person",
    "change_body",
    "clear_home",
    "correct_person",
    "decline_application",
    "drop_shift",
    "end_appointment",
    "end_badge",
    "end_posts",
    "end_processor",
    "end_tie",
    "erase_person",
    "expire_consents",
    "forget_applications",
    "forget_badge_photos",
    "forget_demands",
    "give_consent",
    "give_demand",
    "issue_badge",
    "move_bodies",
    "note_demand",
    "open_call",
    "purge_person",
    "refuse_demand",
    "register_neighbour",
    "register_person",
    "retire_body",
    "review_people",
    "set_preferences",
    "show_contact",
    "tell_demand",
    "withdraw_consent",
]
