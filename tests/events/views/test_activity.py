"""An activity's page: what it says, whom it shows itself to, and what it costs."""

import datetime
import json
import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Activity, ActivityAccess, CoOrganiser, Language, Occurrence, State
from organisations import page_cache
from organisations.models import AccessFeature, Generation, Organisation, VenueAccess
from organisations.models import State as OrganisationState
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.organisations import make_organisation, make_venue

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2027, 1, 11, 12, tzinfo=datetime.UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime.datetime]:
    """Monday at noon, the day before the first date; replace the one item to let time pass."""
    hands = [MONDAY]
    monkeypatch.setattr(timezone, "now", lambda: hands[0])
    return hands


def path(activity: Activity) -> str:
    return f"/organisers/{activity.host.slug}/{activity.slug}/"


def words(client: Client, activity: Activity) -> str:
    """The page as it reads: without markup, white space once."""
    html = client.get(path(activity)).content.decode()
    html = re.sub(r"<(script|style|title)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def graph(client: Client, activity: Activity) -> list[dict]:
    html = client.get(path(activity)).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])["@graph"]


def change(**fields: object) -> None:
    """Change dates as the actions do, with the generation raised."""
    Occurrence.objects.filter(starts_at__date=fields.pop("on")).update(**fields)
    Generation.objects.raised()


@pytest.mark.usefixtures("clock")
def test_page_answers_what_a_parent_asks_in_their_order(client: Client) -> None:
    activity = make_activity(
        "Football for all",
        summary="Play and meet people.",
        price=2,
        joining="ask",
        alone="yes",
        parent_form="no",
        welcome="Sam at the gate",
        bring="Trainers",
        bus="Bus 503 stops outside",
        adults="Two coaches",
    )
    activity.host.page.phone = "01422 000000"
    activity.host.page.save()
    activity.languages.set([Language.objects.get(slug="urdu")])
    activity.save()
    text = words(client, activity)
    asked = [
        "Football for all",
        "Play and meet people.",
        "Tomorrow, 4:30–6 pm",
        "Where it is",
        "HX1 5ER",
        "Bus 503 stops outside",
        "Is it for us?",
        "Ages 8–14",
        "For everyone",
        "Urdu",
        "Two coaches",
        "How do we join?",
        "Ask the organiser first.",
        "01422 000000",
        "£2 each time",
        "Yes, without an adult",
        "No form",
        "Your first time",
        "Sam at the gate",
        "Trainers",
        "Who runs it?",
        "Safeguarding lead:",
        "Can everyone get in and take part?",
        "Every coming date",
        "Tue 19 January, 4:30–6 pm",
        "Add to my calendar",
    ]
    assert re.search(".*".join(map(re.escape, asked)), text), text


@pytest.mark.usefixtures("clock")
def test_what_nobody_said_is_shown_as_not_said(client: Client) -> None:
    text = words(client, make_activity())
    assert "May a child come alone? Not said. Ask the organiser." in text
    assert "Adults there Not said. Ask the organiser." in text
    assert "Safeguarding lead: Not said. Ask the organiser." in text
    assert "Questions to ask first: 0 of 10 answered" in text
    assert "Who can give first aid? Not said" in text


@pytest.mark.usefixtures("clock")
def test_what_parents_are_told_to_ask_is_answered_from_what_is_known(client: Client) -> None:
    activity = make_activity(adults="Two coaches", stay="drop-off")
    activity.host.page.safeguarding_contact = "Sadia Hartley"
    activity.host.page.save()
    text = words(client, activity)
    assert "Questions to ask first: 3 of 10 answered" in text
    assert "Who keeps children safe here? Sadia Hartley Which adults are there? Two coaches" in text
    assert "Do I stay, or drop off? Drop off and collect Who may take my child home? Not said" in text


@pytest.mark.usefixtures("clock")
def test_head_says_where_the_next_date_is_if_that_is_elsewhere(client: Client) -> None:
    activity = make_activity()
    elsewhere = make_venue(None, name="Spring Hall", town="Halifax")
    change(on=datetime.date(2027, 1, 12), venue=elsewhere)
    head = words(client, activity).partition("Where it is")[0]
    assert f"This time at {elsewhere.address}" in head


