"""Addresses of staff's pages."""

from __future__ import annotations

from django.urls import path

from linli.desks.views import acts, bulk, calls, chat, desk, filing, steps, work

urlpatterns = [
    path("tickets/<slug:uid>/", desk.detail, name="ticket-detail"),
    path("desk/", desk.index, name="desk"),
    path("desk/bulk/", bulk.bulk, name="desk-bulk"),
    path("desk/new/", filing.new, name="desk-new"),
    path("desk/chat/", chat.paste, name="desk-chat"),
    path("desk/phone/", calls.phone, name="desk-phone"),
    path("desk/take-back/", steps.take_back, name="desk-take-back"),
    path("desk/overdue/", desk.overdue, name="desk-overdue"),
    path("desk/<slug:uid>/", desk.ticket, name="desk-ticket"),
    path("desk/<slug:uid>/contact/show/", desk.show_contact, name="desk-contact"),
    path("desk/<slug:uid>/<slug:act>/", acts.at_desk, name="desk-act"),
    path("work/", work.index, name="work"),
    path("work/<slug:uid>/", work.ticket, name="work-ticket"),
    path("work/<slug:uid>/contact/show/", desk.show_contact, {"room": "work"}, name="work-contact"),
    path("work/<slug:uid>/<slug:act>/", acts.at_work, name="work-act"),
]
