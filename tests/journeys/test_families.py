"""The four for whom all this is made, each from the first tick to the calendar, with script and without."""

import calendar
import datetime
import io
import re
import urllib.request
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from icalendar import Calendar, Event
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, expect

from events.actions import occurrences, vocabularies
from events.models import Activity, Language, Occurrence
from events.query import SCHOOL_YEAR_BEGINS
from images.models import PeopleConsent, Picture
from organisations.models import AccessFeature, Answer, Organisation, Venue, VenueAccess
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_staff
from tests.journeys.phones import ANDROID, Phone, keep

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "without-script"]),
]

HALIFAX, HEBDEN, ELLAND = (53.7236, -1.8631), (53.7420, -2.0130), (53.6850, -1.8390)


def take_phone(chromium: Browser, url: str, *, scripted: bool) -> Phone:
    """A small Android phone that is some years old."""
    phone = Phone(
        chromium,
        url,
        viewport={"width": 360, "height": 740},
        user_agent=ANDROID,
        has_touch=True,
        java_script_enabled=scripted,
        reduced_motion="reduce",
        timezone_id="Europe/London",
    )
    phone.context.set_default_timeout(30_000)
    return phone


def next_day(weekday: int) -> datetime.date:
    """The first such day from the day after tomorrow on."""
    soon = timezone.localdate() + datetime.timedelta(days=2)
    return soon + datetime.timedelta(days=(weekday - soon.weekday()) % 7)


def make_weekly(
    title: str, weekday: int, *, hours: tuple[int, int] = (10, 12), languages: Iterable[str] = (), **fields
) -> Activity:
    """Ten times on that day of the week."""
    start, end = map(datetime.time, hours)
    rule = make_rule(first_date=next_day(weekday), start=start, end=end)
    spoken = list(Language.objects.filter(slug__in=languages))
    return make_activity(title, rules=[rule], languages=spoken, **fields)


def make_host(name: str) -> Organisation:
    """One that says how to reach it."""
    host = make_organisation(name)
    host.page.phone, host.page.email = "01632 960121", "hello@club.example"
    host.page.save_revision().publish()
    return host


def tick(page: Page, within: str, *labels: str) -> None:
    """Boxes of one filter, or of one part of the filters."""
    for label in labels:
        group = page.get_by_role("group", name=within, exact=True)
        region = page.get_by_role("region", name=within, exact=True)
        group.or_(region).get_by_role("checkbox", name=re.compile(f"^{label}\\b")).check()


def open_filters(page: Page, *folded: str) -> None:
    for name in ("Filters", *folded):
        page.locator("summary", has_text=name).click()


def show(page: Page) -> None:
    """The button at the foot of the filters."""
    page.locator("[data-shows]").click()
    expect(page.locator(".browse__groups")).not_to_be_visible()


def wait_for_question(page: Page, asked: str) -> None:
    """In the address, where its parts may stand in any order."""
    page.wait_for_url(lambda url: sorted(parse_qsl(urlsplit(url).query)) == sorted(parse_qsl(asked)))


def cards(page: Page) -> Locator:
    return page.locator(".card__title")


def answer(page: Page, question: str) -> Locator:
    """What the page of an activity says to a question."""
    asked = page.locator("dt").get_by_text(question, exact=True)
    return page.locator(".answers > div", has=asked).locator("dd")


def text_at(address: str) -> str:
    with urllib.request.urlopen(address) as given:  # noqa: S310 (the site under test)
        return given.read().decode()


def read(feed: str) -> dict[str, Event]:
    """Its entries by UID, as a calendar app reads them."""
    return {str(entry["UID"]): entry for entry in Calendar.from_ical(feed).walk("VEVENT")}


def written(feed: str) -> dict[str, str]:
    """The same to the letter."""
    texts = re.findall("BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", feed, re.DOTALL)
    return {re.search("UID:(.*)\r\n", text)[1]: text for text in texts}