def test_postcode_stays_whole_on_the_page_and_plain_in_what_machines_read(client: Client) -> None:
    activity = make_activity(venue=make_venue(name="Spring Hall", street="", postcode="HX3 0AQ"))
    html = client.get(path(activity)).content.decode()
    assert "<address>Spring Hall, Halifax, HX3\N{NO-BREAK SPACE}0AQ</address>" in html
    place = next(item["location"] for item in graph(client, activity) if "location" in item)
    assert place["address"]["postalCode"] == "HX3 0AQ"
    feed = client.get(f"/activities/{activity.uuid}/calendar.ics").content.decode()
    assert "LOCATION:Spring Hall\\, Halifax\\, HX3 0AQ" in feed


def test_page_says_how_often_it_meets(client: Client, clock: list[datetime.datetime]) -> None:
    """A rule that another has followed is said for as long as a date of it is to come."""
    activity = make_activity(
        rules=[
            make_rule(until=datetime.date(2027, 1, 19)),
            make_rule(first_date=datetime.date(2027, 1, 26), start=datetime.time(17)),
        ]
    )
    earlier, later = "Every Tuesday, 4:30 to 6 pm", "Every Tuesday, 5 to 6 pm"
    assert f"{earlier} {later}" in words(client, activity)
    clock[0] = datetime.datetime(2027, 1, 20, 12, tzinfo=datetime.UTC)
    text = words(client, activity)
    assert earlier not in text
    assert later in text


def test_a_single_date_is_not_said_twice(client: Client, clock: list[datetime.datetime]) -> None:
    activity = make_activity(rules=[make_rule(repeat="once")])
    assert "Once, on" not in words(client, activity)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", "Step-free way in"),
        ("no", "There are steps: see how one gets in"),
        ("unknown", "Steps or not: not known. Ask them"),
    ],
)
def test_head_says_whether_there_are_steps(client: Client, answer: str, said: str) -> None:
    activity = make_activity()
    feature = AccessFeature.objects.get(slug="step-free")
    VenueAccess.objects.create(venue=activity.venue, feature=feature, answer=answer)
    assert said in words(client, activity).partition("Where it is")[0]


@pytest.mark.usefixtures("clock")
def test_town_is_said_once(client: Client) -> None:
    activity = make_activity(venue=make_venue(None, name="Brighouse Library", town="Brighouse"))
    head = words(client, activity).partition("Where it is")[0]
    assert head.count("Brighouse") == 1


@pytest.mark.usefixtures("clock")
def test_badge_says_since_when_and_what_it_does_not_mean(client: Client) -> None:
    text = words(client, make_activity())
    assert "Checked by Calderdale on 1 September 2026." in text
    assert "It does not mean that we watch each session or check every helper." in text


@pytest.mark.usefixtures("clock")
def test_access_is_yes_no_or_not_known_and_the_activity_knows_better_than_its_venue(client: Client) -> None:
    activity = make_activity()
    features = {feature.slug: feature for feature in AccessFeature.objects.all()}
    VenueAccess.objects.create(
        venue=activity.venue, feature=features["step-free"], answer="no", note="Three steps"
    )
    VenueAccess.objects.create(
        venue=activity.venue,
        feature=features["lift"],
        answer="yes",
        note="To the gym",
        checked_on=datetime.date(2026, 10, 5),
    )
    VenueAccess.objects.create(venue=activity.venue, feature=features["quiet-space"], answer="no")
    ActivityAccess.objects.create(
        activity=activity, feature=features["step-free"], answer="yes", note="By the side door"
    )
    ActivityAccess.objects.create(activity=activity, feature=features["lift"], answer="unknown")
    text = words(client, activity)
    assert "Yes: Step-free way in : By the side door" in text
    assert "Three steps" not in text
    assert "Yes: Lift : To the gym (checked on 5 October 2026)" in text
    assert "No: Quiet space" in text
    assert re.search(r"Not known, so ask: Accessible toilet, .*Hearing loop", text)


def test_date_that_was_moved_to_another_place_alone_says_no_other_time(
    client: Client, clock: list[datetime.datetime]
) -> None:
    activity = make_activity()
    hall = make_venue(activity.host, name="Savile Hall")
    for day in (12, 19):
        at = datetime.datetime(2027, 1, day, 16, 30, tzinfo=datetime.UTC)
        change(on=at.date(), state=State.MOVED, moved_from=at, venue=hall)
    text = words(client, activity)
    assert "Moved to another place: Savile Hall" in text
    assert "Moved to another place Tue 19 January, 4:30–6 pm" in text
    assert ("It was Tue" in text, "Moved from" in text) == (False, False)
    assert {one["eventStatus"].rpartition("/")[2] for one in graph(client, activity)} == {"EventScheduled"}


