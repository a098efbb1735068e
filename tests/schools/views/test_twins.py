"""Who a school could twin with: the list, its words, its map, and who sees how much."""

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Organisation, Role, State
from places.models import School, SchoolPupils
from places.school_years import year_of
from schools import twins, wording
from schools.models import Twinning
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_user
from tests.factories.registers import make_school
from tests.factories.rounds import counted_school as school

pytestmark = pytest.mark.django_db

ADDRESS = "/organise/schools/900001/twins/"


@pytest.fixture
def heron() -> Organisation:
    school(900_001, 240, 40, 30)
    return make_organisation("Heron Bank", slug="heron", kind="school", urn=900_001)


def page(client: Client, user) -> str:
    client.force_login(user)
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_candidate_is_said_in_words_as_a_member_may_know_it(client, heron):
    school(900_002, 20, 230, 40, miles_north=2.1, pupils=294)
    text = page(client, make_member(heron, Role.RECORDER))
    assert (
        "2.1 miles; two pupils, one from each, differ 8 times in 10 "
        "(inside your school 4, inside theirs 3); same phase; 310 and 290 pupils" in text
    )
    for hidden in ("0.8", "0.38", "230", "294", "Gain", "Difference"):
        assert hidden not in text


def test_an_officer_sees_the_figures(client, heron):
    school(900_002, 20, 230, 40, miles_north=2.1)
    text = page(client, make_officer(heron.place))
    for name, figure in [("One from each differ", "0.83"), ("Inside this school", "0.38")]:
        assert f"<dt>{name}</dt><dd>{figure}</dd>" in text


def test_the_most_different_come_first_and_of_equal_ones_the_nearer(heron):
    school(900_002, 240, 40, 30, miles_north=1)
    school(900_003, 0, 300, 0, miles_north=3)
    school(900_004, 0, 300, 0, miles_north=2)
    for urn in range(900_010, 900_020):
        school(urn, 120, 120, 0, miles_north=4)
    found = twins.best(School.objects.get(pk=900_001)).twins
    assert [twin.school.pk for twin in found] == [900_004, 900_003, *range(900_010, 900_018)]
    assert found[0].miles == pytest.approx(2, abs=0.01)
    assert found[0].weight == pytest.approx(1_000_000 * (240 / 310 + 30 / 310), abs=1)


def test_free_meals_count_half_where_both_are_known():
    own = school(900_001, 100, 100, meals="10.00")
    school(900_002, 100, 100, meals="50.00")
    school(900_003, 100, 100)
    found = {twin.school.pk: twin.weight for twin in twins.best(own).twins}
    assert found == {900_002: 200_000, 900_003: 0}


def test_what_may_not_be_compared_is_no_candidate(heron):
    school(900_002, 0, 300, phase="secondary")
    school(900_003, 0, 300, status="closed")
    school(900_004, 0, 300, miles_north=7)  # more than 10 km
    school(900_005, 0, 19)  # too few children
    make_school(900_006, "Nobody counted")
    other = school(900_007, 0, 300)
    SchoolPupils.objects.filter(school=other).update(groups={"MOTH": 300})
    school(900_008, 0, 300)
    own = School.objects.get(pk=900_001)
    assert [twin.school.pk for twin in twins.best(own).twins] == [900_008]
    assert twins.best(own, never=frozenset([900_008])).why == "No other school is near enough."


@pytest.mark.parametrize("number", [1, 3])
def test_ten_best_are_four_queries_however_many_there_are(django_assert_num_queries, heron, number):
    for urn in range(900_002, 900_002 + number):
        school(urn, 0, 300)
    own = School.objects.get(pk=900_001)
    with django_assert_num_queries(4):
        assert len(twins.best(own).twins) == number


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"phase": "nursery"}, "Twins are looked for among primary schools and among secondary schools."),
        ({"latitude": None, "longitude": None}, "The register does not say where this school is."),
        ({}, "No other school is near enough."),
    ],
)
def test_a_school_without_candidates_learns_why(client, heron, fields, why):
    School.objects.filter(pk=900_001).update(**fields)
    text = page(client, make_member(heron))
    assert why in text
    assert "<mingle-map" not in text


