"""What a subscription is about: what answers the question, dates or no dates, and what is withheld."""

import datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from events import search
from events.actions import publishing
from events.models import Activity, ActivityType
from events.query import parse
from events.search import matching, meant
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db


def ask(address):
    return matching(parse(QueryDict(address)), timezone.now())


def asked_for(address, now=None):
    return sorted(meant(parse(QueryDict(address)), now or timezone.now()).tolist())


def test_dates_days_and_times_are_left_to_the_meetings():
    activity = make_activity("Football", rules=[make_rule(first_date=datetime.date(2027, 1, 12))])
    assert ask("when=today&day=sat&time=morning&from=2030-01-01") == [activity.pk]
    assert ask("type=chess") == []


def test_activity_without_coming_dates_is_still_meant():
    over = make_activity(rules=[make_rule(first_date=datetime.date(2026, 9, 1), times=2)])
    assert search.find(parse(QueryDict("")), timezone.now()).total == 0
    assert ask("") == [over.pk]


def test_what_is_not_public_is_meant_all_the_same():
    here, gone = make_activity("Here"), make_activity("Gone")
    lapsing = make_activity(
        "Lapsing", host=make_organisation(declaration_until=timezone.localdate() + datetime.timedelta(days=1))
    )
    gone.unpublish()
    assert ask("") == [here.pk, lapsing.pk]
    assert asked_for("") == [here.pk, gone.pk, lapsing.pk]
    later = timezone.now() + datetime.timedelta(days=2)
    assert matching(parse(QueryDict("")), later) == [here.pk]
    assert asked_for("", later) == [here.pk, gone.pk, lapsing.pk]


def test_what_became_something_else_is_no_longer_meant():
    activity = make_activity("Football")
    assert asked_for("type=football") == [activity.pk]
    activity.type = ActivityType.objects.get(slug="chess")
    activity.save_revision()
    publishing.publish(activity=Activity.objects.get(pk=activity.pk), by=make_staff())
    assert (asked_for("type=football"), asked_for("type=chess")) == ([], [activity.pk])


def test_lapse_takes_an_activity_from_the_page_the_same_day():
    host = make_organisation(declaration_until=timezone.localdate())
    make_activity("Lapsing", host=host)
    everything = parse(QueryDict(""))
    assert search.find(everything, timezone.now()).total == 1
    assert search.find(everything, timezone.now() + datetime.timedelta(days=1)).total == 0


def test_ages_of_a_subscription_grow():
    activity = make_activity(age_from=13, age_to=13)
    assert ask("age=12&asof=2026-09") == []
    assert ask("age=12&asof=2025-09") == [activity.pk]