def titles(feed: str) -> set[str]:
    return {str(entry["SUMMARY"]) for entry in read(feed).values()}


def test_mother_keeps_three_and_her_calendar_hears_that_one_is_off(
    live_site, chromium: Browser, scripted: bool
) -> None:
    vocabularies.add_missing()
    host = make_host("Threads")
    suits = {"host": host, "languages": ["urdu", "english"], "age_from": 5, "age_to": 14}
    kites = make_weekly("Kites and flags", calendar.SATURDAY, **suits)
    bread = make_weekly("Bread for everybody", calendar.SATURDAY, hours=(14, 16), **suits)
    songs = make_weekly("Songs of many lands", calendar.SUNDAY, **{**suits, "age_to": 9})
    make_weekly("Chess in the park", calendar.SUNDAY, hours=(14, 16), **suits)
    make_weekly("English alone", calendar.SATURDAY, **{**suits, "languages": ["english"]})
    make_weekly("With a price", calendar.SATURDAY, **suits, price=3)
    make_weekly("In the week", calendar.WEDNESDAY, **suits)
    make_weekly("For grown-ups", calendar.SATURDAY, **{**suits, "age_from": 16, "age_to": 99})
    phone = take_phone(chromium, live_site.url, scripted=scripted)
    page = phone.page

    # Two children, a language, no money, the weekend.
    page.goto("/activities/")
    open_filters(page, "Languages spoken")
    tick(page, "Ages", "7", "12")
    tick(page, "Days", "Saturday", "Sunday")
    tick(page, "What you need", "Free")
    tick(page, "Languages spoken", "Urdu")
    show(page)
    wait_for_question(page, "age=7&age=12&day=sat&day=sun&free=1&language=urdu")
    found = ["Kites and flags", "Bread for everybody", "Songs of many lands", "Chess in the park"]
    expect(cards(page)).to_have_count(4)
    assert sorted(cards(page).all_inner_texts()) == sorted(found)
    expect(page.locator(".card", has_text="Songs of many lands")).to_contain_text("Suits age 7")
    expect(page.locator(".card", has_text="Kites and flags")).to_contain_text("Suits ages 7 and 12")

    # Three of them are kept; keeping is made of script, the list is not.
    kept = [kites, bread, songs]
    if scripted:
        for activity in kept:
            keep(page, activity.title).tap()
        page.get_by_role("link", name=re.compile(r"^Our list\W*3$")).tap()
    else:
        page.goto("/activities/?" + "&".join(f"pick={activity.uuid}" for activity in kept))
    expect(page.get_by_role("heading", level=1)).to_have_text("Our list: 3 activities")

    # One calendar for all of it.
    address = page.locator(".calendar .address").text_content()
    before = text_at(address)
    dates = list(Occurrence.objects.filter(activity__in=kept).select_related("activity"))
    assert len(dates) == 30
    assert sorted((str(entry["SUMMARY"]), entry["DTSTART"].dt) for entry in read(before).values()) == sorted(
        (date.activity.title, date.starts_at) for date in dates
    )
    assert {entry["STATUS"] for entry in read(before).values()} == {"CONFIRMED"}

    # Next morning one date is off.
    off = min((date for date in dates if date.activity == kites), key=lambda date: date.starts_at)
    occurrences.cancel(occurrence=off, reason="The hall has no heating.", by=make_staff())
    after, uid = text_at(address), f"{off.uuid}@mingle"
    was, entry = read(before)[uid], read(after)[uid]
    assert (entry["STATUS"], entry["SUMMARY"]) == ("CANCELLED", "CANCELLED: Kites and flags")
    assert entry["SEQUENCE"] > was["SEQUENCE"]
    assert "The hall has no heating." in entry["DESCRIPTION"]
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (was["DTSTART"].dt, was["DTEND"].dt)
    assert {**written(before), uid: ""} == {**written(after), uid: ""}

    # Our list says so too, and the page of the activity where it says when.
    page.reload()
    said = re.compile(r"Cancelled: .*10 am–noon\W+The hall has no heating\.")
    item = page.locator(".picked__one", has_text="Kites and flags")
    expect(item.locator(".card__notice")).to_have_text(said)
    expect(page.locator(".picked .card__notice")).to_have_count(1)
    page.get_by_role("link", name="Kites and flags", exact=True).click()
    expect(page.locator(".activity__head .card__notice")).to_have_text(said)
    expect(page.locator(".dates__one--off")).to_contain_text("The hall has no heating.")
    assert phone.is_clean()


