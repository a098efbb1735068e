"""That an organiser was asked whether an activity is still right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from events.models.activity import Activity


class ConfirmationRequest(models.Model):
    """One mail. `season` is the first day of the autumn, spring or summer that it was sent for.

    Nothing in it is personal. Kept for two years.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="confirmation_requests")
    season = models.DateField(_("season"))

    objects = TheirManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request to confirm")
        verbose_name_plural = _("requests to confirm")
        constraints = [
            models.UniqueConstraint(fields=["activity", "season"], name="confirmation_asked_once_a_season"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}, {self.season}"
