"""What charters announce. Receivers run inside the transaction and must be quick."""

from django.dispatch import Signal

charter_applied = Signal()
"""A community has a new charter: ``version`` (CharterVersion). Running matters keep theirs."""

calendar_changed = Signal()
"""Days became worked or free: ``change`` (CalendarChange). `queries.calendar_changes_after` tells the same later."""
