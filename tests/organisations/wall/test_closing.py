"""What Wagtail hands out as it was typed opens as text in a spreadsheet."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.events import cms
from tests.factories.activities import make_activity
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("https://thief.example/")'


def first_column(kind: str) -> list[object]:
    address = reverse("wagtailadmin_reports:aging_pages", query={"export": kind})
    answer = cms.signed_in(make_staff()).get(address)
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        return [row[0] for row in csv.reader(io.StringIO(content.decode()))]
    cells = [row[0] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    return [cell.value for cell in cells]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_titles_of_pages_are_no_formulas_in_a_report(kind: str) -> None:
    page = make_activity("Choir")
    page.title = f" {FORMULA}"
    page.save_revision().publish()
    titles = first_column(kind)
    assert [title for title in titles if "HYPERLINK" in str(title)] == [f"' {FORMULA}"]
