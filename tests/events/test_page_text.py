"""An activity's page that is kept as text: never out of date, whoever has changed what."""

import datetime
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from design import release
from events import page_text
from events.models import Activity, ActivityAccess, Aim, CoOrganiser, Language, PageText
from organisations import page_cache
from organisations.models import AccessFeature, Organisation, OrganisationPage, Venue, VenueAccess
from places.models import Place
from tests.factories.activities import make_activity
from tests.factories.organisations import make_declaration, make_organisation

pytestmark = pytest.mark.django_db


def path(activity: Activity) -> str:
    return f"/organisers/{activity.host.slug}/{activity.slug}/"


def read(client: Client, activity: Activity) -> str:
    """The page as a worker builds it that has not built it before."""
    page_cache.pages.clear()
    return client.get(path(activity)).content.decode()


def is_kept(activity: Activity) -> bool:
    found = page_text.find(activity.host.slug, activity.slug, timezone.localdate())
    return found is not None and found.kept is not None


def a_feature(activity: Activity) -> AccessFeature:
    return AccessFeature.objects.get(slug="step-free")


CHANGES: dict[str, tuple[Callable[[Activity], object], str]] = {
    "title": (lambda one: Activity.objects.filter(pk=one.pk).update(title="Netball"), "<h1>Netball</h1>"),
    "words": (lambda one: Activity.objects.filter(pk=one.pk).update(bus="Bus 999"), "Bus 999"),
    "host": (lambda one: Organisation.objects.filter(pk=one.host_id).update(name="New name"), "New name"),
    "contact": (
        lambda one: OrganisationPage.objects.filter(organisation=one.host).update(phone="01422 555123"),
        "01422 555123",
    ),
    "declaration": (
        lambda one: make_declaration(one.host, datetime.date(2099, 1, 1), first_aid="Nurse Joy is there"),
        "Nurse Joy is there",
    ),
    "place": (
        lambda one: Place.objects.filter(pk=one.host.place_id).update(
            safeguarding_name="Asha Khan", safeguarding_phone="01422 555999"
        ),
        "Asha Khan",
    ),
    "venue": (
        lambda one: Venue.objects.filter(pk=one.venue_id).update(directions="Ring twice"),
        "Ring twice",
    ),
    "venue's access": (
        lambda one: VenueAccess.objects.create(
            venue=one.venue, feature=a_feature(one), answer="yes", note="Ramp at the back"
        ),
        "Ramp at the back",
    ),
    "own access": (
        lambda one: ActivityAccess.objects.create(
            activity=one, feature=a_feature(one), answer="yes", note="Side door"
        ),
        "Side door",
    ),
    "feature": (
        lambda one: AccessFeature.objects.filter(slug="lift").update(name="A big lift"),
        "A big lift",
    ),
    "language": (
        lambda one: one.languages.through.objects.create(
            activity_id=one.pk, language=Language.objects.get(slug="urdu")
        ),
        "Urdu",
    ),
    "aim": (
        lambda one: one.aims.through.objects.create(activity_id=one.pk, aim=Aim.objects.first()),
        'aria-label="Good for"',
    ),
    "rule": (
        lambda one: one.rules.update(start=datetime.time(16, 45)),
        'Every Tuesday, <span class="times">4:45 to 6 pm</span>',
    ),
    "partner": (
        lambda one: CoOrganiser.objects.create(
            activity=one, organisation=make_organisation("Helpers"), accepted_at=timezone.now()
        ),
        "Helpers",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_fact_is_on_the_page_though_nobody_said_that_it_changed(client: Client, what: str) -> None:
    activity = make_activity()
    change, sign = CHANGES[what]
    assert sign not in read(client, activity)
    assert is_kept(activity)
    change(activity)
    assert not is_kept(activity)
    assert sign in read(client, activity)
    assert is_kept(activity)


def test_the_text_that_is_kept_is_the_page(client: Client) -> None:
    activity = make_activity()
    first = read(client, activity)
    assert PageText.objects.get().activity_id == activity.pk
    assert read(client, activity) == first


def test_a_partner_leaves_the_page_on_the_day_its_declaration_runs_out(client: Client) -> None:
    activity, partner = make_activity(), make_organisation("Helpers")
    CoOrganiser.objects.create(activity=activity, organisation=partner, accepted_at=timezone.now())
    assert "Helpers" in read(client, activity)
    today = timezone.localdate()
    Organisation.objects.filter(pk=partner.pk).update(declaration_until=today - datetime.timedelta(days=1))
    assert "Helpers" not in read(client, activity)


def test_what_another_release_has_rendered_is_rendered_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = make_activity()
    read(client, activity)
    monkeypatch.setattr(release, "fingerprint", lambda: b"another")
    assert not is_kept(activity)
    read(client, activity)
    assert is_kept(activity)


def test_another_address_of_the_installation_is_another_release(settings: LazySettings) -> None:
    before = release.fingerprint()
    settings.PUBLIC_ADDRESS = "https://elsewhere.example"
    assert release.fingerprint() != before


def test_a_text_of_facts_that_changed_meanwhile_is_not_kept(client: Client) -> None:
    activity = make_activity()
    today = timezone.localdate()
    seen = page_text.find(activity.host.slug, activity.slug, today)
    Activity.objects.filter(pk=activity.pk).update(title="Netball")
    page_text.keep(seen, page_text.Text("stale", "{}"), today)
    assert not PageText.objects.exists()


def test_a_page_with_a_link_to_another_page_holds_until_anything_changes(client: Client) -> None:
    other = make_activity("Chess")
    activity = make_activity(body=f'<p><a linktype="page" id="{other.pk}">Chess too</a></p>')
    read(client, activity)
    assert is_kept(activity)
    other.summary = "Another word."
    other.save_revision().publish()
    assert not is_kept(activity)


def test_nobody_can_type_a_hole(client: Client) -> None:
    activity = make_activity()
    Activity.objects.filter(pk=activity.pk).update(summary="Come \x02dates\x03\x1edates\x1f\x1f\x1e along")
    assert "Come datesdates along" in read(client, activity)
