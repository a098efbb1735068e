"""Pages about activities."""

from django.urls import path

from events.views.activity import activity
from events.views.browse import browse
from events.views.map import drawn_ground, points

urlpatterns = [
    path("activities/", browse, name="browse"),
    path("activities/map.json", points, name="map_points"),
    path("activities/ground.svg", drawn_ground, name="map_ground"),
    path("organisers/<slug:organiser>/<slug:slug>/", activity, name="activity"),
]
