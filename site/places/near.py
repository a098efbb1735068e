"""The `near` of an address: "HX1", or "HX1@53.725,-1.864" for somewhere in HX1 to half a kilometre."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from places import outcodes, postcodes
from places.models.place import EAST, NORTH, SOUTH, WEST
from places.postcodes import Position, Precision
from places.problems import Problem, Reason
from places.retired import RETIRED
from places.rounding import rounded
from places.spelling import is_outcode

DEGREES = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,15})?),(-?[0-9]{1,2}(?:\.[0-9]{1,15})?)")
# What stands in the place of a position where a whole postcode was asked for and has none.
WITHOUT = {"unknown": Reason.UNKNOWN_WITHIN, "unplaced": Reason.NO_POSITION}
LONGEST = 64


@dataclass(frozen=True)
class Near:
    """Somewhere to look around. `value` is what the address carries, `label` what people read."""

    label: str
    latitude: float
    longitude: float
    value: str
    retired: bool = False
    """The outcode is no longer used."""

    @property
    def note(self) -> str:
        """What to say with the results, or nothing."""
        if not self.retired:
            return ""
        words = _("%(outcode)s is an old postcode that is no longer used. We look around where it was.")
        return words % {"outcode": self.label}


@dataclass(frozen=True)
class NeedsRedirect:
    """What was asked for says too much, or says it in another way: answer with a redirect to `near={to}`."""

    to: str


def parse(text: str) -> Near | NeedsRedirect | Problem:
    """What a visitor or a link means by `near`. Takes anything and never raises.

    A whole postcode, or the beginning of one, always leads to a redirect, even where it is not known, so
    that no page, cache or feed is ever made for an address that carries it:

    - known: to its outcode with the position to half a kilometre, `HX1@53.725,-1.864`;
    - of an outcode whose postcodes are not loaded, or of another grid: to the outcode alone;
    - not known, or without a position: to `HX1@unknown` or `HX1@unplaced`, which say so in words.

    No query for a position, none for an outcode that this worker has met, else one.
    """
    if len(text) > LONGEST:
        return Problem(Reason.NOT_A_POSTCODE)
    if "@" in text:
        return _spot("".join(text.split()).upper())
    reading, answer = postcodes.resolve(text)
    if reading and reading.incode:
        return NeedsRedirect(_to(answer))
    if isinstance(answer, Problem):
        return answer
    return _near(answer.outcode, answer.latitude, answer.longitude, answer.outcode)


def around(latitude: float, longitude: float) -> Near | None:
    """Somewhere on a map, to half a kilometre, under the nearest outcode's name; None where there is none.

    At most one query, as for an outcode.
    """
    north, east = rounded(latitude, longitude)
    if not _is_within(north, east) or not (outcode := outcodes.nearest(north, east)):
        return None
    return _near(outcode, north, east, _value(outcode, north, east))


def _is_within(latitude: float, longitude: float) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def _spot(text: str) -> Near | NeedsRedirect | Problem:
    """Reads `HX1@53.725,-1.864`; one more exact than it may be is rounded by a redirect."""
    outcode, rest = text.split("@", 1)
    if not is_outcode(outcode):
        return Problem(Reason.NOT_A_POSTCODE)
    if reason := WITHOUT.get(rest.lower()):
        return Problem(reason, outcode)
    degrees = DEGREES.fullmatch(rest)
    if degrees is None:
        return NeedsRedirect(outcode)
    latitude, longitude = float(degrees[1]), float(degrees[2])
    if not _is_within(latitude, longitude):
        return NeedsRedirect(outcode)
    value = _value(outcode, latitude, longitude)
    return _near(outcode, latitude, longitude, value) if text == value else NeedsRedirect(value)


def _to(answer: Position | Problem) -> str:
    """What may be said of a postcode in an address."""
    if isinstance(answer, Problem):
        without = {reason: word for word, reason in WITHOUT.items()}.get(answer.reason)
        return f"{answer.outcode}@{without}" if without else answer.outcode
    if answer.precision is Precision.OUTCODE:
        return answer.outcode
    return _value(answer.outcode, answer.latitude, answer.longitude)


def _value(outcode: str, latitude: float, longitude: float) -> str:
    north, east = rounded(latitude, longitude)
    return f"{outcode}@{north:.3f},{east:.3f}"


def _near(outcode: str, latitude: float, longitude: float, value: str) -> Near:
    return Near(outcode, latitude, longitude, value, retired=outcode in RETIRED)
