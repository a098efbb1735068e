"""Making prepared texts again, in batches, without touching what they mean."""

import datetime
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from events import nightly, tick
from events.actions import publishing, rendering, vocabularies
from events.feeds import phrases, remembering
from events.models import (
    Activity,
    Aim,
    CalendarEntry,
    CoOrganiser,
    FeedTag,
    Language,
    Listing,
    RenderQueue,
)
from organisations.actions import naming
from organisations.models import AccessFeature, Answer, Generation, VenueAccess
from places.clock import LONDON
from tests.events.conftest import NOW
from tests.events.feeds import readers
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db

ALL = "/activities/calendar.ics"
LATER = NOW + datetime.timedelta(hours=5)
Clock = Callable[[datetime.datetime], None]


def body() -> bytes:
    remembering.memory.clear()
    return Client().get(ALL).content


def histories() -> list[tuple]:
    return list(CalendarEntry.objects.order_by("pk").values_list("sequence", "changed_at", "meaning"))


def make(number: int = 1) -> list[Activity]:
    return [make_activity(f"Football {each}", rules=[make_rule(times=2)]) for each in range(number)]


def test_a_new_name_reaches_entries_and_listing_with_the_queue(clock: Clock) -> None:
    [activity] = make()
    etag = Client().get(ALL).headers["ETag"]
    clock(LATER)
    naming.rename_organisation(organisation=activity.host, name="Halifax Juniors", by=make_staff())
    assert RenderQueue.objects.count() == 1
    assert tick.render_queued(dry_run=True) == 1
    assert tick.render_queued(dry_run=False) == 1
    assert RenderQueue.objects.count() == 0
    answer = Client().get(ALL, headers={"If-None-Match": etag})
    [first, _] = readers.events(answer.content)
    assert "Run by Halifax Juniors." in first.description
    assert first.sequence == 1
    assert "Halifax Juniors" in Listing.objects.get().card
    assert tick.render_queued(dry_run=False) == 0


def test_the_queue_is_drained_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "AT_ONCE", 2)
    RenderQueue.objects.add([activity.pk for activity in make(3)])
    done: list[int] = []
    assert rendering.render_queued(now=LATER, progress=done.append) == 3
    assert done == [2, 3]


def test_what_fails_stays_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    RenderQueue.objects.add([activity.pk for activity in make(1)])

    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr(rendering.listing, "write_many", fail)
    with pytest.raises(RuntimeError):
        rendering.render_queued(now=LATER)
    assert RenderQueue.objects.count() == 1


