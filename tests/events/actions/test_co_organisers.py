"""Running an activity together."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import co_organisers, moving
from events.models import Activity, CoOrganiser, Listing
from organisations.models import Generation, Role, Scope
from organisations.refusals import MayNotChange, MayNotMove
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


def organisers(activity: Activity) -> list[str]:
    return Listing.objects.get(activity=activity).organisers


def test_it_counts_once_accepted_and_no_longer_after_leaving() -> None:
    activity, partner = make_activity(), make_organisation()
    host, helper = make_member(activity.host), make_member(partner, Role.EDITOR)

    co_organisers.invite(activity=activity, organisation=partner, by=host)
    assert organisers(activity) == [activity.host.slug]
    row = co_organisers.accept(activity=activity, organisation=partner, by=helper)
    assert row.accepted_at == timezone.now()
    assert organisers(activity) == [activity.host.slug, partner.slug]
    assert Generation.objects.get(scope=Scope.ORGANISATION, subject=partner.uuid).number == 1
    co_organisers.leave(activity=activity, organisation=partner, by=helper)

    assert organisers(activity) == [activity.host.slug]
    assert Generation.objects.get(scope=Scope.ORGANISATION, subject=partner.uuid).number == 2
    rows = AuditEntry.objects.filter(subject=activity.uuid, action__startswith="co_organiser").order_by("id")
    assert list(rows.values_list("action", "by")) == [
        ("co_organiser.invited", host.pk),
        ("co_organiser.accepted", helper.pk),
        ("co_organiser.left", helper.pk),
    ]


def test_asking_or_accepting_twice_changes_nothing() -> None:
    activity, partner = make_activity(), make_organisation()
    for _ in range(2):
        co_organisers.invite(activity=activity, organisation=partner, by=make_member(activity.host))
    for _ in range(2):
        co_organisers.accept(activity=activity, organisation=partner, by=make_member(partner))

    assert CoOrganiser.objects.count() == 1
    assert AuditEntry.objects.filter(action__startswith="co_organiser").count() == 2


def test_each_side_speaks_for_itself() -> None:
    activity, partner = make_activity(), make_organisation()
    host = make_member(activity.host)
    with pytest.raises(MayNotChange):
        co_organisers.invite(activity=activity, organisation=partner, by=make_member(partner))
    co_organisers.invite(activity=activity, organisation=partner, by=host)
    for person in (host, make_member(partner, Role.RECORDER), make_user()):
        with pytest.raises(MayNotChange):
            co_organisers.accept(activity=activity, organisation=partner, by=person)
    with pytest.raises(MayNotChange):
        co_organisers.leave(activity=activity, organisation=partner, by=make_user())
    co_organisers.leave(activity=activity, organisation=partner, by=host)

    assert not CoOrganiser.objects.exists()


def test_the_host_and_those_that_are_not_public_are_not_invited() -> None:
    activity = make_activity()
    for organisation in (activity.host, make_organisation(public=False)):
        with pytest.raises(ValidationError) as caught:
            co_organisers.invite(activity=activity, organisation=organisation, by=make_member(activity.host))
        assert list(caught.value.message_dict) == ["organisation"]


def test_nobody_accepts_what_was_not_asked() -> None:
    activity, partner = make_activity(), make_organisation()

    with pytest.raises(ValidationError, match="not been invited"):
        co_organisers.accept(activity=activity, organisation=partner, by=make_member(partner))


def test_a_co_organiser_that_becomes_the_host_is_no_longer_one() -> None:
    activity, partner = make_activity(), make_organisation()
    before = activity.host
    co_organisers.invite(activity=activity, organisation=partner, by=make_member(before))
    co_organisers.accept(activity=activity, organisation=partner, by=make_member(partner))

    moving.move(activity=activity, to=partner, by=make_officer(partner.place))

    assert organisers(activity) == [partner.slug]
    assert Generation.objects.get(scope=Scope.ORGANISATION, subject=before.uuid).number > 1


def test_only_officers_of_both_places_move_an_activity() -> None:
    activity = make_activity()
    there = make_organisation(place=make_place("kirklees"))
    for person in (make_member(activity.host), make_officer(activity.host.place), make_officer(there.place)):
        with pytest.raises(MayNotMove, match="Only the place’s officers"):
            moving.move(activity=activity, to=there, by=person)

    staff = make_staff()
    moving.move(activity=activity, to=there, by=staff)

    assert AuditEntry.objects.get(subject=activity.uuid, action="activity.moved").by == staff
    assert Activity.objects.get(pk=activity.pk).host == there
