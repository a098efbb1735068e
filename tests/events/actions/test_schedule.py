""" "This date and all after it"."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import occurrences, publishing, schedule, scheduled
from events.models import Activity, Occurrence
from organisations.refusals import MayNotPublish
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member, make_staff, make_user

pytestmark = pytest.mark.django_db

AT = datetime.date(2027, 1, 26)
LATER = {"start": datetime.time(17), "end": datetime.time(18)}


def when(activity: Activity) -> list[str]:
    rows = Occurrence.objects.filter(activity=activity, withdrawn=False)
    return [f"{timezone.localtime(row.starts_at):%a %d %b %H:%M}" for row in rows]


def uuids(activity: Activity) -> list:
    return list(Occurrence.objects.filter(activity=activity).values_list("uuid", flat=True))


def latest_of(activity: Activity) -> dict:
    """What the newest version says, as it is written."""
    return Activity.objects.get(pk=activity.pk).get_latest_revision().content


def change(activity: Activity, at: datetime.date = AT, by=None, **changes: object) -> None:
    schedule.change_from(
        activity=activity,
        rule=activity.rules.first().uuid,
        at=at,
        changes=changes or LATER,
        by=by or make_member(activity.host),
    )


def test_the_dates_before_stay_and_all_keep_their_identity() -> None:
    activity = make_activity(rules=[make_rule(times=4)])
    before = uuids(activity)
    rule = activity.rules.get().uuid
    by = make_member(activity.host)

    change(activity, by=by)

    assert when(activity) == ["Tue 12 Jan 16:30", "Tue 19 Jan 16:30", "Tue 26 Jan 17:00", "Tue 02 Feb 17:00"]
    assert uuids(activity) == before
    earlier, later = Activity.objects.get(pk=activity.pk).rules.all()
    assert (earlier.uuid, later.continues) == (rule, rule)
    assert later.uuid != rule
    entry = AuditEntry.objects.get(subject=activity.uuid, action="schedule.split")
    assert (entry.by, entry.details["at"], entry.details["later"]) == (by, "2027-01-26", str(later.uuid))


def test_the_live_revision_and_the_rows_say_the_same() -> None:
    activity = make_activity(rules=[make_rule(times=4)])

    change(activity)

    activity = Activity.objects.get(pk=activity.pk)
    rows = [(str(row.uuid), str(row.start)) for row in activity.rules.all()]
    written = [(row["uuid"], row["start"]) for row in activity.live_revision.content["rules"]]
    assert rows == written
    assert not activity.has_unpublished_changes


def test_an_older_version_brings_every_date_back_as_it_was_and_the_newer_one_again() -> None:
    activity = make_activity(rules=[make_rule(times=5)])
    by = make_staff()
    off = Occurrence.objects.filter(activity=activity).select_related("activity__host").last()
    occurrences.cancel(occurrence=off, reason="The hall is flooded", by=by)

    def dates() -> list:
        rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
        return list(rows.values_list("uuid", "rule", "rule_date", "starts_at", "ends_at", "state", "reason"))

    whole, version = dates(), activity.revisions.latest("pk")
    change(activity, weekdays=[3], **LATER)
    halves, later_version = dates(), activity.revisions.latest("pk")
    assert [each[0] for each in halves] == [each[0] for each in whole]

    publishing.publish(activity=activity, revision=version, by=by)
    assert dates() == whole
    publishing.publish(activity=activity, revision=later_version, by=by)
    assert dates() == halves


def test_a_draft_on_top_gets_the_same_change_and_stays_a_draft() -> None:
    activity = make_activity("Public words", rules=[make_rule(times=4)])
    activity.title = "Draft words"
    activity.save_revision()

    change(activity)

    public = Activity.objects.get(pk=activity.pk)
    draft = public.get_latest_revision_as_object()
    assert (public.title, draft.title, public.has_unpublished_changes) == (
        "Public words",
        "Draft words",
        True,
    )
    assert [row.uuid for row in draft.rules.all()] == [row.uuid for row in public.rules.all()]
    before = uuids(activity)
    public.get_latest_revision().publish()
    assert uuids(activity) == before
    assert len(when(activity)) == 4


def test_a_version_with_its_time_still_goes_live_then_with_the_changed_dates(clock) -> None:
    activity = make_activity("Old words", rules=[make_rule(times=4)])
    soon = timezone.now() + datetime.timedelta(hours=1)
    activity.title, activity.go_live_at = "New words", soon
    activity.save_revision().publish()
    before = uuids(activity)

    change(activity)

    waiting = Activity.objects.get(pk=activity.pk)
    assert (waiting.title, waiting.has_unpublished_changes) == ("Old words", True)
    assert waiting.scheduled_revision.approved_go_live_at == soon
    assert waiting.get_scheduled_revision_as_object().go_live_at == soon
    clock(soon + datetime.timedelta(minutes=1))
    assert scheduled.publish_due(timezone.now()) == 1
    public = Activity.objects.get(pk=activity.pk)
    assert (public.title, public.scheduled_revision) == ("New words", None)
    assert when(activity) == ["Tue 12 Jan 16:30", "Tue 19 Jan 16:30", "Tue 26 Jan 17:00", "Tue 02 Feb 17:00"]
    assert uuids(activity) == before


def test_a_version_with_its_time_and_a_draft_on_top_of_it_both_stay(clock) -> None:
    activity = make_activity("Old words", rules=[make_rule(times=4)])
    soon = timezone.now() + datetime.timedelta(hours=1)
    activity.title, activity.go_live_at = "New words", soon
    activity.save_revision().publish()
    activity.title, activity.go_live_at = "Not yet sure", None
    activity.save_revision()

    change(activity)

    clock(soon + datetime.timedelta(minutes=1))
    assert scheduled.publish_due(timezone.now()) == 1
    public = Activity.objects.get(pk=activity.pk)
    draft = public.get_latest_revision_as_object()
    assert (public.title, draft.title) == ("New words", "Not yet sure")
    for version in (public, draft):
        assert [row.start.hour for row in version.rules.all()] == [16, 17]


def test_a_draft_that_has_another_line_instead_stays_as_it_is() -> None:
    activity = make_activity("Public words", rules=[make_rule(times=4)])
    draft = Activity.objects.get(pk=activity.pk)
    draft.title = "Draft words"
    draft.rules = [make_rule(first_date=datetime.date(2027, 1, 13), times=3)]
    draft.save_revision()
    kept = latest_of(activity)["rules"]

    change(activity)

    assert when(activity)[2:] == ["Tue 26 Jan 17:00", "Tue 02 Feb 17:00"]
    public = Activity.objects.get(pk=activity.pk)
    assert (public.title, public.has_unpublished_changes) == ("Public words", True)
    assert (latest_of(activity)["title"], latest_of(activity)["rules"]) == ("Draft words", kept)


@pytest.mark.parametrize(
    ("fields", "changes"),
    [
        ({"until": datetime.date(2027, 1, 20)}, LATER),
        ({"end": datetime.time(17)}, {"start": datetime.time(17)}),
    ],
    ids=["ended", "another-time"],
)
def test_a_draft_in_which_the_change_cannot_be_made_never_stops_it(fields: dict, changes: dict) -> None:
    activity = make_activity("Public words", rules=[make_rule(times=4)])
    draft = Activity.objects.get(pk=activity.pk)
    line = draft.rules.get()
    for name, value in {"times": None, **fields}.items():
        setattr(line, name, value)
    draft.title, draft.rules = "Draft words", [line]
    draft.save_revision()
    kept = latest_of(activity)["rules"]

    change(activity, **changes)

    assert when(activity)[2:] == ["Tue 26 Jan 17:00", "Tue 02 Feb 17:00"]
    assert (latest_of(activity)["title"], latest_of(activity)["rules"]) == ("Draft words", kept)


def test_an_unfinished_draft_never_stops_it() -> None:
    activity = make_activity(rules=[make_rule(times=4)])
    activity.summary = ""
    activity.save_revision(clean=False)

    change(activity)

    public = Activity.objects.get(pk=activity.pk)
    draft = public.get_latest_revision_as_object()
    assert (public.summary, draft.summary) == ("Play and meet people.", "")
    assert [row.start.hour for row in draft.rules.all()] == [16, 17]


def test_another_weekday_keeps_the_date_of_the_same_week() -> None:
    activity = make_activity(rules=[make_rule(times=4)])
    before = uuids(activity)

    change(activity, weekdays=[0])

    assert when(activity) == ["Tue 12 Jan 16:30", "Tue 19 Jan 16:30", "Mon 25 Jan 16:30", "Mon 01 Feb 16:30"]
    assert set(uuids(activity)) == set(before)


def test_from_a_day_after_this_weeks_date_on_another_weekday_begins_next_week() -> None:
    activity = make_activity(rules=[make_rule(times=4)])
    before = uuids(activity)

    change(activity, at=datetime.date(2027, 1, 21), weekdays=[0])

    assert when(activity) == ["Tue 12 Jan 16:30", "Tue 19 Jan 16:30", "Mon 25 Jan 16:30", "Mon 01 Feb 16:30"]
    assert set(uuids(activity)) == set(before)


def test_from_the_first_date_on_there_is_nothing_to_split() -> None:
    activity = make_activity(rules=[make_rule(times=2)])
    rule = activity.rules.get().uuid

    change(activity, at=datetime.date(2027, 1, 12))

    assert when(activity) == ["Tue 12 Jan 17:00", "Tue 19 Jan 17:00"]
    assert Activity.objects.get(pk=activity.pk).rules.get().uuid == rule


def test_split_twice_the_line_of_dates_goes_on() -> None:
    activity = make_activity(rules=[make_rule(times=4)])
    before = uuids(activity)
    change(activity)
    later = Activity.objects.get(pk=activity.pk).rules.last()

    schedule.change_from(
        activity=activity,
        rule=later.uuid,
        at=datetime.date(2027, 2, 2),
        changes={"start": datetime.time(9), "end": datetime.time(10)},
        by=make_member(activity.host),
    )

    assert when(activity) == ["Tue 12 Jan 16:30", "Tue 19 Jan 16:30", "Tue 26 Jan 17:00", "Tue 02 Feb 09:00"]
    assert uuids(activity) == before


def test_an_end_for_what_comes_after() -> None:
    activity = make_activity(rules=[make_rule(times=6)])

    change(activity, until=datetime.date(2027, 2, 3))

    assert len(when(activity)) == 4


@pytest.mark.parametrize(
    ("at", "changes", "field"),
    [
        (datetime.date(2026, 11, 20), LATER, "at"),
        (datetime.date(2029, 1, 1), LATER, "at"),
        (AT, {"start": datetime.time(20)}, "end"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(at: datetime.date, changes: dict, field: str) -> None:
    activity = make_activity(rules=[make_rule(times=4)])

    with pytest.raises(ValidationError) as caught:
        change(activity, at=at, **changes)

    assert list(caught.value.message_dict) == [field]
    assert Activity.objects.get(pk=activity.pk).rules.count() == 1


def test_somebody_elses_venue_is_refused() -> None:
    activity = make_activity(rules=[make_rule(times=4)])

    with pytest.raises(ValidationError) as caught:
        change(activity, venue=make_venue(make_organisation("Another club")))

    assert list(caught.value.message_dict) == ["venue"]


def test_a_rule_that_has_gone_is_said() -> None:
    activity = make_activity()

    with pytest.raises(ValidationError) as caught:
        schedule.change_from(
            activity=activity, rule=activity.uuid, at=AT, changes=LATER, by=make_member(activity.host)
        )

    assert list(caught.value.message_dict) == ["rule"]


def test_strangers_and_drafts_are_refused() -> None:
    activity, draft = make_activity(), make_draft()

    with pytest.raises(MayNotPublish, match="You cannot publish"):
        change(activity, by=make_user())
    with pytest.raises(MayNotPublish, match="not public"):
        change(draft)


def test_only_parts_of_a_schedule_can_be_changed() -> None:
    with pytest.raises(ValueError, match="uuid"):
        change(make_activity(), uuid=1)
