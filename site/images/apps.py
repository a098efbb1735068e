from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    """Pictures with their consent, and woven covers."""

    name = "images"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        from images import receivers  # noqa: F401, PLC0415 (models must be loaded first)
