"""Pages about activities."""

from django.urls import path

from events.views.activity import activity
from events.views.browse import browse

urlpatterns = [
    path("activities/", browse, name="browse"),
    path("organisers/<slug:organiser>/<slug:slug>/", activity, name="activity"),
]
