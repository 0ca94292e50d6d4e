"""Pages of those who decide and those who do it."""
