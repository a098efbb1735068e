"""Who may change and record dates: one rule for a row, and the same for many."""

import datetime

import pytest
from django.utils import timezone

from events import permissions
from events.models import Activity, CoOrganiser, Occurrence
from organisations.models import Organisation, Role
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.floor]

WHO = {
    "the host's owner": (True, True),
    "the host's recorder": (True, True),
    "the officer of the host's place": (True, False),
    "a recorder of one that helps": (True, True),
    "the officer of its place": (True, False),
    "a member of one that was asked": (False, False),
    "a member of one whose declaration lapsed": (False, False),
    "a member of another": (False, False),
    "nobody": (False, False),
    "platform staff": (True, False),
}


def helps(activity: Activity, partner: Organisation, *, accepted: bool = True) -> Organisation:
    CoOrganiser.objects.create(
        activity=activity, organisation=partner, accepted_at=timezone.now() if accepted else None
    )
    return partner


@pytest.mark.parametrize("who", WHO)
def test_what_is_found_among_many_is_what_may_be_done_with_each(who: str) -> None:
    activity = make_activity("Judo")
    make_activity("Of others", host=make_organisation(place=make_place("elsewhere")))
    abroad = make_place("bradford")
    partner = helps(activity, make_organisation(place=abroad))
    asked = helps(activity, make_organisation(), accepted=False)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    lapsed = helps(activity, make_organisation(declaration_until=yesterday))
    person = {
        "the host's owner": lambda: make_member(activity.host),
        "the host's recorder": lambda: make_member(activity.host, Role.RECORDER),
        "the officer of the host's place": lambda: make_officer(activity.host.place),
        "a recorder of one that helps": lambda: make_member(partner, Role.RECORDER),
        "the officer of its place": lambda: make_officer(abroad),
        "a member of one that was asked": lambda: make_member(asked),
        "a member of one whose declaration lapsed": lambda: make_member(lapsed),
        "a member of another": lambda: make_member(make_organisation()),
        "nobody": make_user,
        "platform staff": make_staff,
    }[who]()
    dates = Occurrence.objects.filter(activity=activity).order_by("pk")
    assert dates.count() > 0

    changes, records = WHO[who]
    assert permissions.may_change_dates(person, activity) == changes
    assert permissions.may_record(person, activity) == records
    of_this = {"activity": activity}
    assert list(permissions.changeable_by(person).filter(**of_this).order_by("pk")) == list(dates) * changes
    assert list(permissions.recordable_by(person).filter(**of_this).order_by("pk")) == list(dates) * records
    if who != "platform staff":
        assert not permissions.changeable_by(person).exclude(**of_this).exists()
    assert not permissions.recordable_by(person).exclude(**of_this).exists()
