"""Changing dates from a phone."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import occurrences
from events.models import CoOrganiser
from organisations.models import Role
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member


@pytest.fixture
def activity(db):
    today = timezone.localdate()
    return make_activity("Street football", rules=[make_rule(first_date=today + datetime.timedelta(days=7))])


@pytest.fixture
def recorder(client, activity):
    client.force_login(make_member(activity.host, Role.RECORDER))
    return client


def first(activity):
    return activity.occurrences.select_related("venue").order_by("starts_at").first()


def send(client, occurrence, do, **fields):
    """Fill in one form of the date's page as the page drew it, and send it."""
    url = reverse("organise_date", args=[occurrence.uuid])
    shown = client.get(url).context["forms"][do]
    drawn = {name: shown[name].value() for name in shown.fields}
    typed = {f"{do}-{name}": value for name, value in {**drawn, **fields}.items() if value is not None}
    return client.post(url, {"do": do, **typed}, follow=True)


def test_dates_stand_by_day_with_their_times_in_words(recorder, activity):
    ((day, dates), *_) = recorder.get(reverse("organise")).context["days"]
    assert (day, [times for _, times in dates]) == ("Mon 30 November", ["4:30–6 pm"])


def test_recorder_cancels_a_date_with_a_reason(recorder, activity):
    occurrence = first(activity)
    response = send(recorder, occurrence, "cancel", own="The pitch is under water.")
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.reason) == ("cancelled", "The pitch is under water.")
    assert "Cancelled. Families see why, and so do their calendars." in response.content.decode()
    assert AuditEntry.objects.filter(action="occurrence.cancelled", subject=occurrence.uuid).count() == 1


def test_cancelling_needs_a_reason_and_says_so(recorder, activity):
    occurrence = first(activity)
    response = send(recorder, occurrence, "cancel")
    occurrence.refresh_from_db()
    assert "Say why, in a few words: families see it." in response.content.decode()
    assert occurrence.state == "scheduled"


def test_reason_that_is_too_long_is_said_once_and_kept(recorder, activity):
    form = send(recorder, first(activity), "cancel", own="x" * 201).context["forms"]["cancel"]
    assert form.errors == {"own": ["Keep it under 200 letters."]}
    assert form["own"].value() == "x" * 201


def test_cancelled_date_is_reinstated(recorder, activity):
    occurrence = first(activity)
    send(recorder, occurrence, "cancel", own="Ill.")
    response = send(recorder, occurrence, "reinstate")
    occurrence.refresh_from_db()
    assert occurrence.state == "scheduled"
    assert "It takes place after all." in response.content.decode()


def test_date_is_moved_to_another_time_and_venue(recorder, activity):
    occurrence = first(activity)
    library = make_venue(None, name="Central Library")
    day = timezone.localdate(occurrence.starts_at)
    send(recorder, occurrence, "move", day=day, start="17:15", end="18:45", venue=library.uuid, reason="")
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.venue) == ("moved", library)
    assert timezone.localtime(occurrence.starts_at).time() == datetime.time(17, 15)


def test_refused_move_keeps_what_was_typed(recorder, activity):
    occurrence = first(activity)
    day = timezone.localdate(occurrence.starts_at)
    response = send(
        recorder,
        occurrence,
        "move",
        day=day,
        start="17:15",
        end="16:00",
        venue=occurrence.venue.uuid,
        reason="Rain",
    )
    content = response.content.decode()
    assert "The end must be after the start." in content
    assert ('value="17:15"' in content, 'value="Rain"' in content) == (True, True)


def test_second_person_is_told_what_the_first_did(recorder, activity):
    occurrence = first(activity)
    url = reverse("organise_date", args=[occurrence.uuid])
    old = recorder.get(url).context["forms"]["cancel"]["seen"].value()
    send(
        recorder,
        occurrence,
        "move",
        day=timezone.localdate(occurrence.starts_at),
        start="12:00",
        end="13:00",
        venue=occurrence.venue.uuid,
        reason="",
    )
    response = recorder.post(url, {"do": "cancel", "cancel-seen": old, "cancel-own": "Ill."})
    occurrence.refresh_from_db()
    assert "Somebody else has just changed this date." in response.content.decode()
    assert occurrence.state == "moved"
    looked = response.context["forms"]["cancel"]["seen"].value()
    recorder.post(url, {"do": "cancel", "cancel-seen": looked, "cancel-own": "Ill."})
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.reason) == ("cancelled", "Ill.")


# Putting back what was just done

LATER = {"start": "17:15", "end": "18:45", "reason": "Rain"}
SENT = {
    "cancel": {"own": "Snow."},
    "move": LATER,
    "notice": {"notice": "Bring a towel."},
}


