"""One's own page, the people list, the bodies."""
