import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts import second_factors
from places.models import BankHoliday, Place, Postcode, Term
from places.signals import school_year_changed
from tests.factories.organisations import make_place
from tests.factories.people import make_officer, make_staff, make_user
from tests.looking import send

pytestmark = pytest.mark.django_db

FIELDS = {
    "name": "Calderdale",
    "slug": "calderdale",
    "area_codes": "E08000033",
    "latitude": "53.72",
    "longitude": "-1.86",
    "contact_email": "hello@example.org",
    "contact_phone": "",
    "safeguarding_name": "Asma Khan",
    "safeguarding_phone": "01422 000000",
    "safeguarding_email": "safe@example.org",
    "nation": "england-and-wales",
}

AGAIN = "What you typed is still here: save again to put it in its place."


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


@pytest.fixture
def heard() -> Iterator[list[list[Place]]]:
    told: list[list[Place]] = []

    def listen(places: list[Place], **_: Any) -> None:
        assert connection.in_atomic_block
        told.append(places)

    school_year_changed.connect(listen)
    yield told
    school_year_changed.disconnect(listen)


def posted(terms: list[tuple[str, str, str]], of: Place | None = None, **changes: str) -> dict[str, str]:
    """The form with these terms, each a name and two days; a place's own terms keep their order."""
    known = list(of.terms.order_by("first_day")) if of else []
    data = {**FIELDS, **changes, "terms-TOTAL_FORMS": str(len(terms)), "terms-INITIAL_FORMS": str(len(known))}
    for index, (name, first, last) in enumerate(terms):
        row = {"name": name, "first_day": first, "last_day": last, "id": "", "DELETE": "" if name else "on"}
        if index < len(known):
            row["id"] = str(known[index].pk)
        data |= {f"terms-{index}-{field}": value for field, value in row.items()}
    return data


def term(place: Place, first: str, last: str) -> Term:
    return Term.objects.create(
        place=place,
        name=f"From {first}",
        first_day=datetime.date.fromisoformat(first),
        last_day=datetime.date.fromisoformat(last),
    )


def days(place: Place) -> list[tuple[str, str]]:
    return [
        (first.isoformat(), last.isoformat())
        for first, last in place.terms.order_by("first_day").values_list("first_day", "last_day")
    ]


def test_staff_make_a_place_with_its_terms(staff: Client, heard: list[list[Place]]) -> None:
    terms = [("Autumn 1", "2026-09-01", "2026-10-23"), ("Autumn 2", "2026-11-02", "2026-12-18")]
    staff.post(reverse("place:add"), posted(terms))
    place = Place.objects.get()
    assert (place.area_codes, place.safeguarding_name) == (["E08000033"], "Asma Khan")
    assert days(place) == [("2026-09-01", "2026-10-23"), ("2026-11-02", "2026-12-18")]
    assert heard == [[place]]


def test_a_places_address_stays_and_other_facts_change_without_new_dates(
    staff: Client, heard: list[list[Place]]
) -> None:
    place = make_place()
    place.terms.all().delete()
    send(staff, reverse("place:edit", args=[place.pk]), posted([], slug="elsewhere", name="Calder Valley"))
    place.refresh_from_db()
    assert (place.slug, place.name) == ("calderdale", "Calder Valley")
    assert heard == []


def test_two_terms_may_be_moved_at_once(staff: Client) -> None:
    place = make_place()
    place.terms.all().delete()
    term(place, "2027-01-01", "2027-01-10")
    term(place, "2027-01-11", "2027-01-20")
    moved = [("A", "2027-01-05", "2027-01-15"), ("B", "2027-01-16", "2027-01-30")]
    send(staff, reverse("place:edit", args=[place.pk]), posted(moved, place))
    assert days(place) == [("2027-01-05", "2027-01-15"), ("2027-01-16", "2027-01-30")]


def test_removing_a_term_changes_the_school_year(staff: Client, heard: list[list[Place]]) -> None:
    place = make_place()
    place.terms.all().delete()
    term(place, "2027-01-01", "2027-01-10")
    send(staff, reverse("place:edit", args=[place.pk]), posted([("", "2027-01-01", "2027-01-10")], place))
    assert days(place) == []
    assert heard == [[place]]


