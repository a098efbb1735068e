"""Small typing errors."""

import pytest

from events.search.spelling import corrections

WORDS = [
    *["ball", "basketball", "chess", "choir", "cook", "cooking", "football", "gymnastics", "karate"],
    *["swim", "swimming", "table", "tennis"],
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("footbal", []),  # begins a word: nothing to forgive
        ("swmi", ["swim"]),
        ("footbaal", ["football"]),
        ("baskteball", ["basketball"]),
        ("gimnastics", ["gymnastics"]),
        ("swiming", ["swimming"]),
        ("chss", ["chess"]),
        ("tenis", ["tennis"]),
        ("swimmers", ["swimm"]),
        ("xyzzy", []),
        ("cat", []),  # too short to be sure
        ("", []),
        ("اردو", []),
    ],
)
def test_typing_error_is_forgiven(typed, meant):
    assert corrections(typed, WORDS) == meant


def test_nothing_is_forgiven_where_nothing_is_listed():
    assert corrections("football", []) == []
