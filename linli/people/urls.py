"""Addresses of people and bodies."""

from django.urls import path

from linli.people.views import consents, duty, homes, own, privacy, staff

urlpatterns = [
    path("me/", own.show, name="me"),
    path("me/details/", own.correct, name="me-details"),
    path("me/channels/", own.prefer, name="me-channels"),
    path("me/homes/", homes.homes, name="me-homes"),
    path("ties/<int:number>/end/", homes.end_tie, name="tie-end"),
    path("homes/<slug:uid>/clear/", homes.clear, name="home-clear"),
    path("me/consents/", own.consents, name="me-consents"),
    path("me/consents/<slug:scope>/", own.consent, name="me-consent"),
    path("me/looks/", own.looks, name="me-looks"),
    path("me/data/", own.data, name="me-data"),
    path("me/data.json", own.data_file, name="me-data-file"),
    path("me/leave/", own.leave, name="me-leave"),
    path("privacy/", privacy.notice, name="privacy"),
    path("privacy/processors/", privacy.list_processors, name="processors"),
    path("privacy/processors/new/", privacy.add_processor, name="processor-add"),
    path("privacy/processors/<slug:uid>/end/", privacy.end_processor, name="processor-end"),
    path("privacy/requests/", privacy.list_demands, name="demands"),
    path("privacy/requests/new/", privacy.note_demand, name="demand-note"),
    path("privacy/requests/<slug:uid>/", privacy.show_demand, name="demand"),
    path("privacy/register/", own.register, name="processing-register"),
    path("people/", staff.list_people, name="people"),
    path("people/new/", staff.add, name="person-add"),
    path("people/<slug:uid>/", staff.show, name="person"),
    path("people/<slug:uid>/contact/", staff.show_contact, name="person-contact"),
    path("people/<slug:uid>/details/", staff.correct, name="person-details"),
    path("people/<slug:uid>/consents/", consents.ask_all, name="person-consents"),
    path("people/<slug:uid>/consents/<slug:scope>/", consents.write_down, name="person-consent"),
    path("people/<slug:uid>/appoint/", staff.appoint, name="person-appoint"),
    path("appointments/<slug:uid>/end/", staff.end_appointment, name="appointment-end"),
    path("duty/", duty.roster, name="duty"),
    path("duty/<int:number>/drop/", duty.drop, name="shift-drop"),
    path("bodies/", staff.list_bodies, name="bodies"),
    path("bodies/new/", staff.change_body, name="body-add"),
    path("bodies/<slug:uid>/", staff.change_body, name="body-change"),
]
