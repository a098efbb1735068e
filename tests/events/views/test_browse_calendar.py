"""The page of what is on, as a calendar."""

import datetime
import re

import pytest
from django.utils import timezone

from events.actions import occurrences
from events.models import Occurrence
from organisations.models import Role
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db

# Today is Monday 23 November 2026 (tests/events/conftest.py).
DECEMBER = datetime.date(2026, 12, 1)  # a Tuesday


def make_on(title, first=DECEMBER, times=3, **fields):
    """An activity that meets on so many Tuesdays."""
    return make_activity(title, rules=[make_rule(first_date=first, times=times)], **fields)


def read(client, address="/activities/?view=calendar"):
    return client.get(address).content.decode()


def agenda(page):
    """Each day with the titles below it."""
    found = re.findall(
        r'<h3 class="agenda__day" id="([^"]*)"|meeting__title"><a href="[^"]*">([^<]*)<', page, re.DOTALL
    )
    days = {}
    for day, title in found:
        if day:
            last = days[day] = []
        else:
            last.append(title)
    return days


def text(markup):
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def line(page, title):
    """What the agenda says of one activity, the first time."""
    lines = re.findall(r'<li class="meeting.*?(?=<li class="meeting|</ul>\s*</section>)', page, re.DOTALL)
    return text(next(each for each in lines if f">{title}</a>" in each))


def test_calendar_shows_the_month_of_the_first_date_day_by_day(client):
    make_on("Football", times=6)
    make_on("Chess", datetime.date(2026, 12, 8), times=1)
    page = read(client)
    assert agenda(page) == {
        "day-2026-12-01": ["Football"],
        "day-2026-12-08": ["Football", "Chess"],
        "day-2026-12-15": ["Football"],
        "day-2026-12-22": ["Football"],
        "day-2026-12-29": ["Football"],
    }
    assert "6 dates in December 2026" in page
    cell = re.search(r'<a class="month__day" href="#day-2026-12-08">.*?</a>', page)
    assert text(cell[0]) == "8 December, 2 activities 8 2"
    assert "Tuesday 8 December" in page


def test_meeting_says_what_a_family_decides_by(client):
    host = make_organisation("Savile Park Juniors")
    make_on(
        "Football",
        host=host,
        price=2,
        venue=make_venue(host, name="Old Library", town="Halifax"),
        age_from=8,
        age_to=11,
    )
    assert line(read(client), "Football") == (
        "4:30–6 pm Football Savile Park Juniors Old Library, Halifax Ages 8–11 £2"
    )


def test_meeting_says_which_child_it_suits(client):
    make_on("Football", age_from=8, age_to=11)
    assert "Suits age 9" in line(read(client, "/activities/?view=calendar&age=9&age=15"), "Football")


def test_cancelled_and_moved_dates_are_said(client):
    activity = make_on("Football")
    by = make_member(activity.host, Role.RECORDER)
    first, second, _third = Occurrence.objects.filter(activity=activity)
    occurrences.cancel(occurrence=first, by=by, reason="The pitch is frozen.")
    occurrences.move(
        occurrence=second,
        starts_at=datetime.datetime(2026, 12, 9, 17, 0),  # noqa: DTZ001 (London's clock)
        ends_at=datetime.datetime(2026, 12, 9, 18, 0),  # noqa: DTZ001
        by=by,
    )
    page = read(client)
    days = re.split(r'<h3 class="agenda__day" id="', page)[1:]
    said = {day[:14]: text(day) for day in days}
    assert list(said) == ["day-2026-12-01", "day-2026-12-09", "day-2026-12-15"]
    assert "Cancelled: The pitch is frozen." in said["day-2026-12-01"]
    assert "Moved from Tue 8 December, 4:30 pm" in said["day-2026-12-09"]
    assert "2 dates in December 2026" in page
    # Nothing is on that day, so the overview does not lead there.
    assert 'href="#day-2026-12-01"' not in page


def test_date_that_was_moved_to_another_place_alone_says_no_other_time(client):
    activity = make_on("Football")
    date = Occurrence.objects.filter(activity=activity).first()
    occurrences.move(
        occurrence=date,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        venue=make_venue(activity.host, name="Savile Hall"),
        by=make_member(activity.host, Role.RECORDER),
    )
    said = line(read(client), "Football")
    assert ("Moved to another place" in said, "Moved from" in said, "Savile Hall" in said) == (
        True,
        False,
        True,
    )


def test_notice_of_a_date_is_shown(client):
    activity = make_on("Football")
    Occurrence.objects.filter(activity=activity).update(notice="The lift is out of order.")
    assert "The lift is out of order." in line(read(client), "Football")


