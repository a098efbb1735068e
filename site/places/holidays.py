"""The bank holidays that we carry as facts.

`data/bank_holidays.csv` follows GOV.UK (https://www.gov.uk/bank-holidays, Open Government Licence v3.0) as
far as it has published them, to the end of 2027. 2028 follows the rules by which those days are set (Banking
and Financial Dealings Act 1971, substitutes for days at a weekend); a proclamation may still move one.
"""

import csv
import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from places.models import BankHoliday, Place
from places.signals import school_year_changed

FILE = Path(__file__).parent / "data" / "bank_holidays.csv"


class Holiday(NamedTuple):
    nation: str
    date: datetime.date
    name: str


def carried() -> list[Holiday]:
    """The file's rows, in its order."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [
            Holiday(row["nation"], datetime.date.fromisoformat(row["date"]), row["name"])
            for row in csv.DictReader(lines)
        ]


@transaction.atomic
def load() -> int:
    """Put the carried holidays in the table and say how many are new or renamed; again it is none.

    Days that somebody added, a day of mourning for instance, stay.
    """
    held = set(BankHoliday.objects.values_list("nation", "date", "name"))
    missing = [BankHoliday(**holiday._asdict()) for holiday in carried() if holiday not in held]
    BankHoliday.objects.bulk_create(
        missing, update_conflicts=True, unique_fields=["nation", "date"], update_fields=["name"]
    )
    if missing:
        nations = {holiday.nation for holiday in missing}
        places = list(Place.objects.filter(nation__in=nations))
        school_year_changed.send(sender=BankHoliday, places=places)
    return len(missing)
