"""Bringing registers in from a sheet, and taking one's own away, in the workspace."""

import csv
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from diversity.categories import NOT_STATED
from events.actions import registers
from events.importing import opening
from events.models import Counter, Occurrence, Register
from organisations.models import Role
from tests.events.cms import signed_in
from tests.events.conftest import clock as clock  # the fixture: time stands still
from tests.factories.activities import make_activity
from tests.factories.answers import make_session
from tests.factories.attendance import make_met, make_register
from tests.factories.people import make_member, make_officer, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/organise/registers/import/"
SHEET = "Date,Activity,Came,Asian,White\n23/11/2026,Street football,12,5,6\n23/11/2026,,,,"


@pytest.fixture
def session() -> Occurrence:
    return make_session("Street football")


@pytest.fixture
def recorder(session: Occurrence) -> Client:
    return signed_in(make_member(session.activity.host, Role.RECORDER))


def words(answer) -> str:
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def paste(client: Client, text: str):
    return client.post(ADDRESS, {"text": text})


def plan(answer) -> str:
    return re.search(r'name="plan" value="([^"]+)"', answer.content.decode())[1]


def test_a_sheet_is_shown_then_filled_in_then_taken_back(session: Occurrence, recorder: Client) -> None:
    shown = paste(recorder, SHEET)
    assert "Fill in one session" in words(shown)
    assert "One line has no number and is left out." in words(shown)
    assert Register.objects.count() == 0
    answer = recorder.post(ADDRESS, {"do": "fill_in", "plan": plan(shown)}, follow=True)
    assert "1 session is filled in." in answer.content.decode()
    assert registers.figures_of(session) == {"came": 12, "group:asian": 5, "group:white": 6}
    assert "Undo: empty again what I filled in last" in words(answer)
    answer = recorder.post(ADDRESS, {"do": "undo"}, follow=True)
    assert "1 session is empty again." in answer.content.decode()
    assert (registers.figures_of(session), "Undo" in words(answer)) == ({}, False)
    answer = recorder.post(ADDRESS, {"do": "undo"}, follow=True)
    assert "There is nothing to undo any more." in answer.content.decode()


def test_while_a_line_is_wrong_nothing_can_be_filled_in(session: Occurrence, recorder: Client) -> None:
    shown = paste(recorder, SHEET + "\n23/11/2026,Knitting,3,,")
    text = words(shown)
    assert ("One line is wrong" in text, "Fill in" in text) == (True, False)
    assert text.index("You run no activity called “Knitting”.") < text.index("Street football")
    assert "Line 4" in text


def test_a_sheet_with_names_is_refused_and_none_of_it_is_shown_or_kept(
    session: Occurrence, recorder: Client
) -> None:
    answer = paste(
        recorder, "Date,Activity,Came,Child\n23/11/2026,Street football,1,Zebedee Canary\n,,,Ann Bee"
    )
    assert "“Child” looks like a column about people." in words(answer)
    assert Register.objects.count() == 0
    assert "Zebedee" in answer.content.decode()  # in the box in which it was typed, and nowhere else
    file = SimpleUploadedFile("x.csv", b"Date,Came,Child\n23/11/2026,1,Zebedee Canary\n")
    answer = recorder.post(ADDRESS, {"file": file})
    assert ("Zebedee" in answer.content.decode(), "“Child” looks" in words(answer)) == (False, True)


def test_a_plan_is_good_for_who_saw_it_and_for_a_day(
    session: Occurrence, recorder: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = plan(paste(recorder, SHEET))
    other = signed_in(make_member(session.activity.host))
    for client, sent in ((other, given), (recorder, given + "x"), (recorder, ""), (recorder, "\x00")):
        answer = client.post(ADDRESS, {"do": "fill_in", "plan": sent}, follow=True)
        assert "That page was open for too long." in answer.content.decode()
    registers.count(occurrence=session, changes={"came": 1}, by=make_member(session.activity.host))
    answer = recorder.post(ADDRESS, {"do": "fill_in", "plan": given}, follow=True)
    assert "Nothing has been filled in." in answer.content.decode()
    assert registers.figures_of(session) == {"came": 1}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "A PDF cannot be read. Copy the numbers out of it"),
        ("a.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR", "This is a calendar."),
        ("a.csv", b"", "There is nothing in it."),
        ("a.csv", bytes(range(256)) * 9, "This is no text and no spreadsheet."),
        ("a.xlsx", b"PK\x03\x04broken", "This spreadsheet is damaged."),
        ("a.csv", b"x" * (opening.MOST_BYTES + 1), "A file may have 5 MB at most."),
    ],
)
def test_what_is_no_sheet_says_why_beside_the_box(
    recorder: Client, name: str, data: bytes, said: str
) -> None:
    answer = recorder.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})
    assert (answer.status_code, said in words(answer)) == (200, True)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(recorder: Client) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (9 * 1024 * 1024))
    answer = recorder.post(ADDRESS, {"file": SimpleUploadedFile("a.xlsx", out.getvalue())})
    assert "Unpacked, this spreadsheet is too large." in words(answer)


