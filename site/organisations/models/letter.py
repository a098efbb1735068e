"""Mail that is on its way."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from jobs.retention import Retention

LONGEST_SUBJECT = 255
KEPT = datetime.timedelta(days=3)
LONGEST_PAUSE = datetime.timedelta(hours=6)


class WaitingLetterQuerySet(models.QuerySet["WaitingLetter"]):
    def due(self, now: datetime.datetime) -> "WaitingLetterQuerySet":
        return self.filter(try_at__lte=now)


class WaitingLetter(models.Model):
    """Written with the change that it tells of, so that a mail server that is away loses none."""

    retention = Retention(
        "receiver subject text html",
        until="until it has gone, or three days",
        steps=("organisations.post_letters",),
    )

    receiver = models.EmailField(_("e-mail address"))
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    text = models.TextField(_("text"))
    html = models.TextField(_("as HTML"))
    written_at = models.DateTimeField()
    try_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = TheirManager.from_queryset(WaitingLetterQuerySet)()

    class Meta:
        verbose_name = _("letter that waits")
        verbose_name_plural = _("letters that wait")

    def __str__(self) -> str:
        return f"{self.receiver}: {self.subject}"

    def after(self, now: datetime.datetime) -> datetime.datetime:
        """When it is tried again: in a minute, then in two, four, eight, at most six hours."""
        return now + min(LONGEST_PAUSE, datetime.timedelta(minutes=2 ** min(self.tries, 10)))
