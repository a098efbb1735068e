"""Photographs of activities: on cards and pages, in few bytes, and only while everybody on them agrees."""

import datetime
import re
from pathlib import Path

import pytest
from django.utils import timezone

from events import pictures
from events.actions import rendering
from events.models import CalendarEntry, Listing, RenderQueue
from images import cuts
from images.models import PeopleConsent, Picture, Rendition
from tests.factories.activities import make_activity, make_rule
from tests.images.photographs import keep_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def make_on(**fields):
    first = timezone.localdate() + datetime.timedelta(days=3)
    return make_activity("Football", rules=[make_rule(first_date=first)], **fields)


def page(client, activity):
    return client.get(f"/organisers/{activity.host.slug}/{activity.slug}/").content.decode()


def part(text, begin, end):
    return text.partition(begin)[2].partition(end)[0]


def test_publishing_cuts_what_is_not_cut_yet() -> None:
    make_on(picture=keep_picture())
    assert Rendition.objects.count() == len(cuts.EVERY)


def test_card_offers_three_widths_of_two_kinds_and_a_jpeg(client) -> None:
    make_on(picture=keep_picture())
    for path in ("/activities/", "/embed/", "/"):
        card = part(client.get(path).content.decode(), '<div class="card__cover">', "</div>")
        assert re.findall(r'<source type="([^"]+)"', card) == ["image/avif", "image/webp"]
        assert [len(widths.split(", ")) for widths in re.findall(r'srcset="([^"]+)"', card)] == [3, 3]
        assert re.search(r'<img src="/media/images/[^"]+\.jpg" alt="Girls and boys making bread"', card)
        assert 'width="640" height="270"' in card
        assert card.count("sizes=") == 2


def test_first_cards_are_seen_at_once_and_others_wait(client) -> None:
    for _number in range(5):
        make_on(picture=keep_picture())
    text = client.get("/activities/").content.decode()
    assert len(re.findall(r"<img src=", text)) == 5
    assert text.count(' loading="lazy"') == 2


def test_woven_cover_stays_one_drawing_with_its_measures(client) -> None:
    make_on()
    card = part(client.get("/activities/").content.decode(), '<div class="card__cover">', "</div>")
    assert "<picture>" not in card
    assert re.search(r'<img src="/covers/[^"]+\.svg\?v=\d+" alt="" width="640" height="270"', card)


def test_page_shows_cover_first_and_entrance_when_it_is_near(client) -> None:
    activity = make_on(picture=keep_picture(), entrance_picture=keep_picture(description="A red door"))
    text = page(client, activity)
    found = re.findall(r"<img[^>]*>", text)
    cover = next(image for image in found if "making bread" in image)
    entrance = next(image for image in found if "A red door" in image)
    assert 'width="720" height="450"' in cover
    assert 'fetchpriority="high"' in cover
    assert "lazy" not in cover
    assert 'width="960" height="720"' in entrance
    assert 'loading="lazy"' in entrance
    assert re.search(
        r'<meta property="og:image" content="http://localhost:8000/media/images/[^"]+\.jpg">', text
    )


def test_page_with_photographs_takes_one_query_more(client, django_assert_num_queries) -> None:
    bare = make_on()
    activity = make_on(picture=keep_picture(), entrance_picture=keep_picture())
    pictures.of(bare)
    activity = (
        type(activity)
        .objects.select_related("picture", "entrance_picture", "type", "venue")
        .get(pk=activity.pk)
    )
    with django_assert_num_queries(1):
        pictures.of(activity)


def test_calendars_carry_a_raster_of_the_photograph() -> None:
    make_on(picture=keep_picture())
    text = CalendarEntry.objects.select_related("words").first().words.text
    unfolded = text.replace("\r\n ", "")
    assert re.search(r"IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/jpeg:\S+/media/images/\S+\.jpg", unfolded)


def test_picture_without_consent_is_shown_nowhere(client) -> None:
    activity = make_on(picture=keep_picture(people_consent=PeopleConsent.NOT_ASKED))
    assert "/media/" not in page(client, activity)
    assert "/media/" not in client.get("/activities/").content.decode()


def test_consent_taken_back_takes_the_picture_off_page_at_once_and_off_the_card_with_the_next_tick(
    client, monkeypatch
) -> None:
    activity = make_on(picture=keep_picture())
    assert "/media/" in page(client, activity)
    picture = Picture.objects.get()
    picture.people_consent = PeopleConsent.NOT_ASKED
    picture.save()
    assert "/media/" not in page(client, activity)
    rendering.render_queued(now=timezone.now())
    assert "/media/" not in Listing.objects.get().card
    assert "/media/" not in client.get("/activities/").content.decode()


def test_new_words_of_a_picture_reach_the_card() -> None:
    make_on(picture=keep_picture())
    picture = Picture.objects.get()
    picture.description = "Everybody has flour on their hands"
    picture.save()
    rendering.render_queued(now=timezone.now())
    assert "flour on their hands" in Listing.objects.get().card


def test_picture_that_is_deleted_leaves_the_card() -> None:
    activity = make_on(picture=keep_picture())
    Picture.objects.get().delete()
    assert list(RenderQueue.objects.values_list("pk", flat=True)) == [activity.pk]
    rendering.render_queued(now=timezone.now())
    assert "/covers/" in Listing.objects.get().card


def test_picture_that_nobody_uses_queues_nothing() -> None:
    make_on()
    picture = keep_picture()
    picture.title = "Another"
    picture.save()
    picture.delete()
    assert RenderQueue.objects.count() == 0
