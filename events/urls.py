"""Pages about activities."""

from django.urls import path

from events.views import embed
from events.views.activity import activity
from events.views.browse import browse
from events.views.confirming import confirm
from events.views.map import drawn_ground, points

urlpatterns = [
    path("activities/", browse, name="browse"),
    path("embed/", embed.embed, name="embed"),
    path("embed/colours.css", embed.colours, name="embed_colours"),
    path("embed/make/", embed.make, name="embed_make"),
    path("activities/map.json", points, name="map_points"),
    path("activities/ground.svg", drawn_ground, name="map_ground"),
    path("confirm/<str:token>/", confirm, name="confirm"),
    path("organisers/<slug:organiser>/<slug:slug>/", activity, name="activity"),
]
