"""The look that an officer takes at the first activities of a new organisation."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from events.models.activity import Activity
from jobs.retention import Retention


class Verdict(models.TextChoices):
    WAITING = "waiting", _("Waiting for our officer")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Our officer asks for a change")


class ReviewQuerySet(models.QuerySet["Review"]):
    def waiting(self) -> "ReviewQuerySet":
        """The one that has waited longest is the first."""
        return self.filter(verdict=Verdict.WAITING).order_by("asked_at", "pk")


class Review(models.Model):
    """One an activity, and none in a copy of it. Goes with the activity."""

    retention = Retention(
        "asked_by answer decided_by",
        until="a year after the activity was let through",
        steps=("events.forget_reviews",),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="review")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.WAITING)
    answer = models.TextField(_("what the officer wrote"), blank=True, max_length=1000)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = TheirManager.from_queryset(ReviewQuerySet)()

    class Meta:
        verbose_name = _("first look")
        verbose_name_plural = _("first looks")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="waiting", decided_at=None)
                | (~Q(verdict="waiting") & Q(decided_at__isnull=False)),
                name="review_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="returned") | ~Q(answer=""), name="review_returned_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.get_verdict_display()}"
