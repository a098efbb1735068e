"""Bringing a timetable: the pages."""

import io
import re
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from events.actions import timetables
from events.models import Activity, Timetable
from organisations.actions import members
from organisations.models import Role
from tests.events.cms import signed_in
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member, make_user
from tests.factories.timetables import boxing_grid, make_club, make_timetable
from tests.images.test_limits import HTML, MEBIBYTE, SVG, huge_png

pytestmark = pytest.mark.django_db
HOME = "/organise/import/"


@pytest.fixture
def club():
    return make_club()


@pytest.fixture
def owner(club) -> Client:
    user = make_user()
    members.join(organisation=club, user=user, role=Role.OWNER, by=None)
    return signed_in(user)


def bring(client, club, **sent):
    return client.post(HOME, {"organisation": club.uuid, **sent}, follow=True)


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def _drawn(form) -> dict[str, object]:
    """What the page's boxes hold."""
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields}


def test_grid_is_uploaded_shown_made_and_undone(owner, club):
    shown = bring(owner, club, file=SimpleUploadedFile("grid.csv", boxing_grid()))
    assert "What your timetable makes" in text(shown)
    assert text(shown).count("Every Saturday in term time") == 3
    found = Timetable.objects.get()
    made = owner.post(f"{HOME}{found.uuid}/make/", {"shown": shown.context["run"].shown}, follow=True)
    assert "14 drafts are made" in text(made)
    assert text(made).count("Every Saturday in term time") == 3
    first = Activity.objects.order_by("pk").first()
    assert reverse("wagtailadmin_pages:edit", args=[first.pk]) in made.content.decode()
    assert owner.get(reverse("wagtailadmin_pages:edit", args=[first.pk])).status_code == 200
    undone = owner.post(f"{HOME}{found.uuid}/make/", {"do": "undo"}, follow=True)
    assert "The drafts are deleted." in text(undone)
    assert Activity.objects.count() == 0


def test_pasted_text_can_be_left_and_resumed(owner, club):
    bring(owner, club, text="Mon 4-5 Juniors boxing (8-12)\nTue 5-6 Girls boxing")
    found = Timetable.objects.get()
    assert f"{HOME}{found.uuid}/" in owner.get(HOME).content.decode()
    assert "Every Monday, 4 to 5 pm" in text(owner.get(f"{HOME}{found.uuid}/"))


def test_what_cannot_be_read_is_said_and_what_was_typed_is_kept(owner, club):
    page = bring(owner, club, text="<!DOCTYPE html><p>hello</p>")
    assert page.context["form"].errors == {
        "text": ["This is a web page. Open it, copy the timetable and paste it here."]
    }
    assert "&lt;p&gt;hello" in page.content.decode()
    assert bring(owner, club).context["form"].errors == {
        "file": ["Choose a file, or paste your timetable below."]
    }
    empty = bring(owner, club, file=SimpleUploadedFile("x.xlsx", b""))
    assert empty.context["form"].errors == {
        "file": ["There is nothing in it. Choose another file, or paste your timetable."]
    }


def test_file_of_more_than_5_mb_is_refused(owner, club):
    page = bring(owner, club, file=SimpleUploadedFile("x.csv", b"x" * (5 * 1024 * 1024 + 1)))
    assert page.context["form"].errors == {"file": ["A file may have 5 MB at most."]}


