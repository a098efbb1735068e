"""What people of schools do about them, in the workspace at `/organise/`."""

from django.urls import path

from schools.views import paper_letters, programmes, twinnings, twins

urlpatterns = [
    path("schools/<int:urn>/twins/", twins.candidates, name="twin_candidates"),
    path("schools/<int:urn>/twins/map.json", twins.points, name="twin_points"),
    path("schools/<int:urn>/twinnings/", twinnings.ours, name="twinnings"),
    path("schools/<int:urn>/twinnings/new/", twinnings.propose, name="twinning_propose"),
    path("schools/<int:urn>/twinnings/<uuid:uuid>/", twinnings.twinning, name="twinning"),
    path("twinnings/<uuid:uuid>/letter/<int:urn>/", paper_letters.letter, name="twinning_letter"),
    path(
        "schools/<int:urn>/twinnings/<uuid:uuid>/programme/",
        programmes.programme,
        name="twinning_programme",
    ),
]
