"""What every visitor may rely on, on every public page."""

import re

import pytest

from tests.factories.activities import make_activity
from tests.factories.registers import make_school


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
        content = answer.content.decode()
        scripts = re.findall(r"<script(?![^>]*(?:\bsrc=|application/ld\+json))[^>]*>", content)
        assert (scripts, re.findall(r"<style|\sstyle=|\son\w+=", content)) == ([], [])


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
