"""A lead reads a concern in the CMS, and acts on it."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from events.models import Activity
from organisations.actions import concerns
from organisations.actions.concerns import About, Told
from organisations.models import Concern, ConcernReading, Organisation, Role
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff

pytestmark = pytest.mark.django_db

WHAT = "A helper shouts at the little ones"


@pytest.fixture
def spark() -> Organisation:
    return make_organisation("Spark")


@pytest.fixture
def lead(spark: Organisation) -> User:
    return make_lead(spark.place, "lead@example.org")


def page(concern: Concern, name: str = "concern") -> str:
    return reverse(f"concern:{name}", args=[concern.uuid])


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def send(client: Client, concern: Concern, do: str, **said: str) -> str:
    fields = {f"{do}-{name}": value for name, value in said.items()}
    return words(client.post(page(concern), {"do": do, **fields}, follow=True))


def about_activity(activity: Activity) -> Concern:
    host = activity.host
    about = About(host.place, host, activity.uuid, (host,))
    return concerns.report(told=Told(WHAT), about=about, sent_with=str(activity.uuid))


def test_list_shows_no_word_and_opening_one_shows_all_and_is_written_down(
    spark: Organisation, lead: User
) -> None:
    concern = make_concern(WHAT, about=spark, contact="Ring 01632 960222")
    client = signed_in(lead)
    listed = words(client.get(reverse("concern:index")))
    assert (concern.reference in listed, WHAT in listed, "01632 960222" in listed) == (True, False, False)
    assert ConcernReading.objects.count() == 0
    answer = client.get(page(concern))
    assert (WHAT in words(answer), "Ring 01632 960222" in words(answer)) == (True, True)
    assert "no-store" in answer["Cache-Control"]
    assert ConcernReading.objects.get().by == lead


def test_nobody_else_finds_it_and_nothing_is_written_down(spark: Organisation, lead: User) -> None:
    concern = make_concern(WHAT, about=spark)
    strangers = [
        make_officer(spark.place),
        make_staff(),
        make_member(spark, Role.OWNER),
        make_member(spark, Role.RECORDER),
        make_lead(make_place("leeds")),
        make_lead(None),
    ]
    for user in strangers:
        client = signed_in(user)
        for name in ("concern", "suspend_activity", "suspend_organisation"):
            answers = [client.get(page(concern, name)), client.post(page(concern, name), {"do": "take"})]
            assert [answer.status_code in {302, 403, 404} for answer in answers] == [True, True]
            assert [WHAT in words(answer) for answer in answers] == [False, False]
        assert concern.reference not in words(client.get(reverse("concern:index"), follow=True))
    assert (ConcernReading.objects.count(), Concern.objects.get().state) == (0, "new")
    assert Organisation.objects.get(pk=spark.pk).state == "verified"


def test_menu_shows_concerns_to_leads_alone(spark: Organisation, lead: User) -> None:
    home, address = reverse("wagtailadmin_home"), reverse("concern:index")
    pages = [signed_in(user).get(home, follow=True) for user in (lead, make_staff())]
    shown = [f'"url": "{address}"' in words(page) for page in pages]
    assert shown == [True, False]


def test_a_lead_takes_notes_hands_over_and_closes(spark: Organisation, lead: User) -> None:
    concern = make_concern(WHAT, about=spark)
    other = make_lead(spark.place, "other@example.org")
    client = signed_in(lead)
    assert "You look at it now." in send(client, concern, "take")
    assert "Your note is kept." in send(client, concern, "note", text="Rang the council")
    assert "Rang the council" in words(client.get(page(concern)))
    assert "other@example.org looks at it now" in send(client, concern, "hand_over", to=str(other.uuid))
    html = send(signed_in(other), concern, "close", outcome="passed_on", text="They look into it")
    assert "It is closed. What was said is deleted in a year." in html
    concern.refresh_from_db()
    assert (concern.state, concern.outcome, concern.handler) == ("closed", "passed_on", other)


def test_what_is_missing_is_said_beside_the_form_and_what_was_typed_stays(
    spark: Organisation, lead: User
) -> None:
    concern = make_concern(WHAT, about=spark)
    html = send(signed_in(lead), concern, "close", text="They look into it")
    assert ("This field is required." in html, "They look into it" in html) == (True, True)
    assert Concern.objects.get().state == "new"


def test_the_second_of_two_leads_is_told_and_nothing_is_overwritten(spark: Organisation, lead: User) -> None:
    concern = make_concern(WHAT, about=spark)
    other = signed_in(make_lead(spark.place))
    send(signed_in(lead), concern, "take")
    send(signed_in(lead), concern, "close", outcome="advice", text="Talked")
    late = {"do": "close", "close-outcome": "settled", "close-text": "My own words"}
    html = words(other.post(page(concern), late, follow=True))
    assert ("It is closed already." in html, "My own words" in html) == (True, True)
    assert Concern.objects.get().outcome == "advice"


def test_one_click_on_the_concern_suspends_the_organisation_and_it_says_before_what_will_happen(
    client: Client, spark: Organisation, lead: User
) -> None:
    activity = make_activity("Football", host=spark)
    public = Activity.objects.get(pk=activity.pk).url
    concern = make_concern(WHAT, about=spark)
    leading = signed_in(lead)
    asked = words(leading.get(page(concern)))
    assert f'<form method="post" action="{page(concern, "suspend_organisation")}"' in asked
    assert "Spark and its 1 activity leave the site at once" in asked
    assert client.get(public).status_code == 200
    done = words(leading.post(page(concern, "suspend_organisation"), follow=True))
    assert "Spark is suspended. Nothing of it is on the site now." in done
    assert client.get(public).status_code == 410
    assert Organisation.objects.get(pk=spark.pk).state == "suspended"


def test_one_activity_is_suspended_and_comes_back(client: Client, spark: Organisation, lead: User) -> None:
    activity, other = make_activity("Football", host=spark), make_activity("Chess", host=spark)
    addresses = [Activity.objects.get(pk=each.pk).url for each in (activity, other)]
    concern = about_activity(activity)
    leading, screen = signed_in(lead), page(concern, "suspend_activity")
    asked = words(leading.get(page(concern)))
    assert f'<form method="post" action="{screen}"' in asked
    assert "“Football” leaves the site at once" in asked
    assert "It is off the site now." in words(leading.post(screen, follow=True))
    assert [client.get(address).status_code for address in addresses] == [410, 200]
    assert "“Football” comes back to the site as it was" in words(leading.get(screen))
    leading.post(screen, {"lift": "1"})
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_list_asks_the_same_of_the_database_for_one_and_for_many(spark: Organisation, lead: User) -> None:
    client, asked = signed_in(lead), []
    for more in (1, 3):
        for _each in range(more):
            make_concern(about=spark)
        client.get(reverse("concern:index"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("concern:index"))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_menu_costs_those_who_are_no_leads_nothing(spark: Organisation) -> None:
    client = signed_in(make_officer(spark.place))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("wagtailadmin_home"), follow=True)
    asked = [query["sql"] for query in queries.captured_queries if "safeguardinglead" in query["sql"]]
    assert {'"accounts_user"."password"' in sql for sql in asked} == {True}  # it comes with their own row
