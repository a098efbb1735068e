"""Wagtail's own views, pressed by a person, end in the one action; what may not be is refused in words."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.models import AuditEntry
from events.actions import publishing, refreshing
from events.models import Activity, Listing, Occurrence, ScheduleRule, Suspension
from organisations.actions import members
from organisations.models import Organisation, OrganisationPage, Role, State
from organisations.refusals import MayNotPublish
from tests.events import cms
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.people import make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return cms.signed_in(make_staff("staff@example.org"))


def last_audit(activity: Activity) -> tuple[str, str]:
    entry = AuditEntry.objects.filter(subject=activity.uuid).order_by("-id").first()
    return entry.action, entry.by.email


def fresh(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def fail(*_: object, **__: object) -> None:
    raise RuntimeError("the refresh fails on purpose")


def suspend(organisation: Organisation) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(state=State.SUSPENDED)


def test_publish_button_settles_the_page_by_that_person(client: Client) -> None:
    draft = make_draft()

    response = cms.publish(client, draft, title="Football for all")

    assert "published" in cms.said(response)
    assert (fresh(draft).live, fresh(draft).title) == (True, "Football for all")
    assert Occurrence.objects.filter(activity=draft).once_public().count() == 10
    assert Listing.objects.get(activity=draft).title == "Football for all"
    assert last_audit(draft) == ("activity.published", "staff@example.org")


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR])
def test_members_publish_in_the_cms_without_holding_wagtails_right(role: Role) -> None:
    draft, person = make_draft(), make_user("club@example.org")
    members.join(organisation=draft.host, user=person, role=role, by=None)

    cms.publish(cms.signed_in(person), draft, title="By the club itself")

    assert fresh(draft).title == "By the club itself"
    assert Listing.objects.get(activity=draft).public
    assert last_audit(draft) == ("activity.published", "club@example.org")


def test_publish_button_leaves_nothing_behind_when_the_refresh_fails(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft()
    client.raise_request_exception = False
    monkeypatch.setattr(refreshing, "refresh_dates", fail)

    response = cms.publish(client, draft, title="Never seen")

    assert response.status_code == 500
    after = fresh(draft)
    assert (after.live, after.first_published_at, after.live_revision) == (False, None, None)
    assert after.title == draft.title
    assert not Occurrence.objects.filter(activity=draft).exists()
    assert not Listing.objects.filter(activity=draft).exists()


def test_a_refusal_that_only_the_signal_sees_takes_the_whole_request_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wagtail's admin turns the permission error into a redirect; the page must not stay live behind it."""
    draft = make_draft()
    monkeypatch.setattr("events.editor.guards.publishing.decide", lambda *_, **__: None)
    monkeypatch.setattr(publishing, "arrive", _refuse)

    response = cms.publish(client, draft, title="Never seen")

    assert response.status_code == 200
    assert "permission" in cms.said(response)
    assert (fresh(draft).live, fresh(draft).title) == (False, draft.title)


def test_publish_button_keeps_what_was_typed_and_says_why_not(client: Client) -> None:
    draft = make_draft(host=make_organisation("Todmorden Rowers", public=False))

    response = cms.publish(client, draft, title="Rowing at dawn")

    assert "Saved as a draft. Todmorden Rowers cannot publish now" in cms.said(response)
    assert not fresh(draft).live
    assert fresh(draft).get_latest_revision_as_object().title == "Rowing at dawn"


def test_publishing_a_change_keeps_what_was_typed_and_the_old_words_public(client: Client) -> None:
    activity = make_activity("Old words")
    suspend(activity.host)

    cms.publish(client, activity, title="New words")

    assert fresh(activity).title == "Old words"
    assert fresh(activity).get_latest_revision_as_object().title == "New words"


def test_publishing_twice_in_the_editor_keeps_the_dates(client: Client) -> None:
    activity = make_activity()
    before = list(Occurrence.objects.filter(activity=activity).values_list("uuid", "starts_at"))

    cms.publish(client, activity, title="Once")
    cms.publish(client, activity, title="Twice")

    assert list(Occurrence.objects.filter(activity=activity).values_list("uuid", "starts_at")) == before
    assert not Occurrence.objects.filter(activity=activity, withdrawn=True).exists()


