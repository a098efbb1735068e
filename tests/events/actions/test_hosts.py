"""What becomes of activities when their organisation, venue or type changes."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import co_organisers, naming, occurrences, publishing, rendering
from events.models import Activity, Listing, Occurrence, RenderQueue
from organisations.actions import naming as organisations_naming
from organisations.actions import verification
from organisations.models import AccessFeature, Generation, Scope, VenueAccess
from organisations.refusals import MayNotChange
from tests.factories.activities import make_activity, make_draft
from tests.factories.organisations import make_declaration, make_organisation, make_venue
from tests.factories.people import make_member, make_officer, make_staff

pytestmark = pytest.mark.django_db


def number(activity: Activity) -> int:
    return Generation.objects.get(scope=Scope.ACTIVITY, subject=activity.uuid).number


def queued() -> set[int]:
    return set(RenderQueue.objects.values_list("activity", flat=True))


def test_suspension_takes_everything_away_at_once_and_verification_brings_it_back() -> None:
    activity, other = make_activity(), make_activity()
    draft = make_draft(host=activity.host)
    officer = make_officer(activity.host.place)

    verification.suspend(organisation=activity.host, reason="A concern", by=officer)

    assert not Listing.objects.get(activity=activity).public
    assert Listing.objects.get(activity=other).public
    assert Activity.objects.get(pk=activity.pk).live
    assert not Listing.objects.filter(activity=draft).exists()
    assert number(activity) == 2

    make_declaration(activity.host, datetime.date(2027, 6, 1))
    verification.verify(organisation=activity.host, reason="It is well", by=officer)

    assert Listing.objects.get(activity=activity).public
    assert number(activity) == 3
    assert Occurrence.objects.filter(activity=activity).once_public().count() == 10


def test_dates_made_while_the_host_is_suspended_are_public_only_from_its_return(clock) -> None:
    activity = make_activity()
    officer = make_officer(activity.host.place)
    verification.suspend(organisation=activity.host, reason="A concern", by=officer)
    Occurrence.objects.filter(activity=activity).update(public_since=None)
    later = timezone.now() + datetime.timedelta(days=1)
    clock(later)

    make_declaration(activity.host, datetime.date(2027, 6, 1))
    verification.verify(organisation=activity.host, reason="It is well", by=officer)

    assert set(Occurrence.objects.filter(activity=activity).values_list("public_since", flat=True)) == {later}


def test_a_lapse_settles_once_and_renewal_brings_it_back(clock) -> None:
    host = make_organisation(declaration_until=datetime.date(2026, 11, 23))
    activity = make_activity(host=host)
    before = number(activity)
    clock(timezone.now() + datetime.timedelta(days=1))
    today = timezone.localdate()

    assert verification.lapse_due(today=today) == 1
    assert verification.lapse_due(today=today) == 0
    assert number(activity) == before + 1
    entry = AuditEntry.objects.get(subject=host.uuid, action="organisation.lapsed")
    assert (entry.by, entry.details) == (None, {"until": "2026-11-23"})

    signed = make_declaration(host, datetime.date(2027, 5, 1))
    verification.renew(organisation=host, declaration=signed, by=make_member(host))

    assert Listing.objects.get(activity=activity).public_until == datetime.date(2027, 5, 1)
    assert number(activity) == before + 2


def test_a_suspended_co_organiser_disappears_from_the_activity() -> None:
    activity, partner = make_activity(), make_organisation()
    co_organisers.invite(activity=activity, organisation=partner, by=make_member(activity.host))
    co_organisers.accept(activity=activity, organisation=partner, by=make_member(partner))
    assert Listing.objects.get(activity=activity).organisers == [activity.host.slug, partner.slug]

    verification.suspend(organisation=partner, reason="A concern", by=make_officer(partner.place))

    assert Listing.objects.get(activity=activity).organisers == [activity.host.slug]
    assert Listing.objects.get(activity=activity).public


def test_renaming_an_organisation_queues_its_texts_and_raises_generations() -> None:
    activity, other, draft = make_activity(), make_activity(), make_draft()
    partner = make_organisation()
    co_organisers.invite(activity=other, organisation=activity.host, by=make_member(other.host))
    co_organisers.accept(activity=other, organisation=activity.host, by=make_member(activity.host))
    owner = make_member(activity.host)
    before = Generation.objects.current()

    organisations_naming.rename_organisation(organisation=activity.host, name="New Name", by=owner)

    assert queued() == {activity.pk, other.pk}
    assert Generation.objects.current() == before + 1
    assert Generation.objects.filter(scope=Scope.ORGANISATION, subject=activity.host.uuid).exists()
    assert AuditEntry.objects.get(action="organisation.renamed").details["to"] == "New Name"
    assert {draft.pk, partner.pk}.isdisjoint(queued())


def test_the_same_name_again_changes_nothing() -> None:
    activity = make_activity()
    before = Generation.objects.current()

    organisations_naming.rename_organisation(
        organisation=activity.host, name=activity.host.name, by=make_member(activity.host)
    )

    assert (queued(), Generation.objects.current()) == (set(), before)


def test_queueing_twice_keeps_one_row() -> None:
    activity = make_activity()
    owner = make_member(activity.host)

    for name in ("One", "Two"):
        organisations_naming.rename_organisation(organisation=activity.host, name=name, by=owner)

    assert queued() == {activity.pk}


def test_a_venue_queues_what_meets_there_however_it_is_saved() -> None:
    activity = make_activity()
    make_activity()
    before = number(activity)
    venue = activity.venue

    venue.street = "Another street"
    venue.save()

    assert queued() == {activity.pk}
    assert number(activity) == before + 1


def test_what_is_known_of_a_venues_access_queues_what_meets_there() -> None:
    activity = make_activity()
    feature = AccessFeature.objects.create(slug="quiet-test", name="Quiet")

    VenueAccess.objects.create(venue=activity.venue, feature=feature, answer="yes")

    assert queued() == {activity.pk}


def test_another_slug_of_an_access_feature_reaches_every_venue_of_every_activity() -> None:
    hall, pool = make_activity(), make_activity()
    elsewhere = make_venue(hall.host)
    feature = AccessFeature.objects.create(slug="hearing-loop-test", name="Loop")
    VenueAccess.objects.create(venue=elsewhere, feature=feature, answer="yes")
    date = Occurrence.objects.filter(activity=hall)[0]
    occurrences.move(
        occurrence=date,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        venue=elsewhere,
        by=make_member(hall.host),
    )
    RenderQueue.objects.all().delete()

    feature.slug = "loop-test"
    feature.save()

    assert queued() == {hall.pk, pool.pk}
    rendering.render_queued(now=timezone.now())
    row, other = Listing.objects.get(activity=hall), Listing.objects.get(activity=pool)
    assert "loop-test" in row.elsewhere[0]["access_yes"]
    assert "loop-test" in row.access_unknown
    assert "loop-test" in other.access_unknown
    assert "hearing-loop-test" not in [*row.access_unknown, *other.access_unknown]


def test_of_a_new_access_feature_nothing_is_known_anywhere() -> None:
    activity = make_activity()
    make_draft()

    AccessFeature.objects.create(slug="quiet-test", name="Quiet")

    assert queued() == {activity.pk}
    rendering.render_queued(now=timezone.now())
    assert "quiet-test" in Listing.objects.get(activity=activity).access_unknown


def test_a_new_venue_queues_nothing() -> None:
    make_activity()

    assert queued() == set()


def test_renaming_a_type_queues_its_activities() -> None:
    activity = make_activity(type="football")
    make_activity(type="chess")
    staff = make_staff()

    naming.rename_type(type=activity.type, name="Five-a-side", by=staff)

    assert queued() == {activity.pk}
    assert AuditEntry.objects.get(action="type.renamed").details == {"from": "Football", "to": "Five-a-side"}
    with pytest.raises(MayNotChange):
        naming.rename_type(type=activity.type, name="Mine", by=make_member(activity.host))


def test_an_organisations_page_that_changes_raises_its_generation() -> None:
    organisation = make_organisation()
    before = Generation.objects.current()

    organisation.page.save_revision().publish()

    assert Generation.objects.current() == before + 1
    assert Generation.objects.get(scope=Scope.ORGANISATION, subject=organisation.uuid).number == 1


def test_addresses_follow_the_organisations_slug_and_not_its_pages(client) -> None:
    activity = make_activity()
    page = activity.host.page
    generation = Generation.objects.current()

    page.slug = "new-address"
    page.save_revision().publish()
    publishing.settle(activity=activity, by=None)

    path = Listing.objects.get(activity=activity).path
    assert path == f"/organisers/{activity.host.slug}/{activity.slug}/"
    assert client.get(path).status_code == 200
    assert Generation.objects.current() > generation
