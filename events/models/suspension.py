"""Activities that a safeguarding lead has taken off the site."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.activity import Activity
from jobs.retention import Retention


class Suspension(models.Model):
    """While it is not lifted, no version of the activity and no copy of it can go live.

    A row beside the page, since an earlier revision would bring back whatever stands on the page itself."""

    retention = Retention(
        "began_by lifted_by", until="seven years after it was lifted", steps=("events.forget_suspensions",)
    )

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="suspensions")
    began_at = models.DateTimeField(_("since"), auto_now_add=True)
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    showed = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What the public saw until then; empty where it was not public.",
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        constraints = [
            models.UniqueConstraint(
                fields=["activity"], condition=Q(lifted_at=None), name="suspension_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="suspension_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)
