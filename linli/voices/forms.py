"""A recording as it comes from the browser, or as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.forms import VoiceField


class RecordingForm(forms.Form):
    """Spoken now, or chosen as a file."""

    voice = VoiceField(label=_("现在念"))
    file = forms.FileField(
        label=_("或选一个录音文件"), required=False, widget=forms.FileInput(attrs={"accept": "audio/*"})
    )

    def upload(self) -> Any:
        """What was spoken or chosen, if anything."""
        return self.cleaned_data.get("voice") or self.cleaned_data.get("file")
