"""Linli's own settings, with the baseline installed beside it."""

from linli.config.settings import *  # noqa: F403
from linli.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.baseline"]
ROOT_URLCONF = "benchmarks.urls"
