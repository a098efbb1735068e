"""A second edition of the code lists: a register is taken, shown and compared by its own."""

import csv
import io
import re
from types import MappingProxyType

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from diversity import categories, published
from diversity.categories import LISTS, NOT_STATED, groups_of
from events.actions import registers, sums
from events.answers import allowance
from events.mixing import bases
from events.models import Activity, Occurrence, Register
from events.register_sheets import dry_run
from organisations.models import Role
from places.school_register.groups import FIVE
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.answers import code_of, counted, make_session, opened
from tests.factories.attendance import make_met, make_register, make_residents
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db

# Three groups of the five, in another order, so that who reads by place reads another group.
GROUPS, AGES = ("white", "asian", "black"), ("8-10", "11-13")
SECOND = MappingProxyType({**LISTS[1], "group": GROUPS, "age": AGES})


@pytest.fixture(autouse=True)
def _two_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(categories, "LISTS", MappingProxyType({**LISTS, 2: SECOND}))


@pytest.fixture
def activity() -> Activity:
    return make_activity("Street football", age_from=None, age_to=None)


@pytest.fixture
def recorder(activity: Activity) -> User:
    return make_member(activity.host, Role.OWNER)


def taken(activity: Activity, days_ago: float, edition: int = 1, **told: int) -> Occurrence:
    met = make_met(activity, days_ago)
    register = make_register(met, told=told, came=sum(told.values()))
    Register.objects.filter(pk=register.pk).update(edition=edition)
    return met


def by_the_second(session: Occurrence) -> Occurrence:
    """Its register was begun with the second edition."""
    Register.objects.create(occurrence=session, edition=2)
    return session


def text_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# Taken


def test_a_register_asks_by_its_own_list(client: Client) -> None:
    first, second = make_session("Street football"), by_the_second(make_session("Chess"))
    asked = []
    for session in (first, second):
        client.force_login(make_member(session.activity.host))
        page = client.get(reverse("register", args=[session.uuid])).content.decode()
        asked.append(re.findall(r'name="(group:[\w-]+)"', page))
    assert asked == [
        [f"group:{code}" for code in (*groups_of(1), NOT_STATED)],
        [f"group:{code}" for code in (*GROUPS, NOT_STATED)],
    ]


def test_a_phone_stores_each_register_by_its_own_list(client: Client) -> None:
    session = by_the_second(make_session())
    client.force_login(make_member(session.activity.host))
    [one] = client.get(reverse("registers_ready")).json()["registers"]
    lines = [line["figure"] for line in one["asked"][0]["lines"]]
    assert lines == [f"group:{code}" for code in (*GROUPS, NOT_STATED)]


def test_an_answer_that_the_list_does_not_have_is_not_counted() -> None:
    session = by_the_second(make_session())
    by = make_member(session.activity.host)
    registers.count(occurrence=session, changes={"group:white": 2, "age:8-10": 2}, by=by)
    with pytest.raises(ValidationError, match="mixed"):
        registers.count(occurrence=session, changes={"group:mixed": 1}, by=by)
    assert counted(session) == {"group:white": 2, "age:8-10": 2}


def test_the_form_on_the_wall_asks_by_the_list_of_its_session(client: Client) -> None:
    """Also where the page of another session was drawn before: pages are kept as text."""
    allowance.forget()
    sessions = [make_session("Street football"), by_the_second(make_session("Street football"))]
    asked = []
    for session in sessions:
        address = f"/r/{code_of(session.activity)}"
        page = client.get(address).content.decode()
        asked.append(re.findall(r'name="group" value="([\w-]+)"', page))
    assert asked == [[*groups_of(1), NOT_STATED], [*GROUPS, NOT_STATED]]
    address = f"/r/{code_of(sessions[1].activity)}"
    told = {**opened(client, address), "group": "mixed", "age": "8-10"}
    assert "Choose one of these answers" in client.post(address, told).content.decode()
    assert counted(sessions[1]) == {}
    client.post(address, {**told, "group": "black"})
    assert counted(sessions[1]) == {"group:black": 1, "age:8-10": 1, "before:not-stated": 1}


def test_slips_are_typed_by_the_list_of_their_session() -> None:
    session = by_the_second(make_session())
    client = signed_in(make_member(session.activity.host))
    address = reverse("type_slips", args=[session.uuid])
    page = client.get(address).content.decode()
    assert re.findall(r'name="group-([\w-]+)"', page) == list(GROUPS)
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    client.post(address, {"seen": seen, "number": 5, "group-black": 3})
    assert counted(session) == {
        "group:black": 3, "group:not-stated": 2, "age:not-stated": 5, "before:not-stated": 5,
    }  # fmt: skip


