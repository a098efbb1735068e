"""Letters on paper to schools that have no account here, each with a code that works once."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from jobs.retention import Retention
from organisations.models import Application
from places.models import School
from schools.models.twinning import Twinning


class PaperLetterQuerySet(models.QuerySet["PaperLetter"]):
    def open(self) -> "PaperLetterQuerySet":
        """Their code can still be used, for as long as the proposal waits."""
        return self.filter(void_at=None, used_at=None)

    def used(self) -> "PaperLetterQuerySet":
        return self.filter(used_at__isnull=False)


class PaperLetter(models.Model):
    """A letter about one proposal to one of its schools.

    Of its code nothing is kept but a digest under the installation's key: it stands on the paper alone. A new
    letter, and the end of the proposal, make it void. Once it is used it hangs on the application of who used
    it, so that nothing has to be carried in a browser.
    """

    retention = Retention(
        "written_by used_by", until="a year after the twinning was over", steps=("schools.forget_letters",)
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    twinning = models.ForeignKey(Twinning, on_delete=models.PROTECT, related_name="paper_letters")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", help_text=_("To whom it is written.")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    void_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="paper_letters"
    )

    objects = TheirManager.from_queryset(PaperLetterQuerySet)()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("letter on paper")
        verbose_name_plural = _("letters on paper")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["twinning", "school"],
                condition=Q(void_at=None, used_at=None),
                name="paper_letter_one_open_code",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="paper_letter_keeps_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(void_at=None) | Q(used_at=None), name="paper_letter_used_is_not_void"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=False) | Q(used_by=None, application=None),
                name="paper_letter_used_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.twinning_id} to {self.school_id}"
