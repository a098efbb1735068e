"""What the database itself refuses of activities, their schedules and their dates, whoever writes."""

import datetime
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model

from events.models import (
    Activity,
    ActivityAccess,
    CalendarEntry,
    CalendarWords,
    CoOrganiser,
    Occurrence,
    ScheduleRule,
)
from organisations.models import AccessFeature
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db

MODULES = {f"events.models.{name}" for name in ("activity", "schedule", "occurrence")}
A_DAY = datetime.timedelta(days=1)
Try = Callable[[Activity], object]


def activity_with(**fields: object) -> Try:
    return lambda activity: Activity.objects.filter(pk=activity.pk).update(**fields)


def rule_with(**fields: object) -> Try:
    return lambda activity: ScheduleRule.objects.filter(activity=activity).update(**fields)


def date_with(**fields: object) -> Try:
    return lambda activity: Occurrence.objects.filter(activity=activity).update(**fields)


def twice(model: type[Model], **fields: object) -> Try:
    return lambda activity: [model._default_manager.create(activity=activity, **fields) for _ in range(2)]


def words_again(activity: Activity) -> None:
    words = CalendarWords.objects.get(activity=activity)
    words.pk = None
    words.save()


TRIES: list[tuple[str, Try]] = [
    ("activity_ages_in_order", activity_with(age_from=9, age_to=8)),
    ("activity_price_not_negative", activity_with(price=-1)),
    ("activity_booking_has_an_address", activity_with(joining="book")),
    ("activity_access_once_a_feature", lambda activity: twice(ActivityAccess, feature=a_feature())(activity)),
    ("co_organiser_once", lambda activity: twice(CoOrganiser, organisation=make_organisation())(activity)),
    ("schedule_rule_ends_after_it_starts", rule_with(end=F("start"))),
    ("schedule_rule_until_after_first", rule_with(times=None, until=F("first_date") - A_DAY)),
    ("schedule_rule_until_or_times", rule_with(times=10, until=F("first_date"))),
    ("schedule_rule_interval_1_to_52", rule_with(interval=0)),
    ("schedule_rule_interval_1_to_52", rule_with(interval=53)),
    ("occurrence_once_a_rule_and_date", date_with(rule_date=datetime.date(2027, 1, 12))),
    ("occurrence_ends_after_it_starts", date_with(ends_at=F("starts_at"))),
    ("occurrence_withdrawn_is_cancelled", date_with(withdrawn=True)),
    ("occurrence_moved_says_from_when", date_with(state="moved")),
    ("calendar_words_once_an_activity", words_again),
]
ALLOWED: list[Try] = [
    activity_with(age_from=8, age_to=8, price=0),
    activity_with(joining="book", booking_address="https://example.org/"),
    rule_with(times=None, until=F("first_date"), interval=52),
    date_with(withdrawn=True, state="cancelled"),
    date_with(state="moved", moved_from=F("starts_at")),
]


def a_feature() -> AccessFeature:
    return AccessFeature.objects.all()[0]


def refusal(broken: Try, activity: Activity) -> str | None:
    """The name of the constraint that refuses, at the latest when all is to be stored."""
    try:
        with transaction.atomic():
            broken(activity)
            connection.check_constraints()
    except IntegrityError as refused:
        return refused.__cause__.diag.constraint_name
    return None


@pytest.mark.parametrize(("name", "broken"), TRIES)
def test_the_database_refuses_what_cannot_be(name: str, broken: Try) -> None:
    assert refusal(broken, make_activity()) == name


@pytest.mark.parametrize("allowed", ALLOWED)
def test_the_database_takes_what_can_be(allowed: Try) -> None:
    assert refusal(allowed, make_activity()) is None


def test_every_constraint_of_them_is_tried() -> None:
    models = [model for model in apps.get_app_config("events").get_models() if model.__module__ in MODULES]
    assert {Activity, ScheduleRule, Occurrence, CalendarEntry} <= {*models}
    named = {each.name for model in models for each in model._meta.constraints}
    assert {name for name, _ in TRIES} == named
