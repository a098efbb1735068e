"""Work out who should twin with whom in one place or in all of England, and write the proposal to a file."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from places.models import Place, School
from places.progress import Bar
from places.school_years import year_of
from schools import round_files, rounds
from schools.actions import rounds as actions
from schools.models import Reach, Round, RoundState, Step


class Command(BaseCommand):
    help = (
        "Proposes twins: the best pairs for all schools together, by the newest school census. "
        "The proposal is kept as a round, which officers see in the CMS; nobody else hears of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--place", metavar="CODE", help="the ONS code of a local authority: E08000033")
        where.add_argument("--all-england", action="store_true", help="every open school, as a study")
        parser.add_argument("--all-phases", action="store_true", help="all phases together, as a study")
        parser.add_argument("--dry-run", action="store_true", help="keep no round")
        parser.add_argument("--out", type=Path, metavar="FILE", help="write the pairs to this file, as CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        began, code = time.monotonic(), options["place"]
        place = self._place(code) if code else None
        if not School.objects.exists():
            raise CommandError("No register of schools is loaded. Load one with import_schools first.")
        asked = actions.Asked(
            year=year_of(timezone.localdate()),
            reach=Reach.ALL_PHASES if options["all_phases"] else Reach.SAME_PHASE,
        )
        try:
            with transaction.atomic():
                made = actions.begin(place=place, asked=asked, by=None, area_codes=[code] if code else [])
                self._work_out(made, loud=bool(options["verbosity"]))
                if options["out"]:
                    self._write(made, options["out"])
                transaction.set_rollback(options["dry_run"])
        except (ValidationError, OSError) as problem:
            raise CommandError(f"Nothing was kept. {problem}") from problem
        if options["verbosity"]:
            for line in round_files.words(made):
                self.stdout.write(line)
            kept = "Nothing was kept" if options["dry_run"] else "The round is kept"
            self.stdout.write(f"{kept}. Done in {time.monotonic() - began:.1f} s.")

    def _place(self, code: str) -> Place:
        found = Place.objects.containing(code).first()
        if found is None:
            raise CommandError(f"No place here answers for {code}. Add its code to one in the CMS first.")
        return found

    def _work_out(self, made: Round, *, loud: bool) -> None:
        bar = Bar(sys.stderr, "Twins")
        while made.state == RoundState.AT_WORK:
            step = made.step or 0
            rounds.advance(made)
            if loud:
                bar.show(step, len(Step))

    def _write(self, made: Round, file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as stream:
            round_files.write(made, stream)
