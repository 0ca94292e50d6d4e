"""Addresses of lists."""

from __future__ import annotations

from django.urls import path, re_path

from linli.lists import views

urlpatterns = [
    path("exports/", views.index, name="exports"),
    re_path(r"^exports/reports\.(?P<kind>xlsx|csv)$", views.sheet, name="exports-sheet"),
    path("exports/ask/", views.ask, name="export-ask"),
    path("exports/<str:uid>/", views.detail, name="export-request"),
    path("exports/<str:uid>/approve/", views.approve, name="export-approve"),
    path("exports/<str:uid>/refuse/", views.refuse, name="export-refuse"),
    path("exports/<str:uid>/take/", views.take, name="export-take"),
]
