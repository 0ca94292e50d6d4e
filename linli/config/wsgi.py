"""The WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
application = get_wsgi_application()

from linli.config.navigation import Installation  # noqa: E402  the apps are there only now

Installation.read()


def keep_what_is_loaded() -> None:
    """Take what is loaded by now out of the collector's rounds, which would stop all threads for 0.1 s each time."""
    get_resolver().url_patterns  # noqa: B018 - loads the pages
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


keep_what_is_loaded()
