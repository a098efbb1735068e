"""Draw the cards of every listing with this release's template."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.actions import extending


class Command(BaseCommand):
    help = "Writes the listings again whose cards an earlier release has drawn. Can be stopped and run again."

    def handle(self, *args: Any, **options: Any) -> None:
        written = extending.put_listings_right(now=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{written} listings were written again.")
