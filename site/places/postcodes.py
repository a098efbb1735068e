"""Where a postcode is. A whole postcode is used here and let go: nothing logs, stores or caches it."""

import enum
from dataclasses import dataclass

from django.db.models import Avg, Count
from django.db.models.functions import Length

from places import outcodes
from places.models import Postcode
from places.problems import Problem, Reason
from places.spelling import Written, readings

ABROAD = {"BT": Reason.NORTHERN_IRELAND, "IM": Reason.ISLE_OF_MAN} | dict.fromkeys(
    ("GY", "JE"), Reason.CHANNEL_ISLANDS
)


class Precision(enum.Enum):
    """What a position is the middle of."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    OUTCODE = "outcode"


@dataclass(frozen=True)
class Position:
    """A spot in degrees (WGS84)."""

    latitude: float
    longitude: float
    outcode: str
    area_code: str
    precision: Precision

    @property
    def exact(self) -> bool:
        """Good enough for a place to meet."""
        return self.precision is Precision.POSTCODE


def find(text: str) -> Position | Problem:
    """The position of a postcode, of a beginning of one or of an outcode, however it is written.

    A postcode of an outcode that is not loaded is looked for in the middle of its outcode. Never raises.
    """
    return resolve(text)[1]


def resolve(text: str) -> tuple[Written | None, Position | Problem]:
    """`find`, and the reading of the text that it rests on: the first that leads somewhere, else the first.

    No query for an outcode that this worker has met, else one; one more for a postcode or a sector.
    """
    first = None
    for reading in readings(text):
        answer = place_of(reading)
        if not (isinstance(answer, Problem) and answer.unknown):
            return reading, answer
        first = first or (reading, answer)
    return first or (None, Problem(Reason.NOT_A_POSTCODE))


def place_of(reading: Written) -> Position | Problem:
    """Where one reading of a text lies."""
    known = outcodes.get(reading.outcode)
    if known is None:
        return Problem(Reason.UNKNOWN, reading.outcode)
    if abroad := ABROAD.get(reading.outcode[:2]):
        return Problem(abroad, reading.outcode)
    if reading.whole and known.complete:
        return _of_postcode(reading)
    if reading.incode and known.complete:
        return _of_sector(reading, known.area_code)
    middle = (known.latitude, known.longitude, known.area_code)
    return _position(reading.outcode, middle, Precision.OUTCODE)


def _of_postcode(reading: Written) -> Position | Problem:
    rows = Postcode.objects.filter(pk=reading.code).values_list("latitude", "longitude", "area_code")
    row = rows.first()
    return _position(reading.outcode, row, Precision.POSTCODE) if row else _unknown(reading)


def _of_sector(reading: Written, area_code: str) -> Position | Problem:
    """The middle of all postcodes that begin so: "HX1 1" is not "HX11"."""
    rows = Postcode.objects.annotate(length=Length("code")).filter(
        code__startswith=reading.code, length=len(reading.outcode) + 3
    )
    middle = rows.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"), rows=Count("code"))
    if not middle["rows"]:
        return _unknown(reading)
    found = (middle["latitude"], middle["longitude"], area_code)
    return _position(reading.outcode, found, Precision.SECTOR)


def _unknown(reading: Written) -> Problem:
    return Problem(Reason.UNKNOWN_WITHIN, reading.outcode)


def _position(
    outcode: str, found: tuple[float | None, float | None, str], precision: Precision
) -> Position | Problem:
    latitude, longitude, area_code = found
    if latitude is None or longitude is None:
        return Problem(Reason.NO_POSITION, outcode)
    return Position(latitude, longitude, outcode, area_code, precision)
