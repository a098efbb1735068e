"""Load the demonstration's place, or fill a database of its own for benchmarks."""

import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mingle.demo import loading
from mingle.demo.bulk import filling
from mingle.demo.people import NotTheDemonstration, refuse_elsewhere
from organisations.models import Organisation

BENCH = "bench"


class Command(BaseCommand):
    help = (
        "Loads the demonstration: Calderdale with invented organisations and a year of activities. "
        "Can be run again and adds only what is missing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--activities",
            type=int,
            metavar="20000",
            help="fill a separate database for benchmarks with so many activities, fifty dates each",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.began, self.quiet = time.monotonic(), not options["verbosity"]
        try:
            refuse_elsewhere()
        except NotTheDemonstration as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["activities"] is None:
            self._load()
        else:
            self._fill(options["activities"])

    def _load(self) -> None:
        call_command("createcachetable", verbosity=0)
        loaded = loading.load(self._say)
        self._say(
            f"The demonstration is loaded: {loaded.organisations} organisations, "
            f"{loaded.activities} new activities."
        )

    def _fill(self, activities: int) -> None:
        """In the cluster `bench`, whose process this one becomes if it has another."""
        if "DATABASE_URL" not in os.environ and settings.CLUSTER == "demo":
            environment = {**os.environ, "MINGLE_CLUSTER": BENCH}
            command = [sys.executable, str(Path(sys.argv[0]).resolve()), *sys.argv[1:]]
            os.execve(sys.executable, command, environment)  # noqa: S606 (the same program again)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if Organisation.objects.exclude(slug__startswith="benchmark-").exists():
            raise CommandError("This database holds other organisations; benchmarks need one of their own.")
        coming = filling.fill(activities, self._say)
        self._say(f"{coming:,} dates are coming.")

    def _say(self, line: str) -> None:
        if not self.quiet:
            self.stdout.write(f"  {time.monotonic() - self.began:4.0f} s  {line}")
            self.stdout.flush()
