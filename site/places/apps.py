from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Places, term dates, postcodes and distance."""

    name = "places"
    verbose_name = _("Places")

    def ready(self) -> None:
        from places import receivers  # noqa: F401, PLC0415 (models must be loaded first)
