"""Pictures for other sites: only of what there is, kept for ever where the address says what is on it."""

import re
import uuid
from io import BytesIO

import pytest
from PIL import Image

from events import pictures
from events.views import card
from images import cards
from images.covers import addresses, png
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


def test_card_is_kept_for_ever_under_the_address_that_names_it(client):
    activity = make_activity("Bike kitchen")
    path = pictures.card_path(activity)
    answer = client.get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (200, FOR_EVER)
    assert client.get(path.partition("?")[0])["Cache-Control"] == A_DAY
    assert client.get(re.sub("v=.*", "v=1", path))["Cache-Control"] == A_DAY


def test_card_is_only_of_what_the_public_may_see(client):
    activity = make_activity()
    activity.unpublish()
    host = make_organisation(public=False)
    for path in (
        f"/activities/{activity.uuid}/card.png",
        f"/activities/{uuid.uuid4()}/card.png",
        "/activities/card/quidditch.png",
        f"/organisers/{host.slug}/card.png",
        "/organisers/nobody/card.png",
        "/in/nowhere/card.png",
    ):
        assert client.get(path).status_code == 404, path


def test_card_is_drawn_once(client, monkeypatch):
    drawn = []
    write = png.write
    monkeypatch.setattr(png, "write", lambda *about: drawn.append(about) or write(*about))
    cards._drawn.cache_clear()
    make_activity()
    for _again in range(3):
        client.get("/activities/card/football.png")
        client.get("/activities/card/football.png?q=invented")
    assert len(drawn) == 1


def test_raster_cover_is_kept_for_ever_and_only_of_an_activity_that_there_is(client, monkeypatch):
    activity = make_activity()
    cover = pictures.cover_of(activity)
    answer = client.get(addresses.raster_path(cover))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/png",
        FOR_EVER,
    )
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    monkeypatch.setattr(card, "_drawn", lambda cover: pytest.fail("drawn for an id that nobody has"))
    assert client.get(f"/covers/{uuid.uuid4()}-coral-teal-football.png").status_code == 404
    assert client.get(f"/covers/{activity.uuid}-black-teal-football.png").status_code == 302


def test_raster_cover_of_before_leads_to_the_present_one(client):
    activity = make_activity(type="football")
    answer = client.get(f"/covers/{activity.uuid}-coral-sky-chess.png?v=1")
    assert answer.status_code == 302
    assert answer["Location"] == addresses.raster_path(pictures.cover_of(activity))
