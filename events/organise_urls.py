"""The organisers' workspace."""

from django.urls import path

from events.views import organise, together

urlpatterns = [
    path("", organise.coming, name="organise"),
    path("dates/<uuid:occurrence_uuid>/", organise.date, name="organise_date"),
    path("activities/<uuid:activity_uuid>/", organise.activity, name="organise_activity"),
    path("activities/<uuid:activity_uuid>/together/", together.together, name="organise_together"),
]