def test_changing_the_rules_time_in_the_editor_keeps_the_uuids(client: Client) -> None:
    activity = make_activity()
    before = set(Occurrence.objects.filter(activity=activity).values_list("uuid", flat=True))

    cms.publish(client, activity, **{"rules__0__start": "17:15", "rules__0__end": "18:45"})

    after = Occurrence.objects.filter(activity=activity)
    assert set(after.values_list("uuid", flat=True)) == before
    assert {timezone.localtime(row.starts_at).time() for row in after} == {datetime.time(17, 15)}


def test_reverting_to_an_old_version_brings_its_dates_back(client: Client) -> None:
    activity = make_activity(rules=[make_rule(times=4)])
    old = activity.live_revision
    before = set(Occurrence.objects.filter(activity=activity).values_list("uuid", "state"))
    cms.publish(client, activity, **{"rules__0__times": "2"})
    assert Occurrence.objects.filter(activity=activity, withdrawn=True).count() == 2

    cms.edit(client, activity, revision=old.pk, **{"action__publish": "1"})

    assert set(Occurrence.objects.filter(activity=activity).values_list("uuid", "state")) == before
    assert last_audit(activity) == ("activity.published", "staff@example.org")


def test_reverting_leaves_nothing_behind_when_the_refresh_fails(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = make_activity("Old words", rules=[make_rule(times=4)])
    old = activity.live_revision
    cms.publish(client, activity, title="New words", **{"rules__0__times": "2"})
    before = list(Occurrence.objects.filter(activity=activity).values())
    client.raise_request_exception = False
    monkeypatch.setattr(refreshing, "refresh_dates", fail)

    cms.edit(client, activity, revision=old.pk, **{"action__publish": "1"})

    assert (fresh(activity).title, fresh(activity).live) == ("New words", True)
    assert list(Occurrence.objects.filter(activity=activity).values()) == before
    assert Listing.objects.get(activity=activity).title == "New words"


def test_scheduling_in_the_editor_makes_nothing_public(client: Client) -> None:
    draft = make_draft()

    cms.publish(client, draft, go_live_at="2026-12-01 09:00")

    assert not fresh(draft).live
    assert fresh(draft).scheduled_revision is not None
    assert not Occurrence.objects.filter(activity=draft).exists()
    assert not Listing.objects.filter(activity=draft).exists()
    assert last_audit(draft) == ("activity.scheduled", "staff@example.org")


def test_unpublish_button_takes_it_away(client: Client) -> None:
    activity = make_activity()

    client.post(reverse("wagtailadmin_pages:unpublish", args=[activity.pk]))

    assert not fresh(activity).live
    assert not Listing.objects.get(activity=activity).public
    assert last_audit(activity) == ("activity.unpublished", "staff@example.org")


def test_unpublish_button_leaves_nothing_behind_when_settling_fails(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = make_activity()
    client.raise_request_exception = False
    monkeypatch.setattr(publishing.listing, "write", fail)

    response = client.post(reverse("wagtailadmin_pages:unpublish", args=[activity.pk]))

    assert response.status_code == 500
    assert fresh(activity).live


def test_unpublishing_an_organisations_page_with_all_below_settles_each(client: Client) -> None:
    activity = make_activity()
    other = make_activity(host=activity.host)

    client.post(
        reverse("wagtailadmin_pages:unpublish", args=[activity.host.page.pk]), {"include_descendants": "on"}
    )

    assert [fresh(activity).live, fresh(other).live] == [False, False]
    assert not Listing.objects.filter(public=True).exists()


def copy(client: Client, activity: Activity, **fields: str) -> Page:
    client.post(
        reverse("wagtailadmin_pages:copy", args=[activity.pk]),
        {
            "new_title": "A copy",
            "new_slug": "a-copy",
            "new_parent_page": str(activity.get_parent().pk),
            **fields,
        },
    )
    return Activity.objects.filter(slug="a-copy").first()


def test_a_copy_is_a_draft_with_ids_of_its_own(client: Client) -> None:
    activity = make_activity()

    made = copy(client, activity, publish_copies="on")

    assert (made.live, made.first_published_at, made.live_revision) == (False, None, None)
    assert made.uuid != activity.uuid
    assert made.rules.get().uuid != activity.rules.get().uuid
    assert not Occurrence.objects.filter(activity=made).exists()
    assert not Listing.objects.filter(activity=made).exists()
    assert made.revisions.count() == 1
    written = made.get_latest_revision().content
    assert written["uuid"] == str(made.uuid)
    assert [rule["uuid"] for rule in written["rules"]] == [str(made.rules.get().uuid)]
    assert (made.title, made.get_latest_revision_as_object().title) == ("A copy", "A copy")
    assert last_audit(made) == ("activity.copied", "staff@example.org")


def test_a_published_copy_has_its_own_dates_and_leaves_the_originals_alone(client: Client) -> None:
    activity = make_activity()
    before = list(Occurrence.objects.filter(activity=activity).values())

    cms.publish(client, copy(client, activity))

    made = Activity.objects.get(slug="a-copy")
    mine = set(Occurrence.objects.filter(activity=made).values_list("uuid", "rule"))
    theirs = set(Occurrence.objects.filter(activity=activity).values_list("uuid", "rule"))
    assert len(mine) == 10
    assert {uuid for uuid, _ in mine}.isdisjoint({uuid for uuid, _ in theirs})
    assert {rule for _, rule in mine}.isdisjoint({rule for _, rule in theirs})
    assert list(Occurrence.objects.filter(activity=activity).values()) == before


def test_a_copy_below_another_organisation_belongs_to_it(client: Client) -> None:
    activity, other = make_activity(), make_organisation()

    made = copy(client, activity, new_parent_page=str(other.page.pk))

    assert made.host == other
    assert made.get_latest_revision_as_object().host == other


def test_an_activity_cannot_be_an_alias(client: Client) -> None:
    activity = make_activity()

    assert copy(client, activity, alias="on") is None
    assert Activity.objects.count() == 1


def test_an_organisations_page_cannot_be_copied(client: Client) -> None:
    page = make_organisation().page

    response = client.get(reverse("wagtailadmin_pages:copy", args=[page.pk]), follow=True)

    assert "An organisation has one page only" in cms.said(response)


def move(client: Client, page: Page, to: Page):
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, to.pk]), follow=True)


