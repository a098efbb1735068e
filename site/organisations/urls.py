"""Pages of organisations. What stands below one, an activity's page, is in `events.urls`."""

from django.urls import path

from organisations.views import card, concern, public

urlpatterns = [
    path("concern/", concern.concern, name="concern"),
    path("organisers/", public.organisers, name="organisers"),
    path("organisers/<slug:slug>/card.png", card.card, name="organisation_card"),
    path("organisers/<slug:slug>/", public.organisation, name="organisation"),
]
