"""One date moved, cancelled, reinstated."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry
from events.actions import co_organisers, occurrences
from events.models import Activity, Listing, Occurrence, State
from organisations.models import Generation, Role
from organisations.refusals import MayNotChange
from places.clock import LONDON
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member, make_officer, make_user

pytestmark = pytest.mark.django_db


def first_of(activity: Activity) -> Occurrence:
    return Occurrence.objects.filter(activity=activity).first()


def london(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=LONDON)


def naive(*parts: int) -> datetime.datetime:
    return london(*parts).replace(tzinfo=None)


def errors(caught: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return caught.value.message_dict


def test_move_keeps_the_identity_and_says_from_when() -> None:
    activity = make_activity()
    by = make_member(activity.host, Role.RECORDER)
    before, generation = first_of(activity), Generation.objects.current()

    outcome = occurrences.move(
        occurrence=before,
        starts_at=naive(2027, 1, 14, 17, 0),
        ends_at=naive(2027, 1, 14, 18, 0),
        by=by,
        reason="The hall is being painted.",
    )

    row = Occurrence.objects.get(pk=before.pk)
    assert outcome.changed
    assert (row.uuid, row.rule, row.rule_date) == (before.uuid, before.rule, before.rule_date)
    assert (row.state, row.placed_by_hand, row.moved_from) == (State.MOVED, True, before.starts_at)
    assert row.starts_at == london(2027, 1, 14, 17, 0)
    assert row.reason == "The hall is being painted."
    assert Generation.objects.current() == generation + 1
    entry = AuditEntry.objects.get(subject=row.uuid)
    assert (entry.action, entry.by, entry.reason) == ("occurrence.moved", by, "The hall is being painted.")
    assert entry.organisation == activity.host.uuid
    assert entry.details["activity"] == str(activity.uuid)


def test_a_moved_date_stays_where_it_is_when_the_rule_changes() -> None:
    activity = make_activity(rules=[make_rule(times=2)])
    by = make_member(activity.host)
    moved = first_of(activity)
    occurrences.move(
        occurrence=moved, starts_at=naive(2027, 1, 14, 17, 0), ends_at=naive(2027, 1, 14, 18, 0), by=by
    )
    rule = activity.rules.get()
    rule.start = datetime.time(16)
    activity.rules.add(rule)

    activity.save_revision().publish()

    starts = Occurrence.objects.filter(activity=activity).values_list("starts_at", flat=True)
    assert list(starts) == [london(2027, 1, 14, 17), london(2027, 1, 19, 16)]


def test_moved_twice_it_still_says_where_the_rule_had_it() -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)
    was = row.starts_at
    for hour in (17, 18):
        outcome = occurrences.move(
            occurrence=row, starts_at=naive(2027, 1, 14, hour), ends_at=naive(2027, 1, 14, 19), by=by
        )
        row = outcome.occurrence

    assert row.moved_from == was


def test_moved_back_it_follows_the_rule_again() -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)
    moved = occurrences.move(
        occurrence=row, starts_at=naive(2027, 1, 14, 17), ends_at=naive(2027, 1, 14, 18), by=by
    ).occurrence

    occurrences.move(occurrence=moved, starts_at=row.starts_at, ends_at=row.ends_at, by=by)

    row.refresh_from_db()
    assert (row.state, row.placed_by_hand, row.moved_from) == (State.SCHEDULED, False, None)


def test_move_to_another_venue_alone_is_a_move() -> None:
    activity = make_activity()
    there, row = make_venue(activity.host), first_of(activity)

    occurrences.move(
        occurrence=row,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        venue=there,
        by=make_member(activity.host),
    )

    row.refresh_from_db()
    assert (row.state, row.venue, row.moved_from) == (State.MOVED, there, row.starts_at)


def test_move_to_somebody_elses_venue_is_refused() -> None:
    activity = make_activity()
    row = first_of(activity)

    with pytest.raises(ValidationError) as caught:
        occurrences.move(
            occurrence=row,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            venue=make_venue(make_organisation()),
            by=make_member(activity.host),
        )

    assert errors(caught) == {"venue": ["Choose one of your own venues or a shared one."]}


@pytest.mark.parametrize(
    ("start", "end", "field", "words"),
    [
        ((2026, 11, 20, 17), (2026, 11, 20, 18), "starts_at", "still to come"),
        ((2027, 1, 14, 17), (2027, 1, 14, 17), "ends_at", "after the start"),
        ((2027, 1, 14, 17), (2027, 1, 15, 18), "ends_at", "24 hours at most"),
        ((2028, 6, 1, 17), (2028, 6, 1, 18), "starts_at", "next 18 months"),
        ((2027, 3, 28, 1, 30), (2027, 3, 28, 4), "starts_at", "the clocks go forward"),
        ((2027, 3, 28, 0, 30), (2027, 3, 28, 1, 30), "ends_at", "the clocks go forward"),
    ],
)
def test_move_to_a_time_that_cannot_be_is_refused_beside_the_field(
    start: tuple, end: tuple, field: str, words: str
) -> None:
    activity = make_activity()
    row = first_of(activity)

    for as_typed in (naive, london):
        with pytest.raises(ValidationError) as caught:
            occurrences.move(
                occurrence=row,
                starts_at=as_typed(*start),
                ends_at=as_typed(*end),
                by=make_member(activity.host),
            )
        assert list(errors(caught)) == [field]
        assert words in errors(caught)[field][0]
    row.refresh_from_db()
    assert row.state == State.SCHEDULED


def test_a_time_that_happens_twice_is_the_first() -> None:
    activity = make_activity()
    row = occurrences.move(
        occurrence=first_of(activity),
        starts_at=naive(2027, 10, 31, 1, 30),
        ends_at=naive(2027, 10, 31, 4),
        by=make_member(activity.host),
    ).occurrence

    assert row.starts_at == datetime.datetime(2027, 10, 31, 0, 30, tzinfo=datetime.UTC)


def test_the_same_move_again_says_that_nothing_was_to_do() -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)
    times = {"starts_at": naive(2027, 1, 14, 17), "ends_at": naive(2027, 1, 14, 18)}
    occurrences.move(occurrence=row, by=by, **times)
    generation = Generation.objects.current()

    again = occurrences.move(occurrence=row, by=by, **times)

    assert not again.changed
    assert AuditEntry.objects.filter(subject=row.uuid).count() == 1
    assert Generation.objects.current() == generation


def test_what_somebody_else_did_meanwhile_is_not_overwritten_unseen() -> None:
    activity = make_activity()
    by, seen = make_member(activity.host), first_of(activity)
    occurrences.move(occurrence=seen, starts_at=naive(2027, 1, 14, 17), ends_at=naive(2027, 1, 14, 18), by=by)

    with pytest.raises(ValidationError, match="Somebody else has just changed this date"):
        occurrences.move(
            occurrence=seen, starts_at=naive(2027, 1, 15, 17), ends_at=naive(2027, 1, 15, 18), by=by
        )
    with pytest.raises(ValidationError, match="Somebody else has just changed this date"):
        occurrences.cancel(occurrence=seen, reason="Snow", by=by)


def test_a_line_or_a_cancellation_that_somebody_else_changed_meanwhile_is_not_overwritten_unseen() -> None:
    activity = make_activity()
    by, seen = make_member(activity.host), first_of(activity)
    noticed = occurrences.put_notice(occurrence=seen, notice="Bring a towel", by=by).occurrence

    with pytest.raises(ValidationError, match="Somebody else has just changed this date"):
        occurrences.put_notice(occurrence=seen, notice="Bring a torch", by=by)
    cancelled = occurrences.cancel(occurrence=noticed, reason="Snow", by=by).occurrence
    occurrences.cancel(occurrence=cancelled, reason="Ice", by=by)
    with pytest.raises(ValidationError, match="Somebody else has just changed this date"):
        occurrences.reinstate(occurrence=cancelled, by=by)


def test_cancel_says_why_and_reinstate_takes_it_back() -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)

    assert occurrences.cancel(occurrence=row, reason=" Snow ", by=by).changed
    row.refresh_from_db()
    assert (row.state, row.reason, row.withdrawn) == (State.CANCELLED, "Snow", False)
    assert not occurrences.cancel(occurrence=row, reason="Snow", by=by).changed

    assert occurrences.reinstate(occurrence=row, by=by).changed
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.SCHEDULED, "")
    assert not occurrences.reinstate(occurrence=row, by=by).changed
    assert list(
        AuditEntry.objects.filter(subject=row.uuid).order_by("id").values_list("action", "reason")
    ) == [
        ("occurrence.cancelled", "Snow"),
        ("occurrence.reinstated", ""),
    ]


def test_cancel_takes_the_date_out_of_the_listing() -> None:
    activity = make_activity(rules=[make_rule(times=2)])

    occurrences.cancel(occurrence=first_of(activity), reason="Snow", by=make_member(activity.host))

    assert len(Listing.objects.get(activity=activity).starts) == 1


def test_cancel_without_a_reason_is_refused() -> None:
    activity = make_activity()

    for reason, words in (("  ", "Say why"), ("x" * 201, "under 200")):
        with pytest.raises(ValidationError) as caught:
            occurrences.cancel(occurrence=first_of(activity), reason=reason, by=make_member(activity.host))
        assert words in errors(caught)["reason"][0]


def test_a_cancelled_date_stays_cancelled_when_the_rule_changes() -> None:
    activity = make_activity(rules=[make_rule(times=2)])
    occurrences.cancel(occurrence=first_of(activity), reason="Snow", by=make_member(activity.host))
    rule = activity.rules.get()
    rule.start = datetime.time(16)
    activity.rules.add(rule)

    activity.save_revision().publish()

    states = Occurrence.objects.filter(activity=activity).values_list("state", flat=True)
    assert list(states) == [State.CANCELLED, State.SCHEDULED]


def test_a_cancelled_moved_date_is_reinstated_where_it_had_been_moved() -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)
    row = occurrences.move(
        occurrence=row, starts_at=naive(2027, 1, 14, 17), ends_at=naive(2027, 1, 14, 18), by=by
    ).occurrence
    row = occurrences.cancel(occurrence=row, reason="Snow", by=by).occurrence

    row = occurrences.reinstate(occurrence=row, by=by).occurrence

    assert (row.state, row.starts_at) == (State.MOVED, london(2027, 1, 14, 17))


def test_a_cancelled_date_cannot_be_moved() -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)
    row = occurrences.cancel(occurrence=row, reason="Snow", by=by).occurrence

    with pytest.raises(ValidationError, match="Reinstate it first"):
        occurrences.move(
            occurrence=row, starts_at=naive(2027, 1, 14, 17), ends_at=naive(2027, 1, 14, 18), by=by
        )


def test_a_date_that_the_schedule_no_longer_has_is_not_reinstated() -> None:
    activity = make_activity(rules=[make_rule(times=2)])
    by = make_member(activity.host)
    by_hand, withdrawn = Occurrence.objects.filter(activity=activity)
    by_hand = occurrences.cancel(occurrence=by_hand, reason="Snow", by=by).occurrence
    rule = activity.rules.get()
    rule.first_date = datetime.date(2027, 3, 2)
    activity.rules.add(rule)
    activity.save_revision().publish()
    withdrawn.refresh_from_db()
    assert withdrawn.withdrawn

    for row in (by_hand, withdrawn):
        with pytest.raises(ValidationError, match="The schedule no longer has this date"):
            occurrences.reinstate(occurrence=row, by=by)
    assert set(Occurrence.objects.filter(pk__in=[by_hand.pk, withdrawn.pk]).values_list("state")) == {
        ("cancelled",)
    }


def test_past_dates_stay_as_they_were(clock) -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)
    clock(row.starts_at)

    for change in (
        lambda: occurrences.cancel(occurrence=row, reason="Snow", by=by),
        lambda: occurrences.put_notice(occurrence=row, notice="Bring a towel", by=by),
        lambda: occurrences.move(
            occurrence=row, starts_at=naive(2027, 1, 14, 17), ends_at=naive(2027, 1, 14, 18), by=by
        ),
    ):
        with pytest.raises(ValidationError, match="begun or is over"):
            change()


def test_put_notice_shows_a_line_and_takes_it_away() -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)

    assert (
        occurrences.put_notice(occurrence=row, notice="Bring a towel", by=by).occurrence.notice
        == "Bring a towel"
    )
    assert not occurrences.put_notice(occurrence=row, notice="Bring a towel", by=by).changed
    row.refresh_from_db()
    assert occurrences.put_notice(occurrence=row, notice="", by=by).occurrence.notice == ""
    assert AuditEntry.objects.filter(subject=row.uuid, action="occurrence.noticed").count() == 2


def test_who_may_change_dates() -> None:
    activity, partner = make_activity(), make_organisation()
    co_organisers.invite(activity=activity, organisation=partner, by=make_member(activity.host))
    helper = make_member(partner, Role.RECORDER)
    row = first_of(activity)

    for stranger in (make_user(), make_member(make_organisation()), helper):
        with pytest.raises(MayNotChange, match="not yours to change"):
            occurrences.cancel(occurrence=row, reason="Snow", by=stranger)

    co_organisers.accept(activity=activity, organisation=partner, by=make_member(partner))
    row = occurrences.cancel(occurrence=row, reason="Snow", by=helper).occurrence
    row = occurrences.reinstate(occurrence=row, by=make_officer(activity.host.place)).occurrence
    assert row.state == State.SCHEDULED


def test_a_co_organiser_that_has_lapsed_changes_no_dates() -> None:
    activity = make_activity()
    partner = make_organisation(declaration_until=datetime.date(2026, 12, 1))
    co_organisers.invite(activity=activity, organisation=partner, by=make_member(activity.host))
    helper = make_member(partner)
    co_organisers.accept(activity=activity, organisation=partner, by=helper)
    partner.declaration_until = datetime.date(2026, 11, 1)
    partner.save()

    with pytest.raises(MayNotChange):
        occurrences.cancel(occurrence=first_of(activity), reason="Snow", by=helper)
