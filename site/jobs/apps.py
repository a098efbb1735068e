from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """What runs by itself. The lowest package of all, so that every app may ask when a job last succeeded."""

    name = "jobs"
    verbose_name = _("Jobs")
