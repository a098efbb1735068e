"""The two jobs while the demonstration runs: `tick` every minute, `nightly` once a day."""

import datetime
import sys
import time

from django.core.management import CommandError, call_command
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from jobs.models import LastSuccess
from mingle.launcher.serving import Server
from mingle.launcher.words import say

TICK_SECONDS = 60
NIGHT = datetime.timedelta(hours=24)


def run_all() -> None:
    say("Running tick and nightly")
    _run("tick")
    _run("nightly")


def run_when_due(server: Server) -> None:
    """Until the server ends, which it does by itself only when something is wrong."""
    due = time.monotonic() + TICK_SECONDS
    while server.runs(until=due):
        due += TICK_SECONDS
        _run("tick")
        if _night_has_come():
            _run("nightly")
    server.say_why_it_ended()


def _night_has_come() -> bool:
    try:
        return not LastSuccess.objects.filter(name="nightly", at__gt=timezone.now() - NIGHT).exists()
    except (DatabaseError, InterfaceError):
        return False


def _run(job: str) -> None:
    """One that fails is said and tried again when it is next due: the site goes on."""
    try:
        call_command(job, verbosity=0)
    except (CommandError, DatabaseError, InterfaceError) as error:
        print(f"{job}: {error}", file=sys.stderr, flush=True)
    finally:
        connection.close()
