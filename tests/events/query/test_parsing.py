"""Addresses are read without fail, and written the same way whoever asks."""

import datetime
import uuid
from urllib.parse import quote_from_bytes

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from events.query import MOST_PICKS, Known, Query, parse
from places.near import Near, NeedsRedirect
from places.problems import Problem, Reason
from tests.factories.questions import NAMES

HALIFAX = Near("HX1", 53.725, -1.864, "HX1@53.725,-1.864")
KNOWN = Known(
    types={"football": "Football", "choir": "Singing"},
    access={"step-free": "Step-free"},
    languages={"urdu": "Urdu"},
    aims={"find-work": "Find work"},
    places={"calderdale": "Calderdale"},
)


def locate(text):
    if text.upper().startswith("HX1@53.725,-1.864"):
        return HALIFAX
    if text.upper() == "HX1 1UJ":
        return NeedsRedirect(HALIFAX.value)
    return Problem(Reason.NOT_A_POSTCODE)


def read(address, known=KNOWN):
    return parse(QueryDict(address), known, locate=locate)


def test_every_parameter_is_read_and_written_back():
    pick = uuid.UUID(int=7)
    address = (
        "q=street%20football&near=HX1@53.725,-1.864&radius=2.5&from=2027-03-01&to=2027-03-31&day=mon&day=sat"
        "&time=afterschool&age=7&age=12&for=girls&type=choir&type=football&access=step-free&language=urdu&free=1"
        f"&alone=1&aim=find-work&organiser=savile-park&place=calderdale&school=107500&pick={pick}&asof=2026-09"
        "&ask=1&cancelled=show&view=calendar&month=2027-03&sort=distance&page=3"
    )
    query = read(address)
    assert not query.problems
    assert query == Query(
        q="street football",
        near=HALIFAX,
        radius=2.5,
        first_day=datetime.date(2027, 3, 1),
        last_day=datetime.date(2027, 3, 31),
        days=("mon", "sat"),
        times=("afterschool",),
        ages=(7, 12),
        audiences=("girls",),
        types=("choir", "football"),
        access=("step-free",),
        languages=("urdu",),
        free=True,
        alone=True,
        aims=("find-work",),
        organisers=("savile-park",),
        places=("calderdale",),
        schools=(107500,),
        picks=(pick,),
        as_of=(2026, 9),
        ask=True,
        cancelled=True,
        view="calendar",
        month=datetime.date(2027, 3, 1),
        sort="distance",
        page=3,
    )
    assert query.to_querystring() == address


def test_same_question_has_one_address():
    assert read("type=football&day=sat&age=9&type=choir&day=mon&view=list&page=1&q=").to_querystring() == (
        "day=mon&day=sat&age=9&type=choir&type=football"
    )


def test_whole_postcode_never_stands_in_our_address():
    query = read("near=HX1%201UJ&age=9")
    assert query.near is None
    assert query.to_querystring() == "near=HX1@53.725,-1.864&radius=5&age=9"


@pytest.mark.parametrize(
    ("address", "field", "kept"),
    [
        ("near=nowhere&age=9", "near", "age=9"),
        ("age=abc&free=1", "age", "free=1"),
        ("age=abc&age=9", "age", "age=9"),
        ("age=-1", "age", ""),
        ("age=100", "age", ""),
        ("radius=-1&near=HX1@53.725,-1.864", "radius", "near=HX1@53.725,-1.864&radius=5"),
        ("radius=1e9&free=1", "radius", "free=1"),
        ("radius=nan&free=1", "radius", "free=1"),
        ("from=2027-03-02&to=2027-03-01&free=1", "to", "free=1"),
        ("from=2027-03-02&to=2027-03-01&free=1", "from", "free=1"),
        ("from=2027-02-30&to=2027-03-01", "from", "to=2027-03-01"),
        ("to=tomorrow&free=1", "to", "free=1"),
        ("when=whenever&free=1", "when", "free=1"),
        ("when=whenever&from=2027-03-01", "when", "from=2027-03-01"),
        ("day=funday&day=tue", "day", "day=tue"),
        ("time=midnight&free=1", "time", "free=1"),
        ("for=cats&free=1", "for", "free=1"),
        ("type=quidditch&type=choir", "type", "type=choir"),
        ("access=magic&free=1", "access", "free=1"),
        ("language=klingon&free=1", "language", "free=1"),
        ("aim=none&free=1", "aim", "free=1"),
        ("place=atlantis&free=1", "place", "free=1"),
        ("organiser=a/b&free=1", "organiser", "free=1"),
        ("school=abc&free=1", "school", "free=1"),
        ("pick=zzz&free=1", "pick", "free=1"),
        ("free=perhaps&alone=1", "free", "alone=1"),
        ("alone=perhaps&free=1", "alone", "free=1"),
        ("asof=2026-13&free=1", "asof", "free=1"),
        ("view=hologram&free=1", "view", "free=1"),
        ("month=2027-13&free=1", "month", "free=1"),
        ("month=soon&free=1", "month", "free=1"),
        ("sort=luck&free=1", "sort", "free=1"),
        ("sort=distance&free=1", "sort", "free=1"),
        ("page=0&free=1", "page", "free=1"),
        ("page=last&free=1", "page", "free=1"),
        ("q=" + "x" * 10_000 + "&free=1", "q", "free=1"),
        ("q=!!!&free=1", "q", "free=1"),
        ("near=%00&age=9", "near", "age=9"),
        ("near=%FF%FE&age=9", "near", "age=9"),
        ("q=%FF%FE&free=1", "q", "free=1"),
        ("q=%00&q=choir&free=1", "q", "q=choir&free=1"),
        ("age=%00&age=9", "age", "age=9"),
        ("radius=%EF%BB%BF&near=HX1@53.725,-1.864", "radius", "near=HX1@53.725,-1.864&radius=5"),
        ("type=%00&type=choir", "type", "type=choir"),
        ("day=%ED%A0%80&day=tue", "day", "day=tue"),
        ("from=%FF&to=2027-03-01", "from", "to=2027-03-01"),
        ("free=%00&alone=1", "free", "alone=1"),
        ("page=%00&free=1", "page", "free=1"),
    ],
)
def test_bad_value_gets_words_and_the_rest_is_kept(address, field, kept):
    query = read(address)
    assert query.problems[field]
    assert query.to_querystring() == kept


