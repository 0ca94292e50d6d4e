"""The front door, the first day, and the machine's own page."""
