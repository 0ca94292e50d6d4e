"""Addresses of what is printed."""

from django.urls import path

from linli.papers.views import announcements, cards, posters, sheets, slips, trials

urlpatterns = [
    path("posters/", posters.posters, name="posters"),
    path("posters/trial/", trials.trial, name="address-trial"),
    path("try/", trials.tried, name="address-tried"),
    path("posters/<slug:uid>/", posters.place_posters, name="place-posters"),
    path("posters/<slug:uid>/sheets/", posters.poster_sheets, name="poster-sheets"),
    path("posters/<slug:uid>/sheets.pdf", posters.poster_pdf, name="poster-pdf"),
    path("posters/<slug:uid>/run/", posters.begin, name="print-run-begin"),
    path("papers/runs/<slug:uid>/", posters.run, name="print-run"),
    path("papers/slips/<slug:uid>/", slips.home_slips, name="home-slips"),
    path("papers/fixed/<slug:uid>/", cards.fixed_card, name="fixed-card"),
    path("papers/fixed/<slug:uid>/card.pdf", cards.fixed_card_pdf, name="fixed-card-pdf"),
    path("papers/announcements/<slug:uid>/", announcements.announcement_sheet, name="announcement-sheet"),
    path("papers/announcements/<slug:uid>/sheet.pdf", announcements.announcement_pdf, name="announcement-pdf"),
    path("papers/today/", sheets.todays_list, name="todays-list"),
    path("papers/today.pdf", sheets.todays_pdf, name="todays-list-pdf"),
    path("papers/tickets/<slug:uid>/", sheets.ticket_sheet, name="ticket-sheet"),
    path("papers/tickets/<slug:uid>/sheet.pdf", sheets.ticket_pdf, name="ticket-sheet-pdf"),
]
