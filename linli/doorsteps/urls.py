"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from linli.doorsteps.views import finding, mine, order, own, report

resident_urls = [
    path("p/", report.choose, name="place-code-typed"),
    path("p/<str:tag>/", report.poster, name="place-poster"),
    path("report/offers/<str:tag>/", report.offers, name="report-offers"),
    path("report/", report.choose, name="report"),
    path("t/<str:uid>/", mine.detail, name="my-ticket"),
    path("t/<str:uid>/receipt/", mine.receipt, name="ticket-receipt"),
    path("t/<str:uid>/slip.pdf", mine.slip, name="ticket-slip"),
    path("t/<str:uid>/answer/", own.answer, name="my-ticket-answer"),
    path("t/<str:uid>/rate/", own.rate, name="my-ticket-rate"),
    path("t/<str:uid>/urge/", own.urge, name="my-ticket-urge"),
    path("t/<str:uid>/reopen/", own.reopen, name="my-ticket-reopen"),
    path("t/<str:uid>/ask-review/", own.ask_review, name="my-ticket-ask-review"),
    path("t/<str:uid>/withdraw/", own.withdraw, name="my-ticket-withdraw"),
    path("t/<str:uid>/join/", own.join, name="my-ticket-join"),
    path("t/<str:uid>/follow/", own.follow, name="my-ticket-follow"),
    path("t/<str:uid>/unfollow/", own.unfollow, name="my-ticket-unfollow"),
    path("order/", order.choose, name="order"),
    path("find/", finding.find, name="find-ticket"),
    path("mine/", finding.mine, name="my-tickets"),
]

urlpatterns = [*resident_urls]