def test_a_moved_activity_changes_its_host_and_keeps_its_dates(client: Client) -> None:
    activity, other = make_activity(), make_organisation()
    before = list(Occurrence.objects.filter(activity=activity).values())

    move(client, activity, other.page)

    assert fresh(activity).host == other
    assert Listing.objects.get(activity=activity).host == other
    assert list(Occurrence.objects.filter(activity=activity).values()) == before
    assert last_audit(activity) == ("activity.moved", "staff@example.org")


@pytest.mark.parametrize("in_bulk", [False, True], ids=["alone", "in bulk"])
def test_a_move_leaves_nothing_behind_when_settling_fails(
    client: Client, monkeypatch: pytest.MonkeyPatch, in_bulk: bool
) -> None:
    activity, other = make_activity(), make_organisation()
    host = activity.host
    client.raise_request_exception = False
    monkeypatch.setattr(publishing.listing, "write", fail)

    if in_bulk:
        cms.in_bulk(client, "move", activity, chooser=str(other.page.pk))
    else:
        move(client, activity, other.page)

    assert (fresh(activity).host, fresh(activity).get_parent().pk) == (host, host.page.pk)
    assert Listing.objects.get(activity=activity).host == host


def test_an_old_version_published_after_a_move_does_not_bring_the_old_host_back(client: Client) -> None:
    activity, other = make_activity(), make_organisation()
    old = activity.live_revision
    move(client, activity, other.page)

    old.publish()

    assert fresh(activity).host == other


def test_a_published_activity_does_not_move_to_an_organisation_that_cannot_publish(client: Client) -> None:
    activity, other = make_activity(), make_organisation("Rowers", state=State.SUSPENDED)

    response = move(client, activity, other.page)

    assert "Rowers cannot publish now" in cms.said(response)
    assert fresh(activity).get_parent().pk == activity.host.page.pk


def test_an_activity_moves_below_organisations_only(client: Client) -> None:
    activity = make_activity()

    response = move(client, activity, activity.host.page.get_parent())

    assert "stands under the page of the organisation" in cms.said(response)
    assert fresh(activity).get_parent().pk == activity.host.page.pk


@pytest.mark.parametrize("way", ["delete", "bulk"])
@pytest.mark.parametrize("what", ["activity", "organisation", "all organisers"])
def test_what_was_public_is_not_deleted(client: Client, way: str, what: str) -> None:
    activity = make_activity("Chess")
    activity.unpublish()
    page = {
        "activity": activity,
        "organisation": activity.host.page,
        "all organisers": activity.host.page.get_parent(),
    }[what]

    if way == "delete":
        response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
    else:
        response = cms.in_bulk(client, "delete", page)

    assert response.status_code == 200
    assert "“Chess” has been public, so it cannot be deleted" in cms.said(response)
    assert fresh(activity)


