"""Addresses of campaigns."""

from django.urls import path

from linli.campaigns import views

urlpatterns = [
    path("campaigns/", views.index, name="campaigns"),
    path("campaigns/new/", views.start, name="campaign-start"),
    path("campaigns/tags/<slug:uid>/", views.tag, name="campaign-tag"),
    path("campaigns/<slug:uid>/", views.detail, name="campaign"),
    path("campaigns/<slug:uid>/end/", views.end, name="campaign-end"),
]
