"""Wagtail's command of this name, ending in our action. `tick` does the same every minute."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.actions import scheduled


class Command(BaseCommand):
    help = "Publish and take away what is due now, each page in a transaction of its own."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{scheduled.publish_due(timezone.now())} pages")