def test_an_organisation_that_was_verified_is_not_deleted(client: Client) -> None:
    page = make_organisation("Rowers").page

    response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)

    assert "Close the organisation instead" in cms.said(response)
    assert OrganisationPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("way", ["delete", "bulk"])
def test_a_draft_that_was_never_public_can_be_deleted(client: Client, way: str) -> None:
    draft = make_draft()
    Occurrence.objects.create(
        activity=draft,
        rule=draft.rules.get().uuid,
        rule_date=datetime.date(2027, 1, 12),
        starts_at=timezone.now(),
        ends_at=timezone.now() + datetime.timedelta(hours=1),
        venue=draft.venue,
    )

    if way == "delete":
        client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    else:
        cms.in_bulk(client, "delete", draft)

    assert not Activity.objects.filter(pk=draft.pk).exists()
    assert not ScheduleRule.objects.exists()
    assert last_audit(draft) == ("activity.removed", "staff@example.org")


def test_bulk_publish_settles_each_page(client: Client) -> None:
    one, two = make_draft(), make_draft()

    cms.in_bulk(client, "publish", one, two)

    assert Listing.objects.filter(public=True).count() == 2
    assert [last_audit(one), last_audit(two)] == [("activity.published", "staff@example.org")] * 2


def test_bulk_publish_with_all_below_settles_the_drafts_of_an_organisation(client: Client) -> None:
    draft = make_draft()

    cms.in_bulk(client, "publish", draft.host.page, include_descendants="on")

    assert Listing.objects.get(activity=draft).public


def test_bulk_publish_is_all_or_none(client: Client) -> None:
    good = make_draft()
    bad = make_draft(host=make_organisation("Rowers", public=False))

    response = cms.in_bulk(client, "publish", good, bad)

    assert "Rowers cannot publish now" in cms.said(response)
    assert [fresh(good).live, fresh(bad).live] == [False, False]


def test_bulk_publish_leaves_nothing_behind_when_the_refresh_of_one_fails(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = make_draft(), make_draft()
    client.raise_request_exception = False
    refresh = refreshing.refresh_dates

    def fail_for_bad(*, activity: Activity, now: datetime.datetime):
        return fail() if activity.pk == bad.pk else refresh(activity=activity, now=now)

    monkeypatch.setattr(refreshing, "refresh_dates", fail_for_bad)

    response = cms.in_bulk(client, "publish", good, bad)

    assert response.status_code == 500
    assert [fresh(good).live, fresh(bad).live] == [False, False]
    assert not Occurrence.objects.exists()
    assert not Listing.objects.exists()


def test_bulk_unpublish_settles_each_page(client: Client) -> None:
    one, two = make_activity(), make_activity()

    cms.in_bulk(client, "unpublish", one, two)

    assert not Listing.objects.filter(public=True).exists()
    assert [last_audit(one), last_audit(two)] == [("activity.unpublished", "staff@example.org")] * 2


def test_bulk_move_settles_each_page(client: Client) -> None:
    one, two, other = make_activity(), make_activity(), make_organisation()

    cms.in_bulk(client, "move", one, two, chooser=str(other.page.pk))

    assert [fresh(one).host, fresh(two).host] == [other, other]
    assert set(Listing.objects.values_list("host", flat=True)) == {other.pk}
    assert [last_audit(one), last_audit(two)] == [("activity.moved", "staff@example.org")] * 2


def test_bulk_move_to_an_organisation_that_cannot_publish_is_refused(client: Client) -> None:
    one, other = make_activity(), make_organisation("Rowers", public=False)

    response = cms.in_bulk(client, "move", one, chooser=str(other.page.pk))

    assert "Rowers cannot publish now" in cms.said(response)
    assert fresh(one).host != other


def _refuse(**_: object) -> None:
    raise MayNotPublish("no")


def test_what_was_suspended_is_not_deleted(client: Client) -> None:
    draft, lead = make_draft("Chess"), make_user()
    Suspension.objects.create(activity=draft, began_by=lead, lifted_at=timezone.now(), lifted_by=lead)
    response = client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]), follow=True)
    assert response.status_code == 200
    assert "“Chess” was off the site while somebody looked into it." in cms.said(response)
    assert Activity.objects.filter(pk=draft.pk).exists()
