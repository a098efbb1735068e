"""Publishing an activity with 60 dates, with all that follows from it, among a million other dates.

Run as a module. Each is really published, in a transaction that is then undone.
"""

import datetime
import statistics
import sys
import time

from tests.bench import starting

ACTIVITIES, DATES, TIMES, SECONDS = 20_000, 60, 15, 1.0
BARE_VIEWS = 300


def main() -> int:
    """Print what was measured; 1 where the budget is broken, else 0."""
    starting.start()
    from events.models import Occurrence  # noqa: PLC0415
    from tests.bench import filling, serving  # noqa: PLC0415

    filled = filling.prepare(ACTIVITIES)
    clocks = sorted(_publish(number) for number in range(TIMES))
    seconds = [wall for wall, _ in clocks]
    published = serving.Alone(*(statistics.median(part) * 1000 for part in zip(*clocks, strict=True)))
    with serving.serving() as server:
        kinds = {"bare view": ["/bare/200"] * BARE_VIEWS}
        bare = server.in_turn(kinds, lambda port, path: serving.ask(port, [path]))["bare view"]
    print(
        f"publish    {DATES} dates among {Occurrence.objects.count():,}: {published}; "
        f"{published.ms / bare.ms:.0f} times bare; longest {seconds[-1] * 1000:.0f} ms, "
        f"target under {SECONDS * 1000:.0f} ms"
    )
    print(f"publish    bare view: {bare}")
    return 0 if filled and seconds[-1] < SECONDS else 1


def _publish(number: int) -> tuple[float, float]:
    """Seconds by the clock and of this process's CPU."""
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from events.actions import publishing  # noqa: PLC0415
    from events.models import Occurrence  # noqa: PLC0415
    from mingle.demo import activities, people  # noqa: PLC0415
    from mingle.demo.bulk import material  # noqa: PLC0415
    from organisations.models import Organisation, Venue  # noqa: PLC0415

    by = User.objects.get(email=people.OFFICER.email)
    with transaction.atomic():
        (draft,) = material.drafts(
            [10_000_000 + number],
            hosts=list(Organisation.objects.select_related("place")[:5]),
            venues=list(Venue.objects.all()[:5]),
            by=by,
            today=timezone.localdate(),
        )
        (rule,) = draft.rules.all()
        rule.repeat, rule.weekdays, rule.times = "daily", [], DATES
        rule.first_date = timezone.localdate() + datetime.timedelta(days=1)
        activities.save(draft, by)
        began, process = time.perf_counter(), time.process_time()
        publishing.publish(activity=draft, by=by)
        taken = time.perf_counter() - began, time.process_time() - process
        assert Occurrence.objects.filter(activity=draft).count() == DATES
        transaction.set_rollback(True)
    return taken


if __name__ == "__main__":
    sys.exit(main())
