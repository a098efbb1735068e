"""Dates as people type them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.forms.dates import DatesField, read_date


@pytest.mark.parametrize(
    "text",
    [
        "24/3/2027",
        "24.03.2027",
        "24-3-27".replace("-27", "-2027"),
        "24 March 2027",
        "24th Mar 2027",
        "2027-03-24",
        "Wed 24 March 2027",
        "  Wednesday   24th   march 2027 ",
    ],
)
def test_date_is_read_however_it_is_written(text):
    assert read_date(text) == datetime.date(2027, 3, 24)


def test_dates_are_sorted_and_kept_once():
    assert DatesField().clean("1 April 2027\n24/3/2027, 24 March 2027") == [
        datetime.date(2027, 3, 24),
        datetime.date(2027, 4, 1),
    ]


def test_unreadable_date_is_named_in_words():
    with pytest.raises(ValidationError) as error:
        DatesField().clean("24 March 2027\nnext Tuesday")
    assert error.value.messages == [
        "We cannot read “next Tuesday” as a date. Write it like 24 March 2027 or 24/3/2027."
    ]


@given(
    st.lists(
        st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2099, 12, 31)), max_size=20
    )
)
def test_dates_survive_being_shown_and_read_again(days):
    field = DatesField(required=False)
    assert field.clean(field.prepare_value(days)) == sorted(set(days))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text):
    try:
        days = DatesField(required=False).clean(text)
    except ValidationError as error:
        days = error.messages
    assert isinstance(days, list)
