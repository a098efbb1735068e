"""How often, as people write it."""

import pytest

from events.importing import repeating
from events.importing.repeating import Often
from events.recurrence import Repeat, Season


@pytest.mark.parametrize(
    ("text", "often"),
    [
        ("weekly", Often(Repeat.WEEKLY)),
        ("Every week", Often(Repeat.WEEKLY)),
        ("fortnightly", Often(Repeat.WEEKLY, 2)),
        ("every other week", Often(Repeat.WEEKLY, 2)),
        ("every second week", Often(Repeat.WEEKLY, 2)),
        ("every 3rd week", Often(Repeat.WEEKLY, 3)),
        ("daily", Often(Repeat.DAILY)),
        ("monthly", Often(Repeat.MONTHLY_DATE)),
        ("first Saturday of the month", Often(Repeat.MONTHLY_WEEKDAY, 1, 1)),
        ("last Friday of each month", Often(Repeat.MONTHLY_LAST_WEEKDAY, 1, -1)),
        ("once", Often(Repeat.ONCE)),
        ("one-off", Often(Repeat.ONCE)),
        ("every 99 weeks", None),
        ("now and then", None),
    ],
)
def test_how_often_is_understood(text, often):
    assert repeating.often(text) == often


@pytest.mark.parametrize("repeat", list(Repeat))
@pytest.mark.parametrize("interval", [1, 2, 52])
def test_what_is_told_is_read_back(repeat, interval):
    often = Often(repeat, 1 if repeat == Repeat.ONCE else interval)
    assert repeating.often(repeating.told(often)) == often


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("Term time only", Season.TERM),
        ("not in the holidays", Season.TERM),
        ("school holidays", Season.HOLIDAYS),
        ("all year", Season.ANY),
        ("holiday club", None),
        ("Mondays", None),
    ],
)
def test_season_is_understood(text, season):
    assert repeating.season(text) == season
