"""Addresses of lists."""

from __future__ import annotations

from django.urls import path, re_path

from linli.lists.views import exports, year

urlpatterns = [
    path("exports/", exports.index, name="exports"),
    re_path(r"^exports/reports\.(?P<kind>xlsx|csv)$", exports.sheet, name="exports-sheet"),
    path("exports/ask/", exports.ask, name="export-ask"),
    path("exports/<str:uid>/", exports.detail, name="export-request"),
    path("exports/<str:uid>/approve/", exports.approve, name="export-approve"),
    path("exports/<str:uid>/refuse/", exports.refuse, name="export-refuse"),
    path("exports/<str:uid>/take/", exports.take, name="export-take"),
    path("last-year/", year.last_year, name="last-year"),
    path("last-year/form.xlsx", year.form_sheet, name="last-year-form"),
    path("last-year/sample.xlsx", year.sample_ledger, name="last-year-sample"),
]
