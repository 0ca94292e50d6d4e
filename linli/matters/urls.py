"""Addresses of the spine."""

from django.urls import path

from linli.matters import views

urlpatterns = [
    path("matters/<slug:uid>/", views.detail, name="matter"),
    path("matters/<slug:uid>/follow/", views.follow, name="matter-follow"),
    path("matters/<slug:uid>/unfollow/", views.unfollow, name="matter-unfollow"),
    path("day/", views.day, name="day"),
    path("search/", views.search, name="search"),
]
