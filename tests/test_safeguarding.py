"""`docs/safeguarding.md` promises nothing that is not there."""

import re

import pytest

from tests.test_tree import ROOT

TEXT = (ROOT / "docs" / "safeguarding.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if re.match(r"\| \d+ \|", line)
]
FILE = re.compile(r"`([\w.-]+(?:/[\w.-]+)*\.(?:py|html|js|conf))`|`((?:site|events|tests)/[\w/]+)`")


def named(cell: str) -> list[str]:
    return [one or other for one, other in FILE.findall(cell)]


def test_every_rule_has_its_row() -> None:
    assert sorted({int(row[0]) for row in ROWS}) == list(range(1, 24))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1][:40]}")
def test_what_a_row_names_exists_or_is_said_not_to(row: list[str]) -> None:
    _number, _rule, kept, shown = row
    assert [name for name in named(kept) + named(shown) if not (ROOT / name).exists()] == []
    assert named(kept) or "not yet" in kept
    assert named(shown) or "not yet" in shown


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1][:40]}")
def test_what_shows_a_rule_is_a_file_of_tests(row: list[str]) -> None:
    shown = [(ROOT / name).read_text() for name in named(row[3])]
    assert [len(re.findall(r"^def test_", text, re.MULTILINE)) > 0 for text in shown] == [True] * len(shown)
