"""The desk's list, a hundred rows at once: the page itself shows twenty-five."""

from __future__ import annotations

from django.shortcuts import render
from django.urls import path

from linli.desks.views import desk


def hundred(request):
    return render(request, "desks/desk.html", desk._listed(request, 100) | {"is_list": True})


urlpatterns = [path("desk/100/", hundred)]
