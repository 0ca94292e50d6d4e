"""The announcement of the spine: a matter was opened, moved or told about.

Sent inside the transaction after the entry, with ``matter``, ``entry`` and ``actor``. Receivers call one act of
their own module, idempotent by (``matter.uid``, ``entry.uid``).
"""

from django.dispatch import Signal

matter_moved = Signal()

body_left = Signal()
"""``actor``, ``body``, ``successor``: a body left, and what it had in hand is another's from now on."""
