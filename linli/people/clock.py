"""What time brings: who left is wiped, consents lapse, what nobody needs is let go."""

from __future__ import annotations

import logging
from datetime import datetime

from linli.core.actor import system
from linli.core.errors import LinliError
from linli.people.actions import expire_consents, purge_person
from linli.people.held import HELD
from linli.people.queries import persons_to_purge

log = logging.getLogger(__name__)


def purge_people(at: datetime) -> int:
    """Wipe who asked to be erased, within thirty days (PRV-035). One bad row does not stop the others."""
    done = 0
    for person in persons_to_purge(at)[:20]:
        try:
            purge_person(actor=system(at), person=person)
            done += 1
        except LinliError:
            log.warning("person %s could not be purged now; the next round tries again", person.uid)
    return done


def lapse_consents(at: datetime) -> int:
    """Consents end after their twelve months (B.7.5)."""
    return expire_consents(actor=system(at))


def retain(at: datetime) -> int:
    """Each module lets go of what it has kept long enough (PRV-030)."""
    return sum(holding.retain(at) for holding in HELD)


CLOCK = (purge_people, lapse_consents, retain)
