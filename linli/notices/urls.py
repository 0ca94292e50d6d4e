"""Addresses of `notices`."""

from django.urls import path

from linli.notices import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="inbox-read"),
    path("inbox/undelivered/", views.undelivered, name="inbox-undelivered"),
    path("inbox/<str:uid>/", views.read, name="notice-read"),
]
