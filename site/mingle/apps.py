from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MingleConfig(AppConfig):
    """The project: settings, addresses, the embedded database, the demo."""

    name = "mingle"
    verbose_name = _("Mingle")
