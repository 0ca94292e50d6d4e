"""Addresses of the spine."""

from django.urls import path

from linli.matters.views import handover, thread

urlpatterns = [
    path("matters/<slug:uid>/", thread.detail, name="matter"),
    path("matters/<slug:uid>/follow/", thread.follow, name="matter-follow"),
    path("matters/<slug:uid>/unfollow/", thread.unfollow, name="matter-unfollow"),
    path("people/<slug:uid>/leave/", handover.leave, name="person-leave"),
    path("bodies/<slug:uid>/leave/", handover.leave_body, name="body-leave"),
    path("handovers/<slug:uid>/", handover.show, name="handover"),
    path("day/", thread.day, name="day"),
    path("search/", thread.search, name="search"),
]
