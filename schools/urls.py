"""Pages of schools."""

from django.urls import path

from schools.views import finding, pair, paper_letters, school

urlpatterns = [
    path("schools/", finding.schools, name="schools"),
    path("schools/<int:urn>/", school.school, name="school"),
    path("schools/twinnings/<uuid:uuid>/", pair.pair, name="pair"),
    path("join/", paper_letters.join, name="join"),
]
