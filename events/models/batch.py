"""Which numbered batches of counts have come from a phone, so that none is counted twice."""

from django.db import models

from accounts.in_hand import TheirManager
from events.models.occurrence import Occurrence


class BatchTaken(models.Model):
    """A device numbers what it sends. No person and no count is kept with it; rows go after 60 days.

    `mark` is drawn by the device for each batch: under a number that is taken, another mark is another batch.
    It says nothing of what the batch holds, as even a digest of counts so small would.
    Nothing in it is personal: a device is a random number that the browser made up for the registers alone.
    """

    pk = models.CompositePrimaryKey("device", "number")
    device = models.UUIDField()
    number = models.PositiveIntegerField()
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="+")
    mark = models.UUIDField(null=True)
    taken_at = models.DateTimeField(db_index=True)

    objects = TheirManager()
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.device} {self.number}"
