"""Addresses of `audit`."""

from django.urls import path

from linli.audit import views

urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("audit/looks/", views.viewers, name="audit-viewers"),
]
