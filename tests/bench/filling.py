"""Fills the database that a bench measures on where it is empty, and says how long that took."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS, DATES_EACH, ENOUGH = 300, 50, 0.99


def prepare(activities: int) -> bool:
    """False where a database that was empty took too long to fill, or lacks dates that belong there.

    Of one with anything in it before nothing is known of the time, and its dates become fewer by the day.
    """
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from events.models import Listing, Occurrence  # noqa: PLC0415

    began = time.monotonic()
    call_command("migrate", verbosity=0)
    there = Listing.objects.count()
    if there < activities:
        _fill(activities)
    seconds = time.monotonic() - began
    call_command("collectstatic", interactive=False, verbosity=0)
    coming = Occurrence.objects.filter(starts_at__gt=timezone.now()).count()
    least = round(activities * DATES_EACH * ENOUGH)
    took = f"filled before, {there:,} activities" if there else f"{seconds:.0f} s (budget {SECONDS})"
    print(f"filling    {coming:,} coming dates (at least {least:,}): {took}", flush=True)
    return bool(there) or (coming >= least and seconds < SECONDS)


def _fill(activities: int) -> None:
    """By the demonstration's own command, whose settings a benchmark's are not."""
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--activities", str(activities)],
        check=True,
        stdout=sys.stderr,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "mingle.settings.demo"},
    )
