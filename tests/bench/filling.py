"""Fills the database that a bench measures on where it is empty, and says how long that took."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS, DATES_EACH, ENOUGH = 300, 50, 0.99


def prepare(activities: int) -> bool:
    """Whether a database that was empty was filled in time, with the dates that belong there; with anything
    in it before, nothing is known of the time."""
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
    if there:
        print(f"filling    {there:,} activities were there already: nobody timed it", flush=True)
        return True
    coming, least = Occurrence.objects.filter(starts_at__gt=timezone.now()).count(), activities * DATES_EACH
    least = round(least * ENOUGH)
    print(
        f"filling    {activities:,} activities, {coming:,} coming dates (at least {least:,}): "
        f"{seconds:.0f} s (budget {SECONDS})",
        flush=True,
    )
    return coming >= least and seconds < SECONDS


def _fill(activities: int) -> None:
    """By the demonstration's own command, whose settings a benchmark's are not."""
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--activities", str(activities)],
        check=True,
        stdout=sys.stderr,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "mingle.settings.demo"},
    )
