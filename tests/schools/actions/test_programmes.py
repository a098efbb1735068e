"""Planning a year: who may, what it makes of it, what it refuses, and what stays as it was."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import occurrences, reviews
from events.models import Activity, CoOrganiser, Occurrence
from organisations.models import Organisation, Role
from organisations.refusals import ChangedMeanwhile, MayNotChange, MayNotPublish
from schools.actions import programmes, twinnings
from schools.models import Programme, Setting
from schools.programmes import Due, Stand, lines_of
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member, make_officer
from tests.factories.programmes import a_plan, in_days, meeting, planned
from tests.factories.twinnings import agreed, proposed, running, two_joined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def three(one, other):
    """Each at its place, a week between."""
    return (
        meeting(0, 7),
        meeting(1, 14, make_venue(one.organisation)),
        meeting(2, 21, make_venue(other.organisation)),
    )


def stands(programme: Programme) -> list[tuple[str, str | None]]:
    return [(line.stands.value, line.due) for line in lines_of(programme, timezone.now())]


def again(programme: Programme, who, *meetings, **said: object) -> Programme:
    return programmes.plan(
        twinning=programme.twinning,
        school=who.school,
        plan=a_plan(*meetings, **said),
        version=programme.version,
        by=who.head,
    )


def as_they_are(programme: Programme, **dated: object):
    return [
        meeting(number, uuid=each.uuid, title=each.title, setting=Setting(each.setting))
        for number, each in enumerate(programme.meetings.order_by("number"))
    ]


def test_three_meetings_are_dates_of_one_activity_that_both_run():
    one, other = two_joined()
    made = planned(one, other, *three(one, other))
    activity = Activity.objects.get()
    assert made.activity == activity
    assert (activity.live, activity.host, activity.age_from, activity.age_to) == (
        True,
        one.organisation,
        9,
        11,
    )
    [partner] = CoOrganiser.objects.filter(activity=activity)
    assert (partner.organisation, partner.accepted_at is not None) == (other.organisation, True)
    dates = Occurrence.objects.order_by("starts_at")
    assert [timezone.localtime(each.starts_at).replace(tzinfo=None) for each in dates] == [
        in_days(7),
        in_days(14),
        in_days(21),
    ]
    assert [each.venue.organisation for each in dates] == [None, one.organisation, other.organisation]
    assert stands(made) == [("coming", Due.SOON), ("coming", Due.SOON), ("coming", None)]
    assert AuditEntry.objects.filter(action="programme.planned", by=one.head).count() == 1


def test_what_families_read_names_no_class():
    one, other = two_joined()
    made = planned(one, other, *three(one, other))
    words = f"{made.activity.title} {made.activity.summary} {made.activity.body}"
    assert [each for each in ("5B", "Year 6", "28", "24") if each in words] == []


def test_a_meeting_without_a_date_waits_and_either_school_gives_it_one():
    one, other = two_joined()
    made = planned(one, other, meeting(0, 7), meeting(1))
    assert stands(made) == [("coming", Due.SOON), ("undated", Due.UNDATED)]
    first, second = as_they_are(made)
    again(made, other, first, meeting(1, 28, uuid=second.uuid))
    made.refresh_from_db()
    assert stands(made) == [("coming", Due.SOON), ("coming", None)]
    assert Activity.objects.get().confirmed_on == timezone.localdate()
    assert AuditEntry.objects.filter(action="schedule.added", by=other.head).count() == 1


def test_without_any_date_there_is_no_activity_yet():
    one, other = two_joined()
    made = planned(one, other, meeting(0), meeting(1))
    assert (made.activity, Activity.objects.count()) == (None, 0)


def test_a_draft_on_top_of_what_is_public_gets_the_new_dates_too_and_stays_a_draft():
    one, other = two_joined()
    made = planned(one, other, meeting(0, 7), meeting(1))
    draft = Activity.objects.get()
    draft.summary = "Not said yet."
    draft.save_revision(user=one.head)
    first, second = as_they_are(made)
    again(made, other, first, meeting(1, 28, uuid=second.uuid))
    activity = Activity.objects.get()
    assert (activity.summary, activity.has_unpublished_changes) == (
        "Children of two schools meet and play.",
        True,
    )
    version = activity.get_latest_revision_as_object()
    assert (version.summary, version.rules.count()) == ("Not said yet.", 2)
    version.save_revision().publish()
    assert [each.state for each in Occurrence.objects.order_by("starts_at")] == ["scheduled", "scheduled"]


def test_a_cancelled_meeting_has_slipped_until_it_has_a_new_date():
    one, other = two_joined()
    made = planned(one, other, meeting(0, 7), meeting(1, 14))
    date = Occurrence.objects.order_by("starts_at").first()
    occurrences.cancel(occurrence=date, reason="The hall is shut.", by=other.head)
    assert stands(made)[0] == ("cancelled", Due.CANCELLED)
    first, second = as_they_are(made)
    again(made, one, meeting(0, 35, uuid=first.uuid), second)
    made.refresh_from_db()
    assert stands(made) == [("coming", None), ("coming", Due.SOON)]
    assert Occurrence.objects.get(pk=date.pk).state == "cancelled"


def test_a_past_meeting_without_a_register_has_slipped():
    one, other = two_joined()
    made = planned(one, other, meeting(0, 7))
    later = timezone.now() + datetime.timedelta(days=8)
    [line] = lines_of(made, later)
    assert (line.stands, line.due, line.can_count) == (Stand.OVER, Due.UNCOUNTED, True)
    [line] = lines_of(made, later + datetime.timedelta(days=60))
    assert (line.due, line.can_count) == (None, False)  # nobody can do anything about it now


def test_meetings_are_put_in_another_order_and_left_out():
    one, other = two_joined()
    made = planned(one, other, meeting(0, 7), meeting(1), meeting(2))
    first, second, third = as_they_are(made)
    gone = meeting(1, uuid=second.uuid, left_out=True)
    again(made, one, third, gone, first)
    assert list(made.meetings.order_by("number").values_list("title", flat=True)) == [
        "Visit Larkfield",
        "Meet for games",
    ]


@pytest.mark.parametrize("make", [proposed, None], ids=["not agreed", "ended"])
def test_only_twins_plan(make):
    one, other = two_joined()
    twinning = make(one, other) if make else running(one, other)
    if make is None:
        twinnings.end(twinning=twinning, by=one.head)
    with pytest.raises(ChangedMeanwhile):
        planned(one, other, meeting(0, 7), twinning=twinning)
    assert not Programme.objects.exists()


def test_only_owners_and_editors_of_the_two_plan():
    one, other = two_joined()
    twinning = agreed(one, other)
    recorder = make_member(one.organisation, Role.RECORDER)
    for by in (recorder, make_officer(one.organisation.place)):
        with pytest.raises(MayNotChange):
            programmes.plan(
                twinning=twinning, school=one.school, plan=a_plan(meeting(0, 7)), version=0, by=by
            )
    assert not Programme.objects.exists()


def wrong(refused) -> dict[str, str]:
    return {name: " ".join(words) for name, words in refused.value.message_dict.items()}


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_kept():
    one, other = two_joined()
    ours, theirs = make_venue(one.organisation), make_venue(other.organisation)
    with pytest.raises(ValidationError) as refused:
        planned(
            one,
            other,
            meeting(0, 7, ours),
            meeting(1, 14, theirs),
            meeting(2, -3),
            meeting(0, 400),
            meeting(0, 7, make_venue(make_organisation())),
        )
    said = wrong(refused)
    assert list(said) == [
        "meetings.0.venue",
        "meetings.1.venue",
        "meetings.2.starts_at",
        "meetings.3.day",
        "meetings.4.venue",
    ]
    assert "A neutral place belongs to neither." in said["meetings.0.venue"]
    assert f"This belongs to {other.organisation}." in said["meetings.1.venue"]
    assert (Programme.objects.count(), Activity.objects.count()) == (0, 0)


def test_a_meeting_that_has_a_date_is_moved_and_not_planned_again():
    one, other = two_joined()
    made = planned(one, other, meeting(0, 7))
    [first] = as_they_are(made)
    with pytest.raises(ValidationError) as refused:
        again(made, other, meeting(0, 9, uuid=first.uuid))
    assert list(wrong(refused)) == ["meetings.0.day"]
    with pytest.raises(ValidationError) as refused:
        again(made, other, meeting(0, uuid=first.uuid, left_out=True), meeting(1))
    assert list(wrong(refused)) == ["meetings.0.left_out"]


def test_who_saw_an_older_programme_is_told():
    one, other = two_joined()
    twinning = running(one, other)
    planned(one, other, meeting(0), twinning=twinning)
    with pytest.raises(ChangedMeanwhile):
        planned(other, one, meeting(0), twinning=twinning)
    assert Programme.objects.get().version == 1


def test_a_host_whose_declaration_has_run_out_plans_no_dates():
    one, other = two_joined()
    twinning = running(one, other)
    past = timezone.localdate() - datetime.timedelta(days=1)
    Organisation.objects.filter(pk=one.organisation.pk).update(declaration_until=past)
    with pytest.raises(MayNotPublish):
        planned(one, other, meeting(0, 7), twinning=twinning)
    assert (Programme.objects.count(), Activity.objects.count()) == (0, 0)


def test_of_a_new_school_the_officer_looks_at_it_first_and_the_dates_wait():
    one, other = two_joined()
    Organisation.objects.filter(pk=one.organisation.pk).update(reviews_left=3)
    made = planned(one, other, meeting(0, 7), meeting(1))
    activity = Activity.objects.get()
    assert (activity.live, activity.review.verdict) == (False, "waiting")
    assert stands(made) == [("waiting", None), ("undated", Due.UNDATED)]
    first, second = as_they_are(made)
    made = again(made, other, first, meeting(1, 14, uuid=second.uuid))
    assert stands(made) == [("waiting", None), ("waiting", None)]
    activity.refresh_from_db()
    officer = make_officer(one.organisation.place)
    reviews.approve(activity=activity, seen=activity.latest_revision_id, by=officer)
    assert stands(made) == [("coming", Due.SOON), ("coming", Due.SOON)]


def test_the_other_school_is_told_by_mail(django_capture_on_commit_callbacks):
    one, other = two_joined()
    twinning = running(one, other)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        planned(one, other, meeting(0, 7), twinning=twinning)
    told = [(each.to, each.subject) for each in mail.outbox if "programme" in each.subject]
    assert told == [([other.head.email], f"{one.school} has worked on your programme")]