@pytest.mark.parametrize(
    "census",
    [
        {"groups": {"WBRI": 19}},
        {"groups": {"WBRI": 240, "APKN": None, "BCRB": 30}},
        {"groups": {"WBRI": None, "APKN": None, "BCRB": None}, "headcount": 310},
        {"groups": {}, "headcount": 310},
    ],
)
def test_a_school_whose_pupils_are_few_or_unknown_learns_why(client, heron, census):
    school(900_002, 20, 230, 40, miles_north=2.1)
    SchoolPupils.objects.filter(school=900_001).update(**census)
    assert "We do not know enough about who goes to this school" in page(client, make_member(heron))


def test_others_and_members_of_a_school_that_nobody_has_checked_find_nothing(client, heron):
    school(900_002, 0, 300)
    unchecked = make_organisation("Says so", kind="school", urn=900_002, public=False)
    no_school = make_organisation("A club")
    elsewhere = make_place("elsewhere", area_codes=["E08000001"])
    strangers = [make_user(), make_member(no_school), make_member(unchecked), make_officer(elsewhere)]
    for stranger in strangers:
        client.force_login(stranger)
        for path in (ADDRESS, "/organise/schools/900002/twins/", "/organise/schools/900009/twins/"):
            assert client.get(path).status_code == client.get(f"{path}map.json").status_code == 404
    member = make_member(heron)
    Organisation.objects.filter(pk=heron.pk).update(state=State.SUSPENDED)
    client.force_login(member)
    assert client.get(ADDRESS).status_code == 404


def test_a_checked_schools_page_in_the_workspace_leads_there(client, heron):
    way = f'href="{ADDRESS}"'
    client.force_login(make_member(heron))
    assert way in client.get("/organise/organisations/heron/").content.decode()
    club = make_organisation("A club", slug="a-club")
    unchecked = make_organisation("Says so", slug="so", kind="school", urn=900_002, public=False)
    for each in (club, unchecked):
        client.force_login(make_member(each))
        assert "/twins/" not in client.get(f"/organise/organisations/{each.slug}/").content.decode()


