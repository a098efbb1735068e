"""What feeds remember between two readings, for all workers and through restarts."""

from django.db import models


class FeedTag(models.Model):
    """The ETag of one question's feed when it was last built, so that 304 needs no building.

    It holds while the generations of what the question can reach are those of `number` and `raised_at`, on
    `day`. `modified_at` is when the body last became another; it is never the same for two bodies. `key` is a
    digest of the question, the renderer and the address: nobody can tell from it who asked what.
    Rows go when nobody has asked for 60 days.
    """

    key = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField()
    raised_at = models.DateTimeField(null=True)
    day = models.DateField()
    etag = models.CharField(max_length=40)
    modified_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="feed_tag_by_day")]

    def __str__(self) -> str:
        return self.key
