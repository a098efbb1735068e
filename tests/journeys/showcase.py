"""What `pages.PAGES` shows: some of the demonstration, and the cases that are hard to lay out."""

import datetime
from unittest import mock

from django.core.files.base import ContentFile
from django.db.models import Q
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from events.models import (
    Activity,
    ActivityAccess,
    Aim,
    AnswerCode,
    Language,
    Occurrence,
    ScheduleRule,
    Source,
    State,
)
from images.models import PeopleConsent, Picture
from mingle.demo import loading, people, reading
from mingle.demo.bulk import material, writing
from organisations.actions import members
from organisations.models import AccessFeature, Answer, Organisation, Role, Venue
from organisations.models import State as OrganisationState
from places.models import Place, Postcode, School
from places.school_years import year_of
from schools.actions import twinnings
from schools.models import Twinning
from tests.factories.activities import make_activity, make_rule
from tests.factories.answers import make_session
from tests.factories.applications import make_application
from tests.factories.attendance import make_met, make_register
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_user
from tests.factories.postcodes import make_outcode
from tests.factories.registers import make_school
from tests.factories.signing_in import confirm
from tests.images import examples
from tests.journeys import pages

ORGANISATIONS = (
    "calder-swifts",
    "copperbeck-high",
    "crossways-youth",
    "lantern-hill-academy",
    "makers-loft",
    "millrace-bank-high",
    "rang-circle",
    "slow-lane",
    "steps-up",
    "threadside-libraries",
)
LONG = "Rhythmusgymnastikvorbereitungsgruppe and friends: dance, drums and a lot of noise for beginners"
VENUES = 200
SENTENCE = "Come as you are: somebody meets you at the door, shows you round and stays with you for a while."


def fill() -> None:
    """Committed: a server beside this process shows it."""
    _bring_in_the_demonstration()
    place = Place.objects.get()
    everything = make_organisation(
        "The Upper Calder Valley Intercommunity Youth Arts and Sports Partnership of Voluntary Organisations",
        slug="everything",
        place=place,
    )
    _describe(everything)
    _put_people_in(everything)
    _put_on_everything(everything)
    _take_registers(everything)
    _put_on_the_rest(everything)
    _twin_a_school()
    _ask_a_school()
    nothing = make_organisation("Nobody said", slug="nothing", place=place)
    make_activity(
        "Nothing said",
        slug="nothing",
        host=nothing,
        rules=[_weekly()],
        price=None,
        age_from=None,
        age_to=None,
    )
    make_organisation("Empty so far", slug="empty", place=place)
    closed = make_organisation("Closed for good", slug="closed", place=place)
    Organisation.objects.filter(pk=closed.pk).update(state=OrganisationState.CLOSED)


def put_on_a_thousand() -> None:
    """Beside all that: set by set, in a few seconds; each host has its share and the venues lie all over."""
    place = Place.objects.get()
    venues = Venue.objects.bulk_create(
        Venue(
            place=place,
            name=f"Hall {number + 1}",
            town="Halifax",
            postcode="HX1 1AA",
            latitude=53.66 + number * 0.618034 % 1 * 0.12,
            longitude=-2.1 + number / VENUES * 0.38,
        )
        for number in range(VENUES)
    )
    by, now = User.objects.get(email=people.OFFICER.email), timezone.now()
    hosts = list(Organisation.objects.public(timezone.localdate(now)).select_related("place").order_by("pk"))
    drafts = material.drafts(range(1_000), hosts=hosts, venues=venues, by=by, today=timezone.localdate(now))
    writing.publish(list(drafts), by=by, now=now)


def _bring_in_the_demonstration() -> None:
    """With no more postcodes than its venues stand at."""
    everything = reading.organisations()
    some = {slug: everything[slug] for slug in ORGANISATIONS}
    for number, code in enumerate(sorted({venue["postcode"] for venue in reading.venues().values()})):
        Postcode.objects.create(
            code=code.replace(" ", ""),
            latitude=53.68 + number % 7 * 0.02,
            longitude=-2.05 + number % 11 * 0.025,
            area_code="E08000033",
        )
    make_outcode("HX1")
    with override_settings(DEMO=True), mock.patch.object(reading, "organisations", return_value=some):
        loading.load(lambda line: None)


def _put_people_in(organisation: Organisation) -> None:
    """Whoever `pages` looks as; of the members one has a name that is hard to lay out."""
    members.join(organisation=organisation, user=_person(pages.OWNER), role=Role.OWNER, by=None)
    long = make_user("bartholomew.featherstonehaugh-cholmondeley@everything.example", first_name=LONG[:36])
    members.join(organisation=organisation, user=long, role=Role.RECORDER, by=None)
    make_application(_person(pages.APPLICANT), sent=False, place=organisation.place, name=organisation.name)
    _person(pages.NEWCOMER)


def _twin_a_school() -> None:
    """In all the states that a head teacher meets."""
    school = Organisation.objects.get(slug="lantern-hill-academy")
    head = _person(pages.HEAD)
    members.join(organisation=school, user=head, role=Role.EDITOR, by=None)
    third = Organisation.objects.get(slug="everything")
    made = make_school(900_301, third.name, phase="secondary")
    Organisation.objects.filter(pk=third.pk).update(kind="school", urn=made.pk)
    by = User.objects.get(email=pages.OWNER)
    asked = twinnings.propose(
        school=made,
        other=School.objects.get(pk=school.urn),
        year=year_of(timezone.localdate()),
        note=SENTENCE,
        contact=LONG,
        by=by,
    )
    lantern = School.objects.get(pk=school.urn)
    twinnings.accept(twinning=asked, school=lantern, contact=LONG, by=head)
    for stands, uuid in (
        ("running", pages.TWINNING),
        ("proposed", pages.TWINNING_ASKED),
        ("agreed", pages.TWINNING_AGREED),
    ):
        Twinning.objects.filter(Q(first=lantern) | Q(second=lantern), state=stands).update(uuid=uuid)


