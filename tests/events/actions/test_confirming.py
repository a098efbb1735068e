"""Whether an activity is still right: who says so, who is asked, and what happens while nobody answers."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import AuditEntry
from events import nightly
from events.actions import confirming, occurrences, publishing, spans, suspending, vouching
from events.models import Activity, ConfirmationRequest, CoOrganiser, Listing
from organisations.models import Organisation, Role
from tests.events.conftest import NOW
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.concerns import make_lead
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db
Clock = Callable[[datetime.datetime], None]
TODAY = NOW.date()


def after(days: int) -> datetime.datetime:
    return NOW + datetime.timedelta(days=days)


def weekly(title: str = "Zwiebelkuchen", **fields: object) -> Activity:
    return make_activity(title, rules=[make_rule(times=None, until=datetime.date(2028, 7, 1))], **fields)


def confirmed_on(activity: Activity) -> datetime.date | None:
    return Activity.objects.get(pk=activity.pk).confirmed_on


def first_date(activity: Activity):
    return activity.occurrences.order_by("starts_at").first()


LISTS = ["/activities/", "/activities/?view=map", "/activities/?q=Zwiebelkuchen", "/embed/", "/"]


def names_on(client: Client, addresses: list[str], activity: Activity) -> list[str]:
    address = f"/organisers/{activity.host.slug}/{activity.slug}/"
    return [each for each in addresses if address in client.get(each).content.decode()]


def page_of(activity: Activity) -> str:
    return f"/organisers/{activity.host.slug}/{activity.slug}/"


# What counts


def test_publishing_and_changing_dates_by_its_people_confirm_it(clock: Clock) -> None:
    activity = weekly()
    owner = make_member(activity.host)
    assert confirmed_on(activity) == TODAY
    clock(after(10))
    activity.save_revision().publish(user=owner)
    assert confirmed_on(activity) == after(10).date()
    clock(after(20))
    occurrences.put_notice(occurrence=first_date(activity), notice="Bring a towel", by=owner)
    assert confirmed_on(activity) == after(20).date()
    clock(after(30))
    first = first_date(activity).starts_at.date()
    spans.cancel(activity=activity, span=spans.Span(first, first), reason="Ill", by=owner)
    assert confirmed_on(activity) == after(30).date()


def test_a_recorder_of_a_partner_confirms_with_a_date_and_a_stranger_to_it_does_not(clock: Clock) -> None:
    activity = weekly()
    partner = make_organisation(place=activity.host.place)
    CoOrganiser.objects.create(activity=activity, organisation=partner, accepted_at=NOW)
    recorder, officer = make_member(partner, Role.RECORDER), make_officer(activity.host.place)
    clock(after(10))
    occurrences.put_notice(occurrence=first_date(activity), notice="Officer's", by=officer)
    assert confirmed_on(activity) == TODAY
    occurrences.put_notice(occurrence=first_date(activity), notice="Theirs", by=recorder)
    assert confirmed_on(activity) == after(10).date()


def test_drafts_copies_and_what_the_platform_does_confirm_nothing(clock: Clock) -> None:
    activity = weekly()
    owner, lead = make_member(activity.host), make_lead(activity.host.place)
    clock(after(10))
    activity.save_revision(user=owner)
    publishing.settle(activity=activity, by=None)
    suspending.suspend(activity=activity, by=lead)
    suspending.lift(activity=activity, by=lead)
    assert Activity.objects.get(pk=activity.pk).live
    assert confirmed_on(activity) == TODAY
    copy = activity.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert confirmed_on(copy) is None
    assert confirmed_on(make_draft(host=activity.host)) is None


def test_going_back_to_an_earlier_version_keeps_when_it_was_confirmed(clock: Clock) -> None:
    activity = weekly()
    first = activity.get_latest_revision()
    owner = make_member(activity.host)
    clock(after(40))
    occurrences.put_notice(occurrence=first_date(activity), notice="Now", by=owner)
    assert first.as_object().confirmed_on == after(40).date()


# What families see


@pytest.mark.parametrize(
    ("days", "words", "listed"),
    [(119, False, True), (120, True, True), (179, True, True), (180, True, False), (400, True, False)],
)
def test_unconfirmed_it_says_so_after_120_days_and_leaves_lists_after_180(
    client: Client, clock: Clock, days: int, words: bool, listed: bool
) -> None:
    activity = weekly()
    assert names_on(client, LISTS[:3], activity) == LISTS[:3]  # and these pages are kept now
    clock(after(days))
    nightly.extend_dates(dry_run=False)
    listed_on = names_on(client, LISTS[:3], activity)
    assert listed_on == (LISTS[:3] if listed else [])
    assert ("Not confirmed since 23 November" in client.get("/activities/").content.decode()) is (
        words and listed
    )
    page = client.get(page_of(activity))
    assert page.status_code == 200
    assert ("Not confirmed since 23 November" in page.content.decode()) is words
    assert ("our lists and our search leave it out" in page.content.decode()) is not listed


def test_left_out_of_lists_its_calendars_go_on_and_the_numbers_beside_filters_do_not_count_it(
    client: Client, clock: Clock
) -> None:
    activity = weekly(type="football")
    other = weekly("Other", type="swimming", host=activity.host)
    owner = make_member(activity.host)
    clock(after(170))
    occurrences.put_notice(occurrence=first_of_coming(other), notice="Still on", by=owner)
    clock(after(180))
    assert "1 activity" in text_of(client, "/activities/")
    assert Listing.objects.get(pk=activity.pk).public is True
    for feed in (
        f"/activities/{activity.uuid}/calendar.ics",
        f"/organisers/{activity.host.slug}/calendar.ics",
        "/activities/calendar.ics",
    ):
        calendar = client.get(feed).content.decode()
        assert "SUMMARY:Zwiebelkuchen" in calendar
        assert "No longer listed here" not in calendar


def first_of_coming(activity: Activity):
    return activity.occurrences.filter(starts_at__gt=after(175)).order_by("starts_at").first()


def text_of(client: Client, address: str) -> str:
    return re.sub(r"<[^>]+>", "", client.get(address).content.decode())


def test_confirmed_it_is_back_at_once_everywhere(client: Client, clock: Clock) -> None:
    activity = weekly()
    clock(after(200))
    assert names_on(client, LISTS, activity) == []
    assert "Not confirmed since" in client.get(page_of(activity)).content.decode()
    assert confirming.confirm(activity=activity) is True
    assert names_on(client, LISTS[:3], activity) == LISTS[:3]
    assert "Not confirmed since" not in client.get(page_of(activity)).content.decode()
    assert "Not confirmed since" not in client.get("/activities/").content.decode()


def test_a_declaration_that_ends_earlier_ends_the_listing(clock: Clock) -> None:
    activity = weekly(host=make_organisation(declaration_until=datetime.date(2027, 1, 31)))
    assert Listing.objects.get(pk=activity.pk).public_until == datetime.date(2027, 1, 31)
    assert Listing.objects.get(pk=weekly().pk).public_until == after(179).date()


def test_the_list_asks_no_more_of_the_database_than_before(
    client: Client, clock: Clock, django_assert_num_queries
) -> None:
    for number in range(3):
        weekly(f"Number {number}")
    client.get("/activities/")
    clock(after(130))
    client.get("/activities/?free=1")
    with django_assert_num_queries(2):  # the generation, and the cards
        assert "Not confirmed since" in client.get("/activities/").content.decode()


# The mail


def run_night(django_capture_on_commit_callbacks) -> int:
    with django_capture_on_commit_callbacks(execute=True):
        return nightly.ask_whether_right(dry_run=False)


def with_contact(activity: Activity, email: str = "hello@club.example") -> Activity:
    page = activity.host.page
    page.email = email
    page.save()
    return activity


def test_contact_is_asked_once_a_term(clock: Clock, mailoutbox, django_capture_on_commit_callbacks) -> None:
    activity = with_contact(weekly())
    night = django_capture_on_commit_callbacks
    assert run_night(night) == 0  # just published
    clock(after(30))  # 23 December: holidays, in which those are asked who were not in autumn
    assert nightly.ask_whether_right(dry_run=True) == 1
    assert ConfirmationRequest.objects.count() == 0
    assert (run_night(night), run_night(night)) == (1, 0)
    for day in (35, 42, 60, 80, 110, 130, 140, 150, 200, 230):
        clock(after(day))
        run_night(night)
    assert [request.season for request in activity.confirmation_requests.order_by("season")] == [
        datetime.date(2026, 8, 1),
        datetime.date(2027, 1, 1),
        datetime.date(2027, 4, 1),
    ]
    assert [mail.to for mail in mailoutbox] == [["hello@club.example"]] * 3
    assert mailoutbox[0].subject == "Is it still right? Zwiebelkuchen"
    assert f"/organise/activities/{activity.uuid}/" in mailoutbox[0].body


def test_without_a_contact_the_owners_are_asked(clock: Clock, mailoutbox, django_capture_on_commit_callbacks):
    activity = with_contact(weekly(), "")
    owner = make_member(activity.host)
    make_member(activity.host, Role.EDITOR)
    clock(after(60))
    assert run_night(django_capture_on_commit_callbacks) == 1
    assert [mail.to for mail in mailoutbox] == [[owner.email]]


def test_nobody_is_asked_about_what_families_cannot_see_or_what_is_over(
    clock: Clock, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    with_contact(make_draft())
    with_contact(weekly(host=make_organisation(declaration_until=after(10).date())))
    with_contact(make_activity("Over", rules=[make_rule(times=1)]))
    clock(after(60))
    assert run_night(django_capture_on_commit_callbacks) == 0
    assert mailoutbox == []


def test_the_database_holds_one_request_a_season(clock: Clock) -> None:
    activity = weekly()
    ConfirmationRequest.objects.create(activity=activity, season=TODAY)
    with pytest.raises(IntegrityError, match="confirmation_asked_once_a_season"), transaction.atomic():
        ConfirmationRequest.objects.create(activity=activity, season=TODAY)


def test_requests_are_forgotten_after_two_years(clock: Clock) -> None:
    ConfirmationRequest.objects.create(activity=weekly(), season=TODAY)
    clock(after(730))
    assert nightly.forget_requests_to_confirm(dry_run=False) == 0
    clock(after(731))
    assert nightly.forget_requests_to_confirm(dry_run=True) == 1
    assert nightly.forget_requests_to_confirm(dry_run=False) == 1
    assert ConfirmationRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "season"),
    [
        ((2026, 11, 2), (2026, 8, 1)),
        ((2027, 1, 4), (2027, 1, 1)),
        ((2027, 3, 31), (2027, 1, 1)),
        ((2027, 4, 12), (2027, 4, 1)),
        ((2027, 7, 31), (2027, 4, 1)),
        ((2027, 8, 1), (2027, 8, 1)),
    ],
)
def test_halves_of_a_term_are_one_season(day: tuple, season: tuple) -> None:
    assert confirming.season_of(datetime.date(*day)) == datetime.date(*season)


# Two at once


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_confirmed_once(
    clock: Clock, together: Callable[..., list[object]]
) -> None:
    activity = weekly()
    clock(after(150))
    said = together(*[lambda: confirming.confirm(activity=activity)] * 2)
    assert sorted(said) == [False, True]
    assert AuditEntry.objects.filter(action="activity.confirmed").count() == 1
    assert confirmed_on(activity) == after(150).date()


@pytest.mark.django_db(transaction=True)
def test_without_the_hold_both_would_believe_that_they_confirmed_it(
    clock: Clock, together: Callable[..., list[object]], nobody_holds, all_look_before
) -> None:
    """The negative control: the same two presses, and nobody holds the activity while they look."""
    activity = weekly()
    clock(after(150))
    nobody_holds(Activity, Organisation)
    all_look_before(vouching, "confirm_on")
    said = together(*[lambda: confirming.confirm(activity=activity)] * 2)
    assert said == [True, True]
    assert AuditEntry.objects.filter(action="activity.confirmed").count() == 2
