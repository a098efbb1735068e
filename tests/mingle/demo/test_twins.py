"""The demonstration's twins: in every state that a school meets, made through the actions of schools."""

import datetime

import pytest
from django.utils import timezone

from events.models import Occurrence
from mingle.demo import clock, organisers, place, reading, twins
from organisations.models import Organisation
from places.models import Postcode
from schools.models import Programme, Twinning, TwinningStep
from schools.programmes import lines_of

pytestmark = pytest.mark.django_db
SCHOOLS = (
    "copperbeck-high",
    "lantern-hill-academy",
    "marigold-street-primary",
    "curlew-fold-primary",
    "millrace-bank-high",
)


def load(now: datetime.datetime) -> int:
    """The schools without what they run, then their twinnings."""
    Postcode.objects.bulk_create(
        Postcode(code=code, latitude=53.72, longitude=-1.86, area_code="E08000033")
        for code in {venue["postcode"].replace(" ", "") for venue in reading.venues().values()}
    )
    with clock.at(now):
        planted = place.plant("localhost", 80)
        place.load_schools()
        officer = organisers.appoint_officer(planted, now)
        facts = reading.organisations()
        for slug in SCHOOLS:
            organisers.bring_in(planted, slug, facts[slug], officer, now)
        place.build_venues(planted)
        return twins.twin(now)


def at(*day: int) -> datetime.datetime:
    return datetime.datetime(*day, 11, tzinfo=datetime.UTC)


def stands(now: datetime.datetime) -> list[str]:
    return [line.stands.value for line in lines_of(Programme.objects.get(), now)]


def test_one_pair_is_in_the_middle_of_its_year_one_has_agreed_and_one_waits(demo_settings):
    now = at(2026, 11, 27)
    assert load(now) == 3
    assert sorted(Twinning.objects.values_list("state", flat=True)) == ["agreed", "proposed", "running"]
    assert stands(now) == ["over", "coming", "cancelled", "undated"]
    programme = Programme.objects.get()
    host = Organisation.objects.get(slug="copperbeck-high")
    assert (programme.activity.host, programme.activity.live) == (host, True)
    past = Occurrence.objects.order_by("starts_at").first()
    assert past.public_since < past.starts_at < now
    assert not TwinningStep.objects.filter(by=None).exists()


def test_it_is_added_once(demo_settings):
    now = at(2026, 11, 27)
    load(now)
    with clock.at(now):
        assert twins.twin(now) == 0
    assert Twinning.objects.count() == 3


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at(2027, 7, 28), ["over", "undated", "undated", "undated"]),
        (at(2027, 8, 1), ["undated", "coming", "cancelled", "undated"]),
        (at(2027, 8, 20), ["undated", "coming", "cancelled", "undated"]),
    ],
    ids=["last days of a school year", "its first day", "its first weeks"],
)
def test_where_the_school_year_ends_or_begins_there_is_less_of_it(demo_settings, now, then):
    assert load(now) == 3
    assert {timezone.localdate(each.starts_at).month for each in Occurrence.objects.all()} <= {7, 8, 9}
    assert stands(now) == then
