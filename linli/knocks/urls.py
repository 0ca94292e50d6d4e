"""Addresses of what is to be told by a person."""

from django.urls import path

from linli.knocks import views

urlpatterns = [
    path("knocks/", views.index, name="knocks"),
    path("knocks/<slug:uid>/", views.note, name="knock-note"),
]
