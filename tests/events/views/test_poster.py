"""A poster for whoever helps to run an activity."""

import re

import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse

from events.models import Activity
from organisations.models import Role, State
from tests.design.test_qr import seen
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.people import make_member, make_user

pytestmark = pytest.mark.django_db


def page(activity: Activity) -> str:
    return reverse("organise_poster", args=[activity.uuid])


@pytest.fixture
def activity() -> Activity:
    return make_activity("Street football", summary="Kick about and meet people.")


@pytest.fixture
def recorder(activity: Activity) -> Client:
    return signed_in(make_member(activity.host, Role.RECORDER))


def test_it_says_what_when_and_where_and_its_code_leads_to_the_page(
    activity: Activity, recorder: Client
) -> None:
    html = recorder.get(page(activity)).content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    for words in (
        "Kick about and meet people.",
        "Every Tuesday, 4:30 to 6 pm",
        activity.venue.address,
        "8–14",
        "Free",
    ):
        assert words in text
    code = re.search(r'<div class="poster__code">(<svg.*?</svg>)', html, re.DOTALL)[1]
    address = f"http://localhost:8000/organisers/{activity.host.slug}/{activity.slug}/"
    assert [read.text for read in zxingcpp.read_barcodes(seen(code))] == [address]
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)", html)


def test_the_way_there_is_on_the_page_of_its_dates(activity: Activity, recorder: Client) -> None:
    html = recorder.get(reverse("organise_activity", args=[activity.uuid])).content.decode()
    assert f'href="{page(activity)}"' in html
    assert f'href="{reverse("organise_copy", args=[activity.uuid])}"' not in html


def test_strangers_and_visitors_get_none(client: Client, activity: Activity) -> None:
    assert signed_in(make_user()).get(page(activity)).status_code == 404
    assert client.get(page(activity)).status_code == 302


def test_what_is_not_public_has_none_and_says_why(activity: Activity, recorder: Client) -> None:
    type(activity.host).objects.filter(pk=activity.host_id).update(state=State.SUSPENDED)
    answer = recorder.get(page(activity), follow=True)
    assert "It is not public now, so a poster would lead nowhere." in answer.content.decode()
