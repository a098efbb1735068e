"""Ages, prices and audiences in words."""

from decimal import Decimal

import pytest

from events.wording.facts import ages_words, audience_words, price_each_words, price_words


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [
        (None, None, "All ages"),
        (8, 14, "Ages 8–14"),
        (12, 12, "Age 12"),
        (8, None, "Ages 8 and over"),
        (None, 11, "Up to age 11"),
        (0, 4, "Ages 0–4"),
        (11, 99, "Ages 11 and over"),
        (None, 99, "All ages"),
    ],
)
def test_ages_in_words(youngest: int | None, oldest: int | None, words: str) -> None:
    assert ages_words(youngest, oldest) == words


@pytest.mark.parametrize(
    ("price", "words"),
    [
        (None, "Price varies"),
        (Decimal(0), "Free"),
        (Decimal("0.5"), "50p"),
        (Decimal("2.00"), "£2"),
        (Decimal("2.5"), "£2.50"),
        (Decimal("20"), "£20"),
        (Decimal("1234.5"), "£1,234.50"),
    ],
)
def test_price_in_words(price: Decimal | None, words: str) -> None:
    assert price_words(price) == words


def test_price_that_is_paid_every_time_says_so() -> None:
    prices = (Decimal("2.5"), Decimal(0), None)
    assert [price_each_words(price) for price in prices] == ["£2.50 each time", "Free", "Price varies"]


def test_audience_in_words() -> None:
    assert [audience_words(one) for one in ("everyone", "girls")] == ["For everyone", "For girls"]
