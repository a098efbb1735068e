"""No public address or feed shows anything of an organisation that is suspended or whose declaration lapsed.

Every address of the site is walked: a new one has to be given here what it is asked for, or said to be
nobody's but organisers'. Before, the walk must find the organisation; the same walk afterwards must not.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from events import index
from events.actions import confirming
from events.feeds import remembering, soonest, words_store
from events.models import Activity, AnswerCode, CoOrganiser, Occurrence
from organisations import page_cache, tick
from organisations.actions import verification
from organisations.models import Organisation
from schools.models import Twinning, TwinningState
from tests.events.conftest import NOW
from tests.events.conftest import clock as clock  # the fixture: time stands still
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_declaration, make_organisation, make_place, make_venue
from tests.factories.people import make_member, make_officer
from tests.factories.registers import make_school

pytestmark = [pytest.mark.django_db, pytest.mark.floor]

MARKERS = (
    "Zanzibar Juniors",
    "Quokka ball",
    "Wombats welcome",
    "Xylophone Hall",
    "01632 960777",
    "quokka@zanzibar.example",
    "Nurse Numbat",
)
LAST_DAY = datetime.date(2026, 12, 1)
PAIR = "00000000-0000-4000-8000-000000000001"

INSIDE = {
    *("organise", "organise_date", "organise_activity", "organise_together", "organise_organisation"),
    *("invitation", "members", "member", "apply", "apply_sign", "apply_step"),
    *("declaration", "declaration_sign", "declaration_step"),
    *("organise_date_mixing", "organise_activity_mixing", "organise_mixing"),
    *("register_sheet", "register_sheet_csv", "register_sheet_xlsx"),
    *("register_export_csv", "register_export_xlsx"),
    *("organise_poster", "organise_copy", "import", "import_template_csv", "import_template_xlsx"),
    *("asking", "asking_poster", "asking_slips", "type_slips"),
    *("register", "register_batches", "register_corrections", "registers_ready", "registers_token"),
    *("import_timetable", "import_line", "import_choose", "import_make"),
    *("twin_candidates", "twin_points", "twinnings", "twinning", "twinning_propose", "twinning_letter"),
    "twinning_programme",
}
"""For people who sign in, or were asked by mail."""

WAGTAILS = {
    *("wagtaildocs_serve", "wagtaildocs_authenticate_with_password"),
    *("wagtailcore_authenticate_with_password", "wagtailcore_login", "wagtail_serve"),
}
OF_NOBODY = {
    *("cover", "raster_cover", "rendition", "healthz", "readyz", "our_list_code", "robots"),
    *("registers_in_phone", "registers_worker"),
}
"""They are computed from the address, or a file whose name nobody is told; none reads an organisation."""

PICTURES = {"activity_card", "organisation_card"}
"""Words in a picture cannot be searched: it must not be there at all."""


@dataclass(frozen=True, slots=True)
class World:
    gone: Organisation
    activity: Activity
    occurrence: Occurrence
    stays: Organisation
    together: Activity


@pytest.fixture
def world() -> World:
    """An organisation full of markers, which also helps another to run something."""
    make_school()  # the register's own entry is nobody's secret
    gone = make_organisation(MARKERS[0], slug="gone", declaration_until=LAST_DAY, kind="school", urn=900_001)
    gone.page.phone, gone.page.email = MARKERS[4], MARKERS[5]
    gone.page.save_revision().publish()
    make_declaration(gone, LAST_DAY, first_aid=MARKERS[6])
    activity = make_activity(
        MARKERS[1],
        host=gone,
        slug="activity",
        summary=MARKERS[2],
        venue=make_venue(gone, name=MARKERS[3]),
        rules=[make_rule(first_date=datetime.date(2026, 12, 8), times=12)],
    )
    make_school(900_002, "Stays")
    stays = make_organisation("Stays", slug="stays", kind="school", urn=900_002)
    now = timezone.now()
    Twinning.objects.create(
        uuid=PAIR,
        first_id=900_001,
        second_id=900_002,
        year=2026,
        state=TwinningState.AGREED,
        since=now,
        first_accepted_at=now,
        second_accepted_at=now,
        first_contact=MARKERS[4],
    )
    together = make_activity("Together", host=stays, slug="together")
    CoOrganiser.objects.create(activity=together, organisation=gone, accepted_at=timezone.now())
    AnswerCode.objects.create(activity=activity, code="23456789")
    occurrence = Occurrence.objects.filter(activity=activity).earliest("starts_at")
    return World(gone, activity, occurrence, stays, together)


def asked(world: World) -> dict[str, list[str]]:
    """What each public address is asked for, by its name."""
    by_slug = [{"slug": world.gone.slug}, {"slug": world.stays.slug}]
    pages = [
        {"organiser": world.gone.slug, "slug": world.activity.slug},
        {"organiser": world.stays.slug, "slug": world.together.slug},
    ]
    dates = "from=2026-12-01&to=2027-12-31"
    browse = [
        "",
        f"?{dates}",
        "?view=calendar&month=2026-12",
        f"?view=map&{dates}",
        "?q=quokka",
        "?q=zanzibar",
        "?q=xylophone",
        f"?organiser={world.gone.slug}",
        f"?pick={world.activity.uuid}",
        "?near=HX1&radius=5",
    ]
    both = [{"id": world.activity.uuid}, {"id": world.together.uuid}]
    code = AnswerCode.objects.get(activity=world.activity).code
    full = f"http://localhost:8000{reverse('activity', kwargs=pages[0])}"
    return {
        "home": ["/"],
        "place": [reverse("place", args=[world.gone.place.slug])],
        "place_card": [],
        "site_card": [],
        "search_card": [],
        "type_card": [],
        "browse": [reverse("browse") + query for query in browse],
        "calendar": [reverse("calendar") + query for query in browse if "view" not in query],
        "map_points": [reverse("map_points"), f"{reverse('map_points')}?{dates}"],
        "map_ground": [],
        "embed": [reverse("embed"), f"{reverse('embed')}?organiser={world.gone.slug}"],
        "embed_colours": [reverse("embed_colours")],
        "answer": [f"/r/{code}"],
        "answer_kiosk": [f"/r/{code}/kiosk"],
        "confirm": [f"/confirm/{confirming.token(world.activity, datetime.date(2026, 8, 1))}/"],
        "concern": [f"/concern/?about={world.gone.slug}", f"/concern/?about={world.activity.uuid}"],
        "embed_make": [f"{reverse('embed_make')}?organiser={world.gone.slug}"],
        "oembed": [f"{reverse('oembed')}?url={full}"],
        "activity": [reverse("activity", kwargs=each) for each in pages],
        "activity_calendar": [reverse("activity_calendar", kwargs=each) for each in both],
        "activity_card": [reverse("activity_card", args=[world.activity.uuid])],
        "occurrence_calendar": [reverse("occurrence_calendar", args=[world.occurrence.uuid])],
        "organisers": [reverse("organisers"), f"{reverse('organisers')}?q=zanzibar"],
        "organisation": [reverse("organisation", kwargs=each) for each in by_slug],
        "organisation_calendar": [reverse("organisation_calendar", kwargs=each) for each in by_slug],
        "organisation_card": [reverse("organisation_card", args=[world.gone.slug])],
        "schools": ["/schools/", "/schools/?q=heron"],
        "school": ["/schools/900001/", "/schools/900002/"],
        "pair": [f"/schools/twinnings/{PAIR}/"],
        "pair_calendar": [f"/schools/twinnings/{PAIR}/calendar.ics"],
        "school_calendar": ["/schools/900001/calendar.ics"],
        "join": ["/join/", "/join/?code=7K2M-9QXD-4TBH-R0WC"],
        "sitemap": [reverse("sitemap")],
        "sitemap_part": [reverse("sitemap_part", args=[1])],
        "information": ["/for-organisers/", "/no-such-page/"],
    }


def names(patterns: list[URLPattern | URLResolver], above: str = "") -> Iterator[str]:
    for pattern in patterns:
        path = above + str(pattern.pattern)
        if path.startswith(("cms/", "accounts/")):
            continue
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, path)
        else:
            yield str(pattern.name)


def forget() -> None:
    """As a worker that has just started; what others keep is asked by generation."""
    page_cache.pages.clear()
    index.forget()
    remembering.memory.clear()
    words_store.store.clear()
    soonest.keeper.clear()


def walk(world: World) -> tuple[dict[str, set[str]], int]:
    """The markers seen at each address, and how many were asked."""
    seen: dict[str, set[str]] = {}
    number = 0
    for name, addresses in asked(world).items():
        for address in addresses:
            response = Client().get(address)
            assert response.status_code < 500, address
            number += 1
            content = b"".join(response) if response.streaming else response.content
            text = content.decode("latin-1" if name in PICTURES else "utf-8").replace("\r\n ", "")
            found = {marker for marker in MARKERS if marker in text}
            if name in PICTURES and response.status_code == 200:
                found.add("a picture")
            if found:
                seen[address] = found
    return seen, number


def test_every_address_of_the_site_is_walked_or_said_not_to_be_public(world: World) -> None:
    known = set(asked(world)) | INSIDE | WAGTAILS | OF_NOBODY
    assert sorted(set(names(get_resolver().url_patterns)) ^ known) == []


def suspend(world: World, clock) -> None:
    by = make_officer(make_place())
    verification.suspend(organisation=world.gone, reason="A concern", by=by)


def lapse(world: World, clock) -> None:
    """At midnight, before anything has run."""
    clock(datetime.datetime(2026, 12, 2, 0, 0, 1, tzinfo=datetime.UTC))


def lapse_and_be_written(world: World, clock) -> None:
    lapse(world, clock)
    assert tick.let_declarations_lapse(dry_run=False) == 1


@pytest.mark.parametrize("worker", ["one that has just started", "one that has all of it in memory"])
@pytest.mark.parametrize("leave", [suspend, lapse, lapse_and_be_written])
def test_nothing_of_it_is_seen_anywhere(world: World, clock, leave, worker: str, capsys) -> None:
    before, number = walk(world)
    assert set().union(*before.values()) >= set(MARKERS)
    assert len(before) >= 20

    leave(world, clock)
    if worker == "one that has just started":
        forget()

    after, again = walk(world)
    with capsys.disabled():
        print(f"\n{leave.__name__}: {again} addresses, markers at {len(before)} before, {len(after)} after")
    assert (after, again) == ({}, number)


def test_it_is_all_there_again_when_it_is_renewed(world: World, clock) -> None:
    before, _number = walk(world)
    lapse_and_be_written(world, clock)
    owner = make_member(world.gone)
    signed = make_declaration(world.gone, datetime.date(2027, 6, 1), first_aid=MARKERS[6])
    verification.renew(organisation=world.gone, declaration=signed, by=owner)
    after, _number = walk(world)
    assert {address: after.get(address, set()) & found for address, found in before.items()} == before


def test_the_clock_of_this_file_stands_before_the_last_day() -> None:
    assert NOW.date() < LAST_DAY
