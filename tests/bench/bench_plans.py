"""No page and no calendar reads all dates to find some, as the planner chooses among 1,000,000.

One page of each kind, and lists as families ask for them. Run as a module.
"""

import sys

from tests.bench import starting

ACTIVITIES, QUESTIONS = 20_000, 100


def main() -> int:
    """Print what was looked at; 1 where a plan reads a table of dates from end to end, else 0."""
    starting.start()
    from events.models import Activity, ActivityType  # noqa: PLC0415
    from organisations.models import AccessFeature  # noqa: PLC0415
    from tests.bench import filling, plans, questions  # noqa: PLC0415

    filled = filling.prepare(ACTIVITIES)
    activity = Activity.objects.select_related("host__place").earliest("pk")
    lists = questions.different(
        QUESTIONS,
        types=list(ActivityType.objects.values_list("slug", flat=True)),
        access=list(AccessFeature.objects.values_list("slug", flat=True)),
        near=(53.72, -1.86),
    )
    looked_at, scans = 0, 0
    for address in [*plans.addresses(activity).values(), *lists]:
        asked, by_hand = plans.of(address)
        for plan in (*asked, *by_hand):
            looked_at += 1
            if tables := plans.scanned(plan):
                scans += 1
                print(f"plans      {address} reads all of {', '.join(tables)}:\n{plan}")
    print(
        f"plans      {looked_at} of {len(plans.PAGES)} pages and {len(lists)} lists: "
        f"{scans} read all dates (budget 0)"
    )
    return 0 if filled and looked_at and not scans else 1


if __name__ == "__main__":
    sys.exit(main())
