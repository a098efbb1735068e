from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Activities from publishing to the register."""

    name = "events"
    verbose_name = _("Activities")

    def ready(self) -> None:
        # Models must be loaded before any of these.
        import events.receivers  # noqa: F401, PLC0415
        from events import desk, offers, organiser_home, organiser_parts, theirs  # noqa: PLC0415
        from events.editor import panels  # noqa: PLC0415
        from organisations import slots  # noqa: PLC0415

        panels.install()
        theirs.say()
        slots.WHATS_ON.fill(organiser_parts.whats_on)
        slots.ELSEWHERE.fill(organiser_parts.elsewhere)
        slots.OFFERS.fill(offers)
        slots.DESK.fill(desk.waiting)
        slots.HOME.fill(organiser_home.dates_and_work)
