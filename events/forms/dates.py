"""Several dates in one box, as people type them."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_DATES = 200
ORDERS = ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")
SUFFIX = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+", re.IGNORECASE)


def read_date(text: str) -> datetime.date:
    """Read one British date, for instance "24/3/2027", "24th March 2027" or "Tue 24 Mar 2027".

    Raises ValueError where there is none.
    """
    plain = SUFFIX.sub("", WEEKDAY.sub("", " ".join(text.split())))
    for order in ORDERS:
        try:
            return datetime.datetime.strptime(plain, order).date()  # noqa: DTZ007 (a calendar date has no zone)
        except ValueError:
            continue
    raise ValueError(text)


class DatesField(forms.CharField):
    """Dates on lines or between commas, to a sorted list without repeats."""

    widget = forms.Textarea(attrs={"rows": 2})
    default_error_messages = {
        "date": _("We cannot read “%(text)s” as a date. Write it like 24 March 2027 or 24/3/2027."),
        "many": _("That is more than %(most)s dates."),
    }

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(
                f"{day.day} {day:%B %Y}" if isinstance(day, datetime.date) else day for day in value
            )
        return value

    def to_python(self, value: Any) -> list[datetime.date]:
        text = super().to_python(value) or ""
        parts = [part.strip() for part in re.split(r"[\n,;]+", text) if part.strip()]
        if len(parts) > MOST_DATES:
            raise ValidationError(self.error_messages["many"], code="many", params={"most": MOST_DATES})
        days = set()
        for part in parts:
            try:
                days.add(read_date(part))
            except ValueError:
                raise ValidationError(
                    self.error_messages["date"], code="date", params={"text": part[:40]}
                ) from None
        return sorted(days)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (initial or [])
        except ValidationError:
            return True
