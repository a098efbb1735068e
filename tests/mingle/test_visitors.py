"""What every visitor may rely on, on every public page; and of the same what whoever signs in may rely on."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.events.conftest import clock as clock  # the fixture: time stands still
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_staff
from tests.factories.registers import make_school
from tests.mingle.test_no_trace import World, asked
from tests.mingle.test_no_trace import world as world  # the fixture: all that is public

SCRIPT = re.compile(r"<script(?![^>]*(?:\bsrc=|application/ld\+json))[^>]*>|<style|\sstyle=|\son\w+=")
"""Written into the page itself."""


@pytest.fixture
def addresses(db):
    activity = make_activity("Sunday street football")
    host = activity.host
    make_school()
    return [
        "/",
        "/activities/",
        "/activities/?age=12&free=1",
        "/embed/make/",
        "/oembed?url=http%3A%2F%2Flocalhost%3A8000%2Factivities%2F",
        "/activities/calendar.ics",
        f"/activities/{activity.uuid}/calendar.ics",
        "/organisers/",
        f"/organisers/{host.slug}/",
        f"/organisers/{host.slug}/calendar.ics",
        f"/organisers/{host.slug}/{activity.slug}/",
        f"/in/{host.place.slug}/",
        "/schools/",
        "/schools/900001/",
        "/sitemap.xml",
        "/robots.txt",
    ]


def test_every_public_address_answers_without_a_cookie(client, addresses):
    answers = {address: client.get(address) for address in addresses}
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(
        addresses, 200
    )
    assert {address: list(answer.cookies) for address, answer in answers.items()} == dict.fromkeys(
        addresses, []
    )


def test_public_pages_allow_nothing_inline_and_nobody_else(client, addresses):
    for address in addresses:
        policy = client.get(address)["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert not re.search(r"unsafe|https?:|\*", policy)


def test_public_pages_carry_no_inline_script_or_style(client, addresses):
    for address in addresses:
        answer = client.get(address)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        assert SCRIPT.findall(answer.content.decode()) == []


def test_public_pages_ask_no_other_host_for_anything(client, addresses):
    for address in addresses:
        content = client.get(address).content.decode()
        loaded = re.findall(
            r"<(?:link|script|img|iframe|source)\b[^>]*?(?:href|src|srcset)=\"([^\"]+)\"", content
        )
        foreign = [
            link
            for link in loaded
            if re.match(r"(https?:)?//", link) and not link.startswith("http://localhost:8000/")
        ]
        assert foreign == []


def test_page_with_a_demonstrations_address_is_not_there(client, db):
    assert [client.get(address).status_code for address in ("/demo/", "/demo/mail/", "/design/")] == [
        404,
        404,
        404,
    ]


def unlike(answer: HttpResponse) -> list[str]:
    """What it lacks of that which every answer outside the CMS carries."""
    policy = answer["Content-Security-Policy"]
    if getattr(answer, "xframe_options_exempt", False):  # what others may show in a frame
        policy = policy.replace("frame-ancestors *", "frame-ancestors 'self'")
    kept = {
        "policy": policy.startswith("default-src 'none'") and not re.search(r"unsafe|https?:|\*", policy),
        "referrer": answer["Referrer-Policy"] == "same-origin",
        "position": "geolocation=()" in answer["Permissions-Policy"],
        "kind": answer["X-Content-Type-Options"] == "nosniff",
        "inline": not _is_page(answer) or not SCRIPT.search(answer.content.decode()),
        "concern": not _is_page(answer) or 'href="/concern/' in answer.content.decode(),
    }
    return [name for name, holds in kept.items() if not holds]


def test_what_an_answer_lacks_is_found() -> None:
    told = {"Content-Security-Policy": "default-src *", "Referrer-Policy": "unsafe-url"}
    answer = HttpResponse("<p style='color: red'>", headers={**told, "Permissions-Policy": ""})
    answer["X-Content-Type-Options"] = ""
    assert unlike(answer) == ["policy", "referrer", "position", "kind", "inline", "concern"]


def _is_page(answer: HttpResponse) -> bool:
    """Where somebody is led on, or asked in a way that is not taken, nothing is shown."""
    return answer["Content-Type"].startswith("text/html") and answer.content != b""


def addresses_below(
    *prefixes: str, of: list[URLPattern | URLResolver] | None = None, above: str = ""
) -> Iterator[str]:
    """Those that need nothing to be filled in."""
    for each in get_resolver().url_patterns if of is None else of:
        path = above + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses_below(*prefixes, of=each.url_patterns, above=path)
        elif path.startswith(prefixes) and not re.search(r"[<(]", path):
            yield f"/{path}"


@pytest.mark.django_db
def test_every_public_address_is_strict_sets_no_cookie_and_leads_to_a_concern(world: World) -> None:
    addresses = [*(each for some in asked(world).values() for each in some), "/no-such-page/", "/healthz"]
    answers = {address: Client().get(address) for address in addresses}
    assert {address: list(answer.cookies) for address, answer in answers.items() if answer.cookies} == {}
    assert {address: lacks for address, answer in answers.items() if (lacks := unlike(answer))} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [True, False])
def test_pages_of_accounts_and_of_the_workspace_are_as_strict(signed_in: bool) -> None:
    owner, addresses = make_member(make_organisation()), sorted(addresses_below("accounts/", "organise/"))
    shown = 0
    for address in addresses:
        client = Client()
        if signed_in:
            client.force_login(owner)
        answer = client.get(address)
        assert (address, unlike(answer)) == (address, [])
        shown += answer.status_code == 200
    assert (len(addresses) > 30, shown > (10 if signed_in else 3)) == (True, True)


@pytest.mark.django_db
def test_nobodys_picture_is_asked_for_and_no_release(client: Client) -> None:
    """Wagtail would send the digest of each address to Gravatar, and ask for updates from the first page."""
    client.force_login(make_staff())
    assert asks_elsewhere(client) == []


@pytest.mark.django_db
def test_unless_both_are_switched_off_they_are_asked(client: Client, settings) -> None:
    del settings.WAGTAIL_GRAVATAR_PROVIDER_URL
    settings.WAGTAIL_ENABLE_UPDATE_CHECK = True
    client.force_login(make_staff())
    assert asks_elsewhere(client) == ["gravatar.com", "w-upgrade"]


def asks_elsewhere(client: Client) -> list[str]:
    content = client.get("/cms/").content.decode()
    return [word for word in ("gravatar.com", "w-upgrade") if word in content]