def test_a_new_renderer_changes_no_history_and_no_feed(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    make(3)
    before, generation = histories(), Generation.objects.current()
    clock(LATER)
    monkeypatch.setattr(phrases, "RENDERER", phrases.RENDERER + 1)
    as_it_went = body()
    out = StringIO()
    call_command("render_feeds", stdout=out)
    assert "3 out of date: done" in out.getvalue()
    assert (histories(), Generation.objects.current()) == (before, generation)
    assert set(CalendarEntry.objects.values_list("words__renderer", flat=True)) == {phrases.RENDERER}
    assert body() == as_it_went
    call_command("render_feeds", stdout=(again := StringIO()))
    assert "0 queued activities and 0 out of date: done" in again.getvalue()


def test_rendering_goes_on_where_it_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    make(3)
    monkeypatch.setattr(phrases, "RENDERER", phrases.RENDERER + 1)
    monkeypatch.setattr(rendering, "AT_ONCE", 1)
    render = rendering.entries.render_anew
    calls: list[object] = []

    def stop_at_the_third(keys: list[int], **options: object) -> int:
        calls.append(keys)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return render(keys, **options)  # ty: ignore

    monkeypatch.setattr(rendering.entries, "render_anew", stop_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        rendering.render_outdated(now=LATER)
    assert len(rendering.outdated(now=LATER)) == 1
    assert rendering.render_outdated(now=LATER) == 1


def test_a_lapse_is_written_as_it_was_read(clock: Clock) -> None:
    make_activity(
        "Football", host=make_organisation(declaration_until=NOW.date()), rules=[make_rule(times=2)]
    )
    clock(datetime.datetime(2026, 11, 24, 2, tzinfo=LONDON))
    as_read = body()
    assert nightly.render_entries(dry_run=True) == 1
    assert nightly.render_entries(dry_run=False) == 1
    assert body() == as_read
    assert [(sequence, changed_at) for sequence, changed_at, _ in histories()] == [
        (1, datetime.datetime(2026, 11, 24, tzinfo=LONDON))
    ] * 2
    assert nightly.render_entries(dry_run=False) == 0


def test_what_is_missing_is_made() -> None:
    [activity] = make()
    CalendarEntry.objects.filter(activity=activity).delete()
    assert rendering.render_outdated(now=timezone.now()) == 1
    assert len(readers.events(body())) == 2


def test_a_partner_that_lapsed_is_no_longer_named(clock: Clock) -> None:
    [activity] = make()
    partner = make_organisation("Todmorden School", declaration_until=NOW.date())
    CoOrganiser.objects.create(activity=activity, organisation=partner, accepted_at=NOW)
    publishing.settle(activity=activity, by=None)
    assert b"Todmorden" in body()
    clock(datetime.datetime(2026, 11, 24, 2, tzinfo=LONDON))
    assert nightly.let_partners_go(dry_run=True) == 1
    nightly.let_partners_go(dry_run=False)
    nightly.render_entries(dry_run=False)
    assert b"Todmorden" not in body()


def test_feeds_that_nobody_asks_for_are_forgotten(clock: Clock) -> None:
    make()
    body()
    clock(NOW + datetime.timedelta(days=60))
    assert nightly.forget_feeds(dry_run=False) == 0
    clock(NOW + datetime.timedelta(days=61))
    assert nightly.forget_feeds(dry_run=True) == 1
    assert nightly.forget_feeds(dry_run=False) == 1
    assert not FeedTag.objects.exists()


def test_a_new_name_in_a_list_is_read_by_the_very_next_request(clock: Clock) -> None:
    """On a page that a worker keeps too, and in the words that may be asked for."""
    vocabularies.add_missing()
    urdu, feature = Language.objects.get(slug="urdu"), AccessFeature.objects.get(slug="step-free")
    aim = Aim.objects.earliest("position")
    venue = make_venue()
    VenueAccess.objects.create(venue=venue, feature=feature, answer=Answer.YES)
    make_activity("Football", venue=venue, rules=[make_rule(times=2)], languages=[urdu], aims=[aim])
    client = Client()

    def asked(query: str) -> str:
        return client.get(f"/activities/?{query}").content.decode()

    for entry, query in ((urdu, "language=urdu"), (feature, "access=step-free"), (aim, f"aim={aim.slug}")):
        before = asked(query)
        assert (entry.name in before, "Quite another name" in before) == (True, False)
        entry.name = "Quite another name"
        entry.save()
        assert RenderQueue.objects.count() == 1
        rendering.render_queued(now=LATER)
        after = asked(query)
        assert "Quite another name" in after
        entry.name = f"No longer {entry.pk}"
        entry.save()
        rendering.render_queued(now=LATER)


def test_a_new_entry_of_a_list_may_be_asked_for_at_once() -> None:
    make()
    client = Client()
    assert "We do not know" in client.get("/activities/?language=elvish").content.decode()
    elvish = Language.objects.create(name="Elvish", slug="elvish", code="qya", position=99)
    assert "We do not know" not in client.get("/activities/?language=elvish").content.decode()
    elvish.delete()
    assert "We do not know" in client.get("/activities/?language=elvish").content.decode()


def test_an_entry_that_goes_leaves_the_listings(clock: Clock) -> None:
    vocabularies.add_missing()
    urdu = Language.objects.get(slug="urdu")
    make_activity("Football", rules=[make_rule(times=2)], languages=[urdu])
    assert Listing.objects.get().languages == ["urdu"]
    urdu.delete()
    rendering.render_queued(now=LATER)
    assert Listing.objects.get().languages == []
