import datetime
import json
from pathlib import Path

import pytest
from django.conf import settings

from places import calendar, holidays
from places.models import BankHoliday, Nation, Place, Term

GOV_UK = Path(settings.BASE_DIR).parent / "shared" / "data" / "geography" / "uk_bank_holidays.json"
TODAY = datetime.date(2026, 11, 23)


def place(slug: str = "calderdale", **fields: object) -> Place:
    facts = {"name": slug.title(), "area_codes": ["E08000033"], "latitude": 53.72, "longitude": -1.86}
    return Place.objects.create(slug=slug, **{**facts, **fields})


def term(of: Place, first: str, last: str) -> Term:
    first_day, last_day = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return Term.objects.create(place=of, name="Term", first_day=first_day, last_day=last_day)


def test_carried_holidays_are_those_of_gov_uk() -> None:
    if not GOV_UK.exists():
        pytest.skip(f"no {GOV_UK.name}: GOV.UK's bank holidays are not here to compare with")
    published = {
        (nation, event["date"], event["title"])
        for nation, division in json.loads(GOV_UK.read_text(encoding="utf-8")).items()
        for event in division["events"]
    }
    years = {date[:4] for _, date, _ in published}
    carried = {(nation, date.isoformat(), name) for nation, date, name in holidays.carried()}
    assert {each for each in carried if each[1][:4] in years} == published


def test_carried_holidays_reach_beyond_the_horizon_of_dates() -> None:
    for nation in Nation.values:
        dates = [holiday.date for holiday in holidays.carried() if holiday.nation == nation]
        assert {date.year for date in dates} == {2024, 2025, 2026, 2027, 2028}
        assert not [date for date in dates if date.weekday() > 4], "a holiday at a weekend has a substitute"


@pytest.mark.django_db
def test_loading_holidays_again_changes_nothing() -> None:
    first = holidays.load()
    rows = set(BankHoliday.objects.values_list("pk", "nation", "date", "name"))
    assert (first, holidays.load()) == (len(holidays.carried()), 0)
    assert set(BankHoliday.objects.values_list("pk", "nation", "date", "name")) == rows


@pytest.mark.django_db
def test_loading_holidays_corrects_a_name_and_keeps_a_day_that_somebody_added() -> None:
    funeral = BankHoliday.objects.create(
        nation=Nation.SCOTLAND, date=datetime.date(2026, 9, 9), name="State funeral"
    )
    BankHoliday.objects.create(nation=Nation.SCOTLAND, date=datetime.date(2026, 11, 30), name="St Andrew")
    holidays.load()
    assert BankHoliday.objects.get(nation=Nation.SCOTLAND, date=funeral.date).name == "State funeral"
    assert BankHoliday.objects.get(nation=Nation.SCOTLAND, date="2026-11-30").name == "St Andrew’s Day"


@pytest.mark.django_db
def test_school_year_is_plain_data_of_one_place_and_its_nation(django_assert_num_queries) -> None:
    calderdale, fife = place(), place("fife", nation=Nation.SCOTLAND, area_codes=["S12000047"])
    term(calderdale, "2027-01-04", "2027-02-12")
    term(calderdale, "2026-09-01", "2026-10-23")
    term(fife, "2026-08-18", "2026-10-02")
    for nation, date in (("scotland", "2026-11-30"), ("england-and-wales", "2026-12-25")):
        BankHoliday.objects.create(nation=nation, date=date, name="A day")
    with django_assert_num_queries(2):
        year = calendar.school_year(calderdale)
    day = datetime.date
    assert year.terms == (
        (day(2026, 9, 1), day(2026, 10, 23)),
        (day(2027, 1, 4), day(2027, 2, 12)),
    )
    assert year.bank_holidays == frozenset({day(2026, 12, 25)})
    assert calendar.school_year(fife).bank_holidays == frozenset({day(2026, 11, 30)})


@pytest.mark.django_db
def test_ending_soon_names_places_whose_terms_end_within_120_days() -> None:
    far, edge, without, soon = place("far"), place("edge"), place("none"), place("soon")
    term(far, "2027-01-04", "2027-03-24")
    term(edge, "2027-01-04", "2027-03-23")
    term(soon, "2026-09-01", "2026-12-18")
    term(soon, "2026-07-01", "2026-07-18")
    assert calendar.ending_soon(TODAY) == [
        (without, None),
        (soon, datetime.date(2026, 12, 18)),
        (edge, datetime.date(2027, 3, 23)),
    ]
