"""Linli's addresses and the baseline's."""

from django.urls import include, path

from linli.config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/", include("benchmarks.baseline.urls")),
    path("bench/ours/", include("benchmarks.stand_in")),
    *urlpatterns,
]
