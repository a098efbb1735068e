"""What organisers read of their registers, and what they do not."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from diversity.categories import NOT_STATED
from events.actions import co_organisers
from events.models import Activity, Source
from organisations.models import Role
from places.models import SchoolPupils
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.attendance import make_met, make_register, make_residents
from tests.factories.count_days import make_count_day
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_officer
from tests.factories.registers import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return make_activity("Street football", age_from=None, age_to=None)


@pytest.fixture
def recorder(activity: Activity) -> Client:
    return signed_in(make_member(activity.host, Role.RECORDER))


def text_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)", html)
    main = re.search(r"<main.*?</main>", html, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def as_mixed_as_around(activity: Activity) -> None:
    """Fifteen come each week: too few for numbers."""
    make_residents(counts={"asian": 9000, "black": 700, "mixed": 1800, "white": 23000, "other": 500})
    for week in range(1, 5):
        make_register(make_met(activity, 7 * week), [5, 0, 0, 10, 0], came=15)


def test_session_reads_in_words_and_numbers(activity: Activity, recorder: Client):
    make_residents()
    met = make_met(activity)
    make_register(met, [12, 1, 3, 24, 0], came=42)
    make_register(met, told={NOT_STATED: 2})
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    for words in (
        "42 people came.",
        "On 1 count day 40 of 42 who came said which group they are of.",
        "Asian 12 Black 1–4 Mixed 1–4 White 24 Other groups 0",
        "In 55 picks of 100 they are from different groups. Luck plays a part: from 45 to 70 is likely.",
        "who live in Calderdale (Census 2021, Office for National Statistics)",
        "So people here are 2.3 times as mixed.",
        "25 of 100 places would have to change hands. Luck alone gives about 5.",
        "Asian: of 100 others whom one of them meets here, 70 are from another group.",
        "You met 1 time in the last year.",
        "Meet again.",
    ):
        assert words in text


def test_session_of_a_club_that_meets_says_how_often_it_met(activity: Activity, recorder: Client):
    for week in (5, 4, 3):
        make_register(make_met(activity, 7 * week), came=30)
    make_register(make_met(activity, 400), came=30)
    met = make_met(activity)
    make_register(met, [12, 1, 3, 24, 0], came=42)
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    assert "You met 4 times in the last year." in text
    assert "Meet again." not in text
    assert "Each group is counted at its largest session" not in text


def test_each_line_says_what_it_does_not_show(activity: Activity, recorder: Client):
    make_residents()
    met = make_met(activity)
    make_register(met, [12, 1, 3, 24, 0], came=42)
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    for limit in (
        "It does not show who anybody is, nor numbers under 5.",
        "It shows who was in the room. It does not show who talked to whom.",
        "More than 1 is not better without end. Clubs are never put in order.",
        "It does not show why somebody stays away.",
        "It shows groups of 10 people or more only. It does not show friendship.",
        "How often people meet matters as much as who they are.",
    ):
        assert text.count(limit) == 1
    assert text.count("Friends come together") == 1


def test_what_is_not_shown_says_why(activity: Activity, recorder: Client):
    met = make_met(activity)
    make_register(met, [4, 4, 4, 4, 4], came=20)
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    assert "On 1 count day 20 of 20 who came said which group they are of." in text
    assert "so small and alike that their sum would tell them: not shown." in text
    assert "No group of 10 people or more may be told: no figure." in text
    assert "We do not know enough about the people of this area to compare." in text


def test_where_not_all_answered_every_way_of_filling_in_is_told(activity: Activity, recorder: Client):
    make_residents()
    met = make_met(activity)
    make_register(met, [12, 0, 0, 24, 0], came=42)
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    assert "Not all answered. Had they, it would be from 40 to 60." in text
    assert "Had all answered, it would be from" in text.partition("times as mixed.")[2]
    assert "is likely" not in text


def test_a_count_day_on_which_nobody_was_asked_counts_as_silence(activity: Activity, recorder: Client):
    """Otherwise whoever asks on good days alone passes the rule of 70 in 100."""
    make_register(make_met(activity, 7), [12, 0, 0, 12, 0], came=24)
    unasked = make_met(activity, 14)
    make_register(unasked, came=30)
    assert "Mixing chance" in text_of(recorder, "organise_activity_mixing", activity.uuid)
    make_count_day(unasked)
    assert "70 in 100 or more" in text_of(recorder, "organise_activity_mixing", activity.uuid)


def test_who_is_typed_in_and_answers_on_a_phone_too_counts_once(activity: Activity, recorder: Client):
    met = make_met(activity)
    make_register(met, [8, 0, 0, 13, 0], came=26)
    make_register(met, [7, 0, 0, 12, 0], source=Source.ANSWERS)
    make_register(met, [1, 0, 0, 5, 0], source=Source.SLIPS)
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    assert "On 1 count day 25 of 26 who came" in text
    assert "Asian 8 Black 0 Mixed 0 White 17" in text


def test_club_of_fifteen_reads_words_and_no_number(activity: Activity, recorder: Client):
    as_mixed_as_around(activity)
    text = text_of(recorder, "organise_activity_mixing", activity.uuid)
    assert "Too few people answered to show figures: they could point at one child." in text
    assert "People here are about as mixed as the people around you." in text
    told = text.partition("Too few")[2].partition("Each date")[0]
    assert re.findall(r"\d", told) == []


def test_how_a_small_club_stands_is_told_to_the_club_alone(activity: Activity, recorder: Client):
    as_mixed_as_around(activity)
    officer = signed_in(make_officer(activity.host.place))
    for name, key in (("organise_activity_mixing", activity.uuid), ("organise_mixing", activity.host.slug)):
        assert "as mixed as the people around you" in text_of(recorder, name, key)
        text = text_of(officer, name, key)
        assert "Too few people answered" in text
        assert "as mixed as" not in text
        assert "read in words" not in text


def test_words_are_promised_only_where_they_can_come(activity: Activity, recorder: Client):
    make_register(make_met(activity, 7), [5, 0, 0, 10, 0], came=15)
    promise = "you can read in words how mixed you are"
    assert promise not in text_of(recorder, "organise_activity_mixing", activity.uuid)
    make_residents()
    assert promise in text_of(recorder, "organise_activity_mixing", activity.uuid)


def test_series_that_alternates_single_groups_is_told(activity: Activity, recorder: Client):
    for week in range(1, 5):
        make_register(
            make_met(activity, 7 * week), [25, 0, 0, 0, 0] if week % 2 else [0, 0, 0, 25, 0], came=25
        )
    text = text_of(recorder, "organise_activity_mixing", activity.uuid)
    assert "In 0 picks of 100 they are from different groups." in text
    assert "different groups come on different days." in text
    assert "Plan one session in four for all of them together." in text
    assert "Over the year" in text


def test_too_few_answers_show_nothing_and_say_what_would_change_it(activity: Activity, recorder: Client):
    met = make_met(activity)
    make_register(met, [10, 0, 0, 12, 0], came=60)
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    assert "We show figures when 70 in 100 or more answer." in text
    assert "Mixing chance" not in text


def test_open_session_never_tells_groups(activity: Activity, recorder: Client):
    met = make_met(activity, 1 / 24, hours=3)
    make_register(met, [12, 10, 0, 24, 0], came=46)
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    assert "So far 46 answered." in text
    assert "Asian" not in text


def test_nothing_recorded_says_so(activity: Activity, recorder: Client):
    met = make_met(activity)
    for name, key in (
        ("organise_date_mixing", met.uuid),
        ("organise_activity_mixing", activity.uuid),
        ("organise_mixing", activity.host.slug),
    ):
        assert "There is no register yet." in text_of(recorder, name, key)


def test_children_are_never_compared_with_residents_of_all_ages(recorder: Client, activity: Activity):
    make_residents()
    young = make_activity("Juniors", host=activity.host, age_from=8, age_to=14)
    met = make_met(young)
    make_register(met, [12, 1, 3, 24, 0], came=42)
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    assert "Mixing chance" in text
    assert "people of all ages" not in text
    assert "Beside your area We do not know enough about the people of this area to compare." in " ".join(
        text.replace("More than 1 is not better without end. Clubs are never put in order.", "").split()
    )
    make_register(make_met(activity), [12, 1, 3, 24, 0], came=42)
    text = text_of(recorder, "organise_mixing", activity.host.slug)
    assert "Some of it is for children and some is not: no one population compares." in text
    assert "people of all ages" not in text


@pytest.mark.parametrize(("ages", "compared"), [((5, 16), True), ((None, 11), True), ((11, 18), False)])
def test_children_are_compared_with_the_pupils_of_the_place(
    recorder: Client, activity: Activity, ages, compared
):
    """Of which the register here tells three groups apart."""
    SchoolPupils.objects.create(
        school=make_school(area_code="E08000033"), year=2024, groups={"WBRI": 250, "APKN": 120, "BCRB": 30}
    )
    first, last = ages
    Activity.objects.update(age_from=first, age_to=last)
    met = make_met(activity)
    make_register(met, [12, 10, 0, 24, 0], came=46)
    text = text_of(recorder, "organise_date_mixing", met.uuid)
    assert ("pupils of the schools in Calderdale (school census 2024/25)" in text) == compared
    assert ("Those figures cannot tell all groups apart." in text) == compared


def test_pupils_are_of_one_year_that_counts_most_schools(recorder: Client, activity: Activity):
    """A newer file of one school alone would say that half of the place's children are Asian."""
    schools = [make_school(100001 + number, area_code="E08000033") for number in range(3)]
    for school in schools:
        SchoolPupils.objects.create(school=school, year=2023, groups={"WBRI": 80, "APKN": 20, "BCRB": 0})
    SchoolPupils.objects.create(school=schools[0], year=2024, groups={"WBRI": 50, "APKN": 50})
    Activity.objects.update(age_from=8, age_to=11)
    met = make_met(activity)
    make_register(met, [12, 10, 0, 24, 0], came=46)

    def base() -> str:
        text = text_of(recorder, "organise_date_mixing", met.uuid)
        assert "Those figures cannot tell all groups apart." in text
        return re.search(r"school census (\S+)\)", text)[1]

    assert base() == "2023/24"
    SchoolPupils.objects.create(school=schools[1], year=2024, groups={"WBRI": 50, "APKN": 50})
    assert base() == "2024/25"


