"""Ages and prices as people write them."""

from decimal import Decimal

import pytest

from events.importing import facts


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("8-12", (8, 12)),
        ("ages 8 to 12", (8, 12)),
        ("13-17yrs", (13, 17)),
        ("under 14", (None, 13)),
        ("U14s", (None, 13)),
        ("up to 11", (None, 11)),
        ("11+", (11, None)),
        ("16 and over", (16, None)),
        ("Year 7", (11, 12)),
        ("Years 3-6", (7, 11)),
        ("Reception-Year 2", (4, 7)),
        ("8", (8, 8)),
        ("all ages", (None, None)),
        ("2026-12-08", (8, 12)),  # a spreadsheet took "8-12" for the 8th of December
        ("2014-08-01", (8, 14)),  # and "8-14" for August 2014
        ("12-8", None),
        ("grown-ups", None),
    ],
)
def test_ages_are_understood(text, ages):
    assert facts.ages(text) == ages


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("£3", (Decimal(3), "")),
        ("3", (Decimal(3), "")),
        ("£2.50 a session", (Decimal("2.5"), "")),
        ("50p", (Decimal("0.5"), "")),
        ("free", (Decimal(0), "")),
        ("Free of charge", (Decimal(0), "")),
        ("£3 (siblings £2)", (Decimal(3), "£3 (siblings £2)")),
        ("£20 a month", (None, "£20 a month")),
        ("pay what you can", (None, "pay what you can")),
        ("cheap", None),
    ],
)
def test_prices_are_each_time(text, price):
    assert facts.price(text) == price
