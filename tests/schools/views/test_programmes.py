"""The programme of a twinning in the workspace: three meetings on one page, and what is due on every desk."""

import dataclasses

import pytest
from django.utils import timezone

from accounts.models import User
from events.actions import occurrences, vocabularies
from events.models import Activity, Occurrence
from organisations.actions import members
from organisations.models import Organisation, Role
from schools import programmes
from schools.models import Programme, ProgrammeTemplate, Twinning
from tests.factories.organisations import make_venue
from tests.factories.people import make_member, make_user
from tests.factories.programmes import in_days, meeting, neutral, planned
from tests.factories.twinnings import Joined, joined, proposed, running, two_joined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


@pytest.fixture(autouse=True)
def types() -> None:
    vocabularies.add_missing()


def own(who: Joined, twinning: Twinning, rest: str = "programme/") -> str:
    return f"/organise/schools/{who.school.pk}/twinnings/{twinning.uuid}/{rest}"


def page(client, user, address: str) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def editor_of(organisation: Organisation) -> User:
    """With the rights in the CMS that come with it."""
    user = make_user()
    members.join(organisation=organisation, user=user, role=Role.EDITOR, by=None)
    return user


def typed(*meetings: dict[str, object], **said: object) -> dict[str, object]:
    """What a form with these meetings sends, with one group of the first school."""
    data = {
        "version": 0,
        "title": "Heron Bank and Larkfield together",
        "summary": "Children of two schools meet and play.",
        "type": "multi-sport",
        "before": "Write letters.",
        "groups-TOTAL_FORMS": 2,
        "groups-INITIAL_FORMS": 2,
        "groups-0-side": "first",
        "groups-0-label": "5B",
        "groups-0-size": 28,
        "groups-0-age_from": 9,
        "groups-0-age_to": 10,
        "groups-1-side": "second",
        "meetings-TOTAL_FORMS": len(meetings),
        "meetings-INITIAL_FORMS": len(meetings),
        **said,
    }
    for number, each in enumerate(meetings):
        data |= {f"meetings-{number}-{name}": value for name, value in each.items()}
    return data


def one_on(days: int, venue, **said: object) -> dict[str, object]:
    day = in_days(days).date().isoformat()
    place = str(venue.uuid)
    facts = {"title": "Meet", "setting": "neutral", "day": day, "start": "10:00", "end": "12:00"}
    return {**facts, "venue": place, **said}


def test_three_meetings_are_planned_on_one_page_from_a_template(client):
    one, other = two_joined()
    twinning = running(one, other)
    assert "Begin with this" in page(client, one.head, own(one, twinning))
    template = ProgrammeTemplate.objects.get(title="Get to know each other")
    text = page(client, one.head, own(one, twinning) + f"?from={template.pk}")
    for each in template.meetings.all():
        assert each.title in text
    sent = client.post(
        own(one, twinning),
        typed(
            one_on(7, neutral()),
            one_on(14, make_venue(one.organisation), setting="first"),
            one_on(21, make_venue(other.organisation), setting="second"),
            {"title": "Celebrate", "setting": "neutral"},
            {"title": "", "setting": "anywhere"},
        ),
    )
    assert (sent.status_code, sent.url) == (302, own(one, twinning))
    assert Programme.objects.get().meetings.count() == 4
    assert Occurrence.objects.count() == 3
    for who in (one, other):
        text = page(client, who.head, own(who, twinning))
        assert text.count("Move or cancel it") == 6  # in the list and in the form
        assert "No date yet" in text
        assert "5B: 28 children, ages 9 to 10" in text


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(client):
    one, other = two_joined()
    twinning = running(one, other)
    client.force_login(one.head)
    late = one_on(7, neutral(), end="09:00")
    half = {"title": "Meet again", "setting": "neutral", "day": in_days(9).date().isoformat()}
    sent = client.post(own(one, twinning), typed(late, half))
    assert sent.status_code == 200
    forms = sent.context["plan"].meetings.forms
    assert [sorted(form.errors) for form in forms] == [[], ["end", "start", "venue"]]
    assert 'value="Meet again"' in sent.content.decode()
    sent = client.post(own(one, twinning), typed(late, {"title": "", "setting": "neutral"}))
    assert [sorted(form.errors) for form in sent.context["plan"].meetings.forms] == [["end"], []]
    text = sent.content.decode()
    assert "The end must be after the start." in text
    assert 'value="10:00"' in text
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"meetings-TOTAL_FORMS": "x"},
        {"meetings-TOTAL_FORMS": 900},
        {"version": ""},
        {"version": 2**70},
        {"groups-0-side": "third"},
        {"groups-0-size": 0},
        {"type": "no-such-type"},
        {"meetings-0-uuid": "nonsense"},
        {"meetings-0-uuid": "00000000-0000-4000-8000-000000000000"},
        {"meetings-0-venue": "00000000-0000-4000-8000-000000000000"},
        {"meetings-0-day": "2026-13-40"},
        {"meetings-0-title": "x" * 900},
        {"title": "\x00"},
        {"groups-0-label": "", "groups-0-size": "", "groups-0-age_from": "", "groups-0-age_to": ""},
    ],
    ids=str,
)
def test_nonsense_is_refused_with_words(client, said):
    one, other = two_joined()
    twinning = running(one, other)
    client.force_login(one.head)
    sent = client.post(own(one, twinning), {**typed(one_on(7, neutral())), **said})
    assert sent.status_code == 200
    assert 'role="alert"' in sent.content.decode()
    assert (Programme.objects.count(), Activity.objects.count()) == (0, 0)


