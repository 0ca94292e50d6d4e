"""Addresses of announcements."""

from django.urls import path

from linli.announcements import views

urlpatterns = [
    path("a/<slug:uid>/", views.show, name="announcement"),
    path("announcements/", views.index, name="announcements"),
    path("announcements/new/", views.write, name="announcement-write"),
    path("announcements/<slug:uid>/", views.detail, name="announcement-detail"),
    path("announcements/<slug:uid>/publish/", views.publish, name="announcement-publish"),
    path("announcements/<slug:uid>/prolong/", views.prolong, name="announcement-prolong"),
    path("announcements/<slug:uid>/withdraw/", views.withdraw, name="announcement-withdraw"),
    path("announcements/<slug:uid>/homes/", views.homes, name="announcement-homes"),
]
