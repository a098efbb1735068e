"""Changing many dates at once from a phone."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import CalendarEntry
from organisations.models import Role
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member


@pytest.fixture
def activity(db):
    """On ten Mondays from 30 November 2026."""
    today = timezone.localdate()
    return make_activity("Street football", rules=[make_rule(first_date=today + datetime.timedelta(days=7))])


@pytest.fixture
def recorder(client, activity):
    client.force_login(make_member(activity.host, Role.RECORDER))
    return client


def page(activity):
    return reverse("organise_activity", args=[activity.uuid])


def drawn(client, activity, do):
    """What the page puts into one of its forms."""
    shown = client.get(page(activity)).context["forms"][do]
    return {f"{do}-{name}": shown[name].value() or "" for name in shown.fields}


def typed(do, first="2026-11-30", last="2026-12-14", **fields):
    return {f"{do}-{name}": value for name, value in {"first": first, "last": last, **fields}.items()}


def send(client, activity, do, **fields):
    """Fill in one form as the page drew it, and send it."""
    sent = {"do": do, **drawn(client, activity, do), **typed(do, **fields)}
    return client.post(page(activity), sent, follow=True)


def undo(client, activity):
    """Press the button, as the page drew it."""
    change = client.get(page(activity)).context["undo"]
    return client.post(page(activity), {"do": "undo", "change": change}, follow=True)


def text(response):
    return response.content.decode()


def stored(activity):
    return list(activity.occurrences.order_by("starts_at").values())


def sequences(activity):
    return list(CalendarEntry.objects.filter(activity=activity).order_by("starts_at").values_list("sequence"))


def test_all_dates_of_a_span_are_cancelled_and_reinstated(recorder, activity):
    assert "3 dates changed." in text(send(recorder, activity, "cancel", own="Half-term."))
    assert activity.occurrences.filter(state="cancelled", reason="Half-term.").count() == 3
    assert "3 dates changed." in text(send(recorder, activity, "reinstate"))
    assert activity.occurrences.filter(state="cancelled").count() == 0


def test_span_until_the_end_of_time_holds_every_date(recorder, activity):
    always = {"first": "0001-01-01", "last": "9999-12-31"}
    assert "10 dates changed." in text(send(recorder, activity, "cancel", own="We stop.", **always))
    nothing = {"first": "9999-12-31", "last": "9999-12-31"}
    assert "There was nothing to change in that time." in text(
        send(recorder, activity, "reinstate", **nothing)
    )


def test_all_dates_of_a_span_meet_at_another_place(recorder, activity):
    library = make_venue(None, name="Central Library")
    before = stored(activity)
    assert "3 dates changed." in text(send(recorder, activity, "move", venue=library.uuid, reason="Repairs"))
    after = stored(activity)
    assert [row["starts_at"] for row in after] == [row["starts_at"] for row in before]
    assert [row["venue_id"] == library.pk for row in after] == [True] * 3 + [False] * 7
    assert [row["reason"] for row in after[:4]] == ["Repairs"] * 3 + [""]


def test_all_dates_of_a_span_begin_at_another_time_where_they_were(recorder, activity):
    usual = activity.venue_id
    send(recorder, activity, "move", start="17:15", end="18:45")
    rows = activity.occurrences.order_by("starts_at")
    times = [timezone.localtime(row.starts_at).strftime("%H:%M") for row in rows]
    assert times == ["17:15"] * 3 + ["16:30"] * 7
    assert {row.venue_id for row in rows} == {usual}


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"reason": "Rain"}, {"start": ["Say a new time, a new place or both."]}),
        ({"start": "17:15"}, {"end": ["Say both times, or none."]}),
        ({"end": "17:15"}, {"start": ["Say both times, or none."]}),
        ({"start": "17:15", "end": "16:00"}, {"end": ["The end must be after the start."]}),
        ({"start": "25:99"}, {"start": ["Enter a valid time."]}),
        ({"last": "2026-11-01", "start": "17:15", "end": "18:00"}, {"last": True}),
        ({"venue": "00000000-0000-0000-0000-000000000000"}, {"venue": True}),
    ],
)
def test_refused_move_of_a_span_stands_beside_its_field_and_is_kept(recorder, activity, fields, errors):
    before = stored(activity)
    form = send(recorder, activity, "move", **fields).context["forms"]["move"]
    assert list(form.errors) == list(errors)
    assert [form.errors[name] for name in errors if errors[name] is not True] == [
        said for said in errors.values() if said is not True
    ]
    assert {name: form[name].value() for name in fields} == fields
    assert stored(activity) == before


def test_line_stands_with_every_date_of_the_span_and_is_taken_away(recorder, activity):
    said = "The lift is out of order."
    content = text(send(recorder, activity, "notice", notice=said))
    assert ("3 dates changed." in content, content.count(f"</svg> {said}")) == (True, 3)
    assert "3 dates changed." in text(send(recorder, activity, "notice", notice=" "))
    assert activity.occurrences.exclude(notice="").count() == 0


def test_second_person_sees_what_the_first_did_before_it_is_changed_again(client, recorder, activity):
    """The page was drawn before the other one's change; what it typed stays, and it sees that change."""
    old = {"do": "move", **drawn(recorder, activity, "move"), **typed("move", start="17:15", end="18:45")}
    send(recorder, activity, "cancel", own="The pitch is under water.", last="2026-12-07")
    before = stored(activity)

    response = recorder.post(page(activity), old)

    content = text(response)
    assert "These dates have changed since you opened this page: 30 November and 7 December." in content
    assert content.count("The pitch is under water.") == 2
    assert 'value="17:15"' in content
    assert stored(activity) == before
    again = response.context["forms"]["move"]
    looked = {f"move-{name}": again[name].value() or "" for name in again.fields}
    assert "1 date changed." in text(recorder.post(page(activity), {"do": "move", **looked}, follow=True))


