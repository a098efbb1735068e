"""What cards and the page of results say."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from events.browsing import words

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("miles", "said"),
    [
        (0.04, "Close by"),
        (0.1, "0.1 miles"),
        (0.96, "1 mile"),
        (1.04, "1 mile"),
        (2.36, "2.4 miles"),
        (9.94, "9.9 miles"),
        (9.96, "10 miles"),
        (12.4, "12 miles"),
    ],
)
def test_distance_is_said_as_exactly_as_it_is_known(miles, said):
    assert words.distance_words(miles) == said


@pytest.mark.parametrize(
    ("suits", "ages", "said"),
    [
        ((7, 12), (7, 12), "Suits ages 7 and 12"),
        ((7,), (7, 12), "Suits age 7"),
        ((7,), (7,), ""),
        ((), (), ""),
    ],
)
def test_card_says_whom_it_suits_where_several_were_asked_for(suits, ages, said):
    assert words.suits_words(suits, ages) == said


def test_next_date_is_said_in_full_and_two_more_after_it():
    start = datetime.datetime(2027, 3, 2, 16, 30, tzinfo=LONDON)
    week = datetime.timedelta(days=7)
    dates = [(start + week * each, start + week * each + datetime.timedelta(minutes=90)) for each in range(3)]
    today = datetime.date(2027, 3, 1)
    assert words.dates_markup(dates[:1], today) == 'Tomorrow, <span class="times">4:30–6 pm</span>'
    assert words.dates_markup(dates, today) == (
        'Tomorrow, <span class="times">4:30–6 pm</span> <span class="card__then">then 9 and 16 March</span>'
    )


@pytest.mark.parametrize(
    ("total", "page", "said"),
    [
        (0, 1, "0 activities"),
        (1, 1, "1 activity"),
        (20_066, 1, "20,066 activities"),
        (60, 2, "60 activities, page 2 of 3"),
    ],
)
def test_number_found_is_said(total, page, said):
    assert words.found_words(total, page, 3) == said


def test_dates_on_paper_are_written_out():
    def meeting(month, day):
        return (
            datetime.datetime(2026, month, day, 17, tzinfo=LONDON),
            datetime.datetime(2026, month, day, 18, tzinfo=LONDON),
        )

    first, second, third = meeting(3, 24), meeting(3, 31), meeting(4, 7)
    said = "Tuesday 24 March 2026, 5–6 pm"
    assert words.lasting_dates_words([first]) == said
    assert words.lasting_dates_words([first, second, third]) == f"{said}, then 31 March and 7 April"
    assert words.lasting_dates_words([]) == "No dates at the moment"
