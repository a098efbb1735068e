"""All dates between two days: changed together, put back together."""

import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry, User
from events import seen
from events.actions import occurrences, putting_back, spans
from events.actions.spans import Span
from events.models import Activity, CalendarEntry, Listing, Occurrence, State
from organisations.models import Generation, Role
from organisations.refusals import MayNotChange
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member, make_user

pytestmark = pytest.mark.django_db

SPAN = Span(datetime.date(2027, 1, 19), datetime.date(2027, 2, 2))
LATER = (datetime.time(17), datetime.time(18, 30))


@pytest.fixture
def activity() -> Activity:
    """On five Tuesdays, of which the span has the second to the fourth."""
    return make_activity(rules=[make_rule(times=5)])


@pytest.fixture
def by(activity: Activity) -> User:
    return make_member(activity.host, Role.RECORDER)


def dates(activity: Activity) -> list[Occurrence]:
    return list(Occurrence.objects.filter(activity=activity).select_related("venue"))


def states(activity: Activity) -> list[str]:
    return [row.state for row in dates(activity)]


def everything(activity: Activity) -> list[dict[str, Any]]:
    """All that is stored of its dates."""
    return list(Occurrence.objects.filter(activity=activity).values())


def sequences(activity: Activity) -> list[int]:
    entries = CalendarEntry.objects.filter(activity=activity).order_by("starts_at")
    return list(entries.values_list("sequence", flat=True))


def errors(caught: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return caught.value.message_dict


def looked(activity: Activity, span: Span = SPAN) -> Span:
    """The span of a person who sees the dates as they are now; their phone sends back what it was given."""
    given = seen.as_text(seen.of_coming(activity))
    return Span(span.first, span.last, seen.from_text(given))


def test_cancel_cancels_both_ends_and_once_only(activity: Activity, by: User) -> None:
    generation = Generation.objects.current()

    outcome = spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by)

    assert (len(outcome.changed), len(outcome.unchanged)) == (3, 0)
    assert states(activity) == ["scheduled", "cancelled", "cancelled", "cancelled", "scheduled"]
    assert Generation.objects.current() == generation + 1
    assert AuditEntry.objects.filter(action="occurrence.cancelled", reason="Half-term").count() == 3
    again = spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by)
    assert (len(again.changed), len(again.unchanged), again.change) == (0, 3, None)
    assert Generation.objects.current() == generation + 1


def test_reinstate_takes_them_back(activity: Activity, by: User) -> None:
    spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by)

    outcome = spans.reinstate(activity=activity, span=SPAN, by=by)

    assert len(outcome.changed) == 3
    assert states(activity) == ["scheduled"] * 5


def test_move_moves_times_and_leaves_cancelled_dates_alone(activity: Activity, by: User) -> None:
    occurrences.cancel(occurrence=dates(activity)[1], reason="Snow", by=by)

    outcome = spans.move(activity=activity, span=SPAN, times=LATER, by=by, reason="Lighter")

    assert (len(outcome.changed), len(outcome.unchanged)) == (2, 1)
    assert states(activity) == ["scheduled", "cancelled", "moved", "moved", "scheduled"]
    moved = [row for row in dates(activity) if row.state == State.MOVED]
    assert {timezone.localtime(row.starts_at).time() for row in moved} == {datetime.time(17)}
    assert not spans.move(activity=activity, span=SPAN, times=LATER, by=by, reason="Lighter").changed


def test_move_to_another_venue_keeps_the_times(activity: Activity, by: User) -> None:
    hall, before = make_venue(activity.host, name="The hall"), dates(activity)

    spans.move(activity=activity, span=SPAN, venue=hall, by=by, reason="The pool is shut")

    after = dates(activity)
    assert [row.starts_at for row in after] == [row.starts_at for row in before]
    assert [row.venue for row in after] == [activity.venue, hall, hall, hall, activity.venue]
    assert [row.state for row in after] == ["scheduled", "moved", "moved", "moved", "scheduled"]
    assert {row.reason for row in after[1:4]} == {"The pool is shut"}
    assert sequences(activity) == [0, 1, 1, 1, 0]


