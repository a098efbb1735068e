"""When each job, and each of its steps, last succeeded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LastSuccess(models.Model):
    """One row a job ("nightly"), one a step ("nightly: accounts.forget_ended_sessions"), kept up to date."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    at = models.DateTimeField(_("last success"))
    seconds = models.FloatField(_("took seconds"))
    done = models.PositiveIntegerField(_("things done"))

    class Meta:
        verbose_name = _("last success")
        verbose_name_plural = _("last successes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="last_success_has_a_name"),
            models.CheckConstraint(condition=models.Q(seconds__gte=0), name="last_success_took_time"),
        ]

    def __str__(self) -> str:
        return self.name
