"""Addresses of the figures."""

from django.urls import path

from linli.indicators import views

urlpatterns = [
    path("figures/", views.mine, name="figures"),
    path("figures/<str:code>/", views.of_place, name="figures-of-place"),
    path("figures/<str:code>/month/", views.month_sheet, name="figures-month"),
    path("figures/<str:code>/month.pdf", views.month_pdf, name="figures-month-pdf"),
    path("figures/<str:code>/<slug:figure>/", views.rows, name="figures-rows"),
]
