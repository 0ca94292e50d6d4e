"""It keeps its word: what happens when things go wrong, and when somebody means harm."""
