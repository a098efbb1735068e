"""Single dates that are added to a schedule, also by who runs the activity with the host."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.actions import co_organisers, schedule, scheduled
from events.actions.schedule import NewDate
from events.models import Activity, Occurrence
from organisations.models import Role
from organisations.refusals import MayNotChange, MayNotPublish
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member, make_user

pytestmark = pytest.mark.django_db


def new(venue, days: int = 20) -> NewDate:
    start = (timezone.localtime() + datetime.timedelta(days=days)).replace(
        hour=10, minute=0, second=0, microsecond=0
    )
    return NewDate(uuid.uuid4(), start, start + datetime.timedelta(hours=2), venue)


def shared(activity: Activity):
    partner = make_organisation()
    co_organisers.bring_in(activity=activity, organisation=partner, by=make_member(activity.host))
    return partner


def test_a_partner_adds_a_date_at_its_own_place_and_no_other_date_changes():
    activity = make_activity(rules=[make_rule(first_date=timezone.localdate() + datetime.timedelta(days=3))])
    before = set(Occurrence.objects.values_list("uuid", "starts_at"))
    partner = shared(activity)
    by = make_member(partner, Role.RECORDER)
    date = new(make_venue(partner))
    schedule.add_dates(activity=activity, new=[date], by=by)
    added = Occurrence.objects.get(rule=date.rule)
    assert (added.starts_at, added.ends_at, added.venue) == (date.starts_at, date.ends_at, date.venue)
    assert added.public_since is not None
    assert set(Occurrence.objects.exclude(pk=added.pk).values_list("uuid", "starts_at")) == before
    activity.refresh_from_db()
    assert (activity.live, activity.has_unpublished_changes) == (True, False)


def test_strangers_add_none():
    activity = make_activity()
    invited = make_organisation()
    co_organisers.invite(activity=activity, organisation=invited, by=make_member(activity.host))
    for by in (make_user(), make_member(invited)):
        with pytest.raises(MayNotChange):
            schedule.add_dates(activity=activity, new=[new(activity.venue)], by=by)


def test_a_place_of_somebody_else_is_refused():
    activity = make_activity()
    elsewhere = make_venue(make_organisation())
    with pytest.raises(ValidationError) as refused:
        schedule.add_dates(activity=activity, new=[new(elsewhere)], by=make_member(activity.host))
    assert list(refused.value.message_dict) == ["venue"]


def test_a_draft_gets_them_and_stays_a_draft():
    draft = make_draft()
    schedule.add_dates(activity=draft, new=[new(draft.venue)], by=make_member(draft.host))
    draft.refresh_from_db()
    assert (draft.live, Occurrence.objects.count()) == (False, 0)
    assert draft.get_latest_revision_as_object().rules.count() == 2


def test_what_was_taken_off_the_site_gets_none():
    activity = make_activity()
    activity.unpublish()
    with pytest.raises(MayNotPublish):
        schedule.add_dates(activity=activity, new=[new(activity.venue)], by=make_member(activity.host))


@pytest.mark.parametrize("is_public", [True, False])
def test_a_version_with_its_time_gets_them_and_goes_live_then(is_public: bool, clock):
    activity = make_activity("Old words") if is_public else make_draft()
    soon = timezone.now() + datetime.timedelta(hours=1)
    activity.title, activity.go_live_at = "New words", soon
    activity.save_revision().publish()
    date = new(activity.venue)
    schedule.add_dates(activity=activity, new=[date], by=make_member(activity.host))
    assert Occurrence.objects.filter(rule=date.rule).exists() == is_public
    clock(soon + datetime.timedelta(minutes=1))
    assert scheduled.publish_due(timezone.now()) == 1
    public = Activity.objects.get(pk=activity.pk)
    assert (public.title, public.has_unpublished_changes) == ("New words", False)
    assert Occurrence.objects.filter(rule=date.rule, withdrawn=False).count() == 1
