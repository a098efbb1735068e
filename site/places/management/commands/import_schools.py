"""Load the national register of schools from the file that the Department publishes."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from places import loading_schools
from places.progress import Bar
from places.school_register.rows import BadFile


class Command(BaseCommand):
    help = (
        "Loads the national register of schools (Get Information About Schools, all fields, as CSV). "
        "Schools are added, changed, closed and opened again, never deleted. "
        "Running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--absent-are-closed",
            action="store_true",
            help="close open schools that are not in the file: for a file of every open school",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began, loud = time.monotonic(), bool(options["verbosity"])
        closing = options["absent_are_closed"]
        try:
            loaded = loading_schools.load(
                options["file"],
                absent_are_closed=closing,
                progress=Bar(sys.stderr, "Schools").show if loud else None,
            )
        except (BadFile, OSError) as problem:
            raise CommandError(f"Nothing was changed. {problem}") from problem
        if loud:
            for line in loaded.words(absent_are_closed=closing):
                self.stdout.write(line)
            self.stdout.write(f"Done in {time.monotonic() - began:.1f} s.")
