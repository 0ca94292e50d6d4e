"""Addresses of facilities."""

from django.urls import path

from linli.facilities import views

urlpatterns = [
    path("facilities/", views.index, name="facilities"),
    path("facilities/in/<slug:uid>/add/", views.add, name="facility-add"),
    path("facilities/<slug:uid>/", views.detail, name="facility"),
    path("facilities/<slug:uid>/change/", views.change, name="facility-change"),
    path("facilities/<slug:uid>/stop/", views.stop, name="facility-stop"),
    path("facilities/<slug:uid>/restart/", views.restart, name="facility-restart"),
    path("facilities/<slug:uid>/inspect/", views.inspect, name="facility-inspect"),
]