def test_girl_of_15_finds_football_that_she_can_go_to_alone_by_bus(
    live_site, chromium: Browser, scripted: bool
) -> None:
    hall = make_venue(name="Savile Park", street="Skircoat Moor Road", postcode="HX1 2BQ")
    football = {
        "host": make_host("Savile Park Juniors"),
        "audience": "girls",
        "alone": "yes",
        "age_from": 13,
        "age_to": 17,
        "hours": (16, 17),
        "venue": hall,
    }
    hers = make_weekly(
        "Girls’ football",
        calendar.TUESDAY,
        **football,
        bus="Bus 577 from the bus station to Savile Park, every 20 minutes; the last one back is at 9 pm.",
        welcome="Nadia waits at the gate in an orange jacket from ten to four.",
    )
    make_weekly("With an adult", calendar.TUESDAY, **{**football, "alone": "no"})
    make_weekly("Nobody said who may come", calendar.TUESDAY, **{**football, "alone": ""})
    make_weekly("Boys’ football", calendar.TUESDAY, **{**football, "audience": "boys"})
    make_weekly("Late football", calendar.TUESDAY, **{**football, "hours": (19, 20)})
    make_weekly("Weekend football", calendar.SATURDAY, **football)
    make_weekly("Little football", calendar.TUESDAY, **{**football, "age_from": 8, "age_to": 12})
    make_weekly("Girls’ choir", calendar.TUESDAY, **football, type="music")
    phone = take_phone(chromium, live_site.url, scripted=scripted)
    page = phone.page

    page.goto("/activities/")
    open_filters(page, "Kinds of activity")
    tick(page, "Ages", "15")
    tick(page, "Made for", "Girls")
    tick(page, "Who for", "A child can come alone")
    tick(page, "Time of day", "After school")
    tick(page, "Kinds of activity", "Football")
    show(page)
    expect(cards(page)).to_have_text(["Girls’ football"])
    cards(page).get_by_role("link").click()

    # What she wants to know.
    expect(page.get_by_role("heading", level=1)).to_have_text("Girls’ football")
    expect(answer(page, "By bus")).to_have_text(hers.bus)
    expect(answer(page, "May a child come alone?")).to_have_text("Yes, without an adult")
    expect(answer(page, "Who meets you")).to_have_text(hers.welcome)
    expect(answer(page, "Who can come")).to_have_text("For girls")

    # The next date, as an Android phone takes it.
    page.get_by_role("link", name="Add to my calendar", exact=True).click()
    added = page.get_by_role("link", name="Add the next date to Google Calendar")
    expect(added).to_be_visible()
    to = urlsplit(added.get_attribute("href"))
    said = dict(parse_qsl(to.query))
    first = Occurrence.objects.filter(activity=hers).earliest("starts_at")
    assert (to.scheme, to.netloc, to.path) == ("https", "calendar.google.com", "/calendar/render")
    assert (said["action"], said["text"]) == ("TEMPLATE", "Girls’ football")
    assert said["dates"] == f"{first.starts_at:%Y%m%dT%H%M%SZ}/{first.ends_at:%Y%m%dT%H%M%SZ}"
    assert timezone.localtime(first.starts_at).time() == datetime.time(16)
    assert said["location"] == "Savile Park, Skircoat Moor Road, Halifax, HX1 2BQ"
    assert f"{live_site.url}/organisers/{hers.host.slug}/{hers.slug}/" in said["details"]
    assert phone.is_clean()


