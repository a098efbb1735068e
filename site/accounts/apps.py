from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in, and the audit trail."""

    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts import facts, receivers, second_factors  # noqa: F401, PLC0415 (models must be loaded first)

        facts.known_as("lacks_second_factor", second_factors.lack)
