"""Who may read the audit, and who may seal it."""

from __future__ import annotations

from linli.core.actor import Actor

READERS = ("administrator", "auditor")


def may_read_audit(actor: Actor) -> bool:
    """Administrators and auditors, each for their own places (B.11.4: the audit is apart from running the system)."""
    return actor.holds(*READERS)


def may_seal(actor: Actor) -> bool:
    """The clock, and whoever may read the audit everywhere."""
    return actor.is_system or any(grant.level == "everywhere" for grant in actor.grants_of(READERS))
