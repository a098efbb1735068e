"""Load the demonstration's place."""

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mingle.demo import loading
from mingle.demo.people import NotTheDemonstration


class Command(BaseCommand):
    help = (
        "Loads the demonstration: Calderdale with invented organisations and a year of activities. "
        "Can be run again and adds only what is missing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()

        def say(line: str) -> None:
            if options["verbosity"]:
                self.stdout.write(f"  {time.monotonic() - began:4.0f} s  {line}")
                self.stdout.flush()

        call_command("createcachetable", verbosity=0)
        try:
            loaded = loading.load(say)
        except NotTheDemonstration as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            self.stdout.write(
                f"The demonstration is loaded: {loaded.organisations} organisations, "
                f"{loaded.activities} new activities."
            )
