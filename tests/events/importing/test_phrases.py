"""Cells of a grid."""

import pytest

from events.importing import phrases
from events.importing.phrases import Parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Juniors 4.30-6 (8-12) £3", Parts("Juniors", "", "4.30-6", "8-12", "£3")),
        ("8-12 Juniors 5-6", Parts("Juniors", "", "5-6", "8-12")),
        ("Juniors 8-12 4.30-6", Parts("Juniors", "", "4.30-6", "8-12")),
        ("Open gym (16+) 7.30-9", Parts("Open gym", "", "7.30-9", "16+")),
        ("Mon 4.30-6 Juniors boxing 8-12", Parts("Juniors boxing", "Mon", "4.30-6", "8-12")),
        ("U14s sparring 6-7.30pm", Parts("U14s sparring", "", "6-7.30pm", "U14s")),
        ("Boxercise 7pm (1 hr)", Parts("Boxercise", "", "7pm", "", "", "(1 hr)")),
        ("Seniors", Parts("Seniors")),
    ],
)
def test_phrase_is_taken_apart(text, parts):
    assert phrases.taken_apart(text) == parts


def test_bare_numbers_are_ages_where_the_time_is_known():
    assert phrases.taken_apart("Juniors 8-12", timed=True) == Parts("Juniors", ages="8-12")


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("4-5 Minis\n5-6 Juniors", ["4-5 Minis", "5-6 Juniors"]),
        ("Minis\n4-5\nJuniors\n5-6.30", ["Minis 4-5", "Juniors 5-6.30"]),
        ("4-5\nMinis\n5-6\nJuniors", ["4-5 Minis", "5-6 Juniors"]),
        ("Junior\nboxing", ["Junior boxing"]),
        ("-", []),
    ],
)
def test_cell_may_hold_several_classes(text, entries):
    assert phrases.entries(text) == entries


@pytest.mark.parametrize("text", ["", " - ", "closed", "N/A", "no class"])
def test_nothing_is_on(text):
    assert phrases.is_nothing(text)