def stored(activity):
    return list(activity.occurrences.order_by("starts_at").values())


def undo(client, occurrence, change=None):
    """Press the button of the date's page, as the page drew it."""
    url = reverse("organise_date", args=[occurrence.uuid])
    if change is None:
        change = client.get(url).context["undo"]
    return client.post(url, {"do": "undo", "change": change}, follow=True).content.decode()


@pytest.mark.parametrize("do", SENT)
def test_one_press_puts_a_date_back(recorder, activity, do):
    occurrence, before = first(activity), stored(activity)
    page = send(recorder, occurrence, do, **SENT[do]).content.decode()
    assert page.count("Undo: put back what I changed last") == 1
    assert stored(activity) != before

    page = undo(recorder, occurrence)

    assert "1 date is as it was." in page
    assert "Undo: put back what I changed last" not in page
    assert stored(activity) == before
    assert AuditEntry.objects.filter(action="occurrence.put_back", subject=occurrence.uuid).count() == 1


def test_one_press_brings_a_date_back_from_another_venue(recorder, activity):
    occurrence, before = first(activity), stored(activity)
    send(recorder, occurrence, "move", venue=make_venue(None, name="Central Library").uuid)
    assert first(activity).venue.name == "Central Library"
    undo(recorder, occurrence)
    assert stored(activity) == before


def test_one_press_cancels_again_what_was_reinstated(recorder, activity):
    occurrence = first(activity)
    send(recorder, occurrence, "cancel", own="Snow.")
    before = stored(activity)
    send(recorder, occurrence, "reinstate")
    undo(recorder, occurrence)
    assert stored(activity) == before


def test_a_date_that_somebody_changed_since_is_not_put_back_and_that_is_said(recorder, activity):
    occurrence = first(activity)
    send(recorder, occurrence, "move", **LATER)
    other = make_member(activity.host, Role.RECORDER)
    occurrences.cancel(occurrence=first(activity), reason="Snow", by=other)
    before = stored(activity)

    page = undo(recorder, occurrence)

    assert "Nothing was put back, because these dates have changed since: 30 November." in page
    assert stored(activity) == before


def test_what_was_there_already_leaves_nothing_to_undo(recorder, activity):
    assert (
        "There is no line on this date now."
        in send(recorder, first(activity), "notice", notice="").content.decode()
    )
    assert recorder.get(reverse("organise_date", args=[first(activity).uuid])).context["undo"] == ""


def test_undo_is_offered_on_the_page_of_the_date_that_was_changed_alone(client, recorder, activity):
    occurrence = first(activity)
    send(recorder, occurrence, "cancel", own="Snow.")
    change = recorder.get(reverse("organise_date", args=[occurrence.uuid])).context["undo"]
    another = activity.occurrences.order_by("starts_at")[1]
    before = stored(activity)
    for row, sent in ((another, change), (occurrence, "nonsense\x00"), (occurrence, "")):
        assert "There is nothing to undo any more." in undo(recorder, row, sent)
    client.force_login(make_member(activity.host, Role.RECORDER))
    assert "There is nothing to undo any more." in undo(client, occurrence, change)
    assert stored(activity) == before


def clock_times(activity):
    """The start of each coming date, in order."""
    rows = activity.occurrences.filter(withdrawn=False).order_by("starts_at")
    return [timezone.localtime(row.starts_at).strftime("%H:%M") for row in rows]


def test_editor_changes_the_time_of_a_date_and_all_after_it(client, activity):
    client.force_login(make_member(activity.host, Role.EDITOR))
    before = list(activity.occurrences.order_by("starts_at").values_list("uuid", flat=True))
    third = activity.occurrences.select_related("venue").order_by("starts_at")[2]
    response = send(client, third, "from_here", start="17:00", end="18:30")
    day = timezone.localdate(third.starts_at).strftime("%A")
    said = f"This date and those after it are now on {day} from 5 to 6:30 pm, {third.venue}."
    assert said in response.content.decode()
    assert clock_times(activity) == ["16:30"] * 2 + ["17:00"] * 8
    assert list(activity.occurrences.order_by("starts_at").values_list("uuid", flat=True)) == before


def places(activity):
    """Weekday and venue of each coming date, in order."""
    rows = activity.occurrences.filter(withdrawn=False).select_related("venue").order_by("starts_at")
    return [(timezone.localtime(row.starts_at).weekday(), row.venue) for row in rows]