def test_nothing_chosen_is_told(recorder: Client) -> None:
    assert "Choose a file, or paste your numbers below." in words(recorder.post(ADDRESS, {}))


def test_who_records_nowhere_has_nothing_to_bring(session: Occurrence, client: Client) -> None:
    assert "Only members of a club can do this" in words(signed_in(make_user()).get(ADDRESS))
    assert client.get(ADDRESS).status_code == 302
    stranger = signed_in(make_member(make_activity().host))
    assert "You run no activity called “Street football”." in words(paste(stranger, SHEET))


def test_our_sheet_comes_as_csv_and_as_spreadsheet(session: Occurrence, recorder: Client) -> None:
    Occurrence.objects.filter(pk=session.pk).update(ends_at=timezone.now())
    given = recorder.get(reverse("register_sheet_csv"))
    rows = list(csv.reader(io.StringIO(given.content.decode("utf-8-sig"))))
    assert (rows[0][:4], rows[1][2]) == (["Date", "Time", "Activity", "Came"], "Street football")
    book = load_workbook(io.BytesIO(recorder.get(reverse("register_sheet_xlsx")).content))
    assert book.active["C2"].value == "Street football"


def exported(client: Client, session: Occurrence) -> list[dict[str, str]]:
    answer = client.get(reverse("register_export_csv", args=[session.activity.host.slug]))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_club_takes_away_head_counts_and_of_groups_what_its_pages_show() -> None:
    activity = make_activity("=Street football")
    shown = [
        ([12, 1, 3, 24, 0], 2, 42),
        ([12, 1, 0, 24, 0], 0, 40),
        ([8, 0, 0, 7, 0], 0, 15),
        ([20, 0, 0, 5, 0], 0, 60),
        ([4, 4, 4, 4, 4], 0, 20),
        ([], 0, 18),
    ]
    for days, (groups, silent, came) in enumerate(shown, start=1):
        met = make_met(activity, days)
        make_register(met, groups, came=came)
        if silent:
            make_register(met, told={NOT_STATED: silent})
    make_register(make_met(activity, 0.05), [30], came=30)
    owner = signed_in(make_member(activity.host, Role.OWNER))
    rows = exported(owner, activity.occurrences.first())
    assert [row["Activity"] for row in rows] == ["'=Street football"] * 7
    names = ("Came", "Said their group", "Asian", "Black", "Mixed", "White", "Other groups")
    assert [[row[name] for name in names] for row in rows] == [
        ["18", "", "", "", "", "", ""],
        ["20", "", "", "", "", "", ""],
        ["60", "", "", "", "", "", ""],
        ["15", "", "", "", "", "", ""],
        ["40", "37", "9–12", "1–4", "0", "24", "0"],
        ["42", "40", "12", "1–4", "1–4", "24", "0"],
        ["30", "", "", "", "", "", ""],
    ]
    assert [row["Why groups are left out"] for row in rows] == [
        "Nobody was asked.",
        "The groups are so small that their sum would tell them.",
        "Fewer than 70 in 100 answered.",
        "Fewer than 20 answered, so a number could point at one child.",
        "",
        "",
        "The session is still open.",
    ]


def test_the_spreadsheet_says_the_same_and_its_cells_are_text(session: Occurrence) -> None:
    make_register(session, came=12)
    owner = signed_in(make_member(session.activity.host, Role.OWNER))
    answer = owner.get(reverse("register_export_xlsx", args=[session.activity.host.slug]))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [sheet["C2"].value, sheet["D2"].value, sheet["D2"].data_type] == ["Street football", "12", "s"]
    assert Counter.objects.count() == 0


def test_owners_alone_take_registers_away(session: Occurrence, client: Client) -> None:
    host = session.activity.host
    addresses = [reverse(f"register_export_{kind}", args=[host.slug]) for kind in ("csv", "xlsx")]
    others = (
        make_member(host, Role.EDITOR),
        make_member(host, Role.RECORDER),
        make_officer(host.place),
        make_member(make_activity().host, Role.OWNER),
    )
    for address in addresses:
        assert [signed_in(user).get(address).status_code for user in others] == [404] * 4
        assert client.get(address).status_code == 302
    page = reverse("organise_mixing", args=[host.slug])
    assert addresses[0] not in signed_in(others[1]).get(page).content.decode()
    assert addresses[0] in signed_in(make_member(host, Role.OWNER)).get(page).content.decode()