def test_meeting_names_its_activity_for_the_button_that_keeps_it(client):
    activity = make_on("Football “& friends”")
    named = f'data-activity="{activity.uuid}" data-title="Football “&amp; friends”"'
    assert read(client).count(named) == 3


def test_date_that_the_schedule_has_dropped_is_not_there(client):
    activity = make_on("Football")
    Occurrence.objects.filter(activity=activity, rule_date=DECEMBER).update(state="cancelled", withdrawn=True)
    make_on("Chess")
    assert agenda(read(client))["day-2026-12-01"] == ["Chess"]


def test_day_and_time_choose_cancelled_dates_too(client):
    activity = make_on("Football")
    make_on("Chess", datetime.date(2026, 12, 4))
    first = Occurrence.objects.filter(activity=activity).first()
    occurrences.cancel(occurrence=first, by=make_member(activity.host, Role.RECORDER), reason="Ice")
    page = read(client, "/activities/?view=calendar&day=fri")
    assert list(agenda(page)) == ["day-2026-12-04", "day-2026-12-11", "day-2026-12-18"]


def test_months_lead_to_each_other(client):
    make_on("Football", times=6)
    page = read(client)
    assert re.search(r'id="month-later" rel="next" href="\?view=calendar&amp;month=2027-01"', page)
    assert "month-earlier" in page
    january = read(client, "/activities/?view=calendar&month=2027-01")
    assert list(agenda(january)) == ["day-2027-01-05"]
    assert "month-later" not in january


def test_empty_month_leads_to_the_first_date(client):
    make_on("Football")
    page = read(client, "/activities/?view=calendar&month=2027-04&free=1")
    assert "Nothing in April 2027" in page
    assert re.search(r'href="\?free=1&amp;view=calendar"[^>]*>Go to the first date', page)


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2026-10", "That month is over."),
        ("2027-13", "This should be a month"),
        ("x", "This should be a month"),
    ],
)
def test_month_that_makes_no_sense_gets_words(client, month, words):
    make_on("Football")
    page = read(client, f"/activities/?view=calendar&month={month}")
    assert words in page
    assert "3 dates in December 2026" in page


def test_today_is_marked(client):
    make_on("Football", datetime.date(2026, 11, 24))
    page = read(client)
    assert re.search(r'<span class="month__day" aria-current="date"><span[^>]*>23<', page)
    assert text(re.search(r'id="day-2026-11-24".*?</h3>', page, re.DOTALL)[0]).endswith(
        "Tomorrow Tuesday 24 November"
    )


def test_month_is_a_table_with_a_caption_and_weekdays(client):
    make_on("Football")
    page = read(client)
    assert text(re.search(r"<caption.*?</caption>", page)[0]) == "How much is on each day in December 2026"
    assert [text(head) for head in re.findall(r'<th scope="col">.*?</th>', page)][:2] == [
        "Mon Monday",
        "Tue Tuesday",
    ]


def test_nothing_found_is_said_as_in_the_list(client):
    make_on("Football")
    page = read(client, "/activities/?view=calendar&type=chess")
    assert "Nothing found" in page
    assert re.search(r'href="\?view=calendar"[^>]*>1 of other kinds', page)


def test_page_behind_the_last_leads_back(client):
    make_on("Football")
    page = read(client, "/activities/?view=calendar&page=9")
    assert "This page is empty" in page
    assert 'href="?view=calendar&amp;month=2026-12"' in page


def test_htmx_gets_the_calendar_alone(client):
    make_on("Football")
    response = client.get("/activities/?view=calendar", headers={"HX-Request": "true"})
    part = response.content.decode()
    assert "<html" not in part
    assert len(agenda(part)) == 3
    assert '<p id="found" data-hx-swap-oob="innerHTML">3 dates in December 2026</p>' in part


@pytest.mark.parametrize("number", [1, 3])
def test_calendar_takes_as_many_queries_for_one_as_for_three(client, django_assert_num_queries, number):
    for each in range(number):
        make_on(f"Football {each}")
    client.get("/activities/?view=calendar")
    with django_assert_num_queries(3):  # generation, words, dates
        page = read(client, "/activities/?view=calendar&q=football&free=1&age=9&day=tue")
    assert len(agenda(page)["day-2026-12-01"]) == number


def test_change_is_visible_to_the_very_next_request(client):
    activity = make_on("Football", timezone.localdate() + datetime.timedelta(days=1))
    assert len(agenda(read(client))) == 1
    activity.unpublish()
    assert agenda(read(client)) == {}
