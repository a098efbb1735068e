"""The organisers' workspace."""

from django.urls import path

from events.views import copying, organise, poster, together

urlpatterns = [
    path("", organise.coming, name="organise"),
    path("dates/<uuid:occurrence_uuid>/", organise.date, name="organise_date"),
    path("activities/<uuid:activity_uuid>/", organise.activity, name="organise_activity"),
    path("activities/<uuid:activity_uuid>/poster/", poster.poster, name="organise_poster"),
    path("activities/<uuid:activity_uuid>/copy/", copying.copy, name="organise_copy"),
    path("activities/<uuid:activity_uuid>/together/", together.together, name="organise_together"),
]
