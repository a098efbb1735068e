"""As days go by, dates reach further and past ones leave the listings."""

import datetime

import pytest
from django.utils import timezone

from events.actions import extending, refreshing
from events.models import Listing, Occurrence
from organisations.models import Generation
from places.models import Term
from tests.factories.activities import make_activity, make_draft, make_rule

pytestmark = [pytest.mark.django_db, pytest.mark.floor]


def last_day(activity) -> datetime.date:
    return timezone.localdate(Occurrence.objects.filter(activity=activity).last().starts_at)


def test_dates_reach_eighteen_months_ahead_and_keep_their_identity(clock) -> None:
    activity = make_activity(rules=[make_rule(times=None)])
    assert last_day(activity) == datetime.date(2028, 5, 16)
    before = set(Occurrence.objects.filter(activity=activity).values_list("uuid", flat=True))
    now = timezone.now() + datetime.timedelta(days=30)
    clock(now)

    assert extending.extend_dates(now=now) == 1

    assert last_day(activity) == datetime.date(2028, 6, 20)
    after = Occurrence.objects.filter(activity=activity)
    assert before < set(after.values_list("uuid", flat=True))
    assert not after.filter(public_since=None).exists()


def test_extending_again_changes_nothing(clock) -> None:
    make_activity(rules=[make_rule(times=None)])
    make_activity()
    make_draft(rules=[make_rule(times=None)])
    now = timezone.now() + datetime.timedelta(days=30)
    clock(now)
    assert extending.extend_dates(now=now) == 1
    generation = Generation.objects.current()

    assert extending.extend_dates(now=now) == 0
    assert Generation.objects.current() == generation


def test_new_terms_bring_new_dates() -> None:
    activity = make_activity(rules=[make_rule(times=None, season="term")])
    assert last_day(activity) == datetime.date(2027, 7, 20)
    Term.objects.create(
        place=activity.host.place,
        name="Autumn 1",
        first_day=datetime.date(2027, 9, 1),
        last_day=datetime.date(2027, 10, 22),
    )

    assert extending.extend_dates(now=timezone.now()) == 1

    assert last_day(activity) == datetime.date(2027, 10, 19)


def test_one_that_fails_never_stops_the_others(clock, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = make_activity(rules=[make_rule(times=None)]), make_activity(rules=[make_rule(times=None)])
    now = timezone.now() + datetime.timedelta(days=30)
    clock(now)
    real = refreshing.refresh_dates

    def fail_for_bad(*, activity, now):
        if activity.pk == bad.pk:
            raise RuntimeError("on purpose")
        return real(activity=activity, now=now)

    monkeypatch.setattr(refreshing, "refresh_dates", fail_for_bad)

    assert extending.extend_dates(now=now) == 1
    assert last_day(good) == datetime.date(2028, 6, 20)


def test_past_dates_leave_the_listing(clock) -> None:
    activity = make_activity(rules=[make_rule(times=3)])
    now = datetime.datetime(2027, 1, 13, 2, tzinfo=datetime.UTC)
    clock(now)
    generation = Generation.objects.current()

    assert extending.let_past_dates_go(now=now) == 1

    listing = Listing.objects.get(activity=activity)
    assert len(listing.starts) == 2
    assert listing.generation == generation + 1
    assert extending.let_past_dates_go(now=now) == 0