def test_a_look_that_was_not_told_about_yet_stays_old(recorder, activity):
    """Another field was wrong first: the page that says so has not told of the other one's change."""
    old = {"do": "cancel", **drawn(recorder, activity, "cancel"), **typed("cancel", first="")}
    send(recorder, activity, "notice", notice="Bring a towel.")
    form = recorder.post(page(activity), old).context["forms"]["cancel"]
    assert form["seen"].value() == old["cancel-seen"]


def test_one_press_puts_back_a_whole_span(recorder, activity):
    before = stored(activity)
    content = text(send(recorder, activity, "cancel", own="Half-term."))
    assert "Undo: put back what I changed last" in content

    content = text(undo(recorder, activity))

    assert "3 dates are as they were." in content
    assert "Undo: put back what I changed last" not in content
    assert stored(activity) == before
    assert sequences(activity) == [(2,)] * 3 + [(0,)] * 7


def test_undo_is_refused_in_words_where_somebody_changed_one_since(recorder, activity):
    send(recorder, activity, "cancel", own="Half-term.")
    change = recorder.get(page(activity)).context["undo"]
    send(recorder, activity, "reinstate", first="2026-12-07", last="2026-12-07")
    session = recorder.session
    session["dates_changed"] = [str(activity.uuid), change]
    session.save()
    before = stored(activity)

    content = text(undo(recorder, activity))

    assert "Nothing was put back, because these dates have changed since: 7 December." in content
    assert stored(activity) == before


def test_the_button_of_an_older_page_does_not_undo_a_later_change(recorder, activity):
    send(recorder, activity, "cancel", own="Half-term.")
    older = recorder.get(page(activity)).context["undo"]
    send(recorder, activity, "notice", notice="Bring a towel.", first="2026-12-21", last="2026-12-28")
    before = stored(activity)
    for change in (older, "", "nonsense\x00"):
        response = recorder.post(page(activity), {"do": "undo", "change": change}, follow=True)
        assert "There is nothing to undo any more." in text(response)
    assert stored(activity) == before


def test_undo_is_offered_to_whoever_changed_the_dates_on_that_activitys_page_alone(
    client, recorder, activity
):
    other = make_activity(host=activity.host)
    send(recorder, activity, "cancel", own="Half-term.")
    assert recorder.get(page(other)).context["undo"] == ""
    client.force_login(make_member(activity.host, Role.RECORDER))
    assert client.get(page(activity)).context["undo"] == ""


def test_stranger_cannot_change_or_undo_a_span(client, recorder, activity):
    send(recorder, activity, "cancel", own="Half-term.")
    change = recorder.get(page(activity)).context["undo"]
    client.force_login(make_member(make_organisation("Another club"), Role.OWNER))
    for sent in ({"do": "undo", "change": change}, {"do": "notice", **typed("notice", notice="x")}):
        assert client.post(page(activity), sent).status_code == 404


@pytest.mark.parametrize("number", [1, 60])
def test_page_asks_as_much_for_many_dates_as_for_one(client, db, django_assert_num_queries, number):
    first = timezone.localdate() + datetime.timedelta(days=7)
    activity = make_activity(rules=[make_rule(first_date=first, times=number)])
    client.force_login(make_member(activity.host, Role.RECORDER))
    client.get(page(activity))
    with django_assert_num_queries(8):
        client.get(page(activity))
