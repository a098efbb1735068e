"""A database of thousands of activities for benchmarks, filled by two processes.

1. The static files, whose released names the cards hold: a process reads these names once. The place and its
   lists. In one process organisations through the real actions; in the other the place's postcodes and venues
   all over it.
2. Activities in pieces, each a transaction, shared among the processes. A piece holds all activities of a few
   hosts, so that no process waits for a page or a number that the other has locked.
3. VACUUM and ANALYZE, which a database that grew by itself would have had by now.

Activities have numbers: a run adds those that are missing, so one that was stopped can be run again.
"""

import datetime
import gc
import multiprocessing
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from events.models import Activity
from mingle.demo import organisers, people, place, reading
from mingle.demo.bulk import material, writing
from mingle.demo.reading import same_every_time
from organisations.models import Organisation, Venue, VenueAccess
from places.models import Place, Postcode

HOSTS_A_PIECE, PROCESSES = 2, 2
ACTIVITIES_A_HOST, ACTIVITIES_A_VENUE = 100, 20

Say = Callable[[str], None]


def fill(number: int, say: Say) -> int:
    """See to it that there are so many activities; returns how many dates are coming."""
    people.refuse_elsewhere()
    now = timezone.now()
    where = place.plant("localhost", 8000)
    say("static files")
    call_command("collectstatic", verbosity=0, interactive=False)
    # Each process connects for itself.
    connection.close()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=spawn, initializer=django.setup) as processes:
        say("organisations, postcodes and venues")
        first = (
            processes.submit(_organisations, where, max(3, number // ACTIVITIES_A_HOST), now),
            processes.submit(_venues, where, max(3, number // ACTIVITIES_A_VENUE)),
        )
        for each in first:
            each.result()
        _activities(processes, _pieces(_missing(number), len(_hosts())), now, say)
    say("statistics for the planner")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("SELECT count(*) FROM events_occurrence WHERE ends_at > %s", [now])
        return cursor.fetchall()[0][0]


def _activities(
    processes: Executor, pieces: Sequence[Sequence[int]], now: datetime.datetime, say: Say
) -> None:
    """The first piece that fails ends it: the rest would fail as well."""
    began, done, total = time.monotonic(), 0, sum(map(len, pieces))
    for piece in as_completed([processes.submit(write_piece, piece, now) for piece in pieces]):
        if piece.exception():
            processes.shutdown(cancel_futures=True)
        done += piece.result()
        say(f"activities: {done:,} of {total:,}, {done / (time.monotonic() - began):.0f} a second")


def _pieces(numbers: Sequence[int], hosts: int) -> list[list[int]]:
    """The numbers, those of a host together: `material` gives number n to host n modulo all."""
    pieces: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        pieces[number % hosts // HOSTS_A_PIECE].append(number)
    return list(pieces.values())


def write_piece(numbers: Sequence[int], now: datetime.datetime) -> int:
    """Runs in a process of its own, which looks for cycles among the rows when the piece is written."""
    gc.disable()
    try:
        _write_piece(numbers, now)
    finally:
        gc.enable()
    return len(numbers)


def _write_piece(numbers: Sequence[int], now: datetime.datetime) -> None:
    with connection.cursor() as cursor:
        # Whoever loses the last second in a power cut fills the database again.
        cursor.execute("SET synchronous_commit TO off")
    by = User.objects.get(email=people.OFFICER.email)
    drafts = material.drafts(
        numbers,
        hosts=_hosts(),
        venues=list(Venue.objects.order_by("pk")),
        by=by,
        today=timezone.localdate(now),
    )
    writing.publish(list(drafts), by=by, now=now)


def _missing(number: int) -> list[int]:
    known = set(Activity.objects.values_list("uuid", flat=True))
    return [each for each in range(number) if same_every_time("benchmark", each) not in known]


def _hosts() -> list[Organisation]:
    return list(Organisation.objects.select_related("place").order_by("pk"))


@transaction.atomic
def _organisations(where: Place, number: int, now: datetime.datetime) -> None:
    """The demonstration's over and over, each with a number, but without its people's sign-ins."""
    officer = organisers.appoint_officer(where, now)
    found = list(reading.organisations().values())
    for each in range(Organisation.objects.count(), number):
        facts = {**found[each % len(found)], "name": f"{found[each % len(found)]['name']} {each}"}
        if "urn" in facts:
            facts["urn"] = 910_000 + each
        organisers.bring_in(where, f"benchmark-{each}", facts, officer, now)


@transaction.atomic
def _venues(where: Place, number: int) -> None:
    """At real postcodes of the place, with answers to the questions about getting in."""
    place.load_postcodes(where)
    place.build_venues(where)
    models = list(Venue.objects.order_by("pk").prefetch_related("access"))
    spots = list(Postcode.objects.within(where.area_codes).positioned().order_by("code"))
    chance = random.Random(number)  # noqa: S311 (the same in every run)
    for each in range(len(models), number):
        model, spot = models[each % len(models)], chance.choice(spots)
        venue, created = Venue.objects.get_or_create(
            uuid=same_every_time("benchmark venue", each),
            defaults={
                "place": where,
                "name": f"{model.name} {each}",
                "town": model.town,
                "postcode": str(spot),
                "latitude": spot.latitude,
                "longitude": spot.longitude,
            },
        )
        if created:
            VenueAccess.objects.bulk_create(
                VenueAccess(
                    venue=venue,
                    feature_id=said.feature_id,
                    answer=said.answer,
                    note=said.note,
                    checked_on=said.checked_on,
                )
                for said in model.access.all()
            )
