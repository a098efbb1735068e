"""Addresses of calendars: one for all languages, and for ever, since other people's calendars hold them."""

from django.urls import path

from events.views import calendars

urlpatterns = [
    path("activities/calendar.ics", calendars.calendar, name="calendar"),
    path("activities/<uuid:id>/calendar.ics", calendars.activity, name="activity_calendar"),
    path("occurrences/<uuid:id>.ics", calendars.occurrence, name="occurrence_calendar"),
    path("organisers/<slug:slug>/calendar.ics", calendars.organisation, name="organisation_calendar"),
]