@pytest.mark.parametrize(
    ("terms", "field", "words"),
    [
        (
            [("B", "2027-01-10", "2027-02-01"), ("A", "2027-01-01", "2027-01-10")],
            ("first_day", 0),
            "The term “A” ends on or after this day. Two terms cannot share a day.",
        ),
        ([("A", "2027-01-10", "2027-01-09")], ("last_day", 0), "cannot be before its first day."),
        ([("A", "2027-02-30", "2027-03-09")], ("first_day", 0), "Enter a valid date."),
    ],
)
def test_terms_that_cannot_be_are_refused_beside_the_field(
    staff: Client, terms: list[tuple[str, str, str]], field: tuple[str, int], words: str
) -> None:
    answer = staff.post(reverse("place:add"), posted(terms))
    name, index = field
    [said] = answer.context["form"].formsets["terms"].forms[index].errors[name]
    assert said.endswith(words)
    assert Place.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"area_codes": ""}, "area_codes", "This field is required."),
        (
            {"area_codes": "E08000032, Halifax"},
            "area_codes",
            "Each code looks like E08000033. Put commas between them.",
        ),
        ({"latitude": "5.3"}, "latitude", "Ensure this value is greater than or equal to 49.0."),
        ({"longitude": "nan"}, "longitude", "Enter a number."),
        ({"slug": "hebden bridge"}, "slug", "Enter a valid “slug” consisting of letters, numbers,"),
    ],
)
def test_facts_that_cannot_be_are_refused_beside_the_field(
    staff: Client, changes: dict[str, str], field: str, words: str
) -> None:
    answer = staff.post(reverse("place:add"), posted([], **changes))
    assert words in " ".join(answer.context["form"].errors[field])
    assert Place.objects.count() == 0


def test_bank_holidays_are_listed_and_a_new_one_tells_the_places_that_keep_it(
    staff: Client, heard: list[list[Place]]
) -> None:
    english = make_place()
    scottish = make_place("fife", nation="scotland")
    answer = staff.post(
        reverse("bankholiday:add"), {"nation": "scotland", "date": "2026-06-15", "name": "World Cup"}
    )
    assert (answer.status_code, heard) == (302, [[scottish]])
    page = staff.get(reverse("bankholiday:index"))
    assert [row.name for row in page.context["object_list"]] == ["World Cup"]
    holiday = BankHoliday.objects.get()
    send(
        staff,
        reverse("bankholiday:edit", args=[holiday.pk]),
        {"nation": "england-and-wales", "date": "2026-06-15", "name": "World Cup"},
    )
    assert sorted(place.slug for place in heard[1]) == sorted([english.slug, scottish.slug])


def test_second_of_two_who_change_a_place_is_told_what_it_says_now(staff: Client) -> None:
    place = make_place()
    place.terms.all().delete()
    term(place, "2027-01-01", "2027-01-10")
    address = reverse("place:edit", args=[place.pk])
    old = staff.get(address).context["form"]["seen"].value()
    send(staff, address, posted([("A", "2027-01-05", "2027-01-15")], place, safeguarding_name="Ann Lee"))
    typed = posted([("B", "2027-01-01", "2027-01-10")], place, name="Calder Valley")

    told = staff.post(address, {**typed, "seen": old})

    html = told.content.decode()
    [words] = told.context["form"].non_field_errors()
    assert words in html
    assert words.removesuffix(AGAIN) == (
        "Somebody has saved this since you opened it. It now says: Name: Calderdale; "
        "Safeguarding lead: Ann Lee; Terms: A, 5 January 2027, 15 January 2027. "
    )
    assert 'value="Calder Valley"' in html
    place.refresh_from_db()
    assert (place.name, place.safeguarding_name) == ("Calderdale", "Ann Lee")
    assert days(place) == [("2027-01-05", "2027-01-15")]
    seen = told.context["form"]["seen"].value()
    assert f'<input type="hidden" name="seen" value="{seen}"' in html
    staff.post(address, {**typed, "seen": seen})
    place.refresh_from_db()
    assert (place.name, days(place)) == ("Calder Valley", [("2027-01-01", "2027-01-10")])


def test_a_term_that_somebody_changed_is_not_written_over_unseen(staff: Client) -> None:
    """Nothing else is another."""
    place = make_place()
    place.terms.all().delete()
    term(place, "2027-01-01", "2027-01-10")
    address = reverse("place:edit", args=[place.pk])
    terms = [("From 2027-01-01", "2027-01-01", "2027-01-10")]
    old = staff.get(address).context["form"]["seen"].value()
    send(staff, address, posted([("A", "2027-01-05", "2027-01-15")], place))
    told = staff.post(address, {**posted(terms, place), "seen": old})
    [words] = told.context["form"].non_field_errors()
    assert words.removesuffix(AGAIN) == (
        "Somebody has saved this since you opened it. "
        "It now says: Terms: A, 5 January 2027, 15 January 2027. "
    )
    assert days(place) == [("2027-01-05", "2027-01-15")]