def zipped(size: int = 0, **parts: bytes) -> bytes:
    """A zip of these parts, and of a sheet with so many MB of nothing, which take a thousandth of that."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _megabyte in range(size):
                sheet.write(b"0" * MEBIBYTE)
    return out.getvalue()


BOOK = b"<workbook/>"
REFUSED = {
    "12,000 by 12,000 pixels": ("wide.png", huge_png, "A picture cannot be read."),
    "SVG": ("drawing.svg", lambda: SVG, "This is a web page."),
    "HTML named .png": ("page.png", lambda: HTML, "This is a web page."),
    "HTML named .xlsx": ("page.xlsx", lambda: HTML, "This is a web page."),
    "a page and a workbook": (
        "both.xlsx",
        lambda: HTML + zipped(xl__workbook=BOOK),
        "This is a web page.",
    ),
    "a picture and a workbook": (
        "both.xlsx",
        lambda: b"GIF89a" + zipped(xl__workbook=BOOK),
        "A picture cannot be read.",
    ),
    "7 MB": ("heavy.xlsx", lambda: b"PK\x03\x04" + b"\x00" * 7 * MEBIBYTE, "A file may have 5 MB at most."),
    "zip bomb": (
        "bomb.xlsx",
        lambda: zipped(200, xl__workbook=BOOK),
        "Unpacked, this spreadsheet is too large.",
    ),
    "zip in a zip": ("bomb.xlsx", lambda: zipped(inner=zipped(20)), "This is no .xlsx spreadsheet."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_timetable_is_refused_in_words(
    owner, club, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """None of it is unpacked: it takes a few times its own size of memory, whatever it would be."""
    name, content, words = REFUSED[case]
    sent = SimpleUploadedFile(name, content())
    tracemalloc.start()
    try:
        page = bring(owner, club, file=sent)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    [said] = page.context["form"].errors["file"]
    assert said.startswith(words)
    with capsys.disabled():
        print(f"\na timetable, {case}: {said}")
    assert (page.status_code, Timetable.objects.count()) == (200, 0)
    assert most < 60 * MEBIBYTE


def test_column_is_renamed(owner, club):
    bring(owner, club, text="Group,Day,Time,Who\nBoxing,Mon,4-5,8-12\n")
    found = Timetable.objects.get()
    address = f"{HOME}{found.uuid}/"
    names = {
        "columns-column0": "title",
        "columns-column1": "day",
        "columns-column2": "time",
        "columns-column3": "",
    }
    sent = {"do": "columns", "columns-version": 0, "columns-layout": "list", **names}
    page = owner.post(address, sent, follow=True)
    assert "Saved. Look at what it makes now." in text(page)
    assert "All ages" in text(page)
    again = owner.post(address, sent)
    assert "Somebody else has changed this timetable meanwhile." in text(again)


def test_what_holds_for_all_is_changed_and_refused_in_words(owner, club):
    bring(owner, club, text="Group,Day,Time\nMinis,Mon,4pm\n")
    found = Timetable.objects.get()
    address = f"{HOME}{found.uuid}/"
    assert "Say when it ends" in text(owner.get(address))
    sent = {"do": "common", "common-version": 0, "common-first": "1/12/2026", "common-minutes": 45}
    wrong = owner.post(address, {**sent, "common-last": "1/11/2026"})
    assert wrong.context["forms"]["common"].errors == {"last": ["The last date cannot be before the first."]}
    page = owner.post(address, sent, follow=True)
    assert "Every Monday, 4 to 4:45 pm" in text(page)
    assert page.context["run"].lines[0].proposal.rule.first_date.isoformat() == "2026-12-07"


def test_line_is_put_right(owner, club):
    bring(owner, club, text="Class,Day,Time,Ages\nMinis,Someday,4-5,tiny\n")
    found = Timetable.objects.get()
    address = f"{HOME}{found.uuid}/lines/0/"
    opened = owner.get(address)
    form = opened.context["form"]
    assert set(form.errors) == {"day", "ages"}
    assert form["day"].value() == "Someday"
    drawn = _drawn(form)
    again = owner.post(address, {**drawn, "day": "Monday"}, follow=True)
    assert "Something is still wrong with this line." in text(again)
    page = owner.post(address, {**_drawn(again.context["form"]), "ages": "5-7"}, follow=True)
    assert page.redirect_chain[-1][0] == f"{HOME}{found.uuid}/"
    assert "Every Monday, 4 to 5 pm" in text(page)


def test_what_stood_in_the_name_is_kept_when_a_line_is_changed(owner, club):
    bring(owner, club, text="Class,Day,Start,Finish\nMinis (5-7) £2,Mon,4,5\n")
    found = Timetable.objects.get()
    address = f"{HOME}{found.uuid}/lines/0/"
    form = owner.get(address).context["form"]
    said = {name: form[name].value() for name in ("title", "time", "ages", "price")}
    assert said == {"title": "Minis", "time": "4 - 5", "ages": "5 to 7", "price": "£2.00"}
    page = owner.post(address, {**_drawn(form), "title": "Tots"}, follow=True)
    (line,) = page.context["run"].lines
    assert (line.title, line.ages, line.price, line.schedule) == (
        "Tots",
        "Ages 5–7",
        "£2",
        "Every Monday, 4 to 5 pm",
    )


def test_line_is_left_out_and_taken_in(owner, club):
    bring(owner, club, text="Class,Day,Time\nMinis,Mon,4-5\nTots,,\n")
    found = Timetable.objects.get()
    choose = f"{HOME}{found.uuid}/choose/"
    page = owner.post(choose, {"do": "leave_out", "line": 1, "version": 0}, follow=True)
    assert (page.context["count"], page.context["left_out"], page.context["wrong"]) == (1, 1, 0)
    page = owner.post(choose, {"do": "take_in", "line": 1, "version": 1}, follow=True)
    assert page.context["wrong"] == 1
    page = owner.post(choose, {"do": "take_in", "line": "x" * 40, "version": "-1"}, follow=True)
    assert "Somebody else has changed" in text(page)


def test_many_drafts_are_made_while_the_page_asks_again(owner, club, monkeypatch):
    monkeypatch.setattr(timetables, "PIECE", 5)
    monkeypatch.setattr(timetables, "SECONDS", 0)
    monkeypatch.setattr(timetables.advance, "__kwdefaults__", {"seconds": 0})
    shown = bring(owner, club, file=SimpleUploadedFile("grid.csv", boxing_grid()))
    found = Timetable.objects.get()
    page = owner.post(f"{HOME}{found.uuid}/make/", {"shown": shown.context["run"].shown}, follow=True)
    assert "5 of 14 are ready." in text(page)
    assert page["Refresh"] == "1"
    assert "10 of 14 are ready." in text(owner.get(f"{HOME}{found.uuid}/"))
    assert "14 drafts are made" in text(owner.get(f"{HOME}{found.uuid}/", follow=True))


def test_old_page_makes_nothing(owner, club):
    bring(owner, club, text="Mon 4-5 Juniors boxing\nTue 5-6 Girls boxing")
    found = Timetable.objects.get()
    page = owner.post(f"{HOME}{found.uuid}/make/", {"shown": "x"}, follow=True)
    assert "This has changed since you looked." in text(page)
    assert Activity.objects.count() == 0


def test_nobody_else_sees_or_touches_it(club):
    found = make_timetable("Mon 4-5 Juniors boxing\nTue 5-6 Girls boxing", club=club)
    make_venue(club, name="Private gym of the club")
    strangers = [
        signed_in(make_member(make_organisation("Other club"))),
        signed_in(make_member(club, Role.RECORDER)),
    ]
    for stranger in strangers:
        for way in ("", "lines/0/"):
            assert stranger.get(f"{HOME}{found.uuid}/{way}").status_code == 404
        for way in ("make/", "choose/", "", "lines/0/"):
            assert stranger.post(f"{HOME}{found.uuid}/{way}", {"do": "forget"}).status_code == 404
        assert str(found.uuid) not in stranger.get(HOME).content.decode()
    other = bring(strangers[0], club, text="Mon 4-5 Chess")
    assert "organisation" in other.context["form"].errors
    assert "Only owners and editors can do this" in text(strangers[1].get(HOME))
    assert Client().get(HOME).status_code == 302


def test_timetable_is_deleted_by_its_club(owner, club):
    found = make_timetable("Mon 4-5 Juniors boxing\nTue 5-6 Girls boxing", club=club)
    page = owner.post(f"{HOME}{found.uuid}/choose/", {"do": "forget"}, follow=True)
    assert "Deleted." in text(page)
    assert Timetable.objects.count() == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_template_is_downloaded_and_read_back(owner, club, kind):
    file = owner.get(f"{HOME}template.{kind}")
    assert file["Content-Disposition"] == f'attachment; filename="timetable.{kind}"'
    make_venue(None, name="Central Library", postcode="HX1 1UJ")
    page = bring(owner, club, file=SimpleUploadedFile(f"timetable.{kind}", file.content))
    assert [line.problems for line in page.context["run"].lines] == [[], [], []]


def test_workspace_leads_there(owner):
    assert f'href="{HOME}"' in owner.get("/organise/").content.decode()
