"""Platform staff's forms and an owner's first page in the CMS, among 5,000 organisations.

Run as a module, on a cluster of its own. Pages are asked for in this process, by somebody who is signed in.
"""

import os
import statistics
import sys
import time

from tests.bench import starting

ORGANISATIONS, TIMES, SECONDS = 5_000, 9, 0.3


def main() -> int:
    """Print what was measured; 1 where a budget is broken, else 0."""
    os.environ["MINGLE_CLUSTER"] = "bench-staff"
    starting.start()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from organisations.models import Organisation  # noqa: PLC0415
    from tests.bench import many_organisations, staff_pages  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if Organisation.objects.count() < ORGANISATIONS:
        many_organisations.fill(ORGANISATIONS)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    print(f"staff      {Organisation.objects.count():,} organisations")
    return 0 if all([_measure(*page) for page in staff_pages.pages()]) else 1


def _measure(name: str, client: object, path: str) -> bool:
    """By the clock; the first time, which reads templates, is not counted."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from tests.bench import staff_pages  # noqa: PLC0415

    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
        queries = len(captured)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    times, process = [], time.process_time()
    for _time in range(TIMES):
        began = time.perf_counter()
        client.get(path)
        times.append(time.perf_counter() - began)
    cpu = (time.process_time() - process) / TIMES
    median, size = statistics.median(times), len(answer.content)
    kept = median < SECONDS and queries <= staff_pages.MOST_QUERIES
    print(
        f"{name:28} median {median * 1000:4.0f} ms, slowest {max(times) * 1000:4.0f} ms, "
        f"{cpu * 1000:4.0f} ms CPU, "
        f"{queries:2} queries, {size / 1000:.0f} kB{'' if kept else ': BROKEN'}",
        flush=True,
    )
    return kept


if __name__ == "__main__":
    sys.exit(main())
