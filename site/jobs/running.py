"""Running a job: one at a time, each step by itself, the last success written down."""

import datetime
import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

from jobs.models import LastSuccess
from jobs.steps import Job, Step, steps_of

log = logging.getLogger(__name__)

STALE_AFTER = datetime.timedelta(hours=36)
"""A nightly job that last succeeded longer ago than this needs attention: two nights were missed."""

_LOCKS: dict[Job, int] = {"tick": 0x4D69_0001, "nightly": 0x4D69_0002}


class AlreadyRunningError(Exception):
    """The same job is running in another process."""


def run(job: Job, *, dry_run: bool = False, say: Callable[[str], object] = lambda line: None) -> bool:
    """Run every step, also after one that failed. True when all succeeded.

    A dry run takes back whatever a step changes. Raises AlreadyRunningError instead of running twice at once.
    """
    with _alone(job):
        began = time.monotonic()
        done = [_run_step(job, step, dry_run=dry_run, say=say) for step in steps_of(job)]
        if None in done:
            return False
        if not dry_run:
            _write(job, began, sum(filter(None, done)))
        return True


def stale(now: datetime.datetime) -> bool:
    """Whether `nightly` has not succeeded within the last 36 hours."""
    return not LastSuccess.objects.filter(name="nightly", at__gte=now - STALE_AFTER).exists()


def _run_step(job: Job, step: Step, *, dry_run: bool, say: Callable[[str], object]) -> int | None:
    began = time.monotonic()
    try:
        if dry_run:
            with transaction.atomic():
                done = step.do(dry_run=True)
                transaction.set_rollback(True)
        else:
            done = step.do(dry_run=False)
    except Exception:
        log.exception("%s: %s failed", job, step.name)
        say(f"{step.name}: failed")
        return None
    say(f"{step.name}: {'would do ' if dry_run else ''}{done} ({time.monotonic() - began:.1f} s)")
    if not dry_run:
        _write(f"{job}: {step.name}", began, done)
    return done


def _write(name: str, began: float, done: int) -> None:
    LastSuccess.objects.update_or_create(
        name=name,
        defaults={"at": timezone.now(), "seconds": round(time.monotonic() - began, 3), "done": done},
    )


@contextmanager
def _alone(job: Job) -> Generator[None]:
    """An advisory lock of this connection: it goes when the process does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCKS[job]])
        if cursor.fetchone() != (True,):
            raise AlreadyRunningError(job)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCKS[job]])
