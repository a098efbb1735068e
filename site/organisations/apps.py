from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Who may publish: organisations, members, venues."""

    name = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        # Models must be loaded before any of these.
        import organisations.receivers  # noqa: F401, PLC0415
        from accounts import facts, landing, second_factors  # noqa: PLC0415
        from organisations import desk, permissions, slots  # noqa: PLC0415
        from organisations.forms import page  # noqa: PLC0415
        from organisations.wall import theirs  # noqa: PLC0415

        landing.found_by(permissions.workspace_of)
        second_factors.needed_by(permissions.answer_for_several)
        facts.known_as("edits", permissions.who_edits)
        facts.known_as("oversees", permissions.who_oversees)
        facts.known_as("leads", permissions.who_leads)
        facts.keys_known_as("belongs_to", permissions.organisations_of)
        facts.keys_known_as("answers_for", permissions.places_of)
        theirs.say()
        page.install()
        slots.DESK.fill(desk.concerns)