def test_second_of_two_who_change_a_bank_holiday_is_told_what_it_says_now(staff: Client) -> None:
    holiday = BankHoliday.objects.create(nation="scotland", date="2026-11-30", name="St Andrew’s Day")
    address = reverse("bankholiday:edit", args=[holiday.pk])
    said = {"nation": "scotland", "date": "2026-11-30"}
    old = staff.get(address).context["form"]["seen"].value()
    send(staff, address, {**said, "name": "Saint Andrew’s Day"})
    told = staff.post(address, {**said, "name": "Andrew", "seen": old})
    assert "It now says: Name: Saint Andrew’s Day." in told.content.decode()
    answer = staff.post(address, {**said, "name": "Saint Andrew’s Day", "seen": old})
    assert (answer.status_code, BankHoliday.objects.get().name) == (302, "Saint Andrew’s Day")


@pytest.mark.parametrize("name", ["place", "bankholiday"])
def test_nobody_but_platform_staff_sees_or_changes_places(client: Client, name: str) -> None:
    place = make_place()
    holiday = BankHoliday.objects.create(nation="scotland", date="2026-11-30", name="St Andrew’s Day")
    pk = {"place": place.pk, "bankholiday": holiday.pk}[name]
    member_of_staff = make_user(is_staff=True)
    second_factors.enrol_app(member_of_staff)
    for person in (make_user(), make_officer(place), member_of_staff):
        client.force_login(person)
        for address in (reverse(f"{name}:index"), reverse(f"{name}:add"), reverse(f"{name}:edit", args=[pk])):
            assert client.get(address).status_code == 404
            assert client.post(address, posted([], name="Stolen")).status_code == 404
    place.refresh_from_db()
    assert place.name == "Calderdale"


def test_a_place_cannot_be_deleted_in_the_cms(staff: Client) -> None:
    place = make_place()
    staff.post(reverse("place:delete", args=[place.pk]))
    assert Place.objects.filter(pk=place.pk).exists()
    assert staff.get(reverse("place:index")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"area_codes": []}, "place_has_an_area"),
        ({"name": ""}, "place_has_a_name"),
        ({"nation": "france"}, "place_nation_is_known"),
        ({"latitude": 48.8}, "place_is_in_the_british_isles"),
        ({"longitude": 2.3}, "place_is_in_the_british_isles"),
    ],
)
@pytest.mark.floor
def test_the_database_refuses_a_place_that_cannot_be(changes: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_place(**{"name": "Somewhere", **changes})


def test_a_bank_holiday_that_is_taken_away_tells_the_places_that_keep_it(
    staff: Client, heard: list[list[Place]]
) -> None:
    place = make_place()
    make_place("lerwick", nation="scotland")
    holiday = BankHoliday.objects.create(nation="england-and-wales", date="2026-12-28", name="Boxing Day")

    staff.post(reverse("bankholiday:delete", args=[holiday.pk]))

    assert not BankHoliday.objects.exists()
    assert heard == [[place]]


@pytest.mark.floor
def test_the_database_refuses_terms_that_cannot_be() -> None:
    place, other = make_place(), make_place("kirklees")
    with pytest.raises(IntegrityError, match="term_ends_after_it_begins"), transaction.atomic():
        term(place, "2030-01-02", "2030-01-01")
    term(place, "2030-01-01", "2030-01-10")
    term(place, "2030-01-11", "2030-01-20")
    term(other, "2030-01-01", "2030-01-10")
    connection.check_constraints()
    term(place, "2030-01-20", "2030-01-25")
    with pytest.raises(IntegrityError, match="term_overlaps_no_other_of_the_place"):
        connection.check_constraints()


@pytest.mark.floor
def test_the_database_refuses_a_second_holiday_on_a_day_and_half_a_position() -> None:
    BankHoliday.objects.create(nation="scotland", date="2026-11-30", name="St Andrew’s Day")
    with pytest.raises(IntegrityError, match="bank_holiday_once_a_day"), transaction.atomic():
        BankHoliday.objects.create(nation="scotland", date="2026-11-30", name="Again")
    with pytest.raises(IntegrityError, match="postcode_position_is_whole"), transaction.atomic():
        Postcode.objects.create(code="HX11UJ", latitude=53.7)


def test_places_are_selected_by_their_local_authority() -> None:
    make_place()
    two = make_place("west-yorkshire", area_codes=["E08000032", "E08000035"])
    assert list(Place.objects.containing("E08000035")) == [two]
    assert list(Place.objects.containing("E08")) == []


def test_a_running_term_holds_both_its_ends() -> None:
    place = make_place()
    assert [
        Term.objects.running(datetime.date.fromisoformat(day)).filter(place=place).count()
        for day in ("2026-08-31", "2026-09-01", "2026-10-23", "2026-10-24")
    ] == [0, 1, 1, 0]
