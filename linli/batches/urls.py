"""Addresses of the imports."""

from django.urls import path, re_path

from linli.batches import views

urlpatterns = [
    path("batches/", views.index, name="batches"),
    path("batches/new/<slug:importer>/", views.new, name="batch-new"),
    path("batches/template/<slug:importer>.xlsx", views.template, name="batch-template"),
    re_path(r"^batches/export/(?P<importer>[\w-]+)\.(?P<kind>xlsx|csv)$", views.export, name="batch-export"),
    path("batches/mappings/<slug:importer>/", views.mappings, name="batch-mappings"),
    path("batches/mappings/<slug:importer>/<int:pk>.json", views.mapping, name="batch-mapping"),
    path("batches/mappings/<slug:importer>/<int:pk>/forget/", views.mapping_forget, name="batch-mapping-forget"),
    path("batches/<slug:uid>/", views.detail, name="batch"),
    path("batches/<slug:uid>/columns/", views.columns, name="batch-columns"),
    path("batches/<slug:uid>/confirm/", views.confirm, name="batch-confirm"),
    path("batches/<slug:uid>/cancel/", views.cancel, name="batch-cancel"),
    path("batches/<slug:uid>/retry/", views.retry, name="batch-retry"),
    path("batches/<slug:uid>/refused.xlsx", views.bad, name="batch-bad"),
]