def test_move_of_time_and_venue_back_to_the_schedule_follows_it_again(activity: Activity, by: User) -> None:
    hall = make_venue(activity.host)
    spans.move(activity=activity, span=SPAN, times=LATER, venue=hall, by=by)

    usual = (datetime.time(16, 30), datetime.time(18))
    spans.move(activity=activity, span=SPAN, times=usual, venue=activity.venue, by=by)

    assert states(activity) == ["scheduled"] * 5
    assert {(row.placed_by_hand, row.moved_from) for row in dates(activity)} == {(False, None)}


def test_move_to_somebody_elses_venue_is_refused(activity: Activity, by: User) -> None:
    with pytest.raises(ValidationError) as caught:
        spans.move(activity=activity, span=SPAN, venue=make_venue(make_organisation()), by=by)

    assert errors(caught) == {"venue": ["Choose one of your own venues or a shared one."]}
    assert states(activity) == ["scheduled"] * 5


def test_put_notice_says_it_with_every_date_that_is_on_and_takes_it_away(
    activity: Activity, by: User
) -> None:
    occurrences.cancel(occurrence=dates(activity)[1], reason="Snow", by=by)

    outcome = spans.put_notice(activity=activity, span=SPAN, notice=" The lift is out of order. ", by=by)

    assert (len(outcome.changed), len(outcome.unchanged)) == (2, 1)
    said = "The lift is out of order."
    assert [row.notice for row in dates(activity)] == ["", "", said, said, ""]
    assert sequences(activity) == [0, 1, 1, 1, 0]
    assert not spans.put_notice(activity=activity, span=SPAN, notice=said, by=by).changed
    assert len(spans.put_notice(activity=activity, span=SPAN, notice="", by=by).changed) == 2
    assert {row.notice for row in dates(activity)} == {""}


def test_a_notice_that_is_too_long_is_refused(activity: Activity, by: User) -> None:
    with pytest.raises(ValidationError) as caught:
        spans.put_notice(activity=activity, span=SPAN, notice="x" * 201, by=by)

    assert errors(caught) == {"notice": ["Keep it under 200 letters."]}


def test_a_span_that_fails_for_one_date_changes_none() -> None:
    sunday = datetime.date(2027, 3, 21)
    morning = {"start": datetime.time(10), "end": datetime.time(11)}
    activity = make_activity(rules=[make_rule(first_date=sunday, times=2, **morning)])
    march = Span(datetime.date(2027, 3, 1), datetime.date(2027, 3, 31))

    with pytest.raises(ValidationError, match="the clocks go forward"):
        spans.move(
            activity=activity,
            span=march,
            times=(datetime.time(1, 30), datetime.time(5)),
            by=make_member(activity.host),
        )

    assert states(activity) == ["scheduled", "scheduled"]


def test_a_span_that_ends_before_it_begins_is_refused(activity: Activity, by: User) -> None:
    with pytest.raises(ValidationError) as caught:
        spans.cancel(activity=activity, span=Span(SPAN.last, SPAN.first), reason="x", by=by)

    assert list(errors(caught)) == ["last"]


def test_a_stranger_changes_no_span_and_undoes_none(activity: Activity, by: User) -> None:
    change = spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by).change
    stranger = make_user()

    for act in (
        lambda: spans.cancel(activity=activity, span=SPAN, reason="x", by=stranger),
        lambda: spans.move(activity=activity, span=SPAN, times=LATER, by=stranger),
        lambda: spans.put_notice(activity=activity, span=SPAN, notice="x", by=stranger),
        lambda: spans.reinstate(activity=activity, span=SPAN, by=stranger),
        lambda: putting_back.undo(activity=activity, change=change, by=stranger),
    ):
        with pytest.raises(MayNotChange):
            act()


def test_dates_that_the_schedule_gave_up_are_left_out(activity: Activity, by: User) -> None:
    rule = activity.rules.get()
    rule.times = 3
    activity.rules.add(rule)
    activity.save_revision().publish()

    outcome = spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by)

    assert len(outcome.changed) == 2
    assert [row.withdrawn for row in dates(activity)] == [False, False, False, True, True]


def test_reinstate_names_the_dates_that_the_schedule_no_longer_has(activity: Activity, by: User) -> None:
    spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by)
    rule = activity.rules.get()
    rule.times = 3
    activity.rules.add(rule)
    activity.save_revision().publish()

    with pytest.raises(ValidationError, match="no longer has these dates: 2 February 2027"):
        spans.reinstate(activity=activity, span=SPAN, by=by)

    assert states(activity) == ["scheduled", "cancelled", "cancelled", "cancelled", "cancelled"]


