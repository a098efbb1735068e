"""Addresses of calendars, cards and codes: one for all languages, and for ever, since others hold them."""

from django.urls import path

from events.views import calendars
from events.views.card import card
from events.views.our_list import code

urlpatterns = [
    path("activities/calendar.ics", calendars.calendar, name="calendar"),
    path("activities/qr.svg", code, name="our_list_code"),
    path("activities/<uuid:id>/calendar.ics", calendars.activity, name="activity_calendar"),
    path("activities/<uuid:uuid>/card.png", card, name="activity_card"),
    path("occurrences/<uuid:id>.ics", calendars.occurrence, name="occurrence_calendar"),
    path("organisers/<slug:slug>/calendar.ics", calendars.organisation, name="organisation_calendar"),
]