def test_whoever_has_not_signed_in_is_led_there(client, heron):
    assert client.get(ADDRESS).headers["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_the_map_is_there_without_script_and_for_the_script(client, heron):
    school(900_002, 0, 300, miles_north=2)
    school(900_003, 0, 250, 50, miles_north=1)
    text = page(client, make_member(heron))
    assert text.count('<a href="#twin-') == 2
    assert '<use href="/activities/ground.svg#dots"' in text
    answer = client.get(f"{ADDRESS}map.json?box=53.6,-2.2,53.9,-1.6&zoom=14").json()
    assert [(each["count"], each["name"]) for each in answer["markers"]] == [
        ("1", "School 900002"),
        ("2", "School 900003"),
        ("★", "School 900001"),
    ]
    assert answer["words"] == "2 schools"
    (item,) = answer["markers"][0]["items"]
    assert item["price"].startswith("2.0 miles; two pupils, one from each, differ 9 times in 10")
    assert item["href"] == "#twin-1"


def test_schools_that_would_lie_on_each_other_are_one_mark(client, heron):
    for at, urn in enumerate((900_002, 900_003, 900_004)):
        school(urn, at, 300 - at, miles_north=3)
    text = page(client, make_member(heron))
    assert text.count('<a href="#twin-') == 1
    assert 'aria-label="School 900002, School 900003, School 900004"' in text
    answer = client.get(f"{ADDRESS}map.json").json()
    together = answer["markers"][0]
    assert (together["count"], together["place"]) == ("1…", "Near each other")
    assert [each["title"] for each in together["items"]][:3] == [
        "School 900002",
        "School 900003",
        "School 900004",
    ]


@pytest.mark.parametrize("said", ["box=here", "zoom=near", "box=1,2,3"])
def test_a_piece_of_the_map_that_cannot_be_read_is_answered_in_words(client, heron, said):
    client.force_login(make_member(heron))
    answer = client.get(f"{ADDRESS}map.json?{said}")
    assert (answer.status_code, bool(answer.json()["problem"])) == (400, True)


@pytest.mark.parametrize(
    ("chance", "words", "number"),
    [
        (0, "less than 1 time in 10", "less than 1"),
        (0.0499, "less than 1 time in 10", "less than 1"),
        (0.05, "1 time in 10", "1"),
        (0.449, "4 times in 10", "4"),
        (0.45, "5 times in 10", "5"),
        (0.949, "9 times in 10", "9"),
        (0.95, "more than 9 times in 10", "more than 9"),
        (1, "more than 9 times in 10", "more than 9"),
    ],
)
def test_chances_are_said_in_tenths_and_never_as_never_or_always(chance, words, number):
    assert (wording.times_in_ten(chance), wording.tenths(chance)) == (words, number)


@pytest.mark.parametrize(
    ("miles", "words"),
    [(0, "less than 0.1 miles"), (0.1, "0.1 miles"), (1.04, "1 mile"), (2.06, "2.1 miles")],
)
def test_miles_are_said_with_one_place(miles, words):
    assert wording.miles_words(miles) == words


def test_one_other_school_is_compared_wherever_it_is(heron):
    one, far = School.objects.get(pk=900_001), school(900_002, 20, 230, 40, miles_north=80)
    found = twins.compared(one, far)
    assert found is not None
    assert (round(found.miles), round(found.across, 2)) == (80, 0.83)
    assert twins.best(one).twins == ()


@pytest.mark.parametrize(
    ("pupils", "facts"),
    [((5, 5, 5), {}), ((20, 230, 40), {"latitude": None, "longitude": None}), ((), {})],
)
def test_two_schools_are_not_compared_where_too_little_is_known_of_one(heron, pupils, facts):
    other = school(900_002, *pupils) if pupils else make_school(900_002)
    for name, value in facts.items():
        setattr(other, name, value)
    one = School.objects.get(pk=900_001)
    assert (twins.compared(one, other), twins.compared(other, one)) == (None, None)


def test_two_schools_of_one_name_have_each_their_own_words_on_the_map(client, heron):
    for urn, miles in ((900_002, 1), (900_003, 3)):
        school(urn, 0, 300, miles_north=miles)
    School.objects.filter(pk__in=(900_002, 900_003)).update(name="St Joseph's")
    client.force_login(make_member(heron))
    answer = client.get(f"{ADDRESS}map.json?box=53.6,-2.2,53.9,-1.6&zoom=14").json()
    items = [item for mark in answer["markers"] for item in mark["items"]]
    words = {item["href"]: item["price"].split(";")[0] for item in items}
    assert words == {"#twin-1": "1 mile", "#twin-2": "3.0 miles", "": ""}


def test_a_school_that_can_be_asked_is_beside_the_way_to_ask_it_for_who_speaks_for_the_school(client, heron):
    school(900_002, 0, 300)
    way = "/organise/schools/900001/twinnings/new/?with=900002"
    assert way in page(client, make_member(heron, Role.EDITOR))
    assert client.get(way).status_code == 200
    assert way not in page(client, make_member(heron, Role.RECORDER))
    assert way not in page(client, make_officer(heron.place))


@pytest.mark.parametrize(
    ("state", "said_yes", "offered"),
    [
        ("proposed", "first", False),
        ("running", "both", False),
        ("ended", "both", False),
        ("declined", "first", False),  # they said no
        ("declined", "", True),  # we said no, and may think again
        ("withdrawn", "first", True),
        ("lapsed", "first", True),
    ],
)
def test_whom_it_cannot_ask_this_year_is_not_offered(client, heron, state, said_yes, offered):
    other = school(900_002, 0, 300)
    now = timezone.now()
    Twinning.objects.create(
        first_id=900_001,
        second=other,
        year=year_of(timezone.localdate()),
        state=state,
        since=now,
        first_accepted_at=now if said_yes else None,
        second_accepted_at=now if said_yes == "both" else None,
    )
    text = page(client, make_member(heron))
    assert ("School 900002" in text) == offered
    assert ("No other school is near enough." in text) != offered


def test_the_nearest_twenty_are_those_that_can_be_compared_as_in_a_round(heron):
    """Thirty nearer ones were counted by another list: they take nobody's place."""
    for urn in range(900_100, 900_145):
        near = school(urn, 0, 300, miles_north=0.5)
        SchoolPupils.objects.filter(school=near).update(groups={"MOTH": 300})
    school(900_002, 0, 300, miles_north=4)
    assert [twin.school.pk for twin in twins.best(School.objects.get(pk=900_001)).twins] == [900_002]


def test_the_workspace_leads_nowhere_where_the_register_has_no_such_school(client):
    heron = make_organisation("Heron Bank", slug="heron", kind="school", urn=900_001)
    client.force_login(make_member(heron))
    assert "/twins/" not in client.get("/organise/organisations/heron/").content.decode()
