"""The audit trail: who changed what, when and why. Rows are only ever added."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from jobs.retention import Retention


class AuditEntry(models.Model):
    """One change. The database itself refuses to alter or remove a row.

    After seven years it lets go who acted, about whom, and why, and nothing else.
    """

    retention = Retention("by reason details", until="seven years", steps=("accounts.forget_who_acted",))

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty when the platform itself acted, for instance at a scheduled time."),
    )
    action = models.CharField(_("what"), max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    organisation = models.UUIDField(null=True, blank=True)
    reason = models.TextField(_("why"), blank=True)
    details = models.JSONField(default=dict, blank=True)

    objects = TheirManager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject", "-at"], name="audit_by_subject"),
            models.Index(fields=["organisation", "-at"], name="audit_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind} {self.subject}"
