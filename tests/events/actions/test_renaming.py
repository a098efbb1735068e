"""A new name of an organisation, a venue or a type: queued with the change itself, or not at all."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from events import tick
from events.feeds import remembering
from events.models import Activity, RenderQueue
from organisations.actions import naming, venues
from organisations.models import Generation
from tests.events import cms
from tests.events.conftest import NOW
from tests.factories.activities import make_activity, make_rule
from tests.factories.people import make_member, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.floor]

Rename = Callable[[Activity, str], None]
Clock = Callable[[datetime.datetime], None]


def rename_host(activity: Activity, name: str) -> None:
    naming.rename_organisation(organisation=activity.host, name=name, by=make_member(activity.host))


def rename_venue(activity: Activity, name: str) -> None:
    venues.change(venue=activity.venue, name=name, by=make_member(activity.host))


def rename_type(activity: Activity, name: str) -> None:
    """Among the lists in the CMS, as platform staff do: there is no other way."""
    client = cms.signed_in(make_staff())
    address = reverse("wagtailsnippets_events_activitytype:edit", args=[activity.type_id])
    form = client.get(address).context["form"]
    drawn = {field: value for field in form.fields if (value := form[field].value()) is not None}
    assert client.post(address, {**drawn, "name": name}).status_code == 302


EACH = pytest.mark.parametrize("rename", [rename_host, rename_venue, rename_type])


@pytest.fixture
def activity() -> Activity:
    return make_activity("Sports", rules=[make_rule(times=2)])


def feed() -> str:
    remembering.memory.clear()
    return Client().get("/activities/calendar.ics").content.decode()


def named(activity: Activity) -> list[str]:
    fresh = Activity.objects.get(pk=activity.pk)
    return [fresh.host.name, fresh.venue.name, fresh.type.name]


@EACH
def test_a_new_name_queues_what_it_stands_in_and_nothing_else(
    activity: Activity, clock: Clock, rename: Rename
) -> None:
    make_activity("Another", type="chess")
    before = feed()
    clock(NOW + datetime.timedelta(hours=1))

    rename(activity, "Quite another name")

    assert list(RenderQueue.objects.values_list("activity", flat=True)) == [activity.pk]
    assert feed() == before
    assert ">Sports<" not in Client().get("/activities/?q=quite").content.decode()
    assert tick.render_queued(dry_run=False) == 1
    assert (before.count("Quite another name"), feed().count("Quite another name")) == (0, 2)
    assert ">Sports<" in Client().get("/activities/?q=quite").content.decode()


@EACH
def test_a_new_name_that_fails_once_it_is_queued_queues_nothing(
    activity: Activity, clock: Clock, rename: Rename, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, names = feed(), named(activity)
    clock(NOW + datetime.timedelta(hours=1))
    queued: list[int] = []

    def fail(*scopes: object) -> None:
        queued.extend(RenderQueue.objects.values_list("activity", flat=True))
        raise RuntimeError("no disk")

    with monkeypatch.context() as patched:
        patched.setattr(Generation.objects, "raised", fail)
        with pytest.raises(RuntimeError, match="no disk"):
            rename(activity, "Quite another name")

    assert queued == [activity.pk]
    assert not RenderQueue.objects.exists()
    assert named(activity) == names
    assert tick.render_queued(dry_run=False) == 0
    assert feed() == before
