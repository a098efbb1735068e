"""Calendars of schools: one for all languages, and for ever, since others hold them."""

from django.urls import path

from schools.views import calendars

urlpatterns = [
    path("schools/<int:urn>/calendar.ics", calendars.calendar, name="school_calendar"),
    path("schools/twinnings/<uuid:uuid>/calendar.ics", calendars.of_pair, name="pair_calendar"),
]
