import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.school_register.names import errors, to_find, words


@pytest.mark.parametrize(
    ("name", "found_by"),
    [
        ("St. Chad's CofE (VA) Primary School", "st chads"),
        ("Saint Chad’s", "st chads"),
        ("The Grange", "grange"),
        ("Ysgol Gymraeg Pont-y-Gôf", "ysgol gymraeg pont y gof"),
        ("Primary School", "primary school"),
        ("Calder High School", "calder"),
        ("…", ""),
    ],
)
def test_a_name_is_found_by_the_words_that_are_its_own(name: str, found_by: str) -> None:
    assert to_find(name) == found_by


@given(st.text())
def test_words_are_plain_letters_and_finding_twice_changes_nothing(text: str) -> None:
    assert all(word.isascii() and word.isalnum() for word in words(text))
    assert to_find(to_find(text)) == to_find(text)


@pytest.mark.parametrize(
    ("typed", "meant", "number"),
    [
        ("jospeh", "joseph", 1),
        ("trinty", "trinity", 1),
        ("brighuse", "brighouse", 1),
        ("", "abc", 3),
        ("a", "a", 0),
    ],
)
def test_typing_errors_are_counted(typed: str, meant: str, number: int) -> None:
    assert errors(typed, meant) == number


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_errors_are_the_same_both_ways_and_none_only_between_equals(one: str, other: str) -> None:
    assert errors(one, other) == errors(other, one)
    assert (errors(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= errors(one, other) <= max(len(one), len(other))


def test_a_beginning_of_a_word_may_be_meant() -> None:
    assert errors("jospeh", "josephs") == 2
    assert errors("jospeh", "josephs", beginning=True) == 1
