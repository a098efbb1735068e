"""What everybody sees of two twins: each other on their pages, and the calendar of what they do together."""

import datetime
import gzip

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from events.actions import co_organisers, occurrences
from events.models import Activity
from organisations.actions import verification
from organisations.models import Organisation, State
from schools import pairs
from schools.actions import twinnings
from schools.models import Twinning
from tests.factories.activities import make_activity, make_rule
from tests.factories.people import make_officer
from tests.factories.twinnings import Joined, agreed, joined, proposed, running, two_joined

pytestmark = pytest.mark.django_db


def text_of(client: Client, who: Joined) -> str:
    return client.get(f"/schools/{who.school.pk}/").content.decode()


def together(title: str, one: Joined, other: Joined) -> Activity:
    """Hosted by the one, and the other runs it too."""
    made = make_activity(title, host=one.organisation, rules=[make_rule()])
    co_organisers.invite(activity=made, organisation=other.organisation, by=one.head)
    co_organisers.accept(activity=made, organisation=other.organisation, by=other.head)
    return made


def pair(twinning: Twinning) -> str:
    return f"/schools/twinnings/{twinning.uuid}/calendar.ics"


def page_of(twinning: Twinning) -> str:
    return f"/schools/twinnings/{twinning.uuid}/"


def entries(client: Client, address: str) -> dict[str, dict[str, str]]:
    """Of each date by its UID what it says."""
    text = client.get(address).content.decode().replace("\r\n ", "")
    found = {}
    for entry in text.split("BEGIN:VEVENT")[1:]:
        lines = dict(line.split(":", 1) for line in entry.splitlines() if ":" in line)
        said = {name.partition(";")[0]: value for name, value in lines.items()}
        found[said["UID"]] = said
    return found


def test_the_pages_of_both_schools_say_so_once_both_have_said_yes(client):
    one, other = two_joined()
    made = proposed(one, other)
    assert "Twinned with" not in text_of(client, one)
    made = twinnings.accept(twinning=made, school=other.school, contact="Tom Hale", by=other.head)
    for who, whom in ((one, other), (other, one)):
        text = text_of(client, who)
        assert f'<a href="/schools/{whom.school.pk}/">{whom.school.name}</a>' in text
        assert f'href="{page_of(made)}"' in text
        for hidden in ("Amina Reid", "Tom Hale", "We would like to sing"):
            assert hidden not in text
    twinnings.end(twinning=made, by=one.head)
    assert "Twinned with" not in text_of(client, one)


def test_their_pages_say_what_they_do_together_and_when(client):
    one, other = two_joined()
    running(one, other)
    activity = together("Choir at Heron Bank", one, other)
    make_activity("Alone", host=one.organisation, rules=[make_rule()])
    for who, whom in ((one, other), (other, one)):
        found = pairs.of(who.school, timezone.now())
        dates = activity.occurrences.order_by("starts_at")[: pairs.MOST_COMING]
        assert [each.title for each in found.coming] == ["Choir at Heron Bank"] * len(dates)
        assert {each.other for each in found.coming} == {whom.organisation.name}
        assert set(found.changes_at) == {date.ends_at for date in dates}
        text = " ".join(text_of(client, who).split())
        assert "What they do together" in text
        assert f"Together with {whom.organisation.name}. At {dates[0].venue.name_and_town}." in text


def test_a_cancelled_date_is_said_to_be_off_and_one_of_an_unpublished_activity_is_not_there(client):
    one, other = two_joined()
    running(one, other)
    activity = together("Choir", one, other)
    first = activity.occurrences.order_by("starts_at").first()
    occurrences.cancel(occurrence=first, reason="The hall is shut.", by=other.head)
    found = pairs.of(one.school, timezone.now()).coming
    assert [each.cancelled for each in found[:2]] == [True, False]
    activity.refresh_from_db()
    activity.unpublish()
    assert pairs.of(one.school, timezone.now()).coming == []


def test_the_pairs_calendar_holds_what_both_run_and_nothing_else(client):
    one, other = two_joined()
    made = running(one, other)
    together("Choir at Heron Bank", one, other)
    together("Choir at Larkfield", other, one)
    make_activity("Alone", host=one.organisation, rules=[make_rule()])
    text = client.get(pair(made)).content.decode().replace("\r\n ", "")
    assert "Choir at Heron Bank" in text
    assert "Choir at Larkfield" in text
    assert "Alone" not in text
    assert f"{one.school.name} and {other.school.name}" in text


def test_it_is_answered_as_every_calendar_is(client):
    one, other = two_joined()
    made = running(one, other)
    together("Choir", one, other)
    response = client.get(pair(made))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    again = client.get(pair(made), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(pair(made))
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])


def test_one_meeting_that_moves_moves_in_all_three_calendars(client):
    one, other = two_joined()
    made = running(one, other)
    activity = together("Choir", one, other)
    addresses = [
        pair(made),
        *(f"/schools/{who.school.pk}/calendar.ics" for who in (one, other)),
    ]
    date = activity.occurrences.filter(starts_at__gt=timezone.now()).order_by("starts_at").first()
    before = [entries(client, address) for address in addresses]
    assert before[0].keys() == before[1].keys() == before[2].keys()
    [uid] = [each for each in before[0] if str(date.uuid) in each]
    hour = datetime.timedelta(hours=1)
    occurrences.move(
        occurrence=date, starts_at=date.starts_at + hour, ends_at=date.ends_at + hour, by=other.head
    )
    for was, address in zip(before, addresses, strict=True):
        now = entries(client, address)
        assert now.keys() == was.keys()
        assert int(now[uid]["SEQUENCE"]) > int(was[uid]["SEQUENCE"])
        assert now[uid]["DTSTART"] != was[uid]["DTSTART"]


