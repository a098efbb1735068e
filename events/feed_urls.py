"""Feeds, codes and files: one for all languages."""

from django.urls import path

from events.views.card import card

urlpatterns = [
    path("activities/<uuid:uuid>/card.png", card, name="activity_card"),
]
