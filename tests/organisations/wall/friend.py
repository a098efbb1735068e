"""Whom every camp does something with: a school that is nobody's camp, so that what both see is no leak."""

from accounts.models import User
from events.actions import co_organisers
from organisations.actions import members
from organisations.models import Kind, Organisation, Role, Venue
from places.models import School
from schools.actions import twinnings
from schools.models.twinning import MOST_LINKS
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_place, make_venue
from tests.factories.people import make_user
from tests.factories.registers import make_school
from tests.factories.twinnings import Joined
from tests.organisations.wall.camp import SHARED, Camp

SLUG, HEAD = "everybodys-friend", "head@friend.example"
URN = 999_999  # the second of each pair that it is in


def make() -> None:
    school = make_school(URN, f"{SHARED} school of everybody")
    organisation = make_organisation(
        "Everybody's friend", slug=SLUG, kind=Kind.SCHOOL, urn=school.pk, place=make_place("vexmiddle")
    )
    head = make_user(HEAD)
    members.join(organisation=organisation, user=head, role=Role.OWNER, by=None)
    make_venue(organisation, name="Everybody's hall")
    twinnings.choose_limit(school=school, most=MOST_LINKS, by=head)


def found() -> Joined:
    organisation = Organisation.objects.get(slug=SLUG)
    return Joined(School.objects.get(pk=URN), organisation, User.objects.get(email=HEAD))


def run_together(camp: Camp) -> None:
    """The friend is asked by the camp. The camp is asked to a feast, and has said yes to a fair."""
    friend = found()
    co_organisers.invite(activity=camp.live, organisation=friend.organisation, by=camp.owner)
    hall = Venue.objects.get(organisation=friend.organisation)
    said = {"host": friend.organisation, "owner": friend.head, "venue": hall}
    for what in ("feast", "fair"):
        once = [make_rule(times=1)]
        activity = make_activity(camp.words(what), slug=f"{camp.token}-{what}", rules=once, **said)
        co_organisers.invite(activity=activity, organisation=camp.organisation, by=friend.head)
    co_organisers.accept(activity=activity, organisation=camp.organisation, by=camp.owner)