def test_the_second_of_two_who_save_is_told_and_loses_nothing(client):
    one, other = two_joined()
    twinning = running(one, other)
    planned(one, other, meeting(0, 7), twinning=twinning)
    client.force_login(other.head)
    mine = typed({"title": "Mine", "setting": "neutral"})
    sent = client.post(own(other, twinning), mine)
    text = sent.content.decode()
    assert "Somebody else has changed this programme meanwhile." in text
    assert 'value="Mine"' in text
    version = sent.context["plan"].about["version"].value()
    assert client.post(own(other, twinning), {**mine, "version": version}).status_code == 302
    assert list(Programme.objects.get().meetings.values_list("title", flat=True)) == [
        "Mine",
        "Meet for games",
    ]


def test_a_recorder_reads_it_and_a_stranger_does_not(client):
    one, other = two_joined()
    twinning = running(one, other)
    planned(one, other, meeting(0, 7), twinning=twinning)
    recorder = make_member(other.organisation, Role.RECORDER)
    text = page(client, recorder, own(other, twinning))
    assert "Meet for games" in text
    assert "Save the programme" not in text
    assert client.post(own(other, twinning), typed(one_on(9, neutral()))).status_code == 200
    assert Programme.objects.get().version == 1
    third = joined(2)
    for user, who in ((make_user(), one), (third.head, one), (third.head, third)):
        client.force_login(user)
        assert client.get(own(who, twinning)).status_code == 404


def test_before_both_have_said_yes_there_is_no_programme(client):
    one, other = two_joined()
    twinning = proposed(one, other)
    client.force_login(one.head)
    assert client.get(own(one, twinning)).status_code == 404


def test_what_is_due_stands_on_the_desks_of_both(client):
    one, other = (dataclasses.replace(each, head=editor_of(each.organisation)) for each in two_joined())
    twinning = running(one, other)
    desks = [
        (who, address)
        for who in (one, other)
        for address in (
            f"/organise/organisations/{who.organisation.slug}/",
            own(who, twinning, ""),
            "/cms/",
        )
    ]
    for who, address in desks:
        assert "Plan " in page(client, who.head, address)
    planned(one, other, meeting(0, 7), meeting(1), meeting(2, 100), twinning=twinning)
    for who, address in desks:
        text = page(client, who.head, address)
        assert "Meet for games" in text
        assert "No date yet" in text
        assert "Visit Larkfield" not in text
    date = Occurrence.objects.order_by("starts_at").first()
    occurrences.cancel(occurrence=date, reason="The hall is shut.", by=one.head)
    for who, address in desks:
        assert "Cancelled, no new date" in page(client, who.head, address)


def test_a_meeting_that_one_school_moves_stands_moved_on_both_pages(client):
    one, other = two_joined()
    twinning = running(one, other)
    planned(one, other, meeting(0, 7), twinning=twinning)
    date = Occurrence.objects.get()
    client.force_login(other.head)
    there = make_venue(other.organisation, name="Larkfield hall")
    shown = client.get(f"/organise/dates/{date.uuid}/").context["forms"]["move"]
    sent = client.post(
        f"/organise/dates/{date.uuid}/",
        {
            "do": "move",
            "move-seen": shown["seen"].value(),
            "move-day": in_days(9).date().isoformat(),
            "move-start": "13:00",
            "move-end": "15:00",
            "move-venue": str(there.uuid),
            "move-reason": "The coach is free then.",
        },
    )
    assert sent.status_code == 302
    assert timezone.localtime(Occurrence.objects.get().starts_at).hour == 13
    for who in (one, other):
        text = page(client, who.head, own(who, twinning))
        assert "Larkfield hall" in text
        assert '<span class="tag">Moved</span>' in text


def test_desks_ask_as_much_for_three_twinnings_as_for_one(client, django_assert_num_queries):
    one, other = two_joined()
    planned(one, other, meeting(0, 7))
    now = timezone.now()
    with django_assert_num_queries(4):
        assert len(programmes.desks([one.school], now)) == 1
    for number in (2, 3):
        planned(one, joined(number), meeting(0, 7))
    with django_assert_num_queries(4):
        assert len(programmes.desks([one.school], now)) == 3
