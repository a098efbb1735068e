from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Editorial pages."""

    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from pages import receivers  # noqa: PLC0415 (models must be loaded first)
        from pages.checks import no_page_hides_a_route  # noqa: PLC0415

        receivers.connect()
        register(no_page_hides_a_route, "database")
