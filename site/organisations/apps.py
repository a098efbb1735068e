from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Who may publish: organisations, members, venues."""

    name = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from organisations.forms import page  # noqa: PLC0415 (models must be loaded first)
        from organisations.wall import theirs  # noqa: PLC0415

        theirs.say()
        page.install()
