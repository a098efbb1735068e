"""All of England as a study, from the officer's pages: begun, watched while the job works, and read."""

import csv
import html
import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import second_factors
from organisations.actions import members
from places.school_years import year_of
from schools import tick
from schools.actions import rounds
from schools.models import Round
from tests.factories.organisations import make_place
from tests.factories.people import make_user
from tests.factories.registers import pupil_row, school_row, write

pytestmark = pytest.mark.django_db

LIST, NEW = "/cms/desk/rounds/", "/cms/desk/rounds/new/"
# Three towns of three councils, each too far from the others for a coach, by their places on the grid.
TOWNS = {"E08000033": (409_000, 425_000), "E08000035": (430_000, 433_000), "E06000023": (359_000, 173_000)}
STEPS = ["Looking for schools that are near each other", "Finding the best pairs for all of them together"]
STEPS += ["Comparing with simpler ways"]


@pytest.fixture
def register(tmp_path: Path) -> None:
    """Four schools a kilometre apart in each town; the first and third have other pupils than the others."""
    schools, pupils = [], []
    for town, (code, (easting, northing)) in enumerate(TOWNS.items()):
        for at in range(4):
            urn = 900_001 + 10 * town + at
            where = {"easting": str(easting + 1000 * at), "northing": str(northing), "area_code": code}
            schools.append(school_row(urn, name=f"School {urn}", **where))
            ours, theirs = ("200", "0") if at % 2 else ("0", "200")
            pupils.append(pupil_row(urn, headcount="200", WBRI=ours, APKN=theirs, WOTH="0", REST="0"))
    call_command("import_schools", write(tmp_path / "schools.csv", schools), verbosity=0)
    call_command("import_pupils", write(tmp_path / "pupils.csv", pupils), verbosity=0)


@pytest.fixture
def desk() -> Client:
    """An officer of one of the towns, who is signed in."""
    officer = make_user()
    members.appoint(place=make_place(), user=officer, by=None)
    second_factors.enrol_app(officer)
    client = Client()
    client.force_login(officer)
    return client


def read(client: Client, path: str) -> str:
    """What a page says, without its marks."""
    answer = client.get(path)
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def progress(text: str) -> list[str]:
    """What stands behind each step."""
    return [re.search(re.escape(step) + r" (Done|Next|Later)", text)[1] for step in STEPS]


def test_a_study_of_england_is_begun_watched_and_read_on_the_officers_pages(
    desk: Client, register: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "JOB_SECONDS", 0)  # one piece of the work a minute
    assert "All of England, as a study" in read(desk, NEW)
    said = {"place": "all-england", "year": year_of(timezone.localdate()), "reach": "same", "takers": "all"}
    page = desk.post(NEW, said).headers["Location"]
    made = Round.objects.get()
    assert page == reverse("desk_round", args=[made.uuid])

    # Watched.
    for standing in (["Next", "Later", "Later"], ["Done", "Next", "Later"], ["Done", "Done", "Next"]):
        text = read(desk, page)
        assert progress(text) == standing
        assert "It is being worked out" in text
        assert desk.get(page).headers["Refresh"] == "3"
        assert "All of England" in read(desk, LIST)
        assert "Being worked out" in read(desk, LIST)
        assert tick.work_out_rounds(dry_run=False) == 1
    assert tick.work_out_rounds(dry_run=False) == 0

    # Read: what it would change, the map, the table, the file.
    answer = desk.get(page)
    text = read(desk, page)
    assert "Refresh" not in answer.headers
    assert "being worked out" not in text
    assert "12 schools have 18 possible links among them." in text
    assert re.findall(r"This proposal, as it stands (\d+) ([\d.]+) (\d+) (\d+) ([\d.]+)", text) == [
        ("6", "100.0", "0", "100", "0.6")
    ]
    assert re.findall(r"\(greedy\) (\d+) ([\d.]+)", text) == [("6", "100.0")]
    assert re.findall(r"Nearest first (\d+) ([\d.]+)", text) == [("6", "100.0")]
    [lines] = re.findall(r'<path class="map__line" d="([^"]*)"', answer.content.decode())
    assert (lines.count("M"), lines.count("L")) == (6, 6)
    rows = re.findall(r"School (\d{6}) \1 Who else\? School (\d{6}) \2 0\.6 50 100 0, 0", text)
    pairs = [
        (str(900_001 + 10 * town + at), str(900_002 + 10 * town + at)) for town in (0, 1, 2) for at in (0, 2)
    ]
    assert rows == pairs
    file = csv.DictReader(
        io.StringIO(desk.get(reverse("desk_round_file", args=[made.uuid])).content.decode("utf-8-sig"))
    )
    assert [(row["urn"], row["twin_urn"]) for row in file] == pairs
    assert "6 pairs" in read(desk, LIST)

    # A study, so nobody is told.
    assert "Announce it" not in text
    assert "Put a pair in" in text
