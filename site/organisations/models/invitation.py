"""Somebody is asked by mail to join an organisation, whether they have an account yet or not."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from jobs.retention import Retention
from organisations.models.organisation import Organisation, Role

HOLDS = datetime.timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime.datetime) -> "InvitationQuerySet":
        """Neither accepted nor too old."""
        return self.filter(accepted_at=None, invited_at__gt=now - HOLDS)


class Invitation(models.Model):
    """Its mail carries a signed address that ends with it."""

    retention = Retention(
        "email invited_by", until="30 days after it was sent", steps=("organisations.forget_invitations",)
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = TheirManager.from_queryset(InvitationQuerySet)()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at=None),
                name="invitation_one_open_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.email}"

    @property
    def holds_until(self) -> datetime.datetime:
        return self.invited_at + HOLDS