def say_step_free(venue: Venue, said: Answer, **more: object) -> None:
    feature = AccessFeature.objects.get(slug="step-free")
    VenueAccess.objects.create(venue=venue, feature=feature, answer=said, **more)


def picture_of_the_door() -> Picture:
    """A door with a ramp, upright, as a phone takes it."""
    image = Image.new("RGB", (1200, 1600), "#d8c7a8")
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((420, 400, 780, 1200), fill="#c7381f")
    drawing.polygon(((0, 1600), (420, 1200), (780, 1200), (1200, 1600)), fill="#777777")
    out = io.BytesIO()
    image.save(out, "JPEG")
    return Picture.objects.create(
        title="The door",
        description="A red door at street level with a ramp before it",
        file=ContentFile(out.getvalue(), "door.jpg"),
        people_consent=PeopleConsent.NO_PEOPLE,
    )


def test_wheelchair_user_sees_where_the_way_is_step_free_and_whom_to_ask(
    live_site, chromium: Browser, scripted: bool
) -> None:
    vocabularies.add_missing()
    host = make_host("Slow Lane")
    hall = make_venue(name="Square Chapel", latitude=HALIFAX[0], longitude=HALIFAX[1])
    mill = make_venue(name="The Mill", latitude=HEBDEN[0], longitude=HEBDEN[1])
    attic = make_venue(name="The Attic", latitude=ELLAND[0], longitude=ELLAND[1])
    shed = make_venue(name="The Shed", latitude=ELLAND[0], longitude=HEBDEN[1])
    checked = datetime.date(2026, 9, 14)
    say_step_free(hall, Answer.YES, note="Ramp at the side door, 90 cm wide", checked_on=checked)
    say_step_free(mill, Answer.YES)
    say_step_free(attic, Answer.NO)
    make_weekly(
        "Wheelchair basketball",
        calendar.MONDAY,
        host=host,
        venue=hall,
        entrance_picture=picture_of_the_door(),
        step_free_way="From Square Road through the yard: flat all the way, the bell is at seat height.",
    )
    make_weekly("Weaving", calendar.TUESDAY, host=host, venue=mill)
    make_weekly("Drums", calendar.WEDNESDAY, host=host, venue=attic)
    make_weekly("Bikes", calendar.THURSDAY, host=host, venue=shed)
    make_weekly("Gardening", calendar.FRIDAY, host=host, venue=shed)
    phone = take_phone(chromium, live_site.url, scripted=scripted)
    page = phone.page

    page.goto("/activities/")
    open_filters(page, "Access")
    tick(page, "Access", "Step-free way in")
    show(page)
    wait_for_question(page, "access=step-free")
    expect(page.locator("#shown")).to_have_text("2 activities")
    assert set(cards(page).all_inner_texts()) == {"Wheelchair basketball", "Weaving"}
    found = page.url

    # The map has the same.
    page.locator("#view-map").click()
    expect(page.locator("#shown")).to_have_text("2 activities")
    mark = "button" if scripted else "link"
    for title in ("Wheelchair basketball", "Weaving"):
        marked = page.locator(".map").get_by_role(mark, name=re.compile(f"^{title}, "))
        expect(marked).to_be_visible()

    # Those of which nobody has said it stand apart, with whom to ask.
    page.goto(found)
    unknown = page.locator(".browse__ask", has_text="nobody has told us")
    expect(unknown).to_contain_text("Of 2 more activities nobody has told us yet: Step-free way in.")
    unknown.get_by_role("link", name="See them and ask").click()
    expect(page.locator(".notice", has_text="We do not know about this")).to_be_visible()
    expect(page.locator("#shown")).to_have_text("2 activities")
    assert set(cards(page).all_inner_texts()) == {"Bikes", "Gardening"}
    page.get_by_role("link", name="Bikes", exact=True).click()
    access = page.locator("section[aria-labelledby=access]")
    expect(access).to_contain_text(re.compile(r"Not known, so ask:\s+Step-free way in"))
    access.get_by_role("link", name="How to reach them").click()
    expect(page.locator("#who")).to_be_in_viewport()
    for way in ("tel:01632960121", "mailto:hello@club.example"):
        expect(page.locator(f"section[aria-labelledby=who] a[href='{way}']")).to_be_visible()

    # Where it is known: what, since when, the way and the door.
    page.goto(found)
    page.get_by_role("link", name="Wheelchair basketball", exact=True).click()
    yes = page.locator(".access:not(.access--no) > li")
    expect(yes).to_have_text(
        re.compile(
            r"Yes:\s+Step-free way in: Ramp at the side door, 90 cm wide\s+\(checked on 14 September 2026\)"
        )
    )
    expect(answer(page, "Step-free way")).to_contain_text("flat all the way")
    door = page.get_by_role("img", name="A red door at street level with a ramp before it")
    door.scroll_into_view_if_needed()
    expect(door).to_be_visible()
    sent = phone.context.request.get(door.get_attribute("src"))
    with Image.open(io.BytesIO(sent.body())) as picture:
        width, height = picture.size
        assert sent.headers["content-type"] == Image.MIME[picture.format]
    assert (door.get_attribute("width"), door.get_attribute("height")) == (str(width), str(height))
    assert phone.is_clean()


