"""Load the school census: pupils by ethnic group and free school meals, by school and year."""

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from places import loading_pupils
from places.progress import Bar
from places.school_register import pupils
from places.school_register.rows import BadCell, BadFile


def school_year(text: str) -> int:
    try:
        return pupils.year(text)
    except BadCell as problem:
        raise ArgumentTypeError(f"{problem}: give it as 2024/25") from None


class Command(BaseCommand):
    help = (
        "Loads pupils by ethnic group and free school meals, by school and year, from the Department's "
        "table. Load the register of schools first. Running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--year",
            type=school_year,
            metavar="2024/25",
            help="only this school year; needed where the file has no column time_period",
        )
        parser.add_argument(
            "--zero-is-unknown",
            action="store_true",
            help="the file writes 0 for what it may not tell as well: take no 0 for a number",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began, loud = time.monotonic(), bool(options["verbosity"])
        try:
            loaded = loading_pupils.load(
                options["file"],
                year=options["year"],
                zero_is_unknown=options["zero_is_unknown"],
                progress=Bar(sys.stderr, "Pupils").show if loud else None,
            )
        except (BadFile, OSError) as problem:
            raise CommandError(f"Nothing was changed. {problem}") from problem
        if loud:
            for line in loaded.words():
                self.stdout.write(line)
            self.stdout.write(f"Done in {time.monotonic() - began:.1f} s.")
