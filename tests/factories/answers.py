"""A count day that is on now, and forms that are sent to it."""

import datetime
import re

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from events.actions import answers
from events.models import Activity, Counter, Occurrence
from organisations.models import Organisation
from tests.factories.activities import make_activity, make_rule
from tests.factories.count_days import make_count_day
from tests.factories.people import make_member

FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def make_session(
    title: str = "", *, host: Organisation | None = None, started: datetime.timedelta | None = None
) -> Occurrence:
    """Weekly, for an hour, the first of them begun ten minutes ago or as long ago as is said."""
    now = timezone.now()
    rule = make_rule(first_date=timezone.localdate(now) + datetime.timedelta(days=1), times=3)
    activity = make_activity(title, rules=[rule], **({"host": host} if host else {}))
    first = activity.occurrences.earliest("starts_at")
    starts = now - (datetime.timedelta(minutes=10) if started is None else started)
    Occurrence.objects.filter(pk=first.pk).update(
        starts_at=starts, ends_at=starts + datetime.timedelta(hours=1)
    )
    session = Occurrence.objects.select_related("activity__host").get(pk=first.pk)
    make_count_day(session)
    return Occurrence.objects.select_related("activity__host", "count_day").get(pk=first.pk)


def code_of(activity: Activity) -> str:
    return answers.code_of(activity=activity, by=make_member(activity.host))


def opened(client: Client, address: str) -> dict[str, str]:
    """What the form sends when nothing is chosen."""
    return dict(FIELD.findall(client.get(address).content.decode()))


def send(client: Client, address: str, **said: str) -> HttpResponse:
    return client.post(address, {**opened(client, address), **said})


def counted(occurrence: Occurrence) -> dict[str, int]:
    """What is more than nothing, as "group:asian"."""
    rows = Counter.objects.filter(register=occurrence.pk, number__gt=0)
    return {f"{row.question}:{row.answer}": row.number for row in rows}
