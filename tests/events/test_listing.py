"""What is written for browsing to read."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection

from events import listing
from events.actions import extending
from events.models import ActivityAccess, CoOrganiser, Listing, Occurrence, State
from events.prepared import Prepared
from organisations.models import AccessFeature, Answer, VenueAccess
from tests.factories.activities import make_activity, make_draft
from tests.factories.organisations import make_organisation, make_venue

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
NOW = datetime.datetime(2027, 1, 4, 9, tzinfo=LONDON)


def add_date(activity, day, state=State.SCHEDULED, hour=16):
    start = datetime.datetime(2027, 1, day, hour, tzinfo=LONDON)
    return Occurrence.objects.create(
        activity=activity,
        rule=activity.uuid,
        rule_date=start.date(),
        starts_at=start,
        ends_at=start + datetime.timedelta(hours=1),
        venue=activity.venue,
        state=state,
    )


def written(activity, generation=1):
    listing.write(activity, generation=generation, now=NOW)
    return Listing.objects.get(pk=activity.pk)


def test_listing_holds_coming_dates_that_happen():
    activity = make_draft("Five-a-side")
    add_date(activity, 3)
    add_date(activity, 12)
    add_date(activity, 5)
    add_date(activity, 6, State.CANCELLED)
    row = written(activity)
    minutes = listing.local_minute(datetime.datetime(2027, 1, 5, 16, tzinfo=LONDON))
    assert row.starts == [minutes, minutes + 7 * 24 * 60]
    assert row.ends == [minutes + 60, minutes + 7 * 24 * 60 + 60]


def test_listing_is_public_only_while_live_and_its_host_verified():
    activity = make_draft(host=make_organisation(declaration_until=datetime.date(2027, 2, 1)))
    assert not written(activity).public
    activity.live = True
    activity.save()
    assert written(activity).public
    assert written(activity).public_until == datetime.date(2027, 2, 1)
    activity.host.state = "suspended"
    activity.host.save()
    row = written(activity, generation=7)
    assert not row.public
    assert row.generation == 7


def test_listing_takes_the_venues_answer_where_the_activity_is_silent():
    activity = make_draft()
    features = list(AccessFeature.objects.all()[:4])
    for feature, answer in zip(features, [Answer.YES, Answer.YES, Answer.NO, Answer.UNKNOWN], strict=True):
        VenueAccess.objects.create(venue=activity.venue, feature=feature, answer=answer)
    ActivityAccess.objects.create(activity=activity, feature=features[0], answer=Answer.NO)
    ActivityAccess.objects.create(activity=activity, feature=features[1], answer=Answer.UNKNOWN)
    row = written(activity)
    assert row.access_yes == [features[1].slug]
    unknown = {feature.slug for feature in AccessFeature.objects.all()} - {f.slug for f in features[:3]}
    assert set(row.access_unknown) == unknown


def test_listing_of_any_age_suits_every_age():
    row = written(make_draft(age_from=None, age_to=None))
    assert (row.age_from, row.age_to) == (0, 99)


def test_card_keeps_holes_for_what_changes():
    activity = make_draft("Tea & <b>cake</b>\x1e", venue=make_venue(name="Hall"))
    row = written(activity)
    filled = Prepared(row.card, icons="/sprite.svg").filled({"when": "Tomorrow", "distance": "1 mile"})
    assert "Tea &amp; &lt;b&gt;cake&lt;/b&gt;" in filled
    assert ">Tomorrow<" in filled
    assert "1 mile</li>" in filled
    assert "/sprite.svg#map-pin" in filled
    assert not any(ord(letter) < 32 and letter != "\n" for letter in filled)
    bare = Prepared(row.card, icons="/sprite.svg").filled({"when": "Tomorrow"})
    assert "map-pin" not in bare


def test_listing_keeps_the_notices_of_coming_dates_that_happen():
    activity = make_draft("Swimming")
    for day, state, notice in (
        (3, State.SCHEDULED, "Over"),
        (5, State.SCHEDULED, "Bring a towel"),
        (6, State.CANCELLED, "Off"),
        (12, State.SCHEDULED, ""),
    ):
        date = add_date(activity, day, state)
        date.notice = notice
        date.save()
    minute = listing.local_minute(datetime.datetime(2027, 1, 5, 16, tzinfo=LONDON))
    assert written(activity).notices == {str(minute): "Bring a towel"}


def test_listing_says_where_dates_are_that_are_elsewhere(django_assert_num_queries):
    activity, lido = (
        make_draft(),
        make_venue(name="The lido", town="Todmorden", latitude=53.7, longitude=-2.1),
    )
    step_free = AccessFeature.objects.get(slug="step-free")
    VenueAccess.objects.create(venue=lido, feature=step_free, answer=Answer.YES)
    add_date(activity, 5)
    assert (written(activity).elsewhere, written(activity).spots) == ([], [])
    for day in (12, 19):
        date = add_date(activity, day)
        date.venue = lido
        date.save()
    with django_assert_num_queries(10):
        listing.write_many([activity.pk], generation=1, now=NOW)
    row = Listing.objects.get(pk=activity.pk)
    assert row.spots == [0, 1, 1]
    assert row.elsewhere == [
        {
            "name": "The lido",
            "town": "Todmorden",
            "latitude": 53.7,
            "longitude": -2.1,
            "access_yes": ["step-free"],
            "access_unknown": [slug for slug in row.access_unknown if slug != "step-free"],
        }
    ]
    assert "lido" in row.words.split()
    assert listing.untrue([activity.pk], NOW) == []


def test_listing_keeps_a_place_where_all_is_cancelled_without_its_words():
    activity, hall = make_draft(), make_venue(name="The hall")
    lido, pool = make_venue(name="The lido"), make_venue(name="The pool")
    dates = {5: activity.venue, 12: lido, 13: hall, 19: pool, 20: pool}
    for day, venue in dates.items():
        date = add_date(activity, day, State.CANCELLED if day in {12, 20} else State.SCHEDULED)
        date.venue = venue
        date.save()
    row = written(activity)
    assert [spot["name"] for spot in row.elsewhere] == ["The hall", "The pool", "The lido"]
    assert row.spots == [0, 1, 2]
    assert "lido" not in row.words.split()
    assert "pool" in row.words.split()


def test_listing_says_where_its_one_date_is_if_that_elsewhere_is_cancelled():
    activity, lido = make_draft(), make_venue(name="The lido")
    add_date(activity, 5)
    date = add_date(activity, 12, State.CANCELLED)
    date.venue = lido
    date.save()
    row = written(activity)
    assert ([spot["name"] for spot in row.elsewhere], row.spots) == (["The lido"], [0])


def test_listing_is_written_in_few_queries(django_assert_num_queries):
    activities = [make_draft() for _ in range(3)]
    with django_assert_num_queries(9):
        listing.write_many([activities[0].pk], generation=1, now=NOW)
    with django_assert_num_queries(9):
        listing.write_many([activity.pk for activity in activities], generation=1, now=NOW)


def test_untrue_listings_are_written_again_and_no_others():
    true, drawn_before = make_activity("True"), make_activity("Drawn before")
    lapsed = make_activity("Helped by one that lapses")
    tomorrow = NOW + datetime.timedelta(days=1)
    partner = make_organisation("Partner", slug="partner", declaration_until=NOW.date())
    CoOrganiser.objects.create(activity=lapsed, organisation=partner, accepted_at=NOW)
    assert extending.put_listings_right(now=NOW) == 1
    assert Listing.objects.get(pk=lapsed.pk).organisers == [lapsed.host.slug, "partner"]
    Listing.objects.filter(pk=drawn_before.pk).update(card="<p>old</p>")
    before = Listing.objects.get(pk=true.pk).generation
    call_command("render_cards", verbosity=0)
    assert "Drawn before" in Listing.objects.get(pk=drawn_before.pk).card
    assert extending.put_listings_right(now=tomorrow) == 1
    assert Listing.objects.get(pk=lapsed.pk).organisers == [lapsed.host.slug]
    assert Listing.objects.get(pk=true.pk).generation == before


def test_search_text_holds_words_as_written_and_their_stems():
    activity = make_draft("Swimming at the Café", type="swimming")
    written(activity)
    with connection.cursor() as cursor:
        cursor.execute("SELECT search::text FROM events_listing WHERE activity_id = %s", [activity.pk])
        search = cursor.fetchone()[0]
    assert "'cafe'" in search
    assert "'swim'" in search
    assert "'swimming'" in search
