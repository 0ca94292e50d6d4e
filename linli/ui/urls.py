"""Addresses of the shelf."""

from __future__ import annotations

from django.urls import path

from linli.ui.views import patterns, switches

urlpatterns = [
    path("language/", switches.switch_language, name="language-switch"),
    path("large/", switches.switch_large, name="large-switch"),
    path("patterns/", patterns.show, name="patterns"),
    path("patterns/print/", patterns.show_print, name="patterns-print"),
    path("patterns/print.pdf", patterns.show_pdf, name="patterns-pdf"),
]
