"""What `people` announces, done in the same transaction: old rights do not outlive a post."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from linli.access.actions import close_account, end_sessions, forget_home_slips
from linli.people.signals import appointments_changed, home_cleared, person_erased


@receiver(appointments_changed)
def end_old_sessions(sender: Any, actor: Any, person_ids: Any, **_more: Any) -> None:
    """Whose posts changed signs in anew (B.11.4)."""
    end_sessions(actor=actor, person_ids=person_ids)


@receiver(home_cleared)
def spoil_old_slips(sender: Any, actor: Any, home: Any, **_more: Any) -> None:
    """Who comes next inherits no slip of those who moved out."""
    forget_home_slips(actor=actor, home=home)


@receiver(person_erased)
def shut_the_door(sender: Any, actor: Any, person: Any, **_more: Any) -> None:
    """Who was taken out of use cannot come in any more."""
    close_account(actor=actor, person=person)
