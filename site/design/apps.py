from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    """How the site looks: frame, components, icons."""

    name = "design"
    verbose_name = _("Design")
