"""What cannot be read is said beside its field, or above the answers where it has none; the rest stays."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation, make_place
from tests.factories.postcodes import make_outcode, make_postcode
from tests.factories.questions import NAMES
from tests.factories.registers import make_school

pytestmark = pytest.mark.django_db

Pairs = list[tuple[str, str]]

# One value of everything that the form keeps. `age` and `asof` become the ages of today, `cancelled` is for
# calendars, and a form that is sent again begins on its first page.
WHOLE: Pairs = [
    ("q", "chess"),
    ("near", "HX1"),
    ("radius", "10"),
    ("from", "2027-01-04"),
    ("to", "2027-03-01"),
    ("day", "mon"),
    ("time", "evening"),
    ("age", "9"),
    ("for", "girls"),
    ("type", "chess"),
    ("access", "step-free"),
    ("language", "urdu"),
    ("free", "1"),
    ("alone", "1"),
    ("aim", "for-women"),
    ("organiser", "spark"),
    ("place", "calderdale"),
    ("school", "900001"),
    ("pick", "00000000-0000-0000-0000-000000000007"),
    ("ask", "1"),
    ("view", "calendar"),
    ("month", "2027-01"),
    ("sort", "title"),
]
# What says nothing without the other, or gives way to it.
TOGETHER = {"when": {"from", "to"}, "access": {"ask"}}

LONG = "x" * 10_000
UNKNOWN = "We do not know “{}”. Choose from the list."
NO_DATE = "We cannot read this as a date. Type it like 24/3/2027."
WRONG_ORDER = ("The first day is after the last.", "The last day is before the first.")
NO_MILES = "Give the miles as a number from 1 to 100."
NO_AGE = "Give ages in years, for instance 9."
NO_TICK = "Tick this or leave it."
NO_MONTH = "This should be a month, like 2026-09."
NO_POSTCODE = (
    "That does not look like a postcode. Type one like HX1\N{NO-BREAK SPACE}1UJ, or only the first part: HX1."
)
NO_PAGE = "There is no such page. This is the first."
UNREADABLE = "We cannot read this. Please type it again."

FIELDS = [
    ("q", LONG, "That is too long to search for. Use up to 100 letters."),
    ("q", "!!!", "Type a word to search for, for instance football."),
    ("near", "Narnia", NO_POSTCODE),
    ("near", "HX98", "We do not know HX98. Please check it for a mistake."),
    ("near", LONG, NO_POSTCODE),
    ("radius", "-1", NO_MILES),
    ("radius", "nan", NO_MILES),
    ("from", "31/2/2027", NO_DATE),
    ("from", "2027-03-02", WRONG_ORDER[0]),
    ("to", "tomorrow", NO_DATE),
    ("to", "2027-01-03", WRONG_ORDER[1]),
    ("when", "whenever", UNKNOWN.format("whenever")),
    ("day", "funday", UNKNOWN.format("funday")),
    ("time", "midnight", UNKNOWN.format("midnight")),
    ("age", "abc", NO_AGE),
    ("age", "100", NO_AGE),
    ("for", "cats", UNKNOWN.format("cats")),
    ("type", "quidditch", UNKNOWN.format("quidditch")),
    ("type", LONG, UNKNOWN.format("x" * 30)),
    ("access", "magic", UNKNOWN.format("magic")),
    ("language", "klingon", UNKNOWN.format("klingon")),
    ("free", "perhaps", NO_TICK),
    ("alone", "perhaps", NO_TICK),
    ("aim", "none", UNKNOWN.format("none")),
    *[
        (name, "%00", UNREADABLE)
        for name in ("q", "near", "radius", "from", "to", "day", "age", "type", "free")
    ],
    ("near", "%FF%FE", UNREADABLE),
]
WITHOUT_FIELD = [
    ("organiser", "a/b", UNKNOWN.format("a/b")),
    ("organiser", "nobody", "We do not know this organiser, or it is not listed now."),
    ("place", "atlantis", UNKNOWN.format("atlantis")),
    ("school", "abc", "A school's number has six figures."),
    ("school", "900002", "We do not know this school."),
    ("pick", "zzz", "One of the activities in this link does not exist."),
    ("asof", "2026-13", NO_MONTH),
    ("ask", "perhaps", NO_TICK),
    ("cancelled", "hide", UNKNOWN.format("hide")),
    ("view", "hologram", UNKNOWN.format("hologram")),
    ("month", "soon", NO_MONTH),
    ("month", "2026-10", "That month is over. This is what comes next."),
    ("sort", "luck", UNKNOWN.format("luck")),
    ("page", "0", NO_PAGE),
    ("page", "last", NO_PAGE),
    *[(name, "%00", UNREADABLE) for name in ("organiser", "school", "pick", "month", "page")],
]


@pytest.fixture(autouse=True)
def spark() -> None:
    """Everything that `WHOLE` names; two places, between which a family may choose."""
    make_outcode("HX1")
    make_place("bradford")
    make_school(900_001)
    make_activity("Chess", type="chess", host=make_organisation("Spark", slug="spark"))


def asked(pairs: Pairs, name: str, value: str) -> Tag:
    """The form, with the other values and this one, which is written as an address has it."""
    query = "&".join(filter(None, [urlencode(pairs), f"{name}={value}"]))
    answer = Client().get("/activities/", QUERY_STRING=query)
    assert answer.status_code == 200
    form = BeautifulSoup(answer.content, "html.parser").find(id="filters")
    assert isinstance(form, Tag)
    return form


def rest_of(name: str) -> Pairs:
    left_out = {name, *TOGETHER.get(name, ())}
    return [pair for pair in WHOLE if pair[0] not in left_out]


def would_send(form: Tag) -> Iterator[tuple[str, str]]:
    """What a browser would send, but for what is empty."""
    for control in form.select("input[name], select[name]"):
        chosen = control.select_one("option[selected]") if control.name == "select" else control
        is_box = control.get("type") in ("checkbox", "radio")
        if chosen and chosen.get("value") and (chosen.has_attr("checked") or not is_box):
            yield str(control["name"]), str(chosen["value"])


def is_open(element: Tag) -> bool:
    return all(each.has_attr("open") for each in element.find_parents("details"))


def controls_and_words(form: Tag, name: str) -> tuple[list[Tag], Tag]:
    """The controls of a parameter, each alone or all in a group, and the one place for words about it."""
    controls = form.select(f"[name={name}]:not([type=hidden])")
    [words] = form.select(f"#problem-{name}")
    assert controls
    return controls, words


def notices(form: Tag) -> list[Tag]:
    """Those about the address; that with a title is about answers of which nobody knows enough."""
    return form.select("#results > .notice--warning:not(:has(.notice__title))")


def test_every_parameter_is_asked_for_nonsense() -> None:
    assert {name for name, _, _ in [*FIELDS, *WITHOUT_FIELD]} == set(NAMES)


def test_a_form_without_a_mistake_is_sent_as_it_was_asked() -> None:
    form = asked(WHOLE[1:], *WHOLE[0])
    assert set(would_send(form)) == set(WHOLE)
    assert [words.text for words in form.select(".field__error")] == [""] * 17
    assert (notices(form), form.select("[aria-invalid]")) == ([], [])


@pytest.mark.parametrize(("name", "value", "said"), FIELDS)
def test_words_stand_beside_the_field_and_the_rest_stays(name: str, value: str, said: str) -> None:
    form = asked(rest_of(name), name, value)
    controls, words = controls_and_words(form, name)
    assert words.text == said
    assert is_open(words)
    for control in controls:
        group = control.find_parent("fieldset")
        described = group or control
        assert described["aria-describedby"] == words["id"]
        assert (control.get("aria-invalid") == "true") is (group is None)
        assert words in (group or control.find_parent(class_=["field", "browse__group"])).select(
            ".field__error"
        )
    wrong = ["from", "to"] if said in WRONG_ORDER else [name]
    assert [each["id"] for each in form.select(".field__error:not(:empty)")] == [
        f"problem-{each}" for each in wrong
    ]
    assert notices(form) == []
    kept = {pair for pair in would_send(form) if pair[0] != name}
    assert kept == set(rest_of(name))


@pytest.mark.parametrize("name", ["q", "near"])
def test_what_was_typed_stands_in_its_field_still(name: str) -> None:
    assert (name, "!?") in set(would_send(asked(rest_of(name), name, "!?")))


@pytest.mark.parametrize(("name", "value", "said"), WITHOUT_FIELD)
def test_words_about_what_has_no_field_stand_above_the_answers_and_the_rest_stays(
    name: str, value: str, said: str
) -> None:
    form = asked(rest_of(name), name, value)
    [notice] = notices(form)
    assert notice.get_text(strip=True) == said
    assert is_open(notice)
    kept = {pair for pair in would_send(form) if pair[0] != name}
    assert kept == set(rest_of(name))


def test_distance_from_nowhere_is_said() -> None:
    form = asked([("free", "1")], "sort", "distance")
    [notice] = notices(form)
    assert notice.get_text(strip=True) == "Tell us a postcode to sort by distance."
    assert set(would_send(form)) == {("free", "1"), ("radius", "5")}


def test_pick_alone_that_is_none_is_said_on_the_list() -> None:
    page = Client().get("/activities/?pick=zzz")
    [notice] = BeautifulSoup(page.content, "html.parser").select("main .notice--warning")
    assert notice.get_text(strip=True) == "One of the activities in this link does not exist."


ELSEWHERE = "We know {}, but we cannot measure distances {} yet."
NO_POSITION = (
    "We know that postcode, but not where it is: it may be an old one, or one for post only. "
    "Try the postcode of a place nearby."
)


@pytest.mark.parametrize(
    ("postcode", "shown", "said"),
    [
        ("HX1 9AB", "HX1", NO_POSITION),
        ("W1E", "W1E", NO_POSITION),
        ("IM1 1AA", "IM1", ELSEWHERE.format("IM1", "on the Isle of Man")),
        ("JE2 3AB", "JE2", ELSEWHERE.format("JE2", "in the Channel Islands")),
        ("GY1 1AA", "GY1", ELSEWHERE.format("GY1", "in the Channel Islands")),
        ("BT1 1AA", "BT1", ELSEWHERE.format("BT1", "in Northern Ireland")),
        ("BT1", "BT1", ELSEWHERE.format("BT1", "in Northern Ireland")),
    ],
)
def test_postcode_that_we_know_but_cannot_place_is_answered_beside_its_field(
    postcode: str, shown: str, said: str
) -> None:
    make_postcode("HX19AB", None)
    for outcode in ("W1E", "IM1", "JE2", "GY1", "BT1"):
        make_outcode(outcode, None)
    page = Client().get("/activities/", {"near": postcode, "free": "1"}, follow=True)
    form = BeautifulSoup(page.content, "html.parser").find(id="filters")
    [field], words = controls_and_words(form, "near")
    assert words.text == said
    assert (field["value"], field["aria-describedby"], field["aria-invalid"]) == (
        shown,
        "problem-near",
        "true",
    )
    assert set(would_send(form)) == {("near", shown), ("free", "1"), ("radius", "5")}


def test_terminated_postcode_is_looked_around_where_it_was_and_said_to_be_old() -> None:
    make_outcode("W1X")
    make_postcode("W1X1AA")
    page = Client().get("/activities/", {"near": "W1X 1AA", "free": "1"}, follow=True)
    form = BeautifulSoup(page.content, "html.parser").find(id="filters")
    [note] = form.select("#results > p:not([class])")
    assert note.text == "W1X is an old postcode that is no longer used. We look around where it was."
    assert controls_and_words(form, "near")[1].text == ""
    assert {("near", "W1X"), ("free", "1")} < set(would_send(form))
