"""Activities for tests, published through the real action unless asked otherwise."""

import datetime
import itertools

from events.actions import vocabularies
from events.models import Activity, ActivityType, ScheduleRule
from organisations.models import Organisation
from tests.factories.organisations import make_organisation, make_venue

_numbers = itertools.count(1)


def make_rule(**fields: object) -> ScheduleRule:
    """Every Tuesday from 4:30 to 6 pm from 12 January 2027, ten times; unsaved."""
    return ScheduleRule(
        **{
            "first_date": datetime.date(2027, 1, 12),
            "start": datetime.time(16, 30),
            "end": datetime.time(18),
            "repeat": "weekly",
            "weekdays": [],
            **({} if "until" in fields or "times" in fields else {"times": 10}),
            **fields,
        }
    )


def make_draft(
    title: str = "",
    *,
    host: Organisation | None = None,
    rules: list[ScheduleRule] | None = None,
    type: str = "football",
    **fields: object,
) -> Activity:
    """A draft below its host's page, saved with one revision."""
    if not ActivityType.objects.exists():
        vocabularies.add_missing()
    host = host or make_organisation()
    number = next(_numbers)
    defaults: dict[str, object] = {
        "title": title or f"Activity {number}",
        "slug": f"activity-{number}",
        "summary": "Play and meet people.",
        "type": ActivityType.objects.get(slug=type),
        "age_from": 8,
        "age_to": 14,
        "price": 0,
        "host": host,
    }
    activity = Activity(
        live=False, **{**defaults, "venue": fields.pop("venue", None) or make_venue(host), **fields}
    )
    activity.rules = rules if rules is not None else [make_rule()]
    host.page.add_child(instance=activity)
    activity.save_revision()
    return activity


def make_activity(title: str = "", **fields: object) -> Activity:
    """A published activity with its dates."""
    activity = make_draft(title, **fields)
    activity.get_latest_revision().publish()
    return Activity.objects.get(pk=activity.pk)
