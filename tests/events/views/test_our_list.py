"""The page of picked activities: what it shows, what it says of those that have gone, and its calendar."""

import datetime
import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from icalendar import Calendar

from design import qr
from events.actions import occurrences
from events.models import Activity, Occurrence
from events.query import MOST_PICKS
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db

STRANGER = uuid.UUID("00000000-0000-4000-8000-000000000000")


def make_on(title: str, days: int = 3, **fields: object) -> Activity:
    first = timezone.localdate() + datetime.timedelta(days=days)
    return make_activity(title, rules=[make_rule(first_date=first)], **fields)


def address(*picks: uuid.UUID) -> str:
    return "/activities/?" + "&".join(f"pick={pick}" for pick in picks)


def read(client: Client, where: str) -> str:
    response = client.get(where)
    assert response.status_code == 200
    return re.sub(r"[ \n]+", " ", response.content.decode())


def titles(page: str) -> list[str]:
    return re.findall(r'card__title"><a href="[^"]+">([^<]+)<', page)


def test_list_shows_what_was_picked_by_next_date_and_no_more(client: Client) -> None:
    later, sooner = make_on("Later", days=5), make_on("Sooner", days=2)
    make_on("Not picked")
    page = read(client, address(later.uuid, sooner.uuid))
    assert titles(page) == ["Sooner", "Later"]
    assert "<h1>Our list: 2 activities</h1>" in page


def test_list_of_one_says_one(client: Client) -> None:
    assert "<h1>Our list: 1 activity</h1>" in read(client, address(make_on("Alone").uuid))


def test_list_holds_30_on_one_page(client: Client) -> None:
    host = make_organisation()
    picks = [make_on(f"Number {number}", host=host).uuid for number in range(MOST_PICKS)]
    assert len(titles(read(client, address(*picks)))) == 30
    page = read(client, address(*picks, STRANGER))
    assert len(titles(page)) == 30
    assert "Choose 30 at most." in page


def test_list_counts_what_has_gone_and_offers_to_take_it_off(client: Client) -> None:
    here, gone, draft = make_on("Here"), make_on("Gone"), make_draft("Never shown")
    gone.unpublish()
    page = read(client, address(gone.uuid, here.uuid, draft.uuid, STRANGER))
    assert titles(page) == ["Here"]
    assert "3 are no longer listed." in page
    assert f'href="{address(here.uuid)}" data-take-off="{gone.uuid} {draft.uuid} {STRANGER} "' in page
    assert "Never shown" not in page


def test_list_keeps_an_activity_that_has_no_date_now(client: Client) -> None:
    rule = make_rule(repeat="once", times=None, first_date=timezone.localdate() + datetime.timedelta(days=1))
    quiet = make_activity("Quiet", rules=[rule])
    occurrences.cancel(
        occurrence=Occurrence.objects.select_related("activity").get(activity=quiet),
        reason="Flooded",
        by=make_staff(),
    )
    page = read(client, address(quiet.uuid, make_on("Lively").uuid))
    assert titles(page) == ["Lively", "Quiet"]
    assert page.count('<p class="card__when">No dates at the moment</p>') == 1
    assert page.count('<p class="picked__dates">No dates at the moment</p>') == 1
    assert "no longer listed" not in page


def test_each_can_be_taken_off_without_any_script(client: Client) -> None:
    one, other = make_on("One", days=2), make_on("Other", days=3)
    page = read(client, address(one.uuid, other.uuid))
    assert f'href="{address(other.uuid)}" data-take-off="{one.uuid}"' in page
    assert 'href="/activities/?pick=" data-take-off=' in read(client, address(one.uuid))


def test_empty_list_says_how_to_fill_it(client: Client) -> None:
    make_on("Something")
    page = read(client, "/activities/?pick=")
    assert titles(page) == []
    assert "<h1>Our list</h1>" in page
    assert "Press “Keep” on what you like." in page


def test_list_writes_dates_out_for_paper(client: Client) -> None:
    page = read(client, address(make_on("Football").uuid))
    said = "Thursday 26 November 2026, 4:30–6 pm, then 3 and 10 December"
    assert f'<p class="picked__dates">{said}</p>' in page


def test_list_says_where_and_whom_to_ask(client: Client) -> None:
    venue = make_venue(name="Hall", street="1 Hopwood Lane")
    activity = make_on("Football", venue=venue)
    activity.host.page.phone = "01422 000 111"
    activity.host.page.save()
    page = read(client, address(activity.uuid))
    assert "<p>Hall, 1 Hopwood Lane, Halifax, HX1\N{NO-BREAK SPACE}5ER</p>" in page
    assert '<a href="tel:01422000111">01422 000 111</a>' in page


