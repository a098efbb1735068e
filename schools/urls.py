"""Pages of schools."""

from django.urls import path

from schools.views import finding, school

urlpatterns = [
    path("schools/", finding.schools, name="schools"),
    path("schools/<int:urn>/", school.school, name="school"),
]
