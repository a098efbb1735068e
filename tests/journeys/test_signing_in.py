"""From signing up to a passkey, in a real browser; all but the passkey without JavaScript as well."""

import re
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts import second_factors
from mingle.demo import mail
from tests.factories.organisations import make_organisation
from tests.factories.people import make_officer
from tests.factories.signing_in import NEW_PASSWORD, PASSWORD, confirm, make_person
from tests.journeys import faults, looks
from tests.journeys.conftest import LiveSite
from tests.journeys.pages import Shown
from tests.journeys.signing_up import in_last_mail, press, sign_up

pytestmark = pytest.mark.slow

EMAIL = "amira@example.org"
LINK = re.compile(r"^http\S+$", re.MULTILINE)
PUPILS = 300
# The pages of somebody who has just signed up are among `pages.PAGES`, but for these.
OWN = (
    "/accounts/sessions/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
)
OWN_WITH_AN_APP = (
    "/accounts/2fa/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/generate/",
)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def context(
    chromium: Browser, live_site: LiveSite, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    yield from _open(chromium, live_site, request.param)


@pytest.fixture
def scripted(chromium: Browser, live_site: LiveSite) -> Iterator[BrowserContext]:
    yield from _open(chromium, live_site, True)


def _open(chromium: Browser, live_site: LiveSite, scripts: bool) -> Iterator[BrowserContext]:
    opened = chromium.new_context(base_url=live_site.url, java_script_enabled=scripts)
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


def sign_in(page: Page, password: str = PASSWORD, email: str = EMAIL) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def show_who_one_is(page: Page, password: str) -> None:
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(password)
    press(page, "Go on")


def code_for(secret: str, step: int = 0) -> str:
    """Of the step that is now, or one beside it: each is taken once, and none is waited for."""
    steps = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, steps[1 + step]))


def test_from_signing_up_to_a_spare_code(context: BrowserContext, live_site: LiveSite) -> None:
    page = context.new_page()

    # Sign up, and confirm the address with the code from the mail.
    sign_up(page, live_site.mail, name=("Amira", "Khan"), email=EMAIL, password=NEW_PASSWORD)
    expect(page.get_by_role("heading", name="Run activities here")).to_be_visible()

    # Sign in, and set up an app.
    sign_out(page)
    sign_in(page, NEW_PASSWORD)
    page.wait_for_url("**/accounts/")
    page.get_by_role("link", name="Add a second step").click()
    page.get_by_role("link", name="Set up an app").click()
    show_who_one_is(page, NEW_PASSWORD)
    secret = page.locator(".code-letters").text_content()
    page.get_by_label("The six numbers that your app shows").fill(code_for(secret, -1))
    press(page, "Set it up")
    spare = page.locator(".code-list li").all_text_contents()
    assert (len(spare), len(set(spare))) == (10, 10)
    page.get_by_role("link", name="I have kept them").click()
    assert "An app was added to your account" in [letter.subject for letter in mail.letters(live_site.mail)]

    # Sign in with its code, then with a spare one; the same spare code a second time is refused.
    for code, taken in ((code_for(secret), True), (spare[0], True), (spare[0], False)):
        sign_out(page)
        sign_in(page, NEW_PASSWORD)
        expect(page.get_by_role("heading", name="The second step")).to_be_visible()
        page.get_by_label("The code from your app, or a spare code").fill(code)
        press(page, "Sign in")
        if taken:
            page.wait_for_url("**/accounts/")
        else:
            expect(page.get_by_text("That code is not right.")).to_be_visible()


def test_a_forgotten_password_is_chosen_anew(context: BrowserContext, live_site: LiveSite) -> None:
    make_person(EMAIL)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email address").fill(EMAIL)
    press(page, "Send me a link")
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    page.goto(in_last_mail(live_site.mail, LINK))
    page.get_by_label("New password").fill("short")
    press(page, "Keep it")
    expect(page.locator(".field--wrong")).to_be_visible()
    page.get_by_label("New password").fill(NEW_PASSWORD)
    press(page, "Keep it")
    page.get_by_role("link", name="Sign in").last.click()
    sign_in(page, NEW_PASSWORD)
    page.wait_for_url("**/accounts/")


def test_an_officer_is_led_to_a_second_step_first(context: BrowserContext, live_site: LiveSite) -> None:
    officer = confirm(make_officer(make_organisation().place))
    officer.authenticator_set.all().delete()
    page = context.new_page()
    sign_in(page, email=officer.email)
    page.goto("/organise/")
    page.wait_for_url("**/accounts/2fa/")
    expect(page.get_by_text("Your work needs a second step when you sign in.")).to_be_visible()
    page.get_by_role("link", name="Set up an app").click()
    show_who_one_is(page, PASSWORD)
    page.get_by_label("The six numbers that your app shows").fill(
        code_for(page.locator(".code-letters").text_content())
    )
    press(page, "Set it up")
    page.get_by_role("link", name="I have kept them").click()
    page.goto("/organise/")
    expect(page.get_by_role("heading", name="My dates")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_alone(scripted: BrowserContext, live_site: LiveSite) -> None:
    make_person(EMAIL)
    page = scripted.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    device = scripted.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page)
    page.wait_for_url("**/accounts/")
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    show_who_one_is(page, PASSWORD)
    page.get_by_label("A name for it").fill("My phone")
    press(page, "Add a passkey")
    expect(page.locator(".code-list li")).to_have_count(10)
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()
    expect(page.get_by_text("You can sign in with it alone.")).to_be_visible()

    # By itself.
    sign_out(page)
    page.goto("/accounts/login/")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/accounts/")

    # As the second step after the password.
    sign_out(page)
    sign_in(page)
    press(page, "Use a passkey")
    page.wait_for_url("**/accounts/")

    # To show once more who one is; then it is taken away, and the password is enough.
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Take it away").click()
    page.get_by_role("link", name="Use a passkey").click()
    press(page, "Use a passkey")
    press(page, "Take it away")
    expect(page.get_by_text("That passkey no longer works here.")).to_be_visible()
    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/accounts/")
    assert heard == []


def test_own_pages_have_no_fault(scripted: BrowserContext, live_site: LiveSite, axe: str) -> None:
    """What nobody sees who is not signed in: first as they are without an app, then those that need one."""
    person = make_person(EMAIL)
    page = scripted.new_page()
    scripted.add_init_script(faults.LISTEN)
    sign_in(page)
    page.wait_for_url("**/accounts/")
    found = {path: _faults_of(page, axe, path) for path in OWN}
    second_factors.enrol_app(person)
    found |= {f"{path} with an app": _faults_of(page, axe, path) for path in OWN_WITH_AN_APP}
    assert {path: faults for path, faults in found.items() if faults} == {}


def _faults_of(page: Page, axe: str, path: str) -> list[str]:
    shown = Shown(path, path)
    page.goto(path)
    if page.url.partition("?")[0].endswith("/accounts/reauthenticate/") and "reauth" not in path:
        show_who_one_is(page, PASSWORD)
    return faults.faults_in(page, shown, axe, looks.LOOKS)


def test_three_hundred_pupils_behind_one_address_read_at_once(live_site: LiveSite) -> None:
    """Every page, and the form to sign in: none is refused."""

    def read(number: int) -> int:
        path = ("/activities/", "/", "/accounts/login/")[number % 3]
        with urllib.request.urlopen(live_site.url + path) as answer:
            return answer.status

    make_organisation()
    with ThreadPoolExecutor(PUPILS) as pupils:
        assert list(pupils.map(read, range(PUPILS))) == [200] * PUPILS
