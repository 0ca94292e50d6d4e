"""The baseline: a form and a row, a list, a page, an update; once as a page for who is signed in, once bare."""

from __future__ import annotations

import json

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from benchmarks.baseline.forms import ItemForm, StateForm
from benchmarks.baseline.models import Item
from linli.core import turn


def _insert(request, person_id):
    form = ItemForm(request.POST)
    if not form.is_valid():
        return None, form
    with turn.turn(), transaction.atomic():
        item = Item.objects.create(**form.cleaned_data, person_id=person_id, opened_at=timezone.now())
    return item, form


def _update(request, pk):
    form = StateForm(request.POST)
    if form.is_valid():
        with turn.turn(), transaction.atomic():
            Item.objects.filter(pk=pk).update(state=form.cleaned_data["state"])
    return form


def create(request):
    item, form = _insert(request, request.actor.person_id) if request.method == "POST" else (None, ItemForm())
    if item:
        return redirect("bench-show", item.pk)
    return render(request, "baseline/form.html", {"form": form})


def listed(request, size):
    return render(request, "baseline/list.html", {"items": Item.objects.order_by("-id")[:size]})


def show(request, pk):
    return render(request, "baseline/show.html", {"item": Item.objects.get(pk=pk)})


def change(request, pk):
    _update(request, pk)
    return redirect("bench-show", pk)


@csrf_exempt
def bare_create(request):
    item, _form = _insert(request, None)
    return HttpResponse(str(item.pk), status=201)


def bare_list(request, size):
    rows = Item.objects.order_by("-id").values_list("pk", "title", "state")[:size]
    return HttpResponse("\n".join(f"{pk} {title} {state}" for pk, title, state in rows))


def bare_show(request, pk):
    return HttpResponse(Item.objects.values_list("words", flat=True).get(pk=pk))


@csrf_exempt
def bare_change(request, pk):
    _update(request, pk)
    return HttpResponse("ok")


def turns(request):
    taken = getattr(turn._lock, "taken", dict)
    return HttpResponse(json.dumps(taken()), content_type="application/json")
