from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Activities from publishing to the register."""

    name = "events"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from events.editor import panels  # noqa: PLC0415 (models must be loaded first)

        panels.install()
