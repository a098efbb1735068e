from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Activities from publishing to the register."""

    name = "events"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from events import organiser_home, organiser_parts, receivers, theirs  # noqa: F401, PLC0415 (models must be loaded first)  # noqa: PLC0415
        from events.editor import panels  # noqa: PLC0415
        from organisations import slots  # noqa: PLC0415

        panels.install()
        theirs.say()
        slots.WHATS_ON.fill(organiser_parts.whats_on)
        slots.ELSEWHERE.fill(organiser_parts.elsewhere)
        slots.HOME.fill(organiser_home.dates_and_work)
