"""The demonstration comes about through the actions that everybody uses, and can be loaded again."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import AuditEntry, User
from events import search
from events.actions import publishing
from events.confirmed import is_unsure
from events.models import Activity, CoOrganiser, Listing, Occurrence, State
from events.query import Query
from mingle.demo import clock, confirmations, loading, organisers, people
from organisations import permissions
from organisations.actions import declarations
from organisations.models import Declaration, Organisation, Role, Venue
from pages.models import InformationPage
from places.models import Place
from tests.factories.activities import make_activity

Load = Callable[[], loading.Loaded]


def test_nothing_is_made_outside_the_demonstration(db: None) -> None:
    with pytest.raises(CommandError, match="demonstration"):
        call_command("demo", verbosity=0)
    for person in people.SIGN_INS:
        with pytest.raises(people.NotTheDemonstration):
            people.sign_in_account(person)
    assert User.objects.count() == 0
    assert Place.objects.count() == 0


def test_organisations_are_registered_checked_and_renewed_by_their_people(loaded: Load) -> None:
    assert Organisation.objects.public(timezone.localdate()).count() == 3
    steps = AuditEntry.objects.filter(
        subject=Organisation.objects.get(slug="calder-swifts").uuid, action__startswith="organisation."
    ).order_by("id")
    assert list(steps.values_list("action", "by__email")) == [
        ("organisation.registered", None),
        ("organisation.submitted", "club@demo.example"),
        ("organisation.verified", "officer@demo.example"),
        ("organisation.renewed", "club@demo.example"),
    ]


def test_there_is_a_year_of_dates_behind_and_ahead(loaded: Load) -> None:
    now = timezone.now()
    weekly = Occurrence.objects.filter(activity__title="Mixenden Fridays")
    first, last = weekly.order_by("starts_at").first(), weekly.order_by("starts_at").last()
    assert now - first.starts_at > datetime.timedelta(days=350)
    assert last.starts_at - now > datetime.timedelta(days=365)
    assert first.public_since < first.starts_at


def test_dates_are_cancelled_and_moved_in_the_coming_weeks_with_reasons(loaded: Load) -> None:
    coming = Occurrence.objects.filter(starts_at__gt=timezone.now())
    cancelled = coming.get(activity__title="Swifts Tuesday football", state=State.CANCELLED)
    moved = coming.get(activity__title="Swifts Girls: just us", state=State.MOVED)
    assert cancelled.reason == "The pitch is booked for a cup match. See you the week after!"
    assert (timezone.localtime(moved.starts_at) - timezone.localtime(moved.moved_from)) == datetime.timedelta(
        minutes=30
    )
    audited = AuditEntry.objects.filter(subject=moved.uuid).values_list("action", "by__email")
    assert list(audited) == [("occurrence.moved", "club@demo.example")]


def test_what_was_called_off_in_the_past_was_called_off_before_it(loaded: Load) -> None:
    past = Occurrence.objects.get(state=State.CANCELLED, starts_at__lt=timezone.now())
    assert AuditEntry.objects.get(subject=past.uuid).at < past.starts_at


def test_drafts_stay_drafts_and_shared_activities_show_their_partners(loaded: Load) -> None:
    course = Activity.objects.get(title="Young leaders’ course")
    assert not course.live
    assert not course.occurrences.exists()
    school = Activity.objects.get(title="Referee school")
    assert school.live
    assert school.has_unpublished_changes
    assert CoOrganiser.objects.filter(activity=school, accepted_at__isnull=False).count() == 1
    assert Listing.objects.get(activity=school).organisers == ["calder-swifts", "lantern-hill-academy"]


def test_loading_again_adds_nothing_and_keeps_what_was_changed(loaded: Load) -> None:
    Activity.objects.filter(title="Girls’ room").update(summary="Changed by somebody.")
    counts = [model.objects.count() for model in (Activity, Occurrence, Venue, User, AuditEntry)]
    assert loaded().activities == 0
    assert [model.objects.count() for model in (Activity, Occurrence, Venue, User, AuditEntry)] == counts
    assert Activity.objects.get(title="Girls’ room").summary == "Changed by somebody."


def listed(now: datetime.datetime) -> set[str]:
    """Titles of what the list counts, where its rows say that it may."""
    rows = Listing.objects.filter(public=True, public_until__gte=timezone.localdate(now))
    found = search.find(Query(), now, most=1_000)
    assert found.total == len(found.found)
    return set(rows.filter(activity__in=[each.key for each in found.found]).values_list("title", flat=True))


def coming(now: datetime.datetime) -> set[str]:
    """Titles of what is public and has dates to come that nobody called off."""
    dates = Occurrence.objects.upcoming(now).happening()
    live = Activity.objects.filter(live=True, occurrences__in=dates)
    return set(live.values_list("title", flat=True))


def test_nearly_everything_is_listed_and_says_nothing_of_waiting_for_its_organiser(loaded: Load) -> None:
    now = timezone.now()
    assert len(coming(now)) == 14  # all of these three organisations' but a draft, and what is always open
    assert coming(now) - listed(now) == {"Valley youth council"}
    assert unsure(now) == ["Walking football for grans and grandads"]


def unsure(now: datetime.datetime) -> list[str]:
    """Titles of what is listed and says since when nobody has confirmed it."""
    today = timezone.localdate(now)
    rows = Listing.objects.filter(title__in=listed(now)).order_by("title")
    return [row.title for row in rows if is_unsure(row.confirmed_on, today)]


def test_organisers_have_confirmed_on_different_days_through_the_real_action(loaded: Load) -> None:
    said = AuditEntry.objects.filter(action="activity.confirmed")
    ago = [(timezone.now() - at).days for at in said.values_list("at", flat=True)]
    assert sorted(ago)[-1] == 130
    assert [days for days in ago if not 10 <= days <= 100] == [130]
    assert len(set(ago)) >= 5


def test_half_a_year_later_it_is_listed_again_and_what_visitors_did_stays(loaded: Load) -> None:
    by = User.objects.get(email="club@demo.example")
    withdrawn = Activity.objects.get(title="Saturday mini Swifts")
    publishing.unpublish(activity=withdrawn, by=by)
    theirs = make_activity("Added by a visitor", host=withdrawn.host, slug="added")
    before = Activity.objects.get(title="Girls’ room")
    Activity.objects.filter(pk=before.pk).update(summary="Changed by somebody.")
    later = timezone.now() + datetime.timedelta(days=200)
    with clock.at(later):
        assert loaded().activities == 0
        assert {"Swifts Tuesday football", "Girls’ room", "Mixenden Fridays"} <= listed(later)
        assert coming(later) - listed(later) == {"Valley youth council"}
        assert unsure(later) == ["Walking football for grans and grandads"]
        assert confirmations.keep(later) == 0
    assert not Activity.objects.get(pk=withdrawn.pk).live
    assert Activity.objects.get(pk=theirs.pk).confirmed_on == theirs.confirmed_on
    assert Activity.objects.get(pk=before.pk).summary == "Changed by somebody."


def test_two_years_later_organisations_have_signed_again_but_who_is_at_it_themselves(
    loaded: Load,
) -> None:
    later = timezone.now() + datetime.timedelta(days=700)
    theirs = Organisation.objects.get(slug="crossways-youth")
    declarations.begin(organisation=theirs, by=organisers.owner_of(theirs))
    with clock.at(later):
        assert not Organisation.objects.public(timezone.localdate()).exists()
        loaded()
        public = Organisation.objects.public(timezone.localdate())
        assert set(public.values_list("slug", flat=True)) == {"calder-swifts", "lantern-hill-academy"}
        assert "Saturday mini Swifts" in listed(
            later
        )  # in term and out of it: nobody knows terms so far ahead
        signed = public.get(slug="calder-swifts").declarations.signed()
        assert (len(signed), signed[0].read_at) == (3, later)
        counted = AuditEntry.objects.count()
        assert confirmations.keep(later) == 0
        assert AuditEntry.objects.count() == counted
    assert Declaration.objects.drafts().filter(organisation=theirs).exists()


def test_ids_are_the_same_in_every_demonstration(loaded: Load) -> None:
    swifts = Activity.objects.get(slug="swifts-tuesday-football")
    assert str(swifts.uuid) == "b38a07f2-2c50-5372-9cba-8914c99fc234"


def test_the_five_sign_ins_work_with_their_confirmed_addresses(loaded: Load) -> None:
    for person in people.SIGN_INS:
        user = authenticate(email=person.email, password="mingle-demo")
        assert user is not None
        assert EmailAddress.objects.get(user=user).verified
    roles = {
        person.email: list(User.objects.get(email=person.email).memberships.values_list("role", flat=True))
        for person in people.SIGN_INS
    }
    assert roles == {
        "officer@demo.example": [],
        "club@demo.example": [Role.OWNER],
        "school@demo.example": [Role.EDITOR],
        "recorder@demo.example": [Role.RECORDER],
        "lead@demo.example": [],
    }
    assert Place.objects.get().officers.get().user.email == "officer@demo.example"


def test_the_lead_has_two_concerns_to_read(loaded: Load) -> None:
    lead = User.objects.get(email="lead@demo.example")
    about = permissions.concerns_read_by(lead).order_by("pk").values_list("organisation__slug", flat=True)
    assert list(about) == ["crossways-youth", None]
    assert permissions.concerns_read_by(User.objects.get(email="officer@demo.example")).count() == 0


def test_nobody_can_sign_in_as_the_other_owners(loaded: Load) -> None:
    others = User.objects.exclude(email__endswith="@demo.example")
    assert others.count() == 3  # two owners, and one who applies
    assert [user.email for user in others if user.has_usable_password()] == []


def test_pages_of_words_are_public(loaded: Load) -> None:
    assert InformationPage.objects.live().count() == 5


def test_the_clock_goes_on_after_it_was_set_back() -> None:
    long_ago = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
    before = timezone.now
    with clock.at(long_ago):
        assert timezone.now() == long_ago
    assert timezone.now is before
    with pytest.raises(ZeroDivisionError):
        _fail_at(long_ago)
    assert timezone.now is before


def _fail_at(moment: datetime.datetime) -> None:
    with clock.at(moment):
        raise ZeroDivisionError


@pytest.mark.slow
def test_the_whole_place_is_loaded_with_real_postcodes(demo_settings: Any, db: None) -> None:
    said: list[str] = []
    whole = loading.load(said.append)
    assert (whole.organisations >= 25, whole.activities >= 120) == (True, True)
    assert f"activities: {whole.activities} of {whole.activities}" in said
    live = Activity.objects.filter(live=True)
    assert live.count() >= 120
    assert list(live.exclude(occurrences__ends_at__gt=timezone.now())) == []
    assert len(coming(timezone.now()) - listed(timezone.now())) == 1
    assert Venue.objects.filter(latitude__range=(53.66, 53.78), longitude__range=(-2.15, -1.72)).count() >= 40
    assert loading.load(said.append).activities == 0
