"""Fields that take whatever a hand, a weak line or an attacker sends, and yield clean text."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.tickets.rules.guard import clean_words


class WordsField(forms.CharField):
    """Text without control characters, turned-round writing and halves of characters."""

    def to_python(self, value: Any) -> str:
        """What was typed, cleaned before it is judged."""
        return clean_words(str(super().to_python(value) or ""))
