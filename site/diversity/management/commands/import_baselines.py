"""Load what the people of registers are compared with: a census table by area."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from diversity import loading
from diversity.published import LISTS
from places.progress import Bar
from places.school_register.rows import BadFile


class Command(BaseCommand):
    help = (
        "Loads a census table by local authority or small area (LSOA), one row an area. Running it again "
        "changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--list",
            required=True,
            choices=sorted(LISTS),
            dest="code_list",
            help="the code list of the table",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began, loud = time.monotonic(), bool(options["verbosity"])
        try:
            loaded = loading.load(
                options["file"],
                code_list=options["code_list"],
                progress=Bar(sys.stderr, "Areas").show if loud else None,
            )
        except (BadFile, OSError) as problem:
            raise CommandError(f"Nothing was changed. {problem}") from problem
        if loud:
            for line in loaded.words():
                self.stdout.write(line)
            self.stdout.write(f"Done in {time.monotonic() - began:.1f} s.")
