"""What `people` announces. Receivers stand or fall with the act."""

from __future__ import annotations

from django.dispatch import Signal

appointments_changed = Signal()
"""``person_ids``: their posts began or ended, so sessions that carry the old rights must end (B.11.4)."""

home_cleared = Signal()
"""``actor``, ``home``: the household moved out; who comes next inherits nothing, no slip either."""

person_erased = Signal()
"""``actor``, ``person``: taken out of use at once; wiped within 30 days."""
