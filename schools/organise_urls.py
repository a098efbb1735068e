"""What people of schools do about them, in the workspace at `/organise/`."""

from django.urls import path

from schools.views import twins

urlpatterns = [
    path("schools/<int:urn>/twins/", twins.candidates, name="twin_candidates"),
    path("schools/<int:urn>/twins/map.json", twins.points, name="twin_points"),
]
