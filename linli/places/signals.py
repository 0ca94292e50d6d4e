"""What `places` announces. Receivers stand or fall with the act."""

from __future__ import annotations

from django.dispatch import Signal

place_moved = Signal()
"""``actor``, ``place``, ``columns``: the place and all below it lie elsewhere now, ``columns`` are its ancestors."""