def test_a_sheet_says_which_line_has_an_answer_of_another_list() -> None:
    session = by_the_second(make_session("Street football"))
    Occurrence.objects.filter(pk=session.pk).update(public_since=session.starts_at)
    by = make_member(session.activity.host)
    day = f"{timezone.localdate(session.starts_at):%d/%m/%Y}"
    table = f"Date,Activity,Came,Mixed,White\n{day},Street football,9,2,7\n"
    [line] = dry_run.look(table.encode(), by, timezone.now()).lines
    assert (line.fate, list(line.said)) == ("wrong", ["We do not know the answer “mixed”."])
    [line] = dry_run.look(table.replace("9,2,7", "7,,7").encode(), by, timezone.now()).lines
    assert (line.fate, list(line.said)) == ("counted", [])


# Read


def test_sums_are_kept_in_the_order_of_each_list(activity: Activity) -> None:
    old = taken(activity, 7, asian=5, mixed=2, white=9)
    new = taken(activity, 1, edition=2, asian=5, black=1, white=9)
    keys = [old.pk, new.pk]
    assert sums.counted(keys) == {old.pk: [5, 0, 2, 9, 0, 0], new.pk: [9, 5, 1, 0]}
    assert sums.recount(keys) == 2
    kept = dict(Register.objects.values_list("pk", "groups"))
    assert kept == {old.pk: [5, 0, 2, 9, 0, 0], new.pk: [9, 5, 1, 0]}
    assert sums.recount(keys) == 0


def test_a_session_is_shown_and_compared_by_its_own_list(activity: Activity, recorder: User) -> None:
    """The census counted by the first list. The second has no base yet, so there is no ratio."""
    make_residents()
    client = signed_in(recorder)
    old = taken(activity, 7, asian=12, black=10, mixed=8, white=24)
    new = taken(activity, 1, edition=2, asian=12, black=10, white=24)
    text = text_of(client, "organise_date_mixing", old.uuid)
    assert "Asian 12 Black 10 Mixed 8 White 24 Other groups 0" in text
    assert "times as mixed" in text
    text = text_of(client, "organise_date_mixing", new.uuid)
    assert "White 24 Asian 12 Black 10" in text
    assert "Mixed" not in text.replace("Mixing", "")
    assert "Asian: of 100 others whom one of them meets here, 75 are from another group." in text
    assert "We do not know enough about the people of this area to compare." in text
    assert "times as mixed" not in text


def test_two_lists_are_never_in_one_figure(activity: Activity, recorder: User) -> None:
    """The list of most count days is read, and the page says what it leaves out. How often they met stays."""
    make_residents()
    client = signed_in(recorder)
    for week in (1, 2):
        taken(activity, 70 + 7 * week, asian=15, white=15)
    alone = text_of(client, "organise_activity_mixing", activity.uuid)
    taken(activity, 7, edition=2, black=40)
    taken(activity, 3, edition=2)
    for name, of in (("organise_activity_mixing", activity.uuid), ("organise_mixing", activity.host.slug)):
        text = text_of(client, name, of)
        left_out = "On 1 other count day people were asked with another list of groups. It is not in these"
        assert left_out in text
        assert "Asian 15 Black 0 Mixed 0 White 15 Other groups 0" in text
        assert "You met 4 times in the last year." in text
    assert "another list of groups" not in alone
    figures = re.compile(r"Pick any two people of one session.*?is likely\.|Here \d+ in 100")
    series = text_of(client, "organise_activity_mixing", activity.uuid)
    assert figures.findall(alone) == figures.findall(series) != []
    assert "100 visits in all" in series
    taken(activity, 2, edition=2, white=20, asian=10)
    text = text_of(client, "organise_activity_mixing", activity.uuid)
    assert "On 2 other count days" in text
    assert "White 20 Asian 10 Black 40" in text


def test_no_column_of_the_export_has_two_lists(activity: Activity, recorder: User) -> None:
    taken(activity, 7, asian=12, mixed=8, white=24)
    taken(activity, 1, edition=2, asian=12, black=10, white=24)
    answer = signed_in(recorder).get(reverse("register_export_csv", args=[activity.host.slug]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    older = [f"{name} (list 1)" for name in ("Asian", "Black", "Mixed", "White", "Other groups")]
    assert [row[5:13] for row in rows] == [
        ["White", "Asian", "Black", *older],
        ["", "", "", "12", "0", "8", "24", "0"],
        ["24", "12", "10", "", "", "", "", ""],
    ]


# Compared


def test_who_is_compared_with_is_counted_by_the_same_groups() -> None:
    for edition, code_list in bases.RESIDENTS.items():
        assert tuple(published.LISTS[code_list].columns) == groups_of(edition)
    for edition in bases.PUPILS:
        assert set(FIVE) == set(groups_of(edition))
