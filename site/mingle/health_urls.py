"""The two addresses that watchers ask."""

from django.urls import path

from mingle import health

urlpatterns = [
    path("healthz", health.lives, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
