"""Addresses of the community's voice."""

from django.urls import path

from linli.voices import views

urlpatterns = [
    path("voices/", views.index, name="voices"),
    path("voices/<slug:uid>/", views.community, name="voices-of"),
    path("voices/<slug:uid>/<slug:sentence>/<slug:tongue>/", views.record, name="voice-record"),
    path("voices/<slug:uid>/<slug:sentence>/<slug:tongue>/remove/", views.remove, name="voice-remove"),
]