def test_list_shares_what_is_listed_by_address_and_code(client: Client, settings) -> None:
    settings.PUBLIC_ADDRESS = "https://mingle.example"
    one, other = make_on("One"), make_on("Other")
    page = read(client, address(other.uuid, STRANGER, one.uuid))
    shared = f"https://mingle.example{address(other.uuid, one.uuid)}"
    assert f'<code class="address">{escape(shared)}</code>' in page
    (source,) = re.findall(r'<img src="(/activities/qr.svg[^"]+)"', page)
    response = client.get(source.replace("&amp;", "&"))
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.decode() == qr.svg(shared)


@pytest.mark.parametrize("question", ["", "?pick=", "?pick=abc", "?age=9"])
def test_there_is_no_code_of_nothing(client: Client, question: str) -> None:
    assert client.get(f"/activities/qr.svg{question}").status_code == 404


@pytest.mark.parametrize("pick", ["abc", "1" * 10_000, "../../etc/passwd"])
def test_nonsense_gets_words_and_keeps_the_rest(client: Client, pick: str) -> None:
    activity = make_on("Here")
    page = read(client, f"{address(activity.uuid)}&pick={pick}")
    assert titles(page) == ["Here"]
    assert "One of the activities in this link does not exist." in page


@pytest.mark.parametrize("pick", ["%00", "%ff%fe", "+"])
def test_what_cannot_be_read_at_all_is_left_out(client: Client, pick: str) -> None:
    assert titles(read(client, f"{address(make_on('Here').uuid)}&pick={pick}")) == ["Here"]


def test_picks_with_something_else_asked_are_browsed(client: Client) -> None:
    activity = make_on("Football", type="football")
    page = read(client, f"{address(activity.uuid)}&type=football")
    assert titles(page) == ["Football"]
    assert "1 picked activity" in page
    assert 'id="filters"' in page
    assert titles(read(client, f"{address(activity.uuid)}&fbclid=x")) == ["Football"]
    assert "<h1>Our list: 1 activity</h1>" in read(client, f"{address(activity.uuid)}&fbclid=x")


def test_list_is_not_for_search_engines_and_sets_no_cookie(client: Client) -> None:
    response = client.get(address(make_on("Here").uuid))
    assert b'<meta name="robots" content="noindex">' in response.content
    assert response.cookies == {}


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_as_many_queries_for_one_as_for_three(
    client: Client, django_assert_num_queries, number: int
) -> None:
    host = make_organisation()
    picks = [make_on(f"Number {each}", host=host).uuid for each in range(number)]
    client.get("/activities/")
    with django_assert_num_queries(4):
        read(client, address(*picks))


def test_list_says_why_a_next_date_is_not_the_one_that_it_was(client: Client) -> None:
    activity = make_on("Kites")
    first, second, *_ = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    occurrences.cancel(occurrence=second, reason="The field is a fair.", by=make_staff())
    assert "Cancelled:" not in read(client, address(activity.uuid))
    occurrences.cancel(occurrence=first, reason="The hall has no heating.", by=make_staff())
    day = timezone.localtime(first.starts_at)
    said = f"Cancelled: {day:%A} {day.day} {day:%B %Y}, 4:30–6 pm. The hall has no heating."
    page = read(client, address(activity.uuid))
    assert page.count("Cancelled:") == 1
    assert said in page


def test_change_of_a_picked_activity_is_visible_to_the_very_next_request(client: Client) -> None:
    activity = make_on("Here today")
    assert titles(read(client, address(activity.uuid))) == ["Here today"]
    activity.unpublish()
    page = read(client, address(activity.uuid))
    assert titles(page) == []
    assert "1 is no longer listed." in page


def test_calendar_of_a_list_holds_exactly_the_dates_of_what_was_picked(client: Client) -> None:
    picked = [make_on("One"), make_on("Other")]
    make_on("Not picked")
    page = read(client, address(*(activity.uuid for activity in picked)))
    feed = re.search(r"/activities/calendar\.ics\?[^\"<]+", page)[0].replace("&amp;", "&")
    entries = Calendar.from_ical(client.get(feed).content).walk("VEVENT")
    dates = Occurrence.objects.filter(activity__in=picked)
    assert sorted(str(entry["UID"]) for entry in entries) == sorted(f"{date.uuid}@mingle" for date in dates)
    assert dates.count() == 20


def test_script_and_query_agree_on_how_many_a_list_holds() -> None:
    text = (Path(django_settings.BASE_DIR) / "static/js/keep.js").read_text()
    assert f"const MOST = {MOST_PICKS};" in text
    frame = Path(django_settings.BASE_DIR) / "site/design/templates/design/components/keep.html"
    assert f"it holds {MOST_PICKS}" in frame.read_text()
