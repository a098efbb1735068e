"""What an activity's page is made of, read by hand."""

import datetime
from collections.abc import Callable

import pytest
from django.db.models import Model
from django.utils import timezone

from events import activity_page
from events.models import Activity
from images.models import Picture
from tests.factories.activities import make_activity

pytestmark = [pytest.mark.django_db, pytest.mark.floor]

JOINED = ("host", "host.page", "host.place", "venue", "type", "picture", "entrance_picture")


def facts(row: Model | None) -> dict[str, object] | None:
    return row and {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def joined(activity: Activity) -> list[dict[str, object] | None]:
    """All columns of the activity, and of what it hangs together with."""
    found = []
    for path in JOINED:
        row = activity
        for name in path.split("."):
            row = getattr(row, name)
        found.append(facts(row))
    return [facts(activity), *found]


def make_picture(title: str) -> Picture:
    return Picture.objects.create(title=title, file=f"{title}.jpg", width=40, height=30)


@pytest.mark.parametrize("seen", [True, False])
def test_whole_rows_are_read_as_django_reads_them(seen: bool, django_assert_num_queries: Callable) -> None:
    pictures = {"picture": make_picture("a"), "entrance_picture": make_picture("b")} if seen else {}
    key = make_activity("Chess", price="3.50", age_to=None, **pictures).pk
    with django_assert_num_queries(1):
        read = joined(activity_page.read(key, timezone.localdate()).activity)
    assert read == joined(Activity.objects.get(pk=key))


def test_an_activity_that_has_gone_is_not_read() -> None:
    with pytest.raises(Activity.DoesNotExist):
        activity_page.read(0, datetime.date(2026, 12, 1))
