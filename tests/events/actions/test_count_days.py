"""Count days: two a term, drawn by lot, told a week ahead, moved once."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from events import nightly
from events.actions import count_days, occurrences
from events.models import CountDay, Occurrence
from organisations.models import Role
from organisations.refusals import MayNotChange
from places.clock import LONDON
from places.models import Term
from tests.factories.activities import make_activity, make_rule
from tests.factories.count_days import make_count_day
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db
SPRING = datetime.date(2027, 1, 1)


def at(year: int, month: int, day: int) -> datetime.datetime:
    return datetime.datetime(year, month, day, 3, tzinfo=LONDON)


def days_of(activity) -> list[datetime.date]:
    rows = CountDay.objects.filter(activity=activity).order_by("occurrence__starts_at")
    return [timezone.localdate(day.occurrence.starts_at) for day in rows.select_related("occurrence")]


@pytest.fixture
def activity():
    """Ten Tuesdays from 12 January 2027, at a place with no terms typed in."""
    activity = make_activity("Street football")
    Term.objects.all().delete()
    return activity


def test_two_are_drawn_for_each_series_once(activity, clock):
    clock(at(2026, 12, 24))
    assert nightly.draw_count_days(dry_run=False) == 0
    clock(at(2026, 12, 25))  # a week before the season
    assert nightly.draw_count_days(dry_run=True) == 1
    assert nightly.draw_count_days(dry_run=False) == 1
    drawn = days_of(activity)
    assert len(set(drawn)) == 2
    assert set(drawn) <= {timezone.localdate(row.starts_at) for row in activity.occurrences.all()}
    assert nightly.draw_count_days(dry_run=False) == 0
    assert days_of(activity) == drawn


def test_only_dates_in_term_are_drawn(activity, clock):
    lasts = {"first_day": datetime.date(2027, 2, 1), "last_day": datetime.date(2027, 2, 12)}
    Term.objects.create(place=activity.host.place, name="Spring", **lasts)
    clock(at(2026, 12, 25))
    nightly.draw_count_days(dry_run=False)
    assert days_of(activity) == [datetime.date(2027, 2, 2), datetime.date(2027, 2, 9)]


def test_series_with_one_date_has_one_and_what_is_too_near_to_tell_has_none(clock):
    one = make_activity(rules=[make_rule(times=1)])
    clock(at(2027, 1, 6))
    assert nightly.draw_count_days(dry_run=False) == 0
    clock(at(2027, 1, 5))
    assert nightly.draw_count_days(dry_run=False) == 1
    assert days_of(one) == [datetime.date(2027, 1, 12)]


def test_one_that_is_called_off_is_drawn_anew(activity, clock):
    clock(at(2026, 12, 25))
    nightly.draw_count_days(dry_run=False)
    gone = CountDay.objects.order_by("pk").first().occurrence
    occurrences.cancel(occurrence=gone, reason="Snow", by=make_member(activity.host))
    assert nightly.draw_count_days(dry_run=False) == 1
    assert len(set(days_of(activity))) == 2
    assert not CountDay.objects.filter(occurrence=gone).exists()


def test_one_that_passed_before_anybody_was_told_is_drawn_anew(activity, clock):
    """Nights without the work of the night, or a date that was moved nearer."""
    dates = list(activity.occurrences.order_by("starts_at"))
    passed, told = dates[0], dates[1]
    for number, date in enumerate((passed, told), start=1):
        make_count_day(date, number)
    CountDay.objects.filter(occurrence=passed).update(announced_at=None)
    clock(told.starts_at + datetime.timedelta(hours=2))
    assert nightly.draw_count_days(dry_run=False) == 1
    drawn = days_of(activity)
    assert (len(set(drawn)), timezone.localdate(told.starts_at) in drawn) == (2, True)
    assert timezone.localdate(passed.starts_at) not in drawn


def test_count_day_is_a_secret_until_a_week_before_and_then_told_once(
    activity, clock, mailoutbox, django_capture_on_commit_callbacks
):
    recorder = make_member(activity.host, Role.RECORDER)
    make_officer(activity.host.place)
    row = activity.occurrences.order_by("starts_at")[3]  # 2 February
    day = make_count_day(row)
    CountDay.objects.update(announced_at=None)
    clock(at(2027, 1, 25))
    assert nightly.announce_count_days(dry_run=False) == 0
    assert not count_days.asks_groups(row)
    clock(at(2027, 1, 26))
    assert nightly.announce_count_days(dry_run=True) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert nightly.announce_count_days(dry_run=False) == 1
    assert nightly.announce_count_days(dry_run=False) == 0
    day.refresh_from_db()
    assert day.announced_at == timezone.now()
    assert count_days.asks_groups(row)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([recorder.email], "A count day is coming: Street football")
    assert reverse("organise_date", args=[row.uuid]) in mail.body


def test_count_day_is_moved_once_to_a_date_of_the_same_term(activity):
    by = make_member(activity.host, Role.RECORDER)
    first, second, third, *_rest = activity.occurrences.order_by("starts_at")
    make_count_day(first)
    count_days.move(occurrence=first, to=second, by=by)
    assert (count_days.asks_groups(first), count_days.asks_groups(second)) == (False, True)
    entry = AuditEntry.objects.get(action="count_day.moved")
    assert (entry.by, entry.subject, entry.details["from"]) == (by, second.uuid, str(first.uuid))
    with pytest.raises(ValidationError) as caught:
        count_days.move(occurrence=second, to=third, by=by)
    assert caught.value.messages == ["A count day can be moved once, and this one has been."]


def test_count_day_is_not_moved_out_of_its_term_nor_to_what_is_over_off_or_another(activity, clock):
    by = make_member(activity.host)
    summer = make_activity(host=activity.host, rules=[make_rule(first_date=datetime.date(2027, 3, 30))])
    first, off, over, another, *_rest = activity.occurrences.order_by("starts_at")
    spring, april, *_more = summer.occurrences.order_by("starts_at")
    make_count_day(spring)
    make_count_day(first)
    make_count_day(another, 2)
    occurrences.cancel(occurrence=off, reason="Snow", by=by)
    said = "Choose a coming date of the same term that is no count day yet."
    for day, to in ((spring, april), (spring, first), (first, off), (first, another), (first, first)):
        with pytest.raises(ValidationError) as caught:
            count_days.move(occurrence=day, to=to, by=by)
        assert caught.value.messages == [said]
    clock(over.starts_at)
    with pytest.raises(ValidationError) as caught:
        count_days.move(occurrence=first, to=another, by=by)
    assert caught.value.messages == ["This date has begun or is over, so it stays as it was."]


def test_count_day_is_not_moved_once_people_may_have_answered(activity, clock):
    by = make_member(activity.host)
    first, second, *_rest = activity.occurrences.order_by("starts_at")
    make_count_day(first)
    clock(first.starts_at - datetime.timedelta(minutes=15))
    with pytest.raises(ValidationError) as caught:
        count_days.move(occurrence=first, to=second, by=by)
    assert caught.value.messages == ["This date has begun or is over, so it stays as it was."]
    clock(first.starts_at - datetime.timedelta(minutes=16))
    assert count_days.move(occurrence=first, to=second, by=by).occurrence == second


def test_officer_moves_no_count_day(activity):
    first, second, *_rest = activity.occurrences.order_by("starts_at")
    make_count_day(first)
    with pytest.raises(MayNotChange):
        count_days.move(occurrence=first, to=second, by=make_officer(activity.host.place))


def test_recorder_reads_of_it_at_the_date_and_moves_it_there(client, activity, clock):
    clock(at(2027, 1, 10))
    client.force_login(make_member(activity.host, Role.RECORDER))
    first, second, *_rest = activity.occurrences.order_by("starts_at")
    make_count_day(first)
    assert "Count day" in client.get(reverse("organise")).content.decode()
    address = reverse("organise_date", args=[first.uuid])
    assert "This is a count day" in client.get(address).content.decode()
    wrong = client.post(address, {"do": "count_day", "count_day-to": "x"})
    assert list(wrong.context["forms"]["count_day"].errors) == ["to"]
    client.post(address, {"do": "count_day", "count_day-to": str(second.uuid)})
    assert Occurrence.objects.get(count_day__isnull=False) == second
    assert "This is a count day" not in client.get(address).content.decode()


def test_what_is_not_announced_is_not_shown(client, activity, clock):
    clock(at(2027, 1, 10))
    client.force_login(make_member(activity.host, Role.RECORDER))
    first = activity.occurrences.order_by("starts_at").first()
    make_count_day(first)
    CountDay.objects.update(announced_at=None)
    assert "Count day" not in client.get(reverse("organise")).content.decode()
    assert "count day" not in client.get(reverse("organise_date", args=[first.uuid])).content.decode()
