"""The part of the page that answers."""

import datetime

import pytest
from django.http import QueryDict

from events.browsing.results import subscription
from events.query import parse


@pytest.mark.parametrize(
    ("today", "month"), [(datetime.date(2026, 11, 23), "2026-09"), (datetime.date(2027, 8, 31), "2026-09")]
)
def test_subscription_leaves_dates_out_and_lets_ages_grow(today, month):
    query = parse(QueryDict("age=12&when=week&day=sat&free=1&page=2&sort=title"))
    assert subscription(query, today).webcal == (
        f"webcal://localhost:8000/activities/calendar.ics?day=sat&age=12&free=1&asof={month}"
    )


def test_subscription_without_ages_says_no_month():
    query = parse(QueryDict("free=1"))
    assert subscription(query, datetime.date(2026, 11, 23)).https == (
        "http://localhost:8000/activities/calendar.ics?free=1"
    )
