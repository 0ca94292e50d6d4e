"""Addresses of `files`."""

from django.urls import path

from linli.files import views

urlpatterns = [path("files/<str:token>/", views.show, name="file-show")]
