"""The officer pairs a place's schools; a school looks for itself. On the real register where it is here."""

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from accounts import second_factors
from accounts.models import User
from organisations.actions import members
from organisations.models import Role
from pages.actions import tree
from places import loading_pupils, loading_schools
from places.models import School
from places.school_years import year_of
from schools import twins
from schools.models import Round, Twinning
from tests.factories import registers
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_user
from tests.journeys.faults import faults_now
from tests.journeys.signed_in import enter

pytestmark = pytest.mark.slow

FICTIONAL = 120


@pytest.fixture
def register(live_site, tmp_path: Path) -> None:
    """Calderdale's schools and their pupils; fictional ones of the same shape on machines without them."""
    tree.plant()
    make_place()
    if registers.REAL_SCHOOLS.exists():
        schools, pupils = registers.REAL_SCHOOLS, registers.REAL_PUPILS
    else:
        schools = registers.write_schools(tmp_path / "schools.csv", rows=FICTIONAL, columns=40)
        pupils = registers.write_pupils(tmp_path / "pupils.csv", rows=FICTIONAL)
    loading_schools.load(schools)
    loading_pupils.load(pupils, zero_is_unknown=True)


def make_head(school: School) -> User:
    """Who speaks for it, once an officer has checked it."""
    organisation = make_organisation(school.name, kind="school", urn=school.pk, slug=f"school-{school.pk}")
    head = make_user(f"head{school.pk}@example.org")
    members.join(organisation=organisation, user=head, role=Role.EDITOR, by=None)
    return head


def school_beside(school: School, one: School, other: School) -> School:
    return other if school == one else one


def test_an_officer_runs_a_round_looks_at_it_and_changes_it_by_hand(
    live_site, register, chromium: Browser
) -> None:
    officer = make_user("officer@example.org")
    members.appoint(place=make_place(), user=officer, by=None)
    second_factors.enrol_app(officer)
    page = enter(chromium, live_site.url, officer, 1280)
    page.goto("/cms/desk/")
    page.get_by_role("link", name="Twins").click()
    page.get_by_role("link", name="Run a round").click()

    # What cannot be asked is said beside the field, and what was typed stays.
    page.get_by_label("Schools to leave out").fill("Heron Bank")
    page.get_by_label("No farther apart than, in miles").fill("5")
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_text("“Heron” is no register number. One has six digits.").first).to_be_visible()
    expect(page.get_by_label("No farther apart than, in miles")).to_have_value("5")
    page.get_by_label("Schools to leave out").fill("")
    page.get_by_role("button", name="Run it").click()

    expect(page.get_by_role("heading", name="What it would change")).to_be_visible()
    expect(page.get_by_role("row", name="Nearest first")).to_be_visible()
    expect(page.get_by_label("Picture of the map")).to_be_visible()
    made = Round.objects.get()
    assert (made.place, made.most_miles, made.by) == (make_place(), 5, officer)
    pairs = made.pairs.proposed().count()
    assert pairs > 10

    first = made.pairs.select_related("first").order_by("-weight", "first", "second").first()
    assert first is not None
    row = page.get_by_role("row").filter(has_text=str(first.first_id)).filter(has_text=str(first.second_id))
    row.get_by_role("button", name="Take out").click()
    expect(page.get_by_text("The pair is out. You can put it back below.")).to_be_visible()
    expect(page.get_by_role("heading", name="Taken out")).to_be_visible()
    assert made.pairs.proposed().count() == pairs - 1
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_text("The pair is in again.")).to_be_visible()
    row.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("The pair stays when you run the round again.")).to_be_visible()
    assert made.pairs.proposed().count() == pairs
    page.context.close()