def test_editor_changes_place_and_weekday_of_a_date_and_all_after_it(client, activity):
    client.force_login(make_member(activity.host, Role.EDITOR))
    hall = make_venue(activity.host, name="Savile Hall")
    before = set(activity.occurrences.values_list("uuid", flat=True))
    usual, old = activity.venue, activity.rules.get().first_date.weekday()
    ninth = activity.occurrences.select_related("venue").order_by("starts_at")[8]
    other = (old + 1) % 7
    send(client, ninth, "from_here", weekday=other, venue=hall.uuid)
    assert places(activity) == [(old, usual)] * 8 + [(other, hall)] * 2
    assert set(activity.occurrences.values_list("uuid", flat=True)) == before
    tenth = activity.occurrences.select_related("venue").order_by("starts_at")[9]
    send(client, tenth, "from_here", venue=usual.uuid)
    assert places(activity)[8:] == [(other, hall), (other, usual)]
    assert [rule.venue for rule in activity.rules.order_by("sort_order")] == [None, hall, None]


def test_week_that_was_left_out_stays_left_out_on_the_new_day(client, db):
    first_day = timezone.localdate() + datetime.timedelta(days=14 - timezone.localdate().weekday())
    week = datetime.timedelta(days=7)
    activity = make_activity(rules=[make_rule(first_date=first_day, times=2, left_out=[first_day + week])])
    client.force_login(make_member(activity.host, Role.EDITOR))
    send(client, first(activity), "from_here", weekday=2)
    days = [timezone.localdate(row.starts_at) for row in activity.occurrences.filter(withdrawn=False)]
    wednesday = first_day + datetime.timedelta(days=2)
    assert days == [wednesday, wednesday + 2 * week]


def test_day_on_which_it_meets_already_is_refused(client, db):
    monday = timezone.localdate() + datetime.timedelta(days=14 - timezone.localdate().weekday())
    activity = make_activity(rules=[make_rule(first_date=monday, weekdays=[0, 3])])
    client.force_login(make_member(activity.host, Role.EDITOR))
    content = send(client, first(activity), "from_here", weekday=3).content.decode()
    assert "It meets on that day already." in content
    assert activity.rules.count() == 1


def test_all_after_a_date_that_was_moved_to_later_in_its_week(client, db, clock):
    """Its rule's day is over: what is changed begins today, and it stays where it was moved to."""
    clock(datetime.datetime(2027, 1, 11, 12, tzinfo=datetime.UTC))
    activity = make_activity(rules=[make_rule(times=3)])
    moved = first(activity)
    days = datetime.timedelta(days=3)
    member = make_member(activity.host, Role.EDITOR)
    occurrences.move(
        occurrence=moved, starts_at=moved.starts_at + days, ends_at=moved.ends_at + days, by=member
    )
    clock(datetime.datetime(2027, 1, 14, 12, tzinfo=datetime.UTC))
    client.force_login(member)
    content = send(client, first(activity), "from_here", start="17:00", weekday=0).content.decode()
    assert "This one stays where it was moved to." in content
    rows = activity.occurrences.filter(withdrawn=False).order_by("starts_at")
    assert [f"{row.starts_at:%a %d %H:%M}" for row in rows] == [
        "Fri 15 16:30",
        "Mon 18 17:00",
        "Mon 25 17:00",
    ]


def test_monthly_dates_offer_no_weekday_and_nothing_changed_is_said(client, db):
    day = timezone.localdate() + datetime.timedelta(days=7)
    activity = make_activity(rules=[make_rule(first_date=day, repeat="monthly_date", times=3)])
    client.force_login(make_member(activity.host, Role.EDITOR))
    shown = client.get(reverse("organise_date", args=[first(activity).uuid])).context["forms"]["from_here"]
    assert list(shown.fields) == ["seen", "start", "end", "venue"]
    assert "It was so already." in send(client, first(activity), "from_here").content.decode()
    assert AuditEntry.objects.filter(action="schedule.split").count() == 0


def test_refused_change_of_all_after_stands_beside_its_field(client, activity):
    client.force_login(make_member(activity.host, Role.EDITOR))
    content = send(client, first(activity), "from_here", start="17:15", end="16:00").content.decode()
    assert "The end must be after the start, on the same day." in content
    assert 'value="17:15"' in content
    assert clock_times(activity) == ["16:30"] * 10


def test_recorder_is_not_offered_the_schedule_and_cannot_send_it(recorder, activity):
    url = reverse("organise_date", args=[first(activity).uuid])
    shown = recorder.get(url)
    assert "from_here" not in shown.context["forms"]
    seen = shown.context["forms"]["move"]["seen"].value()
    fields = {"from_here-seen": seen, "from_here-start": "17:00", "from_here-end": "18:00"}
    assert recorder.post(url, {"do": "from_here", **fields}).status_code == 200
    assert clock_times(activity) == ["16:30"] * 10


