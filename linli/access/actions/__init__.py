"""The only place that opens and closes doors."""

from linli.access.actions._doors import Opened
from linli.access.actions.accounts import (
    close_account,
    create_administrator,
    give_slip,
    mark_demo,
    open_account,
    recover_account,
    set_passphrase,
    skip_demo_days,
    start_account,
)
from linli.access.actions.codes import send_code, sign_in_by_code
from linli.access.actions.devices import (
    bind_office,
    end_device,
    enter_by_pin,
    lock_session,
    prove_again,
    set_pin,
    unlock_session,
)
from linli.access.actions.forgetting import forget_old_doors, wipe_account
from linli.access.actions.opening import Opening, give_opening_code, open_installation
from linli.access.actions.second import confirm_second_factor, offer_second_factor, pass_second_factor, renew_recovery
from linli.access.actions.sessions import (
    end_session,
    end_sessions,
    sign_in,
    sign_out,
    touch_session,
    wear_hat,
    wear_role,
)
from linli.access.actions.slips import (
    Newcomer,
    bind_phone,
    forget_home_slips,
    invite_person,
    join_home,
    print_slips,
)
from linli.access.actions.tries import note_wrong_code

__all__ = [
    "Newcomer",
    "Opened",
    "Opening",
    "bind_office",
    "bind_phone",
    "close_account",
    "confirm_second_factor",
    "create_administrator",
    "end_device",
    "end_session",
    "end_sessions",
    "enter_by_pin",
    "forget_home_slips",
    "forget_old_doors",
    "give_opening_code",
    "give_slip",
    "invite_person",
    "join_home",
    "lock_session",
    "mark_demo",
    "note_wrong_code",
    "offer_second_factor",
    "open_account",
    "open_installation",
    "pass_second_factor",
    "print_slips",
    "prove_again",
    "recover_account",
    "renew_recovery",
    "send_code",
    "set_passphrase",
    "set_pin",
    "sign_in",
    "sign_in_by_code",
    "sign_out",
    "skip_demo_days",
    "start_account",
    "touch_session",
    "unlock_session",
    "wear_hat",
    "wear_role",
    "wipe_account",
]