def test_dates_say_what_has_changed(client: Client, clock: list[datetime.datetime]) -> None:
    activity = make_activity()
    change(on=datetime.date(2027, 1, 19), state=State.CANCELLED, reason="The hall is closed")
    change(
        on=datetime.date(2027, 1, 26),
        state=State.MOVED,
        moved_from=datetime.datetime(2027, 1, 25, 16, 30, tzinfo=datetime.UTC),
        notice="Bring boots",
    )
    text = words(client, activity)
    assert "Cancelled Tue 19 January, 4:30–6 pm The hall is closed" in text
    assert "Moved Tue 26 January, 4:30–6 pm It was Mon 25 January, 4:30 pm. Bring boots" in text
    assert "Cancelled:" not in text
    assert [one["eventStatus"].rpartition("/")[2] for one in graph(client, activity)][:4] == [
        "EventScheduled",
        "EventCancelled",
        "EventRescheduled",
        "EventScheduled",
    ]


@pytest.mark.usefixtures("clock")
def test_every_coming_date_is_there_and_none_that_the_schedule_dropped(client: Client) -> None:
    activity = make_activity()
    change(on=datetime.date(2027, 2, 2), state=State.CANCELLED, withdrawn=True)
    assert len(graph(client, activity)) == 9
    text = words(client, activity)
    assert "1 more date" in text
    assert "Tue 16 March, 4:30–6 pm" in text
    assert "2 February" not in text


@pytest.mark.usefixtures("clock")
def test_next_date_is_one_that_is_on_below_why_the_one_before_is_not(client: Client) -> None:
    activity = make_activity()
    change(on=datetime.date(2027, 1, 12), state=State.CANCELLED, reason="The hall has no heating.")
    head = words(client, activity).partition("Where it is")[0]
    assert "Tue 19 January, 4:30–6 pm" in head
    assert head.count("Tomorrow") == 1
    assert "Cancelled: Tomorrow, 4:30–6 pm" in head


def test_tomorrow_is_right_before_and_after_midnight(client: Client, clock: list[datetime.datetime]) -> None:
    activity = make_activity()
    clock[0] = datetime.datetime(2027, 1, 11, 23, 59, tzinfo=datetime.UTC)
    assert "Tomorrow, 4:30–6 pm" in words(client, activity)
    clock[0] = datetime.datetime(2027, 1, 12, 0, 1, tzinfo=datetime.UTC)
    assert "Today, 4:30–6 pm" in words(client, activity)


def test_date_leaves_the_page_when_it_is_over(client: Client, clock: list[datetime.datetime]) -> None:
    activity = make_activity()
    clock[0] = datetime.datetime(2027, 1, 12, 17, 59, tzinfo=datetime.UTC)
    assert "Today, 4:30–6 pm On now" in words(client, activity)
    clock[0] = datetime.datetime(2027, 1, 12, 18, 0, tzinfo=datetime.UTC)
    assert "Today" not in words(client, activity)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("others", [1, 3])
def test_page_takes_six_queries_the_first_time_then_four_and_from_memory_one(
    client: Client, django_assert_num_queries: Callable, others: int
) -> None:
    first, second = path(make_activity()), ""
    for _other in range(others):
        second = path(make_activity())
    client.get(second)  # warms what a worker reads once
    with django_assert_num_queries(6):
        client.get(first)
    page_cache.pages.clear()
    with django_assert_num_queries(4):
        client.get(first)
    with django_assert_num_queries(1):
        assert client.get(first).status_code == 200


@pytest.mark.usefixtures("clock")
def test_every_way_into_a_calendar_is_offered_and_says_how_soon_changes_come(client: Client) -> None:
    activity = make_activity()
    change(on=datetime.date(2027, 1, 12), state=State.CANCELLED)
    html = unquote(client.get(path(activity)).content.decode())
    feed = f"localhost:8000/activities/{activity.uuid}/calendar.ics"
    assert f'href="webcal://{feed}"' in html
    assert f"https://calendar.google.com/calendar/render?cid=webcal://{feed}?cancelled=show" in html
    assert f'href="http://{feed}?next=10"' in html
    assert f'<link rel="alternate" type="text/calendar" href="http://{feed}"' in " ".join(html.split())
    following = Occurrence.objects.get(activity=activity, starts_at__date=datetime.date(2027, 1, 19))
    assert f"/occurrences/{following.uuid}.ics" in html
    assert "action=TEMPLATE" in html
    assert "dates=20270119T163000Z/20270119T180000Z" in html
    text = words(client, activity)
    assert "Google’s app cannot subscribe." in text
    assert "open this page in a browser on a computer and press “Google Calendar”." in text
    assert "It may take up to a day until yours has noticed." in text


