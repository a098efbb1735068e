"""Our dates of calendars' rules, against those of dateutil."""

import datetime
from itertools import takewhile

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from events.importing import ics_rules

BEGIN = datetime.datetime(2026, 11, 24, 16, 30)  # noqa: DTZ001 (a wall clock)
BEFORE = datetime.date(2028, 6, 1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def rules(draw):
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 6))}"]
    plain = st.lists(st.sampled_from(DAYS), max_size=3, unique=True)
    nth = st.lists(
        st.builds(lambda n, d: f"{n}{d}", st.sampled_from([1, 2, 4, -1]), st.sampled_from(DAYS)), max_size=2
    )
    by_day = draw(st.one_of(plain, nth) if frequency == "MONTHLY" else plain)
    if by_day and frequency != "YEARLY":
        parts.append(f"BYDAY={','.join(by_day)}")
    if frequency in {"MONTHLY", "DAILY"} and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from([1, 15, 31, -1]))}")
    if frequency != "MONTHLY" and draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if frequency == "MONTHLY" and by_day and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    return ";".join(parts)


@settings(max_examples=80, deadline=None)
@given(rules())
def test_dates_are_those_of_dateutil(text):
    found = ics_rules.dates(vRecur.from_ical(text), BEGIN, BEFORE)
    known = rrulestr(text, dtstart=BEGIN)
    expected = [moment.date() for moment in takewhile(lambda each: each.date() < BEFORE, known)]
    assert found == expected
