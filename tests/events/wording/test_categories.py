"""The words for the code lists: one for each code, and what may be told apart is told apart."""

from diversity.categories import LISTS, NOT_STATED
from events.wording import categories
from events.wording.registers import answer_words


def test_every_code_of_the_lists_has_a_name_and_no_other_has() -> None:
    """Of every edition: a register of years ago is still read."""
    known: dict[str, set[str]] = {}
    for edition, lists in LISTS.items():
        named = categories.names(edition)
        assert {question: tuple(names) for question, names in named.items()} == lists
        asked = categories.asked(edition)
        assert {question: tuple(answers) for question, answers in asked.items()} == {
            question: (*lists[question], NOT_STATED) for question in asked
        }
        for question, codes in lists.items():
            known.setdefault(question, set()).update(codes)
    assert {question: set(names) for question, names in categories.NAMES.items()} == known


def test_names_are_those_of_the_measures() -> None:
    """Bands of age as in `docs/measures.md`, and its five groups."""
    assert [str(name) for name in categories.AGES.values()] == [
        "Under 5", "5 to 7", "8 to 10", "11 to 13", "14 to 16", "17 or 18", "19 to 25", "26 to 44",
        "45 to 64", "65 and over",
    ]  # fmt: skip
    assert [str(name) for name in categories.GROUPS.values()] == [
        "Asian", "Black", "Mixed", "White", "Other groups",
    ]  # fmt: skip


def test_no_two_answers_of_one_question_read_alike() -> None:
    for names in (*categories.NAMES.values(), *categories.ASKED.values()):
        words = [str(name) for name in names.values()]
        assert len(set(words)) == len(words)


def test_whoever_asks_reads_the_same_ages_as_whoever_answers() -> None:
    asked = {code: words for code, words in categories.ASKED["age"].items() if code != NOT_STATED}
    assert asked == categories.AGES


def test_a_figure_is_told_by_the_name_of_its_answer_and_an_open_one_by_its_code() -> None:
    figures = ("came", "group:other", "age:17-18", "sex:female", "before:not-stated", "outcode:HX1")
    assert [answer_words(figure) for figure in figures] == [
        "Came", "Other groups", "17 or 18", "Girl or woman", "Not stated", "HX1",
    ]  # fmt: skip