@pytest.mark.usefixtures("clock")
def test_what_else_is_on_near_there_is_shown_soonest_first(client: Client) -> None:
    activity = make_activity("This one")
    make_activity("Later", rules=[make_rule(first_date=datetime.date(2027, 1, 14))])
    make_activity("Sooner", rules=[make_rule(first_date=datetime.date(2027, 1, 13))])
    text = words(client, activity).partition("What else is on near there")[2]
    assert 0 < text.index("Sooner") < text.index("Later")
    assert "This one" not in text


def test_draft_is_not_found(client: Client) -> None:
    assert client.get(path(make_draft("Secret"))).status_code == 404


def test_activity_of_another_organisation_is_not_found_under_this_one(client: Client) -> None:
    activity = make_activity()
    other = make_organisation()
    assert client.get(f"/organisers/{other.slug}/{activity.slug}/").status_code == 404


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "lapse",
    [{"state": OrganisationState.SUSPENDED}, {"declaration_until": datetime.date(2027, 1, 10)}],
    ids=["suspended", "lapsed"],
)
def test_activity_of_a_host_that_is_not_public_is_gone(client: Client, lapse: dict) -> None:
    activity = make_activity("Hidden club night")
    make_activity("Still on")
    Organisation.objects.filter(pk=activity.host_id).update(**lapse)
    Generation.objects.raised()
    response = client.get(path(activity))
    assert response.status_code == 410
    text = response.content.decode()
    assert "Hidden club night" not in text
    assert "Still on" in text


@pytest.mark.usefixtures("clock")
def test_gone_page_offers_the_same_type_first(client: Client) -> None:
    activity = make_activity()
    make_activity("More football")
    make_activity("Choir", type="choir")
    Activity.objects.filter(pk=activity.pk).update(live=False)
    Generation.objects.raised()
    text = client.get(path(activity)).content.decode()
    assert "More football" in text
    assert "Choir" not in text


@pytest.mark.usefixtures("clock")
def test_partner_is_named_once_it_has_accepted_and_while_it_is_public(client: Client) -> None:
    activity = make_activity()
    for name, fields in {"Asked only": {}, "Helping hands": {"accepted_at": MONDAY}}.items():
        CoOrganiser.objects.create(activity=activity, organisation=make_organisation(name), **fields)
    lapsed = make_organisation("Lapsed", declaration_until=datetime.date(2027, 1, 10))
    CoOrganiser.objects.create(activity=activity, organisation=lapsed, accepted_at=MONDAY)
    text = words(client, activity)
    assert "together with Helping hands" in text
    assert "Asked only" not in text
    assert "Lapsed" not in text


@pytest.mark.usefixtures("clock")
def test_structured_data_cannot_be_ended_by_a_title(client: Client) -> None:
    activity = make_activity("</script><script>alert(1)</script>")
    assert graph(client, activity)[0]["name"] == "</script><script>alert(1)</script>"
    assert b"<script>alert" not in client.get(path(activity)).content


@pytest.mark.usefixtures("clock")
def test_page_names_its_own_address_and_a_raster_picture(client: Client, settings: object) -> None:
    activity = make_activity()
    html = client.get(f"{path(activity)}?from=facebook").content.decode()
    assert f'<link rel="canonical" href="{settings.PUBLIC_ADDRESS}{path(activity)}">' in html
    picture = re.search(r'<meta property="og:image" content="([^"]+)">', html)[1]
    assert picture.startswith(settings.PUBLIC_ADDRESS)
    answer = client.get(picture.removeprefix(settings.PUBLIC_ADDRESS).replace("&amp;", "&"))
    assert answer.headers["Content-Type"] == "image/png"


@pytest.mark.usefixtures("clock")
def test_wagtail_knows_the_address(client: Client) -> None:
    activity = make_activity()
    assert activity.url == path(activity)
    assert activity.host.page.url == f"/organisers/{activity.host.slug}/"


def test_preview_of_a_draft_shows_the_same_page_with_what_is_missing(admin_client: Client) -> None:
    draft = make_draft(
        "Not yet out", rules=[make_rule(first_date=timezone.localdate() + datetime.timedelta(1))]
    )
    response = draft.make_preview_request()
    text = response.content.decode()
    assert response.status_code == 200
    assert "Not yet out" in text
    assert "Tomorrow, 4:30–6 pm" in text
    assert 'data-missing="step-free"' in text