def test_family_that_subscribed_a_year_ago_is_told_what_is_on_for_13(
    live_site, chromium: Browser, scripted: bool
) -> None:
    today = timezone.localdate()
    year = today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1
    subscribed = f"{live_site.url}/activities/calendar.ics?age=12&asof={year - 1}-09"
    make_weekly("Left behind", calendar.SATURDAY, age_from=8, age_to=12)
    make_weekly("All along", calendar.SATURDAY, age_from=10, age_to=14)
    make_weekly("Come of age", calendar.SUNDAY, age_from=13, age_to=16)

    # What the calendar app reads at the old address, and at that of a family with a child who is 12 now.
    feed = text_at(subscribed)
    about = Calendar.from_ical(feed)
    assert (str(about["NAME"]), str(about["X-WR-CALNAME"])) == ("Things to do for 13-year-olds",) * 2
    assert titles(feed) == {"All along", "Come of age"}
    assert titles(text_at(f"{live_site.url}/activities/calendar.ics?age=12")) == {"Left behind", "All along"}

    # The page to which the calendar leads back.
    phone = take_phone(chromium, live_site.url, scripted=scripted)
    page = phone.page
    page.goto(str(about["URL"]))
    expect(cards(page)).to_have_count(2)  # which of them comes first hangs on today
    assert set(cards(page).all_text_contents()) == {"All along", "Come of age"}
    expect(page.locator(".browse__asked a")).to_have_text(re.compile("Age 13"))
    open_filters(page)
    expect(page.locator("input[name=age]:checked")).to_have_count(1)
    expect(page.locator("input[name=age][value='13']")).to_be_checked()
    tick(page, "Days", "Sunday")
    show(page)
    wait_for_question(page, "age=13&day=sun")
    expect(cards(page)).to_have_text(["Come of age"])

    # What is subscribed to from here goes on growing.
    expect(page.locator(".calendar__note")).to_have_text(
        f"A subscription grows with your child: from 1 September {year + 1} it is for age 14."
    )
    anew = page.locator(".calendar .address").text_content()
    assert anew == f"{live_site.url}/activities/calendar.ics?day=sun&age=13&asof={year}-09"
    assert titles(text_at(anew)) == {"Come of age"}
    assert phone.is_clean()