def test_notice_stands_with_the_date(recorder, activity):
    occurrence = first(activity)
    send(recorder, occurrence, "notice", notice="Bring a towel.")
    for page in (reverse("organise"), reverse("organise_activity", args=[activity.uuid])):
        assert recorder.get(page).content.decode().count("Bring a towel.") == 1
    response = send(recorder, occurrence, "notice", notice=" ")
    assert "There is no line on this date now." in response.content.decode()
    occurrence.refresh_from_db()
    assert occurrence.notice == ""
    assert AuditEntry.objects.filter(action="occurrence.noticed", subject=occurrence.uuid).count() == 2


def test_dates_of_others_are_not_found(client, activity):
    client.force_login(make_member(make_organisation("Another club"), Role.OWNER))
    assert client.get(reverse("organise_date", args=[first(activity).uuid])).status_code == 404
    assert client.get(reverse("organise_activity", args=[activity.uuid])).status_code == 404
    assert activity.title not in client.get(reverse("organise")).content.decode()


def test_co_organiser_that_accepted_sees_the_dates(client, activity):
    partner = make_organisation("A partner")
    client.force_login(make_member(partner, Role.RECORDER))
    invitation = CoOrganiser.objects.create(activity=activity, organisation=partner)
    assert activity.title not in client.get(reverse("organise")).content.decode()
    invitation.accepted_at = timezone.now()
    invitation.save()
    assert activity.title in client.get(reverse("organise")).content.decode()


@pytest.mark.django_db
def test_visitor_is_sent_to_sign_in(client):
    response = client.get(reverse("organise"))
    assert response["Location"] == "/accounts/login/?next=/organise/"


@pytest.mark.django_db
def test_nothing_yet_is_said_in_words(client):
    client.force_login(make_member(make_organisation()))
    assert "No dates in the next weeks" in client.get(reverse("organise")).content.decode()


def test_a_line_that_somebody_else_has_just_put_on_a_date_is_not_written_over(recorder, activity):
    occurrence = first(activity)
    url = reverse("organise_date", args=[occurrence.uuid])
    old = recorder.get(url).context["forms"]["notice"]["seen"].value()
    send(recorder, occurrence, "notice", notice="The lift is out of order.")
    late = {"do": "notice", "notice-seen": old, "notice-notice": "Bring a torch."}
    html = recorder.post(url, late).content.decode()
    assert "Somebody else has just changed this date." in html
    assert ("The lift is out of order." in html, 'value="Bring a torch."' in html) == (True, True)
    occurrence.refresh_from_db()
    assert occurrence.notice == "The lift is out of order."


def test_second_of_two_who_cancel_is_told_that_the_first_has(recorder, activity):
    """The form that was sent is not on the page any more."""
    occurrence = first(activity)
    url = reverse("organise_date", args=[occurrence.uuid])
    old = recorder.get(url).context["forms"]["cancel"]["seen"].value()
    send(recorder, occurrence, "cancel", own="The pitch is under water.")
    html = recorder.post(url, {"do": "cancel", "cancel-seen": old, "cancel-own": "Ill."}).content.decode()
    assert html.count("Somebody else has just changed this date.") == 1
    assert "The pitch is under water." in html
    occurrence.refresh_from_db()
    assert occurrence.reason == "The pitch is under water."


def test_what_can_no_longer_be_done_is_said(recorder, activity):
    """A count day that somebody else has moved, for instance."""
    url = reverse("organise_date", args=[first(activity).uuid])
    html = recorder.post(url, {"do": "count_day"}).content.decode()
    assert "That could not be done, because somebody has changed it meanwhile." in html


def test_second_editor_sees_the_schedule_that_the_first_has_changed(client, activity):
    """From a date that was moved by hand, which does not show it."""
    editor = make_member(activity.host, Role.EDITOR)
    client.force_login(editor)
    moved = first(activity)
    days = datetime.timedelta(days=1)
    occurrences.move(
        occurrence=moved, starts_at=moved.starts_at + days, ends_at=moved.ends_at + days, by=editor
    )
    url = reverse("organise_date", args=[moved.uuid])
    form = client.get(url).context["forms"]["from_here"]
    old = {f"from_here-{name}": form[name].value() for name in form.fields}
    send(client, moved, "from_here", start="17:00", end="18:30")
    late = client.post(url, {"do": "from_here", **old, "from_here-start": "16:00"})
    assert "Somebody else has just changed this date." in late.content.decode()
    assert clock_times(activity) == ["16:30"] + ["17:00"] * 9