@pytest.mark.parametrize("blank", ["", "%20", "%0D%0A", "%09"])
def test_what_is_blank_needs_no_words(blank):
    assert read(f"near={blank}&q={blank}&age={blank}&free=1").problems == {}


def test_what_was_typed_is_shown_again_but_no_book():
    assert read("age=abc").typed == {"age": "abc"}
    assert len(read("q=" + "x" * 10_000).typed["q"]) == 200


def test_british_dates_are_read():
    query = read("from=24/3/2027&to=1.4.2027")
    assert (query.first_day, query.last_day) == (datetime.date(2027, 3, 24), datetime.date(2027, 4, 1))


def test_days_win_over_when():
    assert read("when=weekend&from=2027-03-01").when == ""


def test_no_more_than_thirty_picks():
    query = read("&".join(f"pick={uuid.UUID(int=number)}" for number in range(MOST_PICKS + 5)))
    assert len(query.picks) == MOST_PICKS
    assert query.problems["pick"]


def test_slugs_are_not_checked_where_nobody_knows_them():
    assert read("type=quidditch", known=None).types == ("quidditch",)


@pytest.mark.parametrize(
    ("day", "ages"),
    [
        (datetime.date(2026, 8, 31), (12,)),
        (datetime.date(2027, 8, 31), (12,)),
        (datetime.date(2027, 9, 1), (13,)),
        (datetime.date(2029, 1, 1), (14,)),
    ],
)
def test_ages_grow_each_september(day, ages):
    assert read("age=12&asof=2026-09").ages_on(day) == ages


def test_ages_without_a_month_stay():
    assert read("age=12").ages_on(datetime.date(2040, 1, 1)) == (12,)


def test_subscription_keeps_everything_but_dates():
    query = read("when=week&day=mon&time=evening&age=9&view=calendar&month=2027-03&sort=title&page=4")
    assert query.undated().to_querystring() == "day=mon&time=evening&age=9"


def test_nobody_subscribes_to_what_is_not_known():
    query = read("access=step-free&ask=1")
    assert query.ask
    assert query.undated().to_querystring() == "access=step-free"


ODD = [
    *[
        "",
        "0",
        "-1",
        "9",
        "99999999999999999999",
        "%00",
        "%FF%FE",
        "%ED%A0%80",
        "٩",
        "²",
        "1e5",
        "nan",
        "inf",
    ],
    *["2027-01-01", "0000-00-00", "9999-12-31", "1/1/0001", "HX1@53.725,-1.864", "HX1@unknown", "x" * 10_000],
    *["' OR 1=1 --", "<script>", "../..", "football", "mon", "evening", "{}", "%25", "\u202e"],
]
VALUES = st.one_of(
    st.binary(max_size=60).map(quote_from_bytes),
    st.text(max_size=60).map(lambda text: quote_from_bytes(text.encode("utf-8", "surrogatepass"))),
    st.sampled_from(ODD),
)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=12)


@given(PAIRS)
def test_any_address_is_read_and_its_own_address_means_the_same(pairs):
    query = read("&".join(f"{name}={value}" for name, value in pairs))
    again = read(query.to_querystring())
    assert again == query
    assert not again.problems
    assert set(query.problems) <= set(NAMES)
    assert all(words and isinstance(words, str) for words in query.problems.values())
    assert all(len(typed) <= 200 and "\0" not in typed for typed in query.typed.values())