def test_a_round_is_run_and_announced_two_schools_accept_and_one_declines(
    live_site, register, chromium: Browser
) -> None:
    officer = make_user("officer@example.org")
    members.appoint(place=make_place(), user=officer, by=None)
    second_factors.enrol_app(officer)
    desk = enter(chromium, live_site.url, officer, 1280)
    desk.goto("/cms/desk/rounds/new/")
    desk.get_by_label("No farther apart than, in miles").fill("5")
    desk.get_by_role("button", name="Run it").click()
    expect(desk.get_by_role("heading", name="What it would change")).to_be_visible()
    made = Round.objects.get()
    assert made.year == year_of(timezone.localdate())
    best = made.pairs.proposed().select_related("first", "second").order_by("-weight", "first", "second")
    (one, other), (refusing, refused) = ((pair.first, pair.second) for pair in best[:2])
    heads = {school: make_head(school) for school in (one, other, refusing, refused)}

    desk.get_by_label("A note to the schools").fill("You are near, and would hardly meet.")
    desk.get_by_role("button", name=re.compile("Announce [0-9]+ pairs")).click()
    expect(desk.get_by_text("Announced. Every school of a pair has been told.")).to_be_visible()
    assert Twinning.objects.unanswered().count() == made.pairs.proposed().count()

    # Two accept.
    for school in (one, other):
        page = enter(chromium, live_site.url, heads[school], 360)
        page.goto(f"/organise/organisations/school-{school.pk}/")
        page.get_by_role("link", name=re.compile("Our twinnings")).click()
        page.get_by_role("link", name=str(school_beside(school, one, other))).click()
        expect(page.get_by_text("You are near, and would hardly meet.")).to_be_visible()
        page.get_by_label("Whom can they ring or write to at your school?").fill(f"Head {school.pk}")
        page.get_by_role("button", name="Yes, we want to").click()
        expect(page.get_by_role("status")).to_contain_text("You have said yes.")
        page.context.close()
    agreed = Twinning.objects.of(one).get()
    assert (agreed.state, agreed.contact_of(other)) == ("agreed", f"Head {other.pk}")

    # One declines; why is read by the officer alone.
    page = enter(chromium, live_site.url, heads[refusing], 360)
    declined = Twinning.objects.of(refusing).get()
    page.goto(f"/organise/schools/{refusing.pk}/twinnings/{declined.uuid}/")
    page.get_by_text("Say no", exact=True).click()
    page.get_by_label("Why not?").fill("Our hall is shut this year.")
    page.get_by_role("button", name="No, not this time").click()
    expect(page.get_by_text("It will not be this time.")).to_be_visible()
    page.context.close()
    page = enter(chromium, live_site.url, heads[refused], 360)
    page.goto(f"/organise/schools/{refused.pk}/twinnings/{declined.uuid}/")
    expect(page.get_by_text("It will not be this time.")).to_be_visible()
    expect(page.get_by_text("Our hall is shut")).to_have_count(0)
    page.context.close()
    desk.goto("/cms/desk/")
    desk.get_by_role("link", name=f"{declined.first} · {declined.second} · Declined").click()
    expect(desk.get_by_text("Our hall is shut this year.")).to_be_visible()
    desk.context.close()


def test_a_school_sees_its_ten_best_with_and_without_script(
    live_site, register, chromium: Browser, axe: str
) -> None:
    schools = School.objects.teaching().within(make_place().area_codes).filter(phase="primary")
    school = next(each for each in schools.order_by("urn") if len(twins.best(each).twins) == twins.MOST)
    organisation = make_organisation(school.name, kind="school", urn=school.pk, slug="ours")
    teacher = make_user("teacher@example.org", date_joined=timezone.now())
    members.join(organisation=organisation, user=teacher, role=Role.EDITOR, by=None)
    page = enter(chromium, live_site.url, teacher, 360)
    page.goto("/organise/organisations/ours/")
    page.get_by_role("link", name="Who could we twin with?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who could we twin with?")
    expect(page.locator(".twin")).to_have_count(twins.MOST)
    expect(page.get_by_text("two pupils, one from each, differ").first).to_be_visible()

    # The map's numbers lead to those of the list.
    mark = page.locator(".map__mark").filter(has_not_text="★").first
    expect(mark).to_be_visible()
    assert faults_now(page, axe) == []
    mark.click()
    expect(page.locator(".map__panel")).to_contain_text("two pupils, one from each, differ")
    page.keyboard.press("Escape")
    still = page.context.browser.new_context(java_script_enabled=False, base_url=live_site.url)
    still.add_cookies(page.context.cookies())
    plain = still.new_page()
    plain.goto(page.url)
    plain.locator(".map__still a").first.focus()
    plain.keyboard.press("Enter")
    expect(plain).to_have_url(re.compile(r"#twin-[0-9]+$"))
    still.close()
    page.context.close()
