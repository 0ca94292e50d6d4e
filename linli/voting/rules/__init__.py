"""Pure decisions of a vote: whose voice a home belongs to, and what the returns add up to. No Django, no clock."""
