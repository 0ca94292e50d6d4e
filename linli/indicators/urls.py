"""Addresses of the figures."""

from django.urls import path

from linli.indicators import views

urlpatterns = [
    path("figures/", views.mine, name="figures"),
    path("figures/<str:code>/", views.of_place, name="figures-of-place"),
    path("figures/<str:code>/<slug:figure>/", views.rows, name="figures-rows"),
]
