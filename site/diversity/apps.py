from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiversityConfig(AppConfig):
    """The mathematics of mixing, code lists, and what people are compared with."""

    name = "diversity"
    verbose_name = _("Baselines")
