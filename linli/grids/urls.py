"""Addresses of grids."""

from django.urls import path

from linli.grids import views

urlpatterns = [
    path("grids/", views.index, name="grids"),
    path("grids/<slug:uid>/", views.detail, name="grid"),
    path("grids/<slug:uid>/add/<slug:kind>/", views.add, name="grid-item-add"),
    path("grids/<slug:uid>/end/<slug:item_uid>/", views.end, name="grid-item-end"),
    path("grids/<slug:uid>/sheet/", views.sheet, name="grid-sheet"),
]
