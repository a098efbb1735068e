import pytest

from places import outcodes, postcodes
from places.models import Outcode, Postcode
from places.postcodes import Position, Precision
from places.problems import Problem, Reason
from tests.factories.postcodes import HX1, HX1_1UJ, make_outcode, make_postcode

pytestmark = pytest.mark.django_db


def position(at: tuple[float, float], precision: Precision, outcode: str = "HX1") -> Position:
    return Position(*at, outcode, "E08000033", precision)


def test_a_postcode_lies_where_the_directory_says() -> None:
    make_outcode("HX1")
    make_postcode("HX11UJ")
    assert postcodes.find("hx1 1uj") == position(HX1_1UJ, Precision.POSTCODE)
    assert postcodes.find("HX1 1UJ").exact


def test_an_outcode_lies_in_the_middle_of_its_postcodes() -> None:
    make_outcode("HX1")
    assert postcodes.find("HX1") == position(HX1, Precision.OUTCODE)
    assert not postcodes.find("HX1").exact


def test_a_sector_lies_in_the_middle_of_its_own_postcodes_alone() -> None:
    make_outcode("M1")
    make_outcode("M11")
    for code, at in {
        "M11AA": (53.4, -2.2),
        "M11AB": (53.6, -2.4),
        "M111AA": (50, -5),
        "M12AA": (50, -5),
    }.items():
        make_postcode(code, at)
    found = postcodes.find("M1 1")
    assert (found.latitude, found.longitude) == pytest.approx((53.5, -2.3))
    assert found.precision is Precision.SECTOR
    assert postcodes.find("M1 3") == Problem(Reason.UNKNOWN_WITHIN, "M1")


def test_of_several_readings_the_one_that_exists_is_meant() -> None:
    make_outcode("HX1")
    make_postcode("HX11UJ")
    assert postcodes.find("HX11") == position(HX1_1UJ, Precision.SECTOR)
    make_outcode("HX11", (53.0, -1.0))
    assert postcodes.find("HX11") == position((53.0, -1.0), Precision.OUTCODE, "HX11")


def test_a_postcode_of_an_outcode_that_is_not_loaded_is_looked_for_in_its_middle() -> None:
    make_outcode("HX1", complete=False)
    assert postcodes.find("HX1 1UJ") == position(HX1, Precision.OUTCODE)
    assert postcodes.find("HX1 1") == position(HX1, Precision.OUTCODE)


@pytest.mark.parametrize(
    ("text", "reason", "outcode", "words"),
    [
        (
            "BT1 1AA",
            Reason.NORTHERN_IRELAND,
            "BT1",
            "We know BT1, but we cannot measure distances in Northern",
        ),
        ("BT1", Reason.NORTHERN_IRELAND, "BT1", "We know BT1, but"),
        ("IM1 1AA", Reason.ISLE_OF_MAN, "IM1", "We know IM1, but we cannot measure distances on the Isle of"),
        (
            "GY1 1AA",
            Reason.CHANNEL_ISLANDS,
            "GY1",
            "We know GY1, but we cannot measure distances in the Channel",
        ),
        (
            "JE2 3AB",
            Reason.CHANNEL_ISLANDS,
            "JE2",
            "We know JE2, but we cannot measure distances in the Channel",
        ),
        (
            "HX7 9AB",
            Reason.NO_POSITION,
            "HX7",
            "We know that postcode, but not where it is: it may be an old one",
        ),
        ("W1E", Reason.NO_POSITION, "W1E", "We know that postcode, but not where it is"),
        (
            "HX7 9ZZ",
            Reason.UNKNOWN_WITHIN,
            "HX7",
            "We do not know that postcode. Please check it for a mistake",
        ),
        ("HX99 1AA", Reason.UNKNOWN, "HX99", "We do not know HX99."),
        ("HX98", Reason.UNKNOWN, "HX98", "We do not know HX98."),
        (
            "Halifax",
            Reason.NOT_A_POSTCODE,
            "",
            "That does not look like a postcode. Type one like HX1\N{NO-BREAK SPACE}1UJ",
        ),
        ("", Reason.NOT_A_POSTCODE, "", "That does not look like a postcode."),
    ],
)
def test_what_has_no_position_is_answered_in_words(
    text: str, reason: Reason, outcode: str, words: str
) -> None:
    for code in ("BT1", "IM1", "GY1", "JE2", "W1E"):
        make_outcode(code, None)
    make_outcode("HX7")
    make_postcode("HX79AB", None)
    problem = postcodes.find(text)
    assert problem == Problem(reason, outcode)
    assert problem.words.startswith(words)
    assert "HX7 9" not in problem.words, "the whole postcode is never said again"


def test_every_reason_has_words() -> None:
    for reason in Reason:
        assert "%" not in Problem(reason, "HX1").words


def test_an_outcode_met_before_costs_no_query_and_a_postcode_one(django_assert_num_queries) -> None:
    make_outcode("HX1")
    make_outcode("HX2")
    make_postcode("HX11UJ")
    with django_assert_num_queries(1):
        postcodes.find("HX1")
    with django_assert_num_queries(0):
        postcodes.find("HX1")
        postcodes.find("hx2")
    with django_assert_num_queries(1):
        postcodes.find("HX1 1UJ")
    with django_assert_num_queries(1):
        postcodes.find("HX0")


def test_a_worker_hears_of_a_new_directory_in_a_while(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    make_outcode("HX1")
    now = 1000.0
    monkeypatch.setattr(outcodes.time, "monotonic", lambda: now)
    assert outcodes.get("HX1").latitude == HX1[0]
    Outcode.objects.update(edition=2, latitude=50.0)
    Outcode.objects.create(
        code="HX2", latitude=51, longitude=-1, area_code="", postcodes=1, complete=True, edition=2
    )
    assert outcodes.get("HX2").latitude == 51, "a worker asks for what it does not know"
    assert outcodes.get("HX1").latitude == HX1[0]
    now += outcodes.SECONDS_UNASKED
    with django_assert_num_queries(1):
        assert outcodes.get("HX1").latitude == 50
        assert outcodes.get("HX2").latitude == 51
    Outcode.objects.filter(code="HX2").delete()
    Outcode.objects.update(edition=3)
    now += outcodes.SECONDS_UNASKED
    assert outcodes.get("HX2") is None
    now += outcodes.SECONDS_UNASKED
    with django_assert_num_queries(1):
        assert outcodes.get("HX1").latitude == 50
        assert outcodes.get("HX1").latitude == 50


def test_postcodes_of_places_are_selected_by_their_areas() -> None:
    make_postcode("HX11UJ")
    make_postcode("HX79AB", None)
    make_postcode("BD11AA", area_code="E08000032")
    assert [str(postcode) for postcode in Postcode.objects.within(["E08000033"]).order_by("code")] == [
        "HX1 1UJ",
        "HX7 9AB",
    ]
    assert [str(postcode) for postcode in Postcode.objects.within(["E08000033"]).positioned()] == ["HX1 1UJ"]