# What somebody else did meanwhile


def test_what_somebody_else_changed_in_the_span_is_not_overwritten_unseen(
    activity: Activity, by: User
) -> None:
    span = looked(activity)
    occurrences.put_notice(occurrence=dates(activity)[1], notice="Bring a towel", by=by)
    occurrences.cancel(occurrence=dates(activity)[3], reason="Ill", by=by)
    before = everything(activity)

    for act in (
        lambda: spans.cancel(activity=activity, span=span, reason="Half-term", by=by),
        lambda: spans.move(activity=activity, span=span, times=LATER, by=by),
        lambda: spans.put_notice(activity=activity, span=span, notice="Bring a torch", by=by),
        lambda: spans.reinstate(activity=activity, span=span, by=by),
    ):
        with pytest.raises(ValidationError) as caught:
            act()
        (words,) = errors(caught)["seen"]
        assert "19 January 2027 and 2 February 2027" in words
    assert everything(activity) == before
    assert spans.cancel(activity=activity, span=looked(activity), reason="Half-term", by=by).changed


def test_a_date_that_somebody_moved_out_of_the_span_is_missed(activity: Activity, by: User) -> None:
    span = looked(activity)
    second, week = dates(activity)[1], datetime.timedelta(days=40)
    occurrences.move(
        occurrence=second, starts_at=second.starts_at + week, ends_at=second.ends_at + week, by=by
    )

    with pytest.raises(ValidationError, match="19 January 2027"):
        spans.cancel(activity=activity, span=span, reason="Half-term", by=by)


def test_what_somebody_changed_outside_the_span_is_in_nobodys_way(activity: Activity, by: User) -> None:
    span = looked(activity)
    occurrences.cancel(occurrence=dates(activity)[0], reason="Ill", by=by)

    assert len(spans.cancel(activity=activity, span=span, reason="Half-term", by=by).changed) == 3


def test_another_reason_for_a_cancellation_is_a_change_too(activity: Activity, by: User) -> None:
    spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by)
    span = looked(activity)
    occurrences.cancel(occurrence=dates(activity)[2], reason="The pool is shut for good.", by=by)

    with pytest.raises(ValidationError, match="26 January 2027"):
        spans.cancel(activity=activity, span=span, reason="Holiday", by=by)


@pytest.mark.parametrize(
    "text", ["", "nonsense", "20270119", "20270119=", "99999999=ab", "=", "20270119=ffffffff"]
)
def test_a_look_that_says_nothing_true_is_an_old_one(activity: Activity, by: User, text: str) -> None:
    with pytest.raises(ValidationError, match="have changed since you opened this page"):
        spans.cancel(
            activity=activity, span=Span(SPAN.first, SPAN.last, seen.from_text(text)), reason="x", by=by
        )


# Putting back


CHANGES = {
    "cancel": lambda activity, by: spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by),
    "move": lambda activity, by: spans.move(activity=activity, span=SPAN, times=LATER, by=by, reason="Dark"),
    "venue": lambda activity, by: spans.move(
        activity=activity, span=SPAN, venue=make_venue(activity.host), by=by
    ),
    "notice": lambda activity, by: spans.put_notice(activity=activity, span=SPAN, notice="A towel", by=by),
    "reinstate": lambda activity, by: spans.reinstate(activity=activity, span=SPAN, by=by),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_undo_puts_back_exactly_what_each_date_was(activity: Activity, by: User, kind: str) -> None:
    """Each of the three had become another in its own way before."""
    second, third, fourth = dates(activity)[1:4]
    occurrences.put_notice(occurrence=second, notice="Bring a torch", by=by)
    hour = datetime.timedelta(hours=2)
    occurrences.move(
        occurrence=third,
        starts_at=third.starts_at - hour,
        ends_at=third.ends_at - hour,
        venue=make_venue(activity.host),
        reason="A match",
        by=by,
    )
    occurrences.cancel(occurrence=fourth, reason="Snow", by=by)
    before, entries = everything(activity), sequences(activity)
    change = CHANGES[kind](activity, by)
    changed = {row.pk for row in change.changed}
    assert changed
    assert everything(activity) != before

    put_back = putting_back.undo(activity=activity, change=change.change, by=by)

    assert {row.pk for row in put_back} == changed
    assert everything(activity) == before
    raised = [2 if row["id"] in changed else 0 for row in before]
    assert sequences(activity) == [was + more for was, more in zip(entries, raised, strict=True)]
    assert AuditEntry.objects.filter(action="occurrence.put_back").count() == len(changed)
    assert AuditEntry.objects.get(action="activity.dates_put_back").by == by


