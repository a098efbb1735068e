import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import near, outcodes
from places.near import Near, NeedsRedirect
from places.problems import Problem, Reason
from tests.factories.postcodes import HX1, make_outcode, make_postcode


@pytest.fixture
def _calderdale(db: None) -> None:
    make_outcode("HX1")
    make_outcode("HX7", complete=False)
    make_outcode("BT1", None)
    make_outcode("W1X")
    make_postcode("HX11UJ")
    make_postcode("HX19AB", None)


@pytest.mark.usefixtures("_calderdale")
@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("HX1 1UJ", "HX1@53.725,-1.864"),
        ("hx11uj", "HX1@53.725,-1.864"),
        ("HXI IUJ", "HX1@53.725,-1.864"),
        ("HX1 1", "HX1@53.725,-1.864"),
        ("HX7 8AA", "HX7"),
        ("BT1 1AA", "BT1"),
        ("HX1 9AB", "HX1@unplaced"),
        ("HX1 9ZZ", "HX1@unknown"),
        ("HX99 9ZZ", "HX99"),
    ],
)
def test_a_whole_postcode_is_always_answered_with_a_redirect_that_does_not_carry_it(
    text: str, to: str
) -> None:
    assert near.parse(text) == NeedsRedirect(to)
    assert not isinstance(near.parse(to), NeedsRedirect), "and that is the end of it"


@pytest.mark.usefixtures("_calderdale")
def test_an_outcode_is_looked_around_as_it_is() -> None:
    assert near.parse(" hx1 ") == Near("HX1", *HX1, "HX1")


@pytest.mark.usefixtures("_calderdale")
def test_an_outcode_no_longer_used_is_looked_around_and_said_to_be_old() -> None:
    old = near.parse("W1X")
    assert old == Near("W1X", *HX1, "W1X", retired=True)
    assert old.note == "W1X is an old postcode that is no longer used. We look around where it was."
    assert near.parse("W1X@53.725,-1.864").note == old.note
    assert near.parse("HX1").note == ""


def test_a_position_is_read_without_a_query() -> None:
    """Without the database fixture a query would be an error."""
    for text in ("HX1@53.725,-1.864", "hx1@53.725,-1.864", " HX1 @ 53.725, -1.864"):
        assert near.parse(text) == Near("HX1", 53.725, -1.864, "HX1@53.725,-1.864")


@pytest.mark.parametrize("text", ["HX1@53.7243712,-1.8607031", "HX1@53.725,-1.865", "HX1@53.7250,-1.864"])
def test_a_position_that_says_too_much_or_otherwise_is_rounded_by_a_redirect(text: str) -> None:
    assert near.parse(text) == NeedsRedirect("HX1@53.725,-1.864")


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "53.725",
        "nan,nan",
        "inf,-inf",
        "1e1,1",
        "0,0",
        "48.9,-1",
        "61.1,-1",
        "53,-9.1",
        "53,2.1",
        "53,,1",
        "٥٣,1",
        "x",
    ],
)
def test_a_position_that_is_none_leaves_the_outcode(rest: str) -> None:
    assert near.parse(f"HX1@{rest}") == NeedsRedirect("HX1")


def test_a_postcode_without_position_keeps_its_words_after_the_redirect() -> None:
    assert near.parse("HX1@unknown") == Problem(Reason.UNKNOWN_WITHIN, "HX1")
    assert near.parse("HX1@unplaced") == Problem(Reason.NO_POSITION, "HX1")


@pytest.mark.usefixtures("_calderdale")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("BT1", Reason.NORTHERN_IRELAND),
        ("HX98", Reason.UNKNOWN),
        ("Halifax", Reason.NOT_A_POSTCODE),
        ("QQ1@53.725,-1.864", Reason.NOT_A_POSTCODE),
        ("@", Reason.NOT_A_POSTCODE),
        ("", Reason.NOT_A_POSTCODE),
        ("HX1 1UJ" * 1500, Reason.NOT_A_POSTCODE),
        ("HX1@" + "9" * 10_000, Reason.NOT_A_POSTCODE),
        ("\x00", Reason.NOT_A_POSTCODE),
        ("HX1\x00@53.725,-1.864", Reason.NOT_A_POSTCODE),
        ("\udc80\ufffd", Reason.NOT_A_POSTCODE),
    ],
)
def test_nonsense_is_a_problem_with_words(text: str, reason: Reason) -> None:
    problem = near.parse(text)
    assert isinstance(problem, Problem)
    assert (problem.reason, bool(problem.words)) == (reason, True)


@pytest.mark.django_db
def test_somewhere_on_a_map_has_the_name_of_the_nearest_outcode(django_assert_num_queries) -> None:
    make_outcode("HX1")
    make_outcode("HX7", (53.742, -2.013))
    make_outcode("W1X", (53.7243, -1.8612))
    make_outcode("BT1", None)
    with django_assert_num_queries(1):
        assert near.around(53.7243712, -1.8607031) == Near("HX1", 53.725, -1.864, "HX1@53.725,-1.864")
    with django_assert_num_queries(0):
        assert near.around(53.7412, -2.0) == Near("HX7", 53.74, -2.0, "HX7@53.740,-2.000")
        assert near.parse("HX7@53.740,-2.000") == near.around(53.7412, -2.0)


@pytest.mark.django_db
def test_somewhere_else_has_no_name() -> None:
    outcodes.forget()
    assert near.around(53.7243712, -1.8607031) is None
    make_outcode("HX1")
    assert near.around(48.8, 2.3) is None


@pytest.mark.django_db
@given(
    st.text()
    | st.from_regex(
        re.compile(r"HX1@-?[0-9]{0,3}\.?[0-9]{0,4},-?[0-9]?\.?[0-9]{0,3}", re.ASCII), fullmatch=True
    )
)
def test_parse_never_raises_and_a_redirect_leads_to_an_end(text: str) -> None:
    answer = near.parse(text)
    if isinstance(answer, NeedsRedirect):
        answer = near.parse(answer.to)
    assert isinstance(answer, Near | Problem)
    assert len(getattr(answer, "value", "")) <= len("EC1A@53.725,-1.864")


@pytest.mark.usefixtures("_calderdale")
@pytest.mark.parametrize(("text", "queries"), [("HX1@53.725,-1.864", 0), ("HX1", 1), ("HX1 1UJ", 2)])
def test_looking_near_costs_few_queries(text: str, queries: int, django_assert_num_queries) -> None:
    with django_assert_num_queries(queries):
        near.parse(text)


@pytest.mark.usefixtures("_calderdale")
@given(
    st.sampled_from(["HX1", "HX7", "HX98", "BT1", "W1X", "SW1A"]),
    st.from_regex(re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}", re.ASCII), fullmatch=True),
)
def test_no_address_ever_carries_the_second_half_of_a_postcode(outcode: str, incode: str) -> None:
    answer = near.parse(f"{outcode} {incode}")
    assert isinstance(answer, NeedsRedirect)
    assert answer.to.startswith(outcode)
    assert incode not in answer.to
