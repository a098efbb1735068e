"""No signal in the hall: registers that were stored open cold, wait, and are sent once, to the last press."""

import datetime
import json
import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from accounts.models import User
from events.actions import registers
from events.models import BatchTaken, Occurrence
from organisations.models import Role
from tests.factories.activities import make_activity
from tests.factories.count_days import make_count_day
from tests.factories.people import make_member
from tests.factories.signing_in import PASSWORD, confirm
from tests.journeys.conftest import LiveSite
from tests.journeys.faults import faults_now

pytestmark = pytest.mark.slow

FOUR_WAIT = "4 changes wait in this phone. They will be sent when there is signal and you are signed in."
FOUR_NEED_SIGN_IN = "4 changes wait in this phone. Sign in, and they are sent."
NO_ROOM = "This phone has no room left. What it keeps is safe. Keep this page open until it says “Saved”."
# Nothing can be written any more; what is there can be read, and taken away.
FILL_UP = """(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        const asked = put.apply(this, given);
        this.transaction.abort();
        return asked;
    };
})()"""
# By press, what lies in the phone itself, whatever the page says.
KEPT = """() => new Promise((resolve) => {
    const opening = indexedDB.open("registers");
    opening.onsuccess = () => {
        const asking = opening.result.transaction("registers").objectStore("registers").get("queue");
        asking.onsuccess = () => {
            opening.result.close();
            resolve((asking.result?.waiting ?? []).reduce((sum, one) => sum + one.times, 0));
        };
    };
})"""
HEAR = """() => {
    window.heard = new Promise((resolve) => {
        const sending = new BroadcastChannel("registers");
        sending.onmessage = ({data}) => data.said && resolve(data.said);
    });
}"""


@pytest.fixture
def on(live_site: LiveSite) -> Occurrence:
    """A count day that has begun."""
    occurrence = make_activity("Street football").occurrences.order_by("starts_at")[0]
    put(occurrence, timezone.now() - datetime.timedelta(minutes=30))
    make_count_day(occurrence)
    return occurrence


def put(occurrence: Occurrence, begins: datetime.datetime) -> None:
    occurrence.starts_at, occurrence.ends_at = begins, begins + datetime.timedelta(hours=2)
    Occurrence.objects.filter(pk=occurrence.pk).update(starts_at=begins, ends_at=occurrence.ends_at)


def recorder(occurrence: Occurrence) -> User:
    return confirm(make_member(occurrence.activity.host, Role.RECORDER))


def phone(chromium: Browser, site: LiveSite) -> BrowserContext:
    return chromium.new_context(base_url=site.url, viewport={"width": 360, "height": 740})


def sign_in(context: BrowserContext, person: User, site: LiveSite) -> str:
    """Gives the session's key, which can be ended."""
    client = Client()
    client.force_login(person, settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])
    return client.session.session_key


def make_ready(page: Page) -> None:
    page.goto("/organise/")
    page.get_by_role("button", name="Ready for tonight").click()
    expect(page.get_by_text("1 register is in this phone: all that begins before")).to_be_visible()


def open_cold(context: BrowserContext, path: str) -> Page:
    """No page of it is open before, and there is no network."""
    for page in context.pages:
        page.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto(path)
    return page


def count(page: Page, times: int, name: str = "How many came?") -> None:
    for _press in range(times):
        page.get_by_role("button", name=f"One more: {name}", exact=True).click()


def came(page: Page):
    return page.get_by_role("textbox", name="How many came?")


def said(page: Page):
    return page.get_by_role("status").first


