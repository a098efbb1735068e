"""Tables, files and the demonstration's place: made where they are missing, left alone where they are not."""

import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from jobs.models import LastSuccess
from mingle.demo import attendance, confirmations
from mingle.launcher.words import Counted, say

LOADED = "demo: place loaded"


def prepare() -> None:
    call_command("check", stdout=io.StringIO())
    _make_tables()
    collect_files()
    _load_place()


def _make_tables() -> None:
    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        say(f"Making the tables: {steps} steps")
        call_command("migrate", interactive=False, stdout=Counted("tables", steps))
    call_command("createcachetable", verbosity=0)


def collect_files() -> None:
    """Skipped where no file came, went or changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("Collecting and compressing style sheets, scripts and pictures: half a minute")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)


def _fingerprint() -> str:
    files = sorted(
        f"{name} {Path(storage.path(name)).stat().st_mtime_ns}"
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    return hashlib.sha256("\n".join(files).encode()).hexdigest()


def _load_place() -> None:
    """Once in a database's life: then it is the visitor's to change. A session is open at each start, and
    what its organisers confirm and sign stays so however long it stood still."""
    if LastSuccess.objects.filter(name=LOADED).exists():
        confirmations.keep(timezone.now())
        attendance.keep_one_open(timezone.now())
        return
    say("Loading the demonstration's place")
    began = timezone.now()
    call_command("demo")
    ended = timezone.now()
    LastSuccess.objects.create(name=LOADED, at=ended, seconds=(ended - began).total_seconds(), done=1)
