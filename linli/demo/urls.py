"""Addresses of the demo."""

from django.urls import path

from linli.demo import views

urlpatterns = [
    path("tour/<int:number>/", views.step, name="tour-step"),
    path("tour/later/", views.later, name="tour-later"),
    path("tour/fresh/", views.fresh, name="tour-fresh"),
]
