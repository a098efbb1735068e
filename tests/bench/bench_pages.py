"""Pages of activities and organisations, another each time and the same again, beside a bare view.

On the same 20,000 activities as the lists. Run as a module.
"""

import sys
from collections.abc import Sequence

from tests.bench import starting

SLOWEST, SLOWEST_AGAIN, MOST_QUERIES = 15, 2, 6
ACTIVITIES, PAGES = 20_000, 600


def main() -> int:
    """Print what was measured; 1 where a budget is broken, else 0."""
    starting.start()
    from events.models import Listing  # noqa: PLC0415
    from tests.bench import filling, serving  # noqa: PLC0415

    filled = filling.prepare(ACTIVITIES)
    public = Listing.objects.filter(public=True).order_by("uuid")
    activities = list(public.values_list("path", flat=True)[:PAGES])
    organisers = [f"/organisers/{slug}/" for slug in {path.split("/")[2] for path in activities}]
    with serving.serving() as server:
        kept = [
            _measure(server, "activity", _different(activities)),
            _measure(server, "organisation", _different(organisers)),
        ]
    return 0 if filled and all(kept) else 1


def _different(paths: Sequence[str]) -> list[str]:
    """So many addresses that nobody has asked for, even of a few pages."""
    return [f"{paths[number % len(paths)]}?n={number}" for number in range(PAGES)]


def _measure(server: object, name: str, paths: Sequence[str]) -> bool:
    """First as nobody has read them since they changed, then as others have, whose text is kept."""
    queries = _most_queries(paths[:20])
    server.measure(paths[-20:])
    unread = server.measure([f"{path}&unread" for path in paths[20:-20]])
    parts = server.compare(
        {
            "different": paths[:-20],
            "again": [paths[0]] * 2 * PAGES,
            "bare view": [f"/bare/{unread.size}"] * 2 * PAGES,
        },
        rounds=3,
    )
    different, again, bare = parts["different"], parts["again"], parts["bare view"]
    for what, measured in {"unread": unread, **parts}.items():
        print(f"{name:12} {what:10} {measured}; {bare.rate / measured.rate:.1f} times bare")
    print(f"{name:12} at most {queries} queries")
    slow = bare.rate / different.rate > SLOWEST or bare.rate / again.rate > SLOWEST_AGAIN
    return not slow and queries <= MOST_QUERIES


def _most_queries(paths: Sequence[str]) -> int:
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, counts = Client(headers={"host": "localhost"}), []
    client.get("/")  # reads the index
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    return max(counts)


if __name__ == "__main__":
    sys.exit(main())
