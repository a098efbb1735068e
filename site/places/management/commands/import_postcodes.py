"""Load the ONS Postcode Directory: some local authorities' part of it, or all of the country."""

import re
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from places import directory, loading
from places.models import Place
from places.progress import Bar


class Command(BaseCommand):
    help = (
        "Loads the postcodes of local authorities (every outcode that reaches into them), by default "
        "those of all places. What was loaded before stays and is refreshed. "
        "Outcodes are always those of the country."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", nargs="+", default=[], metavar="E08000033", help="ONS codes")
        parser.add_argument(
            "--near", nargs="+", default=[], metavar="HX", help="whole postcode areas as well"
        )
        parser.add_argument("--all", action="store_true", help="all 2.7 million")

    def handle(self, *args: Any, **options: Any) -> None:
        areas = frozenset(options["area"]) or frozenset(_areas_of_places())
        near = frozenset(letters.upper() for letters in options["near"])
        if wrong := sorted(code for code in areas if not re.fullmatch(r"[EWSN]\d{8}", code)):
            raise CommandError(f"Not an ONS code of a local authority: {', '.join(wrong)}")
        if wrong := sorted(letters for letters in near if not re.fullmatch(r"[A-Z]{1,2}", letters)):
            raise CommandError(f"Not the letters that postcodes begin with: {', '.join(wrong)}")
        scope = loading.Scope(everything=options["all"], areas=areas, postcode_areas=near)
        began = time.monotonic()
        try:
            loaded = loading.load(
                scope, progress=Bar(sys.stderr, "Postcodes").show if options["verbosity"] else None
            )
        except directory.DirectoryMissing as missing:
            raise CommandError(f"{missing} Try: pip install -r requirements.txt") from missing
        if options["verbosity"]:
            self.stdout.write(
                f"{loaded.postcodes:,} of {loaded.in_directory:,} postcodes in {loaded.outcodes:,} outcodes "
                f"loaded in {time.monotonic() - began:.1f} s."
            )


def _areas_of_places() -> set[str]:
    return {code for codes in Place.objects.values_list("area_codes", flat=True) for code in codes}
