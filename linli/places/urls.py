"""Addresses of the register of places."""

from django.urls import path

from linli.places.views import register as views
from linli.places.views import turning

urlpatterns = [
    path("places/", views.index, name="places"),
    path("places/add/", views.add, name="place-add-district"),
    path("places/map/", views.atlas, name="places-map"),
    path("places/outlines/", views.outline, name="places-outlines"),
    path("places/<slug:uid>/", views.detail, name="place"),
    path("places/<slug:uid>/add/", views.add, name="place-add"),
    path("places/<slug:uid>/change/", views.change, name="place-change"),
    path("places/<slug:uid>/code/", views.code, name="place-code"),
    path("places/<slug:uid>/close/", views.close, name="place-close"),
    path("places/<slug:uid>/cover/", views.cover, name="place-cover"),
    path("places/<slug:uid>/turn/<slug:kind>/", turning.turn, name="place-turn"),
    path("places/<slug:uid>/turns/<slug:turn_uid>/drop/", turning.drop, name="place-turn-drop"),
    path("places/<slug:uid>/outline/", views.outline, name="place-outline"),
]
