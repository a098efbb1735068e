"""The dates of a series on which people are asked what they call themselves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from events.models.activity import Activity
from events.models.occurrence import Occurrence


class CountDay(models.Model):
    """One of the two that a series has in a season. Until it is announced it is a secret, and none.

    Nothing in it is personal: who moved it stands in the audit trail.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="count_days")
    season = models.DateField(_("term"), help_text="The first day of its autumn, spring or summer.")
    number = models.PositiveSmallIntegerField()
    occurrence = models.OneToOneField(Occurrence, on_delete=models.PROTECT, related_name="count_day")
    drawn_at = models.DateTimeField(_("drawn"))
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    moved_from = models.ForeignKey(
        Occurrence, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = TheirManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("count day")
        verbose_name_plural = _("count days")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "season", "number"], name="count_day_two_a_series_and_season"
            ),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="count_day_is_the_first_or_second"),
            models.CheckConstraint(
                condition=Q(moved_from=None) | Q(announced_at__isnull=False),
                name="count_day_is_moved_once_it_is_announced",
            ),
        ]

    def __str__(self) -> str:
        return str(self.occurrence_id)
