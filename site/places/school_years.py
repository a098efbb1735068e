"""School years, called by the year in which they begin."""

import datetime

FIRST_MONTH = 8
"""From August on people plan the year that begins in September."""


def year_of(day: datetime.date) -> int:
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def said(year: int) -> str:
    """2026/27."""
    return f"{year}/{(year + 1) % 100:02}"
