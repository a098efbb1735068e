"""The stored entries of an activity's dates: what they say, and their history."""

import datetime
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.utils import timezone
from PIL import ImageColor

from events.actions import occurrences, publishing
from events.feeds import entries, phrases
from events.models import Activity, CalendarEntry, CalendarWords, CoOrganiser, Occurrence
from organisations.actions import verification
from organisations.models import Organisation, State, Thread
from places.clock import LONDON
from tests.events.conftest import NOW
from tests.events.feeds import readers
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.organisations import make_declaration, make_organisation, make_venue
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db

WITHHELD = "No longer listed here: we cannot say whether it is on"
LATER = NOW + datetime.timedelta(hours=5)
Clock = Callable[[datetime.datetime], None]


def of(activity: Activity) -> list[CalendarEntry]:
    return list(CalendarEntry.objects.filter(activity=activity).order_by("starts_at"))


def text_of(entry: CalendarEntry) -> str:
    return f"{entry.text}{entry.words.text}"


def history(activity: Activity) -> list[tuple[int, datetime.datetime]]:
    return [(entry.sequence, entry.changed_at) for entry in of(activity)]


def first(activity: Activity) -> Occurrence:
    return Occurrence.objects.filter(activity=activity).select_related("activity").earliest("starts_at")


def read(entry: CalendarEntry) -> readers.Read:
    [event] = readers.events(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{text_of(entry)}END:VCALENDAR\r\n"
    )
    return event


def publish_again(activity: Activity, **changes: object) -> None:
    for name, value in changes.items():
        setattr(activity, name, value)
    activity.save_revision()
    publishing.publish(activity=Activity.objects.get(pk=activity.pk), by=make_staff())


def test_publishing_writes_one_entry_a_date() -> None:
    activity = make_activity("Football", host=make_organisation("Halifax Juniors", slug="juniors"))
    dates = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    assert [entry.occurrence_id for entry in of(activity)] == [date.pk for date in dates]
    assert len(dates) == 10
    assert history(activity) == [(0, NOW)] * 10


def test_an_entry_says_what_a_parent_asks() -> None:
    host = make_organisation("Halifax Juniors", slug="juniors")
    venue = make_venue(name="Hall", street="1 Hopwood Lane", postcode="HX1 5ER")
    activity = make_activity(
        "Football", host=host, venue=venue, audience="girls", alone="yes", bring="Trainers", slug="football"
    )
    said = read(of(activity)[0])
    assert said.summary == "Football"
    assert said.status == "CONFIRMED"
    assert said.location == "Hall, 1 Hopwood Lane, Halifax, HX1 5ER"
    assert said.url == "http://localhost:8000/organisers/juniors/football/"
    assert said.starts_at == datetime.datetime(2027, 1, 12, 16, 30, tzinfo=LONDON)
    assert said.ends_at == datetime.datetime(2027, 1, 12, 18, tzinfo=LONDON)
    assert said.description.split("\n") == [
        "Play and meet people.",
        "Ages 8–14. For girls.",
        "Free.",
        "Just come.",
        "Children may come without an adult.",
        "Wear or bring: Trainers",
        "Run by Halifax Juniors.",
        "",
        "http://localhost:8000/organisers/juniors/football/",
    ]


def test_an_entry_carries_position_picture_category_and_colour() -> None:
    activity = make_activity()
    text = text_of(of(activity)[0]).replace("\r\n ", "")
    assert "\r\nGEO:53.723600;-1.863100\r\n" in text
    assert "\r\nCATEGORIES:Football\r\n" in text
    assert "\r\nCOLOR:teal\r\n" in text
    cover = f"http://localhost:8000/covers/{activity.uuid}-teal-marigold-football.png"
    assert f"\r\nIMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:{cover}" in text


def test_every_thread_has_a_colour_by_a_name_of_css_3() -> None:
    """RFC 7986, 5.9. Pillow knows these and the one that CSS 4 added."""
    assert phrases.COLOURS.keys() == set(Thread.values)
    assert set(phrases.COLOURS.values()) <= ImageColor.colormap.keys() - {"rebeccapurple"}