def _ask_a_school() -> None:
    """One that has no account."""
    made = twinnings.propose(
        school=School.objects.get(pk=Organisation.objects.get(slug="lantern-hill-academy").urn),
        other=School.objects.get(pk=pages.ASKED),
        year=year_of(timezone.localdate()),
        note=" ".join([SENTENCE] * 4),
        contact="Wilhelmina Ashworth-Greenwood, assistant head, 01632 960121",
        by=User.objects.get(email=pages.HEAD),
    )
    Twinning.objects.filter(pk=made.pk).update(uuid=pages.TWINNING_BY_LETTER)


def _person(email: str) -> User:
    return confirm(make_user(email, first_name="Wilhelmina", last_name="Ashworth-Greenwood"))


def _describe(organisation: Organisation) -> None:
    page = organisation.page
    page.summary = SENTENCE
    page.body = f"<h2>Who we are</h2><p>{SENTENCE}</p><ul><li>One</li><li>Two</li></ul>"
    page.email = "a-rather-long-address-for-a-small-screen@everything.example"
    page.phone = "01632 960121"
    page.save_revision().publish()


def _take_registers(host: Organisation) -> None:
    """Of three weeks, with all groups and some who said nothing."""
    activity = Activity.objects.get(host=host, slug="everything")
    for week, groups in enumerate(([12, 1, 3, 24, 0], [14, 2, 3, 20, 1], [10, 1, 6, 22, 2]), start=1):
        make_register(make_met(activity, 7 * week), groups, came=sum(groups) + 2)


def _put_on_everything(host: Organisation) -> None:
    """Every field filled, with as many letters as it takes; dates moved, cancelled and with a notice."""
    activity = make_activity(
        LONG,
        slug="everything",
        uuid=pages.EVERYTHING,
        host=host,
        type="dance",
        rules=[_weekly(times=30)],
        venue=make_venue(None, name="Todmorden Unitarian Church Community Hall", directions=SENTENCE),
        summary=SENTENCE,
        body=f"<h2>What we do</h2><p>{SENTENCE}</p>",
        picture=_picture("Drums and dancers in a hall"),
        entrance_picture=_picture("A red door with a ramp and a bell at the height of a seat"),
        audience="girls",
        joining="book",
        booking_address="https://everything.example/book",
        price=1234.5,
        price_note="Nobody is turned away for want of money; ask anybody in an orange jumper",
        places=24,
        alone="yes",
        parent_form="yes",
        welcome=SENTENCE,
        bring=SENTENCE,
        watch_first="yes",
        bus=SENTENCE,
        step_free_way=SENTENCE,
        parking=SENTENCE,
        food=SENTENCE,
        stay="either",
        adults=SENTENCE,
        languages=list(Language.objects.all()[:9]),
        aims=list(Aim.objects.all()),
        access=[
            ActivityAccess(feature=feature, answer=list(Answer)[number % 3], note=SENTENCE)
            for number, feature in enumerate(AccessFeature.objects.all())
        ],
    )
    first, second, third, *_ = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    later = datetime.timedelta(minutes=30)
    _change(
        first, uuid=pages.DATE, notice="The lift is out of order. Ring the bell and we carry what you cannot."
    )
    _change(second, state=State.CANCELLED, reason="The hall is a polling station that day.")
    _change(
        third,
        state=State.MOVED,
        moved_from=third.starts_at,
        starts_at=third.starts_at + later,
        ends_at=third.ends_at + later,
        reason="The drummers before us need half an hour more.",
    )
    _publish_again(activity)
    AnswerCode.objects.create(activity=activity, code=pages.CLOSED_CODE)


def _put_on_the_rest(host: Organisation) -> None:
    on_now = make_session("On now", host=host)
    _change(on_now, uuid=pages.DATE_NOW)
    make_register(on_now, [9, 0, 0, 12, 0], came=19, source=Source.ANSWERS)
    AnswerCode.objects.create(activity=on_now.activity, code=pages.OPEN_CODE)
    make_activity(
        "لڑکیوں کا فٹ بال",
        slug="urdu",
        host=host,
        rules=[_weekly()],
        summary="ہر منگل کو کھیلیں، ہنسیں اور دوسرے سکولوں کے بچوں سے ملیں۔",
    )
    over = make_rule(first_date=timezone.localdate() - datetime.timedelta(days=90), times=2)
    make_activity("Nothing planned", slug="no-dates", host=host, rules=[over])
    make_activity("Gone", slug="gone", host=host, rules=[_weekly()]).unpublish()
    for number in range(12):
        make_activity(f"{LONG[:40]} {number}", host=host, type="chess", rules=[_weekly()])


def _weekly(times: int = 3) -> ScheduleRule:
    return make_rule(first_date=timezone.localdate() + datetime.timedelta(days=1), times=times)


def _picture(description: str) -> Picture:
    return Picture.objects.create(
        title=description,
        description=description,
        file=ContentFile(examples.jpeg_with_position(), "picture.jpg"),
        people_consent=PeopleConsent.NO_PEOPLE,
    )


def _change(occurrence: Occurrence, **fields: object) -> None:
    Occurrence.objects.filter(pk=occurrence.pk).update(**fields)


def _publish_again(activity: Activity) -> None:
    activity.get_latest_revision().publish()
