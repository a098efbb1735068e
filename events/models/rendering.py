"""Activities whose prepared texts must be made again, because a word that stands in them has changed."""

from collections.abc import Iterable

from django.db import models

from events.models.activity import Activity


class RenderQueueManager(models.Manager["RenderQueue"]):
    def add(self, activities: Iterable[int]) -> None:
        """Queue the activities with these keys, each once, in the transaction of the change.

        Waits for whoever is just making one of them: it is queued anew after that, so nothing is lost.
        """
        rows = [self.model(activity_id=key) for key in sorted(set(activities))]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["activity"], update_fields=["asked_at"])


class RenderQueue(models.Model):
    """One activity to render. `render_feeds` takes rows in batches and deletes each with what it wrote."""

    activity = models.OneToOneField(Activity, primary_key=True, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now=True)

    objects = RenderQueueManager()

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="render_queue_oldest_first")]

    def __str__(self) -> str:
        return str(self.activity_id)
