"""The first three activities of a new organisation: nothing makes them public before an officer's look."""

import datetime
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from events import permissions
from events.actions import copying, publishing, reviews, scheduled
from events.models import Activity, Listing, Review, Verdict
from organisations.actions import members
from organisations.models import Organisation, Role
from organisations.refusals import AwaitsReview, ChangedMeanwhile, MayNotChange
from tests.events import cms
from tests.factories.activities import make_draft
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

SOON = datetime.timedelta(hours=1)


def new(left: int = 3) -> Organisation:
    return make_organisation("Spark", reviews_left=left)


def owner_of(host: Organisation) -> User:
    user = make_user()
    members.join(organisation=host, user=user, role=Role.OWNER, by=None)
    return user


def officer_of(host: Organisation) -> User:
    user = make_user()
    members.appoint(place=host.place, user=user, by=None)
    return user


def is_public(activity: Activity) -> bool:
    return Listing.objects.filter(activity=activity, public=True).exists()


def asked(host: Organisation, owner: User, **fields: object) -> Activity:
    draft = make_draft(host=host, **fields)
    reviews.ask(activity=draft, by=owner)
    return Activity.objects.get(pk=draft.pk)


def approve(activity: Activity, officer: User) -> Review:
    seen = Activity.objects.get(pk=activity.pk).latest_revision_id
    return reviews.approve(activity=activity, seen=seen, by=officer)


def test_after_three_approved_the_fourth_is_published_directly() -> None:
    host = new()
    owner, officer = owner_of(host), officer_of(host)
    for _ in range(3):
        draft = make_draft(host=host)
        with pytest.raises(AwaitsReview, match="first three activities"):
            publishing.publish(activity=draft, by=owner)
        assert not is_public(draft)
        reviews.ask(activity=draft, by=owner)
        assert approve(draft, officer).verdict == Verdict.APPROVED
        assert is_public(draft)

    fourth = make_draft(host=host)
    publishing.publish(activity=fourth, by=owner)

    assert is_public(fourth)
    assert Organisation.objects.get(pk=host.pk).reviews_left == 0


def test_an_approved_one_is_changed_without_another_look() -> None:
    host = new()
    owner = owner_of(host)
    activity = asked(host, owner)
    approve(activity, officer_of(host))
    publishing.unpublish(activity=activity, by=owner)
    publishing.publish(activity=Activity.objects.get(pk=activity.pk), by=owner)
    assert is_public(activity)


def test_what_an_officer_publishes_has_been_looked_at() -> None:
    host = new()
    draft = make_draft(host=host)
    publishing.publish(activity=draft, by=officer_of(host))
    assert (is_public(draft), Organisation.objects.get(pk=host.pk).reviews_left) == (True, 2)


def test_an_officer_of_another_place_decides_nothing() -> None:
    host = new()
    activity = asked(host, owner_of(host))
    stranger = officer_of(make_organisation(place=make_place("kirklees")))
    for person in (stranger, owner_of(host)):
        with pytest.raises(MayNotChange):
            approve(activity, person)
        with pytest.raises(MayNotChange):
            reviews.send_back(activity=activity, words="x", by=person)
    assert not is_public(activity)


def test_one_that_was_changed_since_the_officer_looked_is_not_approved() -> None:
    host = new()
    activity = asked(host, owner_of(host))
    seen = activity.latest_revision_id
    activity.title = "Something else"
    activity.save_revision()
    officer = officer_of(host)
    with pytest.raises(ChangedMeanwhile, match="changed since you looked"):
        reviews.approve(activity=activity, seen=seen, by=officer)
    assert not is_public(activity)


def test_it_is_sent_back_with_words_and_asked_again(django_capture_on_commit_callbacks) -> None:
    host = new()
    owner, officer = owner_of(host), officer_of(host)
    with django_capture_on_commit_callbacks(execute=True):
        activity = asked(host, owner, title="Boxing")
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([officer.email], "Spark: a first look at “Boxing”")
    ]
    with pytest.raises(ValidationError):
        reviews.send_back(activity=activity, words="  ", by=officer)
    with django_capture_on_commit_callbacks(execute=True):
        reviews.send_back(activity=activity, words="Who is there?", by=officer)
        reviews.ask(activity=activity, by=owner)
        reviews.ask(activity=activity, by=owner)
        approve(activity, officer)
        approve(activity, officer)

    assert [(letter.to[0] == owner.email, letter.subject) for letter in mail.outbox[1:]] == [
        (True, "A question about “Boxing”"),
        (False, "Spark: a first look at “Boxing”"),
        (True, "“Boxing” is approved"),
    ]
    actions = AuditEntry.objects.filter(subject=activity.uuid).order_by("id")
    assert list(actions.values_list("action", flat=True)) == [
        "activity.review_asked",
        "activity.review_returned",
        "activity.review_asked",
        "activity.review_approved",
        "activity.published",
    ]
    assert Organisation.objects.get(pk=host.pk).reviews_left == 2


