"""How long a declaration holds, and what parents read of it."""

import datetime

import pytest

from organisations import declared
from organisations.models import Declaration

SIGNED = datetime.date(2026, 11, 26)


def said(**fields: object) -> Declaration:
    return Declaration(
        **{
            "lead_trained_on": datetime.date(2026, 9, 1),
            "deputy_trained_on": datetime.date(2026, 9, 1),
            "insurance_until": datetime.date(2028, 1, 1),
            "policy_review_by": datetime.date(2028, 1, 1),
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({}, datetime.date(2027, 11, 25)),
        ({"insurance_until": datetime.date(2027, 3, 31)}, datetime.date(2027, 3, 31)),
        ({"policy_review_by": datetime.date(2027, 6, 1)}, datetime.date(2027, 6, 1)),
        ({"lead_trained_on": datetime.date(2025, 1, 10)}, datetime.date(2027, 1, 10)),
        ({"deputy_trained_on": datetime.date(2025, 2, 3)}, datetime.date(2027, 2, 3)),
        ({"deputy_trained_on": datetime.date(2024, 2, 29)}, datetime.date(2026, 2, 28)),
    ],
)
def test_it_holds_for_a_year_or_to_its_earliest_component(
    fields: dict[str, datetime.date], until: datetime.date
) -> None:
    assert declared.holds_until(said(**fields), SIGNED) == until


def test_police_checks_are_named_as_in_the_nation_and_nobody_is_an_answer() -> None:
    checks = said(vetting="alone", vetting_level="enhanced", vetting_seen_on=datetime.date(2026, 5, 3))
    words = "Everyone who is ever alone with children (%s, enhanced). Last looked at in May 2026."
    assert [
        declared.police_checks(checks, nation)
        for nation in ("england-and-wales", "scotland", "northern-ireland")
    ] == [words % "DBS", words % "Disclosure Scotland", words % "AccessNI"]
    assert declared.police_checks(said(vetting="nobody"), "scotland") == "No, nobody yet."
    assert declared.police_checks(said(), "scotland") == ""


def test_nowhere_is_there_a_field_for_a_certificate() -> None:
    names = {field.name for field in Declaration._meta.get_fields()}
    assert [name for name in names if "certificate" in name] == []
    assert {name for name in names if name.startswith("vetting")} == {
        "vetting",
        "vetting_level",
        "vetting_seen_on",
        "vetting_seen_by",
    }