def test_undo_brings_dates_back_into_the_listing_and_counts_as_a_public_change(
    activity: Activity, by: User
) -> None:
    change = spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by).change
    assert len(Listing.objects.get(activity=activity).starts) == 2
    generation = Generation.objects.current()

    putting_back.undo(activity=activity, change=change, by=by)

    assert len(Listing.objects.get(activity=activity).starts) == 5
    assert Generation.objects.current() == generation + 1


def test_undo_is_refused_where_somebody_changed_one_of_them_since(activity: Activity, by: User) -> None:
    change = spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by).change
    occurrences.reinstate(occurrence=dates(activity)[2], by=make_member(activity.host))
    before = everything(activity)

    with pytest.raises(ValidationError, match="changed since: 26 January 2027"):
        putting_back.undo(activity=activity, change=change, by=by)

    assert everything(activity) == before
    assert AuditEntry.objects.filter(action="activity.dates_put_back").count() == 0


def test_what_was_put_back_is_not_put_back_again(activity: Activity, by: User) -> None:
    change = spans.cancel(activity=activity, span=SPAN, reason="Half-term", by=by).change
    putting_back.undo(activity=activity, change=change, by=by)

    with pytest.raises(ValidationError, match="Nothing was put back"):
        putting_back.undo(activity=activity, change=change, by=by)

    assert states(activity) == ["scheduled"] * 5


def test_undo_is_refused_where_the_schedule_has_become_another(activity: Activity, by: User) -> None:
    change = spans.move(activity=activity, span=SPAN, times=LATER, by=by).change
    rule = activity.rules.get()
    rule.start = datetime.time(16)
    activity.rules.add(rule)
    activity.save_revision().publish()
    before = everything(activity)

    with pytest.raises(ValidationError, match="the schedule has changed since"):
        putting_back.undo(activity=activity, change=change, by=by)

    assert everything(activity) == before


@pytest.mark.parametrize("minutes", [0, 40])
def test_undo_is_refused_once_one_has_begun_or_would_have(clock, minutes: int) -> None:
    """At 5 it was moved to 5:45; at 5:10 it is too late to let it have begun at 5."""
    activity = make_activity(rules=[make_rule(times=5, start=datetime.time(17), end=datetime.time(19))])
    by = make_member(activity.host)
    later = (datetime.time(17, 45), datetime.time(19))
    change = spans.move(activity=activity, span=SPAN, times=later, by=by).change
    clock(datetime.datetime(2027, 1, 19, 17, 10 + minutes, tzinfo=datetime.UTC))

    with pytest.raises(ValidationError, match="too late for these dates: 19 January"):
        putting_back.undo(activity=activity, change=change, by=by)


def test_undo_is_refused_where_the_place_is_gone(activity: Activity, by: User) -> None:
    hall = make_venue(activity.host)
    spans.move(activity=activity, span=SPAN, venue=hall, by=by)
    change = spans.move(activity=activity, span=SPAN, venue=activity.venue, by=by).change
    hall.delete()

    with pytest.raises(ValidationError, match="the place where they met is no longer here"):
        putting_back.undo(activity=activity, change=change, by=by)


def test_a_change_of_another_activity_or_none_is_not_undone(activity: Activity, by: User) -> None:
    other = make_activity(host=activity.host, rules=[make_rule(times=5)])
    change = spans.cancel(activity=other, span=SPAN, reason="Half-term", by=by).change

    for unknown in (change, uuid4(), AuditEntry.objects.filter(action="occurrence.cancelled").first().uuid):
        with pytest.raises(ValidationError, match="nothing to undo any more"):
            putting_back.undo(activity=activity, change=unknown, by=by)
