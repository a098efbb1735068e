"""Makes calendar entries again after a release, a new address or a new name; `tick` and `nightly` do too."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.actions import rendering


class Command(BaseCommand):
    help = (
        "Write the calendar entries anew that are queued, out of date or missing. Goes in batches: it can be "
        "stopped at any time and goes on where it was. Feeds are right meanwhile, only slower."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        queued = rendering.render_queued(now=now, progress=self._say("queued"))
        outdated = rendering.render_outdated(now=now, progress=self._say("out of date"))
        self.stdout.write(f"{queued} queued activities and {outdated} out of date: done")

    def _say(self, what: str) -> rendering.Progress:
        return lambda done: self.stdout.write(f"{done} activities, {what}")
