"""The shelf: how every page looks. It knows not one word of the trade."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.conf import locale

locale.LANG_INFO.setdefault("bo", {"bidi": False, "code": "bo", "name": "Tibetan", "name_local": "བོད་ཡིག"})


class UiConfig(AppConfig):
    name = "linli.ui"
    label = "ui"

    def ready(self) -> None:
        """Plain words in every form that is made from now on."""
        import_module("linli.ui.forms")
