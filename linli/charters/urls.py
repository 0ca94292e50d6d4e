"""Addresses of charters and of the calendar."""

from __future__ import annotations

from django.urls import path

from linli.charters import views

urlpatterns = [
    path("charters/<str:code>/", views.show_charter, name="charter-detail"),
    path("charters/<str:code>/change/", views.change_charter, name="charter-change"),
    path("charters/<str:code>/<int:number>.toml", views.download_charter, name="charter-text"),
    path("calendar/", views.show_calendar, name="calendar-detail"),
    path("calendar/change/", views.change_days, name="calendar-change"),
]
