"""Pages about activities."""

from django.urls import path

from events.views.browse import browse

urlpatterns = [
    path("activities/", browse, name="browse"),
]
