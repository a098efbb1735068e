"""One activity is taken off because of a concern, and no way leads back but lifting."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from events.actions import publishing, scheduled, suspending
from events.models import Activity, CoOrganiser, Listing, Suspension
from organisations.models import Role
from organisations.refusals import MayNotChange, MayNotCopy, MayNotPublish
from tests.events.cms import publish, signed_in
from tests.factories.activities import make_activity, make_draft
from tests.factories.concerns import make_lead
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


def lead_of(activity: Activity) -> User:
    return make_lead(activity.host.place)


def now_of(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def surfaces(activity: Activity) -> list[str]:
    """Every public address on which it may stand."""
    host = activity.host
    co = CoOrganiser.objects.filter(activity=activity).values_list("organisation__slug", flat=True)
    partners = [f"/organisers/{slug}/{rest}" for slug in co for rest in ("", "calendar.ics")]
    dates = [f"/occurrences/{row.uuid}.ics" for row in activity.occurrences.all()[:1]]
    return [
        "/",
        f"/in/{host.place.slug}/",
        "/activities/",
        "/activities/?q=Zwiebelkuchen",
        "/activities/?view=calendar&month=2027-01",
        "/activities/?view=map",
        f"/activities/?pick={activity.uuid}",
        "/activities/calendar.ics",
        f"/activities/calendar.ics?pick={activity.uuid}",
        f"/activities/{activity.uuid}/calendar.ics",
        f"/organisers/{host.slug}/",
        f"/organisers/{host.slug}/calendar.ics",
        f"/organisers/{host.slug}/{activity.slug}/",
        "/embed/",
        "/sitemap.xml",
        f"/concern/?about={activity.uuid}",
        *dates,
        *partners,
    ]


def shown_on(client: Client, activity: Activity) -> list[str]:
    """Those on which its name or the address of its page stands."""
    telling = ("Zwiebelkuchen", f"/organisers/{activity.host.slug}/{activity.slug}/")
    return [
        address
        for address in surfaces(activity)
        if any(word in client.get(address).content.decode() for word in telling)
    ]


def test_suspended_it_is_off_every_public_surface_and_lifted_on_all_again(client: Client) -> None:
    activity = make_activity("Zwiebelkuchen")
    partner = make_organisation(place=activity.host.place)
    CoOrganiser.objects.create(activity=activity, organisation=partner, accepted_at=timezone.now())
    publishing.settle(activity=activity, by=None)
    lead = lead_of(activity)
    before = shown_on(client, activity)
    assert len(before) >= 14
    suspending.suspend(activity=activity, by=lead)
    assert shown_on(client, activity) == ["/activities/?q=Zwiebelkuchen"]  # what was asked for
    assert "No longer listed here" in client.get(f"/activities/{activity.uuid}/calendar.ics").content.decode()
    assert Listing.objects.get(activity=activity).public is False
    suspending.lift(activity=activity, by=lead)
    assert shown_on(client, activity) == before


def test_dates_keep_their_identity_and_are_not_cancelled(client: Client) -> None:
    activity = make_activity("Zwiebelkuchen")
    lead = lead_of(activity)
    uuids = list(activity.occurrences.values_list("uuid", "state"))
    suspending.suspend(activity=activity, by=lead)
    feed = client.get(f"/activities/{activity.uuid}/calendar.ics").content.decode()
    assert ("CANCELLED" in feed, f"UID:{uuids[0][0]}" in feed) == (False, True)
    suspending.lift(activity=activity, by=lead)
    assert list(activity.occurrences.values_list("uuid", "state")) == uuids


def test_no_way_leads_back_while_it_is_suspended() -> None:
    activity = make_activity("Zwiebelkuchen")
    owner, staff = make_member(activity.host, Role.OWNER), make_staff()
    earlier = activity.get_latest_revision()
    suspending.suspend(activity=activity, by=lead_of(activity))
    with pytest.raises(MayNotPublish, match="off the site while somebody looks into it"):
        publishing.publish(activity=now_of(activity), by=owner)
    with pytest.raises(MayNotPublish):
        earlier.publish(user=staff)
    with pytest.raises(MayNotCopy, match="cannot be copied"):
        now_of(activity).copy(update_attrs={"slug": "again"})
    html = publish(signed_in(staff), now_of(activity)).content.decode()
    assert "This activity is off the site while somebody looks into it." in html
    assert (now_of(activity).live, Activity.objects.count()) == (False, 1)


def test_what_was_to_go_live_later_stays_away() -> None:
    draft = make_draft("Zwiebelkuchen")
    draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
    draft.save_revision().publish()
    suspending.suspend(activity=draft, by=lead_of(draft))
    assert scheduled.publish_due(timezone.now() + datetime.timedelta(days=2)) == 0
    assert now_of(draft).live is False


def test_an_earlier_draft_is_not_published_by_lifting() -> None:
    activity = make_activity("Zwiebelkuchen")
    activity.title = "A draft that nobody has published"
    activity.save_revision()
    lead = lead_of(activity)
    suspending.suspend(activity=activity, by=lead)
    suspending.lift(activity=activity, by=lead)
    assert (now_of(activity).live, now_of(activity).title) == (True, "Zwiebelkuchen")


def test_what_was_not_public_stays_a_draft_when_lifted() -> None:
    draft = make_draft()
    lead = lead_of(draft)
    suspending.suspend(activity=draft, by=lead)
    suspending.lift(activity=draft, by=lead)
    assert now_of(draft).live is False


def test_lifted_while_its_host_is_suspended_it_stays_away() -> None:
    activity = make_activity()
    lead = lead_of(activity)
    suspending.suspend(activity=activity, by=lead)
    type(activity.host).objects.filter(pk=activity.host_id).update(state="suspended")
    suspending.lift(activity=activity, by=lead)
    assert (now_of(activity).live, Suspension.objects.filter(lifted_at=None).count()) == (False, 0)


def test_twice_is_once_and_both_are_on_record() -> None:
    activity = make_activity()
    lead = lead_of(activity)
    first, again = (suspending.suspend(activity=activity, by=lead) for _time in range(2))
    assert first == again
    for _time in range(2):
        suspending.lift(activity=activity, by=lead)
    done = AuditEntry.objects.filter(subject=activity.uuid, by=lead, action__in=RECORDED)
    assert list(done.order_by("pk").values_list("action", flat=True)) == RECORDED


RECORDED = ["activity.suspended", "activity.lifted"]


def test_only_leads_and_officers_suspend_and_never_members_of_the_host() -> None:
    activity = make_activity()
    inside = lead_of(activity)
    activity.host.memberships.create(user=inside, role=Role.EDITOR)
    for user in (make_member(activity.host), make_user(), make_lead(make_place("leeds")), inside):
        with pytest.raises(MayNotChange):
            suspending.suspend(activity=activity, by=user)
    assert now_of(activity).live is True
    suspending.suspend(activity=activity, by=make_officer(activity.host.place))
    assert now_of(activity).live is False


def test_owners_are_told_that_it_is_off_the_site_and_that_it_may_come_back(
    django_capture_on_commit_callbacks,
) -> None:
    activity = make_activity("Zwiebelkuchen")
    owner, lead = make_member(activity.host), lead_of(activity)
    make_member(activity.host, Role.EDITOR)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            suspending.suspend(activity=activity, by=lead)
        for _ in range(2):
            suspending.lift(activity=activity, by=lead)
    assert [(letter.subject, letter.to) for letter in mail.outbox] == [
        ("“Zwiebelkuchen” is off the site", [owner.email]),
        ("“Zwiebelkuchen” may be on the site again", [owner.email]),
    ]
