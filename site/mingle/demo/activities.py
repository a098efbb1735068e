"""Activities, from a draft to the public, through the real actions."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from events.actions import co_organisers, publishing
from events.models import Activity, ActivityAccess, Joining, YesNo
from mingle.demo import access, clock, happenings, organisers, schedules
from mingle.demo.lists import Lists
from mingle.demo.reading import Facts, same_every_time
from organisations.models import Organisation, OrganisationPage, Venue

ANNOUNCED = datetime.timedelta(days=21)
OLD_ENOUGH, TOO_YOUNG = 11, 8


@transaction.atomic
def put_on(host: Organisation, words: Facts, venues: dict[str, Facts], now: datetime.datetime) -> bool:
    """Publish it three weeks before its first date, then let happen what happened. False where it is known.

    All in one transaction: a run that is stopped leaves it whole or not at all.
    """
    uuid = same_every_time("activity", host.slug, words["title"])
    if Activity.objects.filter(uuid=uuid).exists():
        return False
    by = organisers.owner_of(host)
    buildings = {key: Venue.objects.get(uuid=same_every_time("venue", key)) for key in _places_of(words)}
    rules = [schedules.rule(line, timezone.localdate(now), buildings) for line in words["when"]]
    first = datetime.datetime.combine(min(rule.first_date for rule in rules), datetime.time(9), datetime.UTC)
    since = min(max(first - ANNOUNCED, now - organisers.YEAR_AGO), now - datetime.timedelta(days=1))
    with clock.at(since):
        for number, rule in enumerate(rules):
            rule.uuid = same_every_time("rule", uuid, number)
        building = venues[words["venue"]]
        activity = draft(host, words, by, Lists.read(), uuid=uuid, rules=rules, **coming(words, building))
        activity.venue = buildings[words["venue"]]
        save(activity, by)
        if words.get("draft_only"):
            return True
        publishing.publish(activity=activity, by=by)
        _share(activity, words.get("with", []), by)
    happenings.happen(activity, words, by, now)
    if "draft" in words:
        with clock.at(now - datetime.timedelta(hours=3)):
            _leave_draft(activity, words["draft"], by)
    return True


def _places_of(words: Facts) -> set[str]:
    return {words["venue"], *(line["where"] for line in words["when"] if "where" in line)}


def draft(host: Organisation, words: Facts, by: User, lists: Lists, **facts: Any) -> Activity:
    """The activity that these words describe, unsaved."""
    answers = access.answers(words.get("access", {}), words["title"], lists.features)
    activity = Activity(
        title=words["title"],
        slug=slugify(words["title"]),
        host=host,
        owner=by,
        live=False,
        type=lists.types[words["type"]],
        access=[ActivityAccess(**said) for said in answers],
        **_what(words),
        **_taking_part(words),
        **facts,
    )
    activity.aims = [lists.aims[slug] for slug in words.get("aims", [])]
    activity.languages = [lists.languages[slug] for slug in words.get("languages", [])]
    return activity


def save(activity: Activity, by: User) -> None:
    """Below its host's page, with one revision."""
    OrganisationPage.objects.get(organisation=activity.host).add_child(instance=activity)
    activity.save_revision(user=by)


def _what(words: Facts) -> Facts:
    youngest, oldest = words.get("ages", (None, None))
    return {
        "summary": words["summary"],
        "body": organisers.paragraphs(words.get("body", "")),
        "age_from": youngest,
        "age_to": oldest,
        "audience": words.get("for", "everyone"),
        "price": Decimal(str(words["price"])) if "price" in words else None,
        "price_note": words.get("price_note", ""),
    }


def _taking_part(words: Facts) -> Facts:
    youngest = words.get("ages", (0, 0))[0]
    alone = YesNo.YES if youngest >= OLD_ENOUGH else YesNo.NO if youngest < TOO_YOUNG else YesNo.UNSAID
    return {
        "joining": words.get("joining", Joining.COME),
        "booking_address": words.get("book", ""),
        "places": words.get("places"),
        "alone": words.get("alone", alone),
        "parent_form": words.get("form", YesNo.NO if "joining" not in words else YesNo.UNSAID),
        "welcome": words.get("welcome", ""),
        "bring": words.get("bring", ""),
        "watch_first": words.get("watch", ""),
        "food": words.get("food", ""),
        "stay": words.get("stay", ""),
        "adults": words.get("adults", ""),
    }


def coming(words: Facts, building: Facts) -> Facts:
    """How one gets there: as the activity says, or as its building does."""
    return {name: words.get(name, building.get(name, "")) for name in ("bus", "step_free_way", "parking")}


def _share(activity: Activity, partners: list[str], by: User) -> None:
    for partner in Organisation.objects.filter(slug__in=partners).order_by("slug"):
        co_organisers.invite(activity=activity, organisation=partner, by=by)
        co_organisers.accept(activity=activity, organisation=partner, by=organisers.owner_of(partner))


def _leave_draft(activity: Activity, changes: Facts, by: User) -> None:
    """Words that somebody is still working on, on top of what is public."""
    draft = Activity.objects.get(pk=activity.pk)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)
