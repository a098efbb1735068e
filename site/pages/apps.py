from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Editorial pages."""

    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from pages import receivers  # noqa: PLC0415 (models must be loaded first)

        receivers.connect()
