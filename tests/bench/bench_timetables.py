"""A timetable of 500 lines: read, looked at, made into drafts while the page says how far it is; taken back.

Run as a module, with how many other activities there are where that is not 20,000. It goes the way of the
page: what one asking does, and then the pause after which a browser asks again.
"""

import sys
import time
from collections.abc import Callable

from tests.bench import starting

ACTIVITIES, LINES, SECONDS = 20_000, 500, 60
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
HEADS = "Name,Type,Day,Time,Ages,Price,In one sentence,Venue"


def main(activities: int) -> int:
    """Print what was measured; 1 where the budget is broken, else 0. Nothing of it stays."""
    starting.start()
    from events.models import Activity  # noqa: PLC0415
    from tests.bench import filling  # noqa: PLC0415

    filled = filling.prepare(activities)
    before = Activity.objects.count()
    kept = _measure()
    assert Activity.objects.count() == before
    return 0 if filled and kept else 1


def _measure() -> bool:
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from events.actions import timetables  # noqa: PLC0415
    from events.models import Activity  # noqa: PLC0415
    from events.timetables import dry_run  # noqa: PLC0415
    from mingle.demo import people  # noqa: PLC0415
    from organisations.models import Organisation, Venue  # noqa: PLC0415

    by = User.objects.get(email=people.OFFICER.email)
    club = Organisation.objects.filter(place__officers__user=by).earliest("pk")
    venue = Venue.objects.usable_by(club).earliest("pk")
    began, process = time.monotonic(), time.process_time()
    brought = timetables.bring(organisation=club, data=_sheet(venue.name), name="many.csv", by=by)
    run = dry_run.look(brought, timezone.localdate())
    assert len(run.made) == LINES, [line.problems for line in run.lines if line.problems][:3]
    reading = time.monotonic() - began
    timetables.carry_out(timetable=brought, shown=run.shown, by=by)
    told = _until_done(lambda: timetables.advance(timetable=brought))
    seconds, cpu = time.monotonic() - began, time.process_time() - process
    drafts = Activity.objects.filter(pk__in=brought.drafts.values("activity"))
    assert drafts.filter(live=False).count() == drafts.count() == LINES
    timetables.undo(timetable=brought, by=by)
    began = time.monotonic()
    _until_done(lambda: timetables.advance(timetable=brought))
    undoing = time.monotonic() - began
    timetables.throw_away(timetable=brought, by=by)
    print(
        f"timetables {LINES} lines among {Activity.objects.count():,} activities: {seconds:.1f} s "
        f"(budget {SECONDS}), {reading:.1f} s of it reading and looking, {cpu:.1f} s CPU of Python; "
        f"the page said {', '.join(map(str, told))} of {LINES}; taken back in {undoing:.1f} s"
    )
    return seconds < SECONDS


def _sheet(venue: str) -> bytes:
    """A class a line, as a sports centre may have it."""
    lines = [
        f"Boxing class {number},Boxing,{DAYS[number % len(DAYS)]},"
        f"{9 + number % 10}:{15 * (number % 4):02}-{10 + number % 10}:{15 * (number % 4):02},8-12,£3,"
        f'Learn to box and make friends.,"{venue}"'
        for number in range(1, LINES + 1)
    ]
    return "\n".join([HEADS, *lines]).encode()


def _until_done(ask: Callable) -> list[int]:
    """How far each page says that it is."""
    from events.models import Work  # noqa: PLC0415
    from events.views.timetables import REFRESH_SECONDS  # noqa: PLC0415

    told = []
    while True:
        progress = ask()
        told.append(progress.done)
        if progress.work == Work.NONE:
            return told
        time.sleep(REFRESH_SECONDS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ACTIVITIES))
