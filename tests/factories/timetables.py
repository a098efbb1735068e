"""Timetables that organisers brought, through the real action."""

from pathlib import Path

from events.actions import timetables, vocabularies
from events.models import ActivityType, Timetable
from organisations.models import Organisation
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def make_club(name: str = "Calder Valley Boxing Academy", **fields: object) -> Organisation:
    """An organisation with one venue of its own, where all types of activity are known."""
    if not ActivityType.objects.exists():
        vocabularies.add_missing()
    club = make_organisation(name, **fields)
    make_venue(club, name="The Old Mill Gym", postcode="HX1 5ER")
    return club


def make_timetable(
    text: str | bytes, *, club: Organisation | None = None, name: str = "", **fields: object
) -> Timetable:
    club = club or make_club()
    data = text.encode() if isinstance(text, str) else text
    by = fields.pop("by", None) or make_member(club)
    found = timetables.bring(organisation=club, data=data, name=name, by=by)
    if fields:
        found = timetables.change(timetable=found, version=found.version, by=by, **fields)
    return found


def boxing_grid() -> bytes:
    return (EXAMPLES / "boxing-grid.csv").read_bytes()
