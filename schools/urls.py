"""Pages of schools."""

from django.urls import path

from schools.views import finding, paper_letters, school

urlpatterns = [
    path("schools/", finding.schools, name="schools"),
    path("schools/<int:urn>/", school.school, name="school"),
    path("join/", paper_letters.join, name="join"),
]
