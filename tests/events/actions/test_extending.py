"""As days go by, dates reach further and past ones leave the listings."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.acting import acting
from accounts.models import AuditEntry
from events.actions import extending, refreshing
from events.models import Listing, Occurrence
from organisations.models import Generation
from places.models import Place, Term
from places.signals import school_year_changed
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


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


def test_terms_that_change_move_dates_at_once_and_keep_their_identity() -> None:
    activity = make_activity(rules=[make_rule(times=None, until=datetime.date(2027, 3, 24), season="term")])
    elsewhere = make_activity(host=make_organisation(place=make_place("kirklees")))
    before = dict(Occurrence.objects.filter(activity=activity).values_list("rule_date", "uuid"))
    outside = datetime.date(2027, 2, 9)
    assert outside in before
    place, person = activity.host.place, make_user()
    split_at = place.terms.get(first_day__lte=outside, last_day__gte=outside)
    Term.objects.filter(pk=split_at.pk).update(last_day=datetime.date(2027, 2, 5))

    with acting(person):
        school_year_changed.send(sender=Place, places=[place])

    dates = Occurrence.objects.filter(activity=activity)
    assert dict(dates.values_list("rule_date", "uuid")) == before
    assert set(dates.filter(withdrawn=True).values_list("rule_date", flat=True)) == {outside}
    entry = AuditEntry.objects.filter(action="activity.followed_school_year").get()
    assert (entry.by, entry.subject) == (person, activity.uuid)
    assert entry.details["dates_withdrawn"] == 1
    assert not Occurrence.objects.filter(activity=elsewhere, withdrawn=True).exists()


def test_terms_that_change_nothing_settle_nothing() -> None:
    activity = make_activity()
    generation = Generation.objects.current()

    assert extending.follow_school_year(places=[activity.host.place], by=None) == 0

    assert Generation.objects.current() == generation


def test_new_terms_stand_only_with_their_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    activity = make_activity(rules=[make_rule(times=None, season="term")])
    place = activity.host.place
    monkeypatch.setattr(refreshing, "refresh_dates", lambda **_: 1 / 0)

    @transaction.atomic
    def end_all_terms() -> None:
        place.terms.all().delete()
        school_year_changed.send(sender=Place, places=[place])

    with pytest.raises(ZeroDivisionError):
        end_all_terms()

    assert place.terms.exists()


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