def by_the_button(draft: Activity, owner: User) -> None:
    cms.publish(cms.signed_in(owner), draft)


def in_bulk(draft: Activity, owner: User) -> None:
    cms.in_bulk(cms.signed_in(owner), "publish", draft)


def with_everything_below(draft: Activity, owner: User) -> None:
    cms.in_bulk(cms.signed_in(owner), "publish", draft.host.page, include_descendants="on")


def by_a_schedule_of_before(draft: Activity, owner: User) -> None:
    """Its time was set when nobody had to look, and comes when somebody has."""
    Organisation.objects.filter(pk=draft.host_id).update(reviews_left=0)
    draft.go_live_at = timezone.now() + SOON
    draft.save_revision().publish(user=owner)
    Organisation.objects.filter(pk=draft.host_id).update(reviews_left=3)
    draft.refresh_from_db()
    scheduled.publish_due(timezone.now() + 2 * SOON)


def by_a_schedule(draft: Activity, owner: User) -> None:
    soon = timezone.localtime(timezone.now() + SOON)
    cms.publish(cms.signed_in(owner), draft, go_live_at=f"{soon:%d/%m/%Y %H:%M}")
    scheduled.publish_due(timezone.now() + 2 * SOON)


def by_reverting(draft: Activity, owner: User) -> None:
    first = draft.latest_revision_id
    draft.title = "Newer"
    draft.save_revision()
    cms.edit(cms.signed_in(owner), draft, revision=first, **{"action__publish": "1"})


def by_a_script(draft: Activity, owner: User) -> None:
    with pytest.raises(AwaitsReview):
        draft.get_latest_revision().publish()


WAYS: dict[str, Callable[[Activity, User], None]] = {
    way.__name__: way
    for way in (
        by_the_button,
        in_bulk,
        with_everything_below,
        by_a_schedule,
        by_a_schedule_of_before,
        by_reverting,
        by_a_script,
    )
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_past_the_look(way: str, clock) -> None:
    host = new()
    draft = make_draft(host=host)

    WAYS[way](draft, owner_of(host))

    clock(timezone.now() + 3 * SOON)
    assert (is_public(draft), Activity.objects.get(pk=draft.pk).live) == (False, False)
    assert Client().get(f"/organisers/{host.slug}/{draft.slug}/").status_code == 404


@pytest.mark.parametrize("way", ["by_the_button", "by_a_schedule_of_before", "by_reverting"])
def test_without_the_rule_each_of_them_is_public(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control. What acts on many pages at once is closed to organisers anyhow."""
    monkeypatch.setattr(permissions, "needs_review", lambda activity: False)
    host = new()
    draft = make_draft(host=host)

    WAYS[way](draft, owner_of(host))

    if way == "by_a_schedule_of_before":
        later = timezone.now() + 2 * SOON
        monkeypatch.setattr(timezone, "now", lambda: later)
        scheduled.publish_due(later)
    assert is_public(draft)


def test_a_copy_of_an_approved_one_is_looked_at_too() -> None:
    host = new()
    owner = owner_of(host)
    first = asked(host, owner)
    approve(first, officer_of(host))

    copy = Activity.objects.get(pk=first.pk).copy(update_attrs={"slug": "copy", "title": "Copy"})
    copying.renew(copy=copy, by=owner)

    with pytest.raises(AwaitsReview):
        publishing.publish(activity=copy, by=owner)
    assert not is_public(copy)


def test_the_organiser_is_told_in_words_and_the_officer_finds_it_on_the_desk() -> None:
    host = new()
    owner, officer = owner_of(host), officer_of(host)
    draft = make_draft("Boxing", host=host)

    told = cms.publish(cms.signed_in(owner), draft)

    assert "It waits for our officer." in cms.said(told)
    assert "Waiting for our officer" in cms.signed_in(owner).get("/organise/").content.decode()
    desk = cms.signed_in(officer)
    path = f"/cms/desk/activities/{draft.uuid}/"
    assert path in desk.get("/cms/desk/").content.decode()
    assert cms.signed_in(owner).get(path).status_code == 404
    shown = desk.get(path).content.decode()
    assert "Every Tuesday" in shown
    seen = Activity.objects.get(pk=draft.pk).latest_revision_id
    refused = desk.post(path, {"decision": "return", "words": "", "seen": seen}).content.decode()
    assert "Write it in words" in refused
    said = desk.post(path, {"decision": "approve", "seen": seen}, follow=True).content.decode()
    assert "“Boxing” is approved." in said
    assert is_public(draft)
    assert path not in desk.get("/cms/desk/").content.decode()