def test_two_phones_count_one_without_signal_and_its_sign_in_runs_out(
    live_site: LiveSite, chromium: Browser, on: Occurrence, axe: str
) -> None:
    first, second = recorder(on), recorder(on)
    dark, light = phone(chromium, live_site), phone(chromium, live_site)
    key = sign_in(dark, first, live_site)
    sign_in(light, second, live_site)
    make_ready(dark.new_page())

    # The phone is put away, and opened in the hall.
    page = open_cold(dark, "/organise/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Registers in this phone")
    expect(page.get_by_role("link", name="Street football")).to_contain_text("Not counted yet")
    assert faults_now(page, axe) == []
    page.get_by_role("link", name="Street football").click()
    expect(page).to_have_url(f"{live_site.url}/organise/registers/{on.uuid}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Street football")
    count(page, 3)
    page.get_by_role("textbox", name="Asian").fill("2")
    page.get_by_role("textbox", name="Asian").press("Tab")
    expect(page.get_by_text(FOUR_WAIT)).to_be_visible()
    assert faults_now(page, axe) == []

    # Meanwhile the other one counts where there is signal.
    other = light.new_page()
    other.goto(f"/organise/registers/{on.uuid}/")
    count(other, 2)
    expect(other.get_by_text("Saved: 2 came.")).to_be_visible()

    # Nothing is lost when the phone is put away again; and back in the light the sign-in has run out.
    page = open_cold(dark, f"/organise/registers/{on.uuid}/")
    expect(came(page)).to_have_value("3")
    Session.objects.filter(session_key=key).delete()
    dark.set_offline(False)
    expect(page.get_by_text(FOUR_NEED_SIGN_IN)).to_be_visible()
    assert registers.figures_of(on) == {"came": 2}

    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("textbox", name="Email address").fill(first.email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(said(page)).to_have_text("Saved: 5 came, Asian 2.")
    expect(came(page)).to_have_value("5")
    assert registers.figures_of(on) == {"came": 5, "group:asian": 2}
    page.reload()
    expect(came(page)).to_have_value("5")
    assert len(set(BatchTaken.objects.values_list("device", flat=True))) == 2
    connections.close_all()
    for context in (dark, light):
        context.close()


def test_what_one_person_counted_waits_while_another_is_signed_in(
    live_site: LiveSite, chromium: Browser, on: Occurrence
) -> None:
    first, second = recorder(on), recorder(on)
    context = phone(chromium, live_site)
    sign_in(context, first, live_site)
    make_ready(context.new_page())
    page = open_cold(context, f"/organise/registers/{on.uuid}/")
    count(page, 2)
    expect(page.get_by_text("2 changes wait in this phone.")).to_be_visible()
    page.close()

    sign_in(context, second, live_site)
    context.set_offline(False)
    page = context.new_page()
    page.goto("/organise/registers/")
    expect(page.get_by_text("2 changes of somebody else wait in this phone.")).to_be_visible()
    expect(page.get_by_text("No register is stored here")).to_be_visible()
    assert registers.figures_of(on) == {}

    # They sign out; stored registers would go, what waits stays, and the way back is the way to send it.
    page.goto("/accounts/logout/")
    expect(page.get_by_text("Numbers from your registers are not sent yet.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{live_site.url}/")
    page.goto("/accounts/login/")
    expect(page.locator("input[name=next]").first).to_have_value("/organise/registers/")
    page.get_by_role("textbox", name="Email address").fill(first.email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{live_site.url}/organise/registers/")
    page.goto(f"/organise/registers/{on.uuid}/")
    expect(came(page)).to_have_value("2")
    # The next press comes after what waited.
    count(page, 1)
    expect(said(page)).to_have_text("Saved: 3 came.")
    assert registers.figures_of(on) == {"came": 3}
    connections.close_all()
    context.close()


def test_lost_answer_doubles_nothing_and_refused_numbers_are_kept(
    live_site: LiveSite, chromium: Browser, on: Occurrence
) -> None:
    context = phone(chromium, live_site)
    sign_in(context, recorder(on), live_site)
    page = context.new_page()
    lost: list[int] = []

    def lose_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/batches/", lose_first_answer)
    page.goto(f"/organise/registers/{on.uuid}/")
    count(page, 1)
    expect(page.get_by_text("1 change waits in this phone.")).to_be_visible()
    assert (lost, registers.figures_of(on)) == ([200], {"came": 1})
    expect(said(page)).to_have_text("Nothing waits in this phone.")
    count(page, 1)
    expect(said(page)).to_have_text("Saved: 2 came.")
    assert registers.figures_of(on) == {"came": 2}

    # What an earlier release kept elsewhere comes along.
    old = {"number": 1, "register": str(on.uuid), "changes": {"came": 3}, "sent": False}
    state = {"device": "5f0c6a52-0000-4000-8000-000000000000", "next": 2, "waiting": [old]}
    page.evaluate("state => localStorage.setItem('registers', state)", json.dumps(state))
    page.reload()
    expect(said(page)).to_have_text("Saved: 5 came.")
    assert page.evaluate("localStorage.length") == 0

    # Two tabs have one line.
    twin = context.new_page()
    twin.goto(page.url)
    context.set_offline(True)
    count(page, 1)
    count(twin, 2)
    expect(twin.get_by_text("3 changes wait in this phone.")).to_be_visible()
    context.set_offline(False)
    for tab in (page, twin):
        expect(said(tab)).to_have_text(re.compile("Saved: 8 came|Nothing waits"))
    assert registers.figures_of(on) == {"came": 8}
    twin.close()

    # The session is over for good: the numbers are told, with why.
    put(on, timezone.now() - datetime.timedelta(days=40))
    count(page, 4)
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text("This register closed 28 days after the session.")
    expect(refused.get_by_role("listitem")).to_have_text(["How many came? +4"])
    expect(came(page)).to_have_value("8")
    page.goto("/organise/")
    expect(page.get_by_role("alert")).to_contain_text("Street football")
    page.get_by_role("button", name="I have written them down").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="I have written them down").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert registers.figures_of(on) == {"came": 8}
    connections.close_all()
    context.close()


def test_a_full_phone_says_so_and_loses_nothing_that_it_kept(
    live_site: LiveSite, chromium: Browser, on: Occurrence
) -> None:
    context = phone(chromium, live_site)
    sign_in(context, recorder(on), live_site)
    make_ready(context.new_page())
    path = f"/organise/registers/{on.uuid}/"
    page = open_cold(context, path)
    count(page, 2)
    expect(page.get_by_text("2 changes wait in this phone.")).to_be_visible()

    # It fills up: the next press is not kept, and the page says so.
    page.evaluate(FILL_UP)
    count(page, 1)
    expect(page.get_by_text(NO_ROOM)).to_be_visible()
    expect(page.get_by_text("3 changes wait in this phone.")).to_be_visible()
    expect(came(page)).to_have_value("3")
    assert page.evaluate(KEPT) == 2

    # Put away all the same, the first two are there. Opened on a full phone it counts too, and the page sends
    # what was kept and what never could be.
    context.pages[0].close()
    page = context.new_page()
    page.add_init_script(FILL_UP)
    page.goto(path)
    expect(came(page)).to_have_value("2")
    count(page, 3)
    expect(page.get_by_text(NO_ROOM)).to_be_visible()
    expect(page.get_by_text("5 changes wait in this phone.")).to_be_visible()
    assert page.evaluate(KEPT) == 2
    context.set_offline(False)
    expect(said(page)).to_have_text("Saved: 5 came.")
    assert page.evaluate(KEPT) == 0
    assert registers.figures_of(on) == {"came": 5}

    # With signal a full phone counts on; with room again nothing is sent twice.
    count(page, 1)
    expect(said(page)).to_have_text("Saved: 6 came.")
    page.close()
    page = context.new_page()
    page.goto(path)
    count(page, 1)
    expect(said(page)).to_have_text("Saved: 7 came.")
    expect(came(page)).to_have_value("7")
    assert registers.figures_of(on) == {"came": 7}
    connections.close_all()
    context.close()


def test_what_waits_is_sent_with_no_register_open_or_by_the_next_page(
    live_site: LiveSite, chromium: Browser, on: Occurrence
) -> None:
    """With Background Sync by the worker alone; a browser without it sends when the workspace is opened."""
    context = phone(chromium, live_site)
    sign_in(context, recorder(on), live_site)
    make_ready(context.new_page())
    families = open_for_families(context)
    path = f"/organise/registers/{on.uuid}/"
    context.set_offline(True)
    page = context.new_page()
    page.goto(path)
    count(page, 2)
    expect(page.get_by_text("2 changes wait in this phone.")).to_be_visible()
    tags = page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.sync.getTags())")
    assert (tags, registers.figures_of(on)) == (["registers"], {})

    # The register is put away before there is signal again.
    page.close()
    context.set_offline(False)
    signal_comes_back(families)
    assert families.evaluate("window.heard") == "Saved: 2 came."
    assert registers.figures_of(on) == {"came": 2}

    # Without Background Sync it waits until somebody opens the workspace.
    context.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    page = open_cold(context, path)
    expect(came(page)).to_have_value("2")
    count(page, 3)
    expect(page.get_by_text("3 changes wait in this phone.")).to_be_visible()
    page.close()
    context.set_offline(False)
    families = open_for_families(context)
    assert (families.evaluate(KEPT), registers.figures_of(on)) == (3, {"came": 2})
    context.new_page().goto("/organise/")
    assert families.evaluate("window.heard") == "Saved: 5 came."
    assert registers.figures_of(on) == {"came": 5}
    connections.close_all()
    context.close()


def open_for_families(context: BrowserContext) -> Page:
    """A page that sends nothing by itself, but hears how sending ended."""
    for page in context.pages:
        page.close()
    page = context.new_page()
    page.goto("/")
    page.evaluate(HEAR)
    return page


def signal_comes_back(page: Page) -> None:
    """As the browser tells the worker that waits for it."""
    browser = page.context.new_cdp_session(page)
    workers: list[str] = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: workers.extend(one["registrationId"] for one in told["registrations"]),
    )
    browser.send("ServiceWorker.enable")
    while not workers:
        page.evaluate("new Promise(requestAnimationFrame)")
    origin = page.evaluate("location.origin")
    sync = {"origin": origin, "registrationId": workers[0], "tag": "registers", "lastChance": False}
    browser.send("ServiceWorker.dispatchSyncEvent", sync)