def test_organisation_adds_up_people_and_not_visits(activity: Activity, recorder: Client):
    """Two clubs of twelve are enough together; each alone is not."""
    other = make_activity("Chess", host=activity.host)
    for club in (activity, other):
        for week in range(1, 4):
            make_register(make_met(club, 7 * week), [4, 0, 0, 8, 0], came=12)
    text = text_of(recorder, "organise_mixing", activity.host.slug)
    assert "6 sessions with a register. 72 visits in all" in text
    assert "Asian 8 Black 0 Mixed 0 White 16 Other groups 0" in text
    assert "Chess" in text
    assert "Too few people answered" in text_of(recorder, "organise_activity_mixing", other.uuid)


def test_partner_and_officer_read_it_and_nobody_else(activity: Activity):
    partner, stranger = make_organisation("Partners"), make_organisation("Strangers")
    editor = make_member(partner, Role.EDITOR)
    owner = make_member(activity.host, Role.OWNER)
    co_organisers.invite(activity=activity, organisation=partner, by=owner)
    co_organisers.accept(activity=activity, organisation=partner, by=make_member(partner, Role.OWNER))
    met = make_met(activity)
    make_register(met, [12, 1, 3, 24, 0], came=42)
    pages = [
        reverse("organise_date_mixing", args=[met.uuid]),
        reverse("organise_activity_mixing", args=[activity.uuid]),
        reverse("organise_mixing", args=[activity.host.slug]),
    ]

    def answers(client: Client) -> list[int]:
        return [client.get(page).status_code for page in pages]

    assert answers(signed_in(editor)) == [200, 200, 404]
    assert answers(signed_in(make_officer(activity.host.place))) == [200, 200, 200]
    assert answers(signed_in(make_member(stranger, Role.OWNER))) == [404, 404, 404]
    assert answers(Client()) == [302, 302, 302]


@pytest.mark.parametrize("weeks", [1, 3])
def test_a_year_takes_as_many_queries_as_a_week(
    activity: Activity, recorder: Client, django_assert_num_queries, weeks: int
):
    make_residents()
    for week in range(1, weeks + 1):
        make_register(make_met(activity, 7 * week), [12, 1, 3, 24, 0], came=42)
    recorder.get("/organise/")
    with django_assert_num_queries(7):
        recorder.get(reverse("organise_activity_mixing", args=[activity.uuid]))
