"""Addresses of calendars, cards and codes: one for all languages, and for ever, since others hold them."""

from django.urls import path, re_path

from events.views import calendars, card, oembed
from events.views.answers import answer
from events.views.our_list import code

urlpatterns = [
    path("activities/calendar.ics", calendars.calendar, name="calendar"),
    path("activities/qr.svg", code, name="our_list_code"),
    path("activities/<uuid:id>/calendar.ics", calendars.activity, name="activity_calendar"),
    path("activities/<uuid:uuid>/card.png", card.card, name="activity_card"),
    path("activities/card.png", card.search_card, name="search_card"),
    path("activities/card/<slug:slug>.png", card.search_card, name="type_card"),
    re_path(
        r"^covers/(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
        r"-(?P<warp>[a-z]{3,8})-(?P<weft>[a-z]{3,8})-(?P<slug>[a-z0-9-]{1,40})\.png$",
        card.cover,
        name="raster_cover",
    ),
    path("r/<str:code>", answer, name="answer"),
    path("r/<str:code>/kiosk", answer, {"kiosk": True}, name="answer_kiosk"),
    path("oembed", oembed.answer, name="oembed"),
    path("occurrences/<uuid:id>.ics", calendars.occurrence, name="occurrence_calendar"),
    path("organisers/<slug:slug>/calendar.ics", calendars.organisation, name="organisation_calendar"),
]