def test_the_uid_is_permanent_and_without_the_host() -> None:
    activity = make_activity()
    date = first(activity)
    assert read(of(activity)[0]).uid == f"{date.uuid}@mingle"
    assert "localhost" not in read(of(activity)[0]).uid


def test_saving_without_a_change_writes_nothing(clock: Clock) -> None:
    activity = make_activity()
    texts = [text_of(entry) for entry in of(activity)]
    clock(LATER)
    publish_again(activity)
    assert history(activity) == [(0, NOW)] * 10
    assert [text_of(entry) for entry in of(activity)] == texts


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Football for all"},
        {"summary": "Come and play."},
        {"price": 2},
        {"price_note": "Pay what you can"},
        {"age_to": 15},
        {"audience": "girls"},
        {"joining": "ask"},
        {"alone": "no"},
        {"bring": "Trainers"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_new_words_raise_every_sequence(clock: Clock, change: dict) -> None:
    activity = make_activity()
    uids = [read(entry).uid for entry in of(activity)]
    clock(LATER)
    publish_again(activity, **change)
    assert history(activity) == [(1, LATER)] * 10
    assert [read(entry).sequence for entry in of(activity)] == [1] * 10
    assert [read(entry).uid for entry in of(activity)] == uids
    assert "DTSTAMP:20261123T170000Z\r\nLAST-MODIFIED:20261123T170000Z\r\n" in text_of(of(activity)[0])


def test_words_that_an_entry_does_not_say_change_nothing(clock: Clock) -> None:
    activity = make_activity()
    clock(LATER)
    publish_again(activity, body="<p>Much more about it.</p>", parking="Behind the hall")
    assert history(activity) == [(0, NOW)] * 10


def test_a_new_time_in_the_rule_keeps_uids_and_raises_sequences(clock: Clock) -> None:
    activity = make_activity()
    uids = [read(entry).uid for entry in of(activity)]
    clock(LATER)
    rule = activity.rules.get()
    rule.start, rule.end = datetime.time(17), datetime.time(18, 30)
    activity.rules = [rule]
    publish_again(activity)
    assert [read(entry).uid for entry in of(activity)] == uids
    assert history(activity) == [(1, LATER)] * 10
    assert read(of(activity)[0]).starts_at == datetime.datetime(2027, 1, 12, 17, tzinfo=LONDON)


def test_a_cancelled_date_stays_and_says_so(clock: Clock) -> None:
    activity = make_activity("Football")
    uid = read(of(activity)[0]).uid
    clock(LATER)
    occurrences.cancel(occurrence=first(activity), reason="The hall is flooded", by=make_staff())
    said = read(of(activity)[0])
    assert (said.uid, said.sequence, said.status) == (uid, 1, "CANCELLED")
    assert said.summary == "CANCELLED: Football"
    assert said.description.startswith("This date is cancelled: The hall is flooded\n\n")
    assert "\r\nTRANSP:TRANSPARENT\r\n" in text_of(of(activity)[0])
    assert history(activity) == [(1, LATER)] + [(0, NOW)] * 9


def test_a_reinstated_date_goes_on_counting(clock: Clock) -> None:
    activity = make_activity("Football")
    staff = make_staff()
    occurrences.cancel(occurrence=first(activity), reason="The hall is flooded", by=staff)
    clock(LATER)
    occurrences.reinstate(occurrence=first(activity), by=staff)
    said = read(of(activity)[0])
    assert (said.sequence, said.status, said.summary) == (2, "CONFIRMED", "Football")


def test_a_moved_date_says_from_when(clock: Clock) -> None:
    activity = make_activity("Football")
    clock(LATER)
    occurrences.move(
        occurrence=first(activity),
        starts_at=datetime.datetime(2027, 1, 13, 17, tzinfo=LONDON),
        ends_at=datetime.datetime(2027, 1, 13, 18, 30, tzinfo=LONDON),
        reason="The hall is taken",
        by=make_staff(),
    )
    said = read(of(activity)[0])
    assert (said.summary, said.status, said.sequence) == ("MOVED: Football", "CONFIRMED", 1)
    assert said.description.startswith(
        "Moved. It was to be on Tuesday 12 January 2027 at 4:30 pm.\nThe hall is taken\n\n"
    )


def test_a_date_in_another_place_says_so() -> None:
    activity = make_activity("Football")
    date = first(activity)
    elsewhere = make_venue(name="The Piece Hall")
    occurrences.move(
        occurrence=date, starts_at=date.starts_at, ends_at=date.ends_at, venue=elsewhere, by=make_staff()
    )
    said = read(of(activity)[0])
    assert said.description.startswith("Moved to another place.\n\n")
    assert said.location.startswith("The Piece Hall, ")


def test_a_notice_stands_first() -> None:
    activity = make_activity()
    occurrences.put_notice(occurrence=first(activity), notice="Bring a towel", by=make_staff())
    assert read(of(activity)[0]).description.startswith("Bring a towel\n\nPlay and meet people.")
    assert history(activity)[0][0] == 1


def test_a_date_that_was_held_is_nothing_new() -> None:
    activity = make_activity()
    Occurrence.objects.filter(pk=first(activity).pk).update(state="held")
    entries.write(activity, now=timezone.now())
    assert history(activity) == [(0, NOW)] * 10


def test_a_new_renderer_or_address_renders_anew_and_changes_no_history(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    activity = make_activity()
    before = history(activity)
    clock(LATER)
    monkeypatch.setattr(phrases, "RENDERER", phrases.RENDERER + 1)
    settings.PUBLIC_ADDRESS = "https://new.example"
    entries.write(activity, now=timezone.now())
    assert history(activity) == before
    assert read(of(activity)[0]).url.startswith("https://new.example/organisers/")
    assert {(entry.words.renderer, entry.words.address) for entry in of(activity)} == {
        (phrases.RENDERER, "https://new.example")
    }


def test_co_organisers_stand_beside_the_host() -> None:
    activity = make_activity(host=make_organisation("Halifax Juniors"))
    partner, lapsed = make_organisation("Todmorden School"), make_organisation("Lapsed Club")
    invited = make_organisation("Invited Club")
    Organisation.objects.filter(pk=lapsed.pk).update(declaration_until=datetime.date(2026, 11, 22))
    for organisation in (partner, lapsed):
        CoOrganiser.objects.create(activity=activity, organisation=organisation, accepted_at=NOW)
    CoOrganiser.objects.create(activity=activity, organisation=invited)
    entries.write(activity, now=NOW)
    assert "Run by Halifax Juniors, together with Todmorden School." in read(of(activity)[0]).description


@pytest.mark.parametrize("leave", ["unpublish", "suspend", "close"])
def test_what_is_no_longer_public_says_only_that(clock: Clock, leave: str) -> None:
    activity = make_activity("Football")
    uids = [read(entry).uid for entry in of(activity)]
    clock(LATER)
    if leave == "unpublish":
        publishing.unpublish(activity=activity, by=make_staff())
    else:
        getattr(verification, leave)(organisation=activity.host, reason="A concern", by=make_staff())
    assert [read(entry).uid for entry in of(activity)] == uids
    assert history(activity) == [(1, LATER)] * 10
    assert_names_nothing(of(activity)[0])


def assert_names_nothing(entry: CalendarEntry) -> None:
    said = read(entry)
    assert (said.summary, said.status) == (WITHHELD, "TENTATIVE")
    assert (said.description, said.location, said.url) == ("", "", "")
    names = [line.partition(":")[0].partition(";")[0] for line in text_of(entry).split("\r\n")]
    assert names == [
        *("BEGIN", "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND"),
        *("SUMMARY", "STATUS", "TRANSP", "END", ""),
    ]


def test_a_cancelled_date_that_is_no_longer_listed_is_not_called_cancelled() -> None:
    activity = make_activity()
    staff = make_staff()
    occurrences.cancel(occurrence=first(activity), reason="The hall is flooded", by=staff)
    publishing.unpublish(activity=activity, by=staff)
    assert_names_nothing(of(activity)[0])


def test_what_is_listed_again_counts_on(clock: Clock) -> None:
    activity = make_activity("Football")
    staff = make_staff()
    publishing.unpublish(activity=activity, by=staff)
    clock(LATER)
    publish_again(Activity.objects.get(pk=activity.pk))
    assert history(activity) == [(2, LATER)] * 10
    assert read(of(activity)[0]).summary == "Football"


def lapsing(days: int) -> Activity:
    """An activity whose host's declaration holds so many more days."""
    until = NOW.date() + datetime.timedelta(days=days)
    return make_activity("Football", host=make_organisation(declaration_until=until))


def test_a_lapse_is_a_change_at_the_midnight_after_the_last_day(clock: Clock) -> None:
    activity = lapsing(days=1)
    clock(NOW + datetime.timedelta(days=3))
    entries.write(activity, now=timezone.now())
    assert history(activity) == [(1, datetime.datetime(2026, 11, 25, tzinfo=LONDON))] * 10
    assert_names_nothing(of(activity)[0])


def test_a_renewal_after_a_lapse_that_nobody_wrote_counts_the_lapse(clock: Clock) -> None:
    activity = lapsing(days=1)
    clock(NOW + datetime.timedelta(days=3))
    signed = make_declaration(activity.host, datetime.date(2027, 6, 1))
    verification.renew(organisation=activity.host, declaration=signed, by=make_staff())
    assert history(activity) == [(2, timezone.now())] * 10
    assert read(of(activity)[0]).summary == "Football"


def test_a_renewal_before_the_lapse_changes_nothing(clock: Clock) -> None:
    activity = lapsing(days=1)
    clock(NOW + datetime.timedelta(days=1))
    signed = make_declaration(activity.host, datetime.date(2027, 6, 1))
    verification.renew(organisation=activity.host, declaration=signed, by=make_staff())
    assert history(activity) == [(0, NOW)] * 10
    assert {entry.public_until for entry in of(activity)} == {datetime.date(2027, 6, 1)}


def test_lapse_and_suspension_look_the_same(clock: Clock) -> None:
    lapsed, suspended = lapsing(days=1), make_activity("Football")
    midnight = datetime.datetime(2026, 11, 25, tzinfo=LONDON)
    clock(midnight)
    entries.write(lapsed, now=midnight)
    verification.suspend(organisation=suspended.host, reason="A concern", by=make_staff())

    def without_uid(activity: Activity) -> list[list[str]]:
        return [
            [line for line in text_of(entry).split("\r\n") if not line.startswith("UID:")]
            for entry in of(activity)
        ]

    assert without_uid(lapsed) == without_uid(suspended)


def test_a_draft_has_no_entries() -> None:
    draft = make_draft()
    entries.write(draft, now=NOW)
    assert of(draft) == []


def test_dates_of_more_than_90_days_ago_are_left_alone(clock: Clock) -> None:
    activity = make_activity(rules=[make_rule(times=2)])
    clock(datetime.datetime(2027, 4, 13, 12, tzinfo=LONDON))
    entries.write(activity, now=timezone.now())
    Organisation.objects.filter(pk=activity.host_id).update(state=State.SUSPENDED)
    entries.write(activity, now=timezone.now())
    assert [read(entry).summary for entry in of(activity)] == [activity.title, WITHHELD]


@pytest.mark.parametrize("number", [1, 3])
def test_writing_costs_the_same_queries_for_one_activity_and_for_three(
    django_assert_num_queries: Callable, number: int
) -> None:
    activities = [make_activity(rules=[make_rule(times=2)]) for _ in range(number)]
    CalendarWords.objects.update(renderer=0)
    with django_assert_num_queries(8):
        changed = entries.write_many([activity.pk for activity in activities], now=NOW)
    assert changed == number * 2
