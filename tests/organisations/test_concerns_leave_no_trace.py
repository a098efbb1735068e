"""What is said in a concern stands nowhere but sealed in its own row: in no table, mail, log or error."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from organisations import tick
from organisations.actions import concerns
from organisations.models import Concern, Outcome
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.concerns import make_lead
from tests.organisations.views.test_concern import opened, reference_in

MARKERS = ("Zwiebelkuchen", "Quittenhof", "Xanthippe", "01632960777", "Tintenfass", "Rosenkohl")
WHAT, WHERE, NAME, CONTACT, NOTE, CLOSING = MARKERS


def whole_database() -> str:
    """Every row of every table as text, as a dump has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT row_to_json(t)::text FROM public."{table}" t')
            rows += [f"{table} {text}" for (text,) in cursor.fetchall()]
    return "\n".join(rows)


def found_in(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker.lower() in text.lower()]


@pytest.mark.django_db
def test_no_marker_in_database_mails_or_logs_after_all_that_can_be_done(
    client: Client, mailoutbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    activity = make_activity("Football")
    lead, other = make_lead(activity.host.place), make_lead(activity.host.place)
    form = opened(client, str(activity.uuid))
    said = {"what": WHAT, "where": WHERE, "name": NAME, "contact": CONTACT, "under_18": "on"}
    client.post("/concern/", {**form, **said, "what": ""})
    client.post("/concern/", {**form, **said, "token": "old"})
    client.post("/concern/", {**form, **said}, headers={"sec-fetch-site": "cross-site"})
    assert reference_in(client.post("/concern/", {**form, **said}))
    concern = Concern.objects.get()
    tick.tell_of_concerns(dry_run=False)
    leading = signed_in(lead)
    screen = reverse("concern:concern", args=[concern.uuid])
    html = leading.get(screen).content.decode()
    assert [word in html for word in (WHAT, WHERE, NAME, CONTACT)] == [True] * 4
    leading.post(screen, {"do": "take"})
    leading.post(screen, {"do": "note", "note-text": NOTE})
    leading.post(screen, {"do": "hand_over", "hand_over-to": str(other.uuid)})
    tick.tell_of_concerns(dry_run=False)
    leading.post(reverse("concern:suspend_activity", args=[concern.uuid]))
    leading.post(reverse("concern:suspend_organisation", args=[concern.uuid]))
    concerns.close(concern=concern, outcome=Outcome.SETTLED, text=CLOSING, by=lead)
    dump = whole_database()
    assert concern.reference in dump
    assert found_in(dump) == []
    mails = "".join(f"{mail.subject}{mail.message().as_string()}" for mail in mailoutbox)
    assert (concern.reference in mails, activity.host.name in mails, found_in(mails)) == (True, False, [])
    assert found_in(caplog.text) == []


@pytest.mark.django_db
def test_the_search_of_the_dump_finds_what_is_there(client: Client) -> None:
    make_activity(WHAT)
    assert found_in(whole_database()) == [WHAT]


@pytest.mark.django_db
def test_an_error_while_it_is_kept_says_no_word_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where the database itself refuses the row and repeats it in its message."""
    activity = make_activity("Football")
    form = {**opened(client, activity.host.slug), "what": WHAT, "contact": CONTACT}
    monkeypatch.setattr(concerns, "_new_reference", lambda: "far too long a reference")
    client.raise_request_exception = False
    answer = client.post("/concern/", form)
    assert (answer.status_code, Concern.objects.count()) == (500, 0)
    assert "DataError" in caplog.text
    assert found_in(caplog.text + answer.content.decode()) == []