def test_before_both_have_said_yes_there_is_no_calendar(client):
    one, other = two_joined()
    made = proposed(one, other)
    assert client.get(pair(made)).status_code == 404
    unknown = "/schools/twinnings/00000000-0000-4000-8000-000000000000/calendar.ics"
    assert client.get(unknown).status_code == 404


def test_after_its_end_the_calendar_stays(client):
    one, other = two_joined()
    made = running(one, other)
    together("Choir", one, other)
    before = entries(client, pair(made))
    twinnings.end(twinning=made, by=other.head)
    assert entries(client, pair(made)).keys() == before.keys()


def test_a_school_that_may_not_publish_is_named_nowhere(client):
    one, other = two_joined()
    made = agreed(one, other)
    together("Choir", one, other)
    Organisation.objects.filter(pk=one.organisation.pk).update(state=State.SUSPENDED)
    text = client.get(pair(made)).content.decode()
    assert "Heron" not in text
    assert "Larkfield" not in text
    assert page_of(made) not in text_of(client, other)
    assert client.get(page_of(made)).status_code == 404


def test_a_date_with_two_twins_is_told_once_with_both(client):
    one, other = two_joined()
    third = joined(2)
    running(one, other)
    running(one, third)
    activity = together("Choir of three", one, other)
    co_organisers.invite(activity=activity, organisation=third.organisation, by=one.head)
    co_organisers.accept(activity=activity, organisation=third.organisation, by=third.head)
    coming = pairs.of(one.school, timezone.now()).coming
    assert len({each.when for each in coming}) == len(coming) == pairs.MOST_COMING
    assert {each.other for each in coming} == {
        f"{other.organisation.name} and {third.organisation.name}",
    }
    assert {each.other for each in pairs.of(third.school, timezone.now()).coming} == {one.organisation.name}


def test_a_twin_that_only_helps_may_lapse_and_the_dates_stay_in_calendars(client):
    one, other = two_joined()
    made = running(one, other)
    together("Choir", one, other)
    before = entries(client, pair(made))
    officer = make_officer(one.organisation.place)
    verification.suspend(organisation=other.organisation, reason="Their own wish.", by=officer)
    after = entries(client, pair(made))
    assert after.keys() == before.keys()
    assert {each["SUMMARY"] for each in after.values()} == {"Choir"}
    assert "Larkfield" not in client.get(pair(made)).content.decode()


@pytest.mark.parametrize("of_pair", [True, False])
def test_it_understands_what_every_calendar_understands(client, of_pair):
    one, other = two_joined()
    made = running(one, other)
    activity = together("Choir", one, other)
    first = activity.occurrences.filter(starts_at__gt=timezone.now()).order_by("starts_at").first()
    occurrences.cancel(occurrence=first, reason="The hall is shut.", by=other.head)
    address = pair(made) if of_pair else f"/schools/{one.school.pk}/calendar.ics"
    [uid] = [each for each in entries(client, address) if str(first.uuid) in each]
    assert entries(client, address)[uid]["STATUS"] == "CANCELLED"
    shown = entries(client, f"{address}?cancelled=show")[uid]
    assert (shown["STATUS"], shown["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert (
        len(entries(client, f"{address}?next=10")) == len(entries(client, address)) - 1
    )  # without what is off
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == client.get(address).content
    assert packed["ETag"] != client.get(address)["ETag"]
    assert packed["Last-Modified"] == client.get(address)["Last-Modified"]


def test_the_pairs_page_has_the_next_dates_and_every_way_to_keep_them(client):
    one, other = two_joined()
    made = running(one, other)
    assert "No dates at the moment" in client.get(page_of(made)).content.decode()
    activity = together("Choir", one, other)
    first = activity.occurrences.filter(starts_at__gt=timezone.now()).order_by("starts_at").first()
    occurrences.cancel(occurrence=first, reason="The hall is shut.", by=other.head)
    text = client.get(page_of(made)).content.decode()
    assert f"<h1>{one.organisation.name} and {other.organisation.name}</h1>" in text
    assert text.count(">Choir</a>") == pairs.MOST_COMING
    assert text.count("Cancelled</span>") == 1
    calendar = f"{settings.PUBLIC_ADDRESS}{pair(made)}"
    assert f'href="{calendar.replace("http", "webcal", 1)}"' in text
    assert f'data-copy="{calendar}"' in text
    entry = client.get(pair(made)).content.decode().replace("\r\n ", "")
    assert f"URL:{settings.PUBLIC_ADDRESS}{page_of(made)}" in entry
    for hidden in ("Amina Reid", "Tom Hale", "We would like to sing"):
        assert hidden not in text


def test_the_pairs_page_is_there_while_both_want_it(client):
    one, other = two_joined()
    made = proposed(one, other)
    assert client.get(page_of(made)).status_code == 404
    made = twinnings.accept(twinning=made, school=other.school, contact="Tom Hale", by=other.head)
    assert client.get(page_of(made)).status_code == 200
    twinnings.end(twinning=made, by=one.head)
    assert client.get(page_of(made)).status_code == 404
