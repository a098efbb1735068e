"""The pages of activities as text, so that a reader need not wait until one is rendered."""

from django.db import models

from events.models.activity import Activity
from jobs.retention import Retention


class PageText(models.Model):
    """An activity's page in one language, with holes for what changes from day to day: its dates.

    It is shown only while `digest` is that of the facts that the page is made of, read anew for every reader,
    and of the release: so nobody has to say that it is out of date, and it never is. `event` is what
    search engines are told of every date alike, as JSON.
    """

    retention = Retention(
        "markup event",
        until="a year after the organisation closed",
        steps=("events.forget_closed_activities",),
    )

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    digest = models.BinaryField(max_length=32)
    markup = models.TextField()
    event = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "language"], name="page_text_once_an_activity_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.language}"
