"""Two places with two organisations in each, and in each of those one of everything, marked by its own word.

Whoever adds a model adds its rows here: a function below that makes some for one camp, marked by `camp.token`
wherever the model has words, in `MAKE`. Or, where nobody's rows are in it, its label with the reason in
`NOBODYS`. `test_every_model_has_marked_rows_or_a_reason` says so too. Whose a row is nobody has to say: what
appears while a camp is made is that camp's, whichever action made it.
"""

import dataclasses
import functools
import io
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from PIL import Image
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    CommentReply,
    GroupApprovalTask,
    Page,
    PageSubscription,
    PageViewRestriction,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from accounts import second_factors
from accounts.models import User
from events.actions import answers, co_organisers, vocabularies
from events.models import (
    Activity,
    ActivityAccess,
    BatchTaken,
    ConfirmationRequest,
    CountDay,
    Counter,
    Question,
    Register,
    RenderQueue,
    Review,
    Source,
    Suspension,
    Timetable,
    TimetableDraft,
)
from images.models import Picture
from organisations.actions import concerns, members
from organisations.models import (
    AccessFeature,
    DeclarationReminder,
    Invitation,
    Kind,
    Organisation,
    Role,
    VenueAccess,
    WaitingLetter,
)
from places.models import Place, School
from schools.models import (
    LinkLimit,
    Meeting,
    PaperLetter,
    Programme,
    ProgrammeGroup,
    ProgrammeTemplate,
    Round,
    RoundPair,
    RoundState,
    TemplateMeeting,
    Twinning,
    TwinningState,
    TwinningStep,
)
from tests.factories.activities import make_activity, make_draft
from tests.factories.applications import make_application
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import (
    FAR_AHEAD,
    collection_of,
    make_declaration,
    make_organisation,
    make_place,
    make_venue,
)
from tests.factories.people import make_user
from tests.factories.registers import make_school

# A word that all titles share, so that a search which is not scoped finds everybody's.
SHARED = "gathering"
CAMPS = {"vexnorth": ("quillamber", "quillbrisk"), "vexsouth": ("quillcedar", "quilldenim")}

NOBODYS = {
    "pages.HomePage": "the platform's own page",
    "pages.InformationPage": "the platform's own pages",
    "organisations.OrganisersPage": "one page for all",
    "organisations.AccessFeature": "a list for all",
    "organisations.Officer": "a place's, made with the place",
    "organisations.SafeguardingLead": "a place's, made with the place",
    "organisations.DeclarationText": "one text for all",
    "events.ActivityType": "a list for all",
    "events.Language": "a list for all",
    "events.Aim": "a list for all",
    "events.FeedTag": "how recently a public feed was asked for",
    "events.CalendarWords": "words of public calendar entries, each kept once for all",
    "events.AnswerToken": "digests of random numbers; no view shows one",
    "events.AnswerSession": "keys of open sessions; no view shows one",
    "events.PageText": "public pages as text",
    "places.Place": "made with the place",
    "places.Term": "a place's, made with the place",
    "places.BankHoliday": "a nation's",
    "places.Postcode": "a register",
    "places.Outcode": "a register",
    "places.School": "a register",
    "places.SchoolWord": "words of a register",
    "places.SchoolPupils": "a register; no view shows it",
    "diversity.Baseline": "a census",
    "jobs.LastSuccess": "the installation's",
    "wagtailembeds.Embed": "not used",
    "wagtailimages.Image": "our own model stands in its place",
    "wagtailimages.Rendition": "our own model stands in its place",
    "wagtailadmin.Admin": "holds a right and no rows",
    "wagtailcore.Locale": "the installation's",
    "wagtailcore.Site": "the installation's",
    "wagtailcore.GroupSitePermission": "not used",
    "wagtailcore.APIToken": "no API is mounted",
    "wagtailcore.WorkflowContentType": "a model's, not an organisation's",
    "modelsearch.IndexEntry": "made from rows that are walled themselves",
    "auth.Permission": "the installation's",
    "contenttypes.ContentType": "the installation's",
    "sessions.Session": "each person's own, by their cookie",
}

Key = tuple[str, str]  # table, primary key


@dataclasses.dataclass
class Camp:
    """An organisation with all that is its own."""

    token: str
    place: Place
    organisation: Organisation = None
    people: dict[Role, User] = dataclasses.field(default_factory=dict)
    live: Activity = None
    draft: Activity = None
    collection: Collection = None
    picture: Picture = None
    rows: set[Key] = dataclasses.field(default_factory=set)

    def words(self, *more: str) -> str:
        return " ".join((self.token, SHARED, *more))

    @property
    def owner(self) -> User:
        return self.people[Role.OWNER]

    def keys(self, table: str) -> list[str]:
        return sorted((key for name, key in self.rows if name == table), key=lambda key: (len(key), key))


@dataclasses.dataclass
class World:
    camps: list[Camp]
    officers: dict[str, User]
    leads: dict[str, User]
    both: User
    nobodys: User

    def of(self, token: str) -> Camp:
        return next(camp for camp in self.camps if camp.token == token)


@functools.cache
def png(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(out, "PNG")
    return out.getvalue()


def organisation(camp: Camp) -> None:
    name = camp.words("club")
    camp.organisation = make_organisation(name, place=camp.place, slug=f"{camp.token}-club")
    page = camp.organisation.page
    page.summary, page.body = camp.words("summary"), f"<p>{camp.words('body')}</p>"
    page.email, page.phone = f"hello@{camp.token}.example", "01422 000000"
    page.save_revision()


def people(camp: Camp) -> None:
    for role in Role:
        email = f"{role.value}@{camp.token}.example"
        person = make_user(email, first_name=f"{camp.token}{role.value}", last_name="Person")
        members.join(organisation=camp.organisation, user=person, role=role, by=None)
        address = EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        EmailConfirmation.objects.create(email_address=address, key=f"{camp.token}{role.value}")
        UserProfile.get_for_user(person)
        camp.people[role] = person
    camp.organisation.page.owner = camp.owner
    camp.organisation.page.save_revision(user=camp.owner)


def media(camp: Camp) -> None:
    group = members.provision(camp.organisation)
    camp.collection = collection_of(camp.organisation)
    camp.picture = Picture.objects.create(
        title=camp.words("picture"),
        description=camp.words("alt"),
        collection=camp.collection,
        uploaded_by_user=camp.owner,
        people_consent="no-people",
        file=SimpleUploadedFile(f"{camp.token}.png", png(), "image/png"),
    )
    camp.picture.tags.add(f"{camp.token}tag")
    camp.picture.get_rendition("max-165x165")
    Document.objects.create(
        title=camp.words("document"),
        collection=camp.collection,
        uploaded_by_user=camp.owner,
        file=SimpleUploadedFile(f"{camp.token}.pdf", b"%PDF-1.4 nothing", "application/pdf"),
    )
    private = CollectionViewRestriction.objects.create(
        collection=camp.collection, restriction_type="password", password=f"{camp.token}-secret"
    )
    private.groups.add(group)
    UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Picture),
        file=SimpleUploadedFile(f"{camp.token}-parked.png", png(), "image/png"),
        uploaded_by_user=camp.owner,
    )


def activities(camp: Camp) -> None:
    venue = make_venue(camp.organisation, name=camp.words("hall"), directions=camp.words("behind"))
    feature = AccessFeature.objects.order_by("pk").first()
    VenueAccess.objects.create(venue=venue, feature=feature, answer="yes", note=camp.words("ramp"))
    said = {"host": camp.organisation, "venue": venue, "picture": camp.picture, "owner": camp.owner}
    camp.live = make_activity(
        camp.words("live"), slug=f"{camp.token}-live", summary=camp.words("play"), **said
    )
    camp.draft = make_draft(
        camp.words("draft"), slug=f"{camp.token}-draft", summary=camp.words("soon"), **said
    )
    ActivityAccess.objects.create(
        activity=camp.live, feature=feature, answer="no", note=camp.words("steps"), sort_order=0
    )
    camp.live.title = camp.words("live rewritten")
    camp.live.save_revision(user=camp.owner)
    partner = Organisation.objects.get(slug="everybodys-friend")
    co_organisers.invite(activity=camp.live, organisation=partner, by=camp.owner)
    RenderQueue.objects.add([camp.live.pk])
    ConfirmationRequest.objects.create(activity=camp.live, season=timezone.localdate())
    Redirect.objects.create(old_path=f"/{camp.token}", redirect_page=camp.live)


def talk(camp: Camp) -> None:
    comment = Comment.objects.create(
        page=camp.live, user=camp.owner, text=camp.words("comment"), contentpath="title"
    )
    CommentReply.objects.create(comment=comment, user=camp.people[Role.EDITOR], text=camp.words("reply"))
    PageSubscription.objects.create(page=camp.live, user=camp.owner, comment_notifications=True)
    private = PageViewRestriction.objects.create(page=camp.draft, restriction_type="groups")
    private.groups.add(members.provision(camp.organisation))
    log(camp.live, "wagtail.edit", user=camp.owner, title=camp.words("logged"))
    log(camp.picture, "wagtail.edit", user=camp.owner, title=camp.words("logged picture"))
    EditingSession.objects.create(
        user=camp.owner,
        content_type=ContentType.objects.get_for_model(Page),
        object_id=str(camp.live.pk),
        last_seen_at=timezone.now(),
        is_editing=True,
    )
    FormState.objects.create(
        user=camp.owner,
        data=urlencode({"title": camp.words("half typed")}),
        content_type=ContentType.objects.get_for_model(Activity),
        object_id=str(camp.live.pk),
        last_updated_at=timezone.now(),
    )


def moderation(camp: Camp) -> None:
    workflow = Workflow.objects.create(name=camp.words("workflow"), active=True)
    task = GroupApprovalTask.objects.create(name=camp.words("task"), active=True)
    task.groups.add(members.provision(camp.organisation))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=camp.draft)
    workflow.start(camp.draft, camp.owner)


def promises(camp: Camp) -> None:
    """Who applies, what is signed, who is asked in, and how people sign in."""
    applicant = make_user(f"applicant@{camp.token}.example", first_name=camp.token)
    make_application(applicant, name=camp.words("applied"), summary=camp.words("wants"), place=camp.place)
    make_declaration(camp.organisation, lead_name=camp.words("lead"))
    make_declaration(camp.organisation, FAR_AHEAD, lead_name=camp.words("signed lead"))
    DeclarationReminder.objects.create(organisation=camp.organisation, until=FAR_AHEAD, days=60)
    WaitingLetter.objects.create(
        receiver=f"told@{camp.token}.example",
        subject=camp.words("told"),
        text=camp.words("letter"),
        html=camp.words("letter"),
        written_at=timezone.now(),
        try_at=timezone.now(),
    )
    Invitation.objects.create(
        organisation=camp.organisation,
        email=f"asked@{camp.token}.example",
        role=Role.EDITOR,
        invited_by=camp.owner,
        invited_at=timezone.now(),
    )
    second_factors.enrol_app(camp.owner)
    UserSession.objects.create(
        user=camp.owner, ip="127.0.0.1", session_key=camp.token, user_agent=camp.words("browser")
    )


def looks(camp: Camp) -> None:
    """What an officer looks at, what a lead has taken off and let back, and what came in a file."""
    Review.objects.create(
        activity=camp.draft,
        asked_by=camp.owner,
        asked_at=timezone.now(),
        answer=camp.words("looked at"),
    )
    Suspension.objects.create(
        activity=camp.draft,
        began_by=camp.owner,
        lifted_at=timezone.now(),
        lifted_by=camp.owner,
    )
    timetable = Timetable.objects.create(
        organisation=camp.organisation,
        by=camp.owner,
        name=camp.words("timetable"),
        cells=[["Name", "Day", "Time"], [camp.words("line"), "Monday", "4-5pm"]],
        first=timezone.localdate(),
        changed_at=timezone.now(),
    )
    TimetableDraft.objects.create(
        timetable=timetable, line=1, activity=camp.draft, revision=camp.draft.latest_revision_id
    )


def pairs(camp: Camp) -> None:
    """A round of the place, with two schools of the register. The organisation stands for one of them."""
    first = 900_001 + 2 * School.objects.count()
    area = camp.place.area_codes[0]
    schools = [make_school(first + at, name=f"{SHARED} school {first + at}", area_code=area) for at in (0, 1)]
    camp.organisation.kind, camp.organisation.urn = Kind.SCHOOL, schools[0].pk
    camp.organisation.save(update_fields=["kind", "urn"])
    made = Round.objects.create(
        place=camp.place,
        area_codes=camp.place.area_codes,
        year=2026,
        state=RoundState.DRAFT,
        step=None,
        figures={},
        by=None,
        run_at=timezone.now(),
        note=camp.words("note"),
    )
    RoundPair.objects.create(round=made, first=schools[0], second=schools[1], kilometres=2.0)
    twinning = Twinning.objects.create(
        first=schools[0],
        second=schools[1],
        year=2026,
        state=TwinningState.DECLINED,
        since=timezone.now(),
        note=camp.words("asked"),
        first_contact=camp.words("contact"),
        reason=camp.words("reason"),
    )
    TwinningStep.objects.create(twinning=twinning, state=TwinningState.DECLINED, at=twinning.since)
    LinkLimit.objects.create(school=schools[0])
    PaperLetter.objects.create(
        twinning=twinning,
        school=schools[1],
        digest=uuid.uuid4().hex * 2,
        written_at=timezone.now(),
        written_by=camp.owner,
    )
    programme = Programme.objects.create(
        twinning=twinning,
        title=camp.words("programme"),
        summary=camp.words("together"),
        type="art",
        before=camp.words("letters"),
    )
    ProgrammeGroup.objects.create(
        programme=programme,
        side="first",
        number=0,
        label=camp.words("class")[:40],
        size=28,
        age_from=9,
        age_to=10,
    )
    Meeting.objects.create(programme=programme, number=0, setting="neutral", title=camp.words("meeting"))
    template = ProgrammeTemplate.objects.create(place=camp.place, title=camp.words("template"))
    TemplateMeeting.objects.create(
        template=template, number=0, setting="neutral", title=camp.words("of the template")
    )


def codes(camp: Camp) -> None:
    answers.code_of(activity=camp.live, by=camp.owner)


def counts(camp: Camp) -> None:
    """A register, and a batch that a phone sent."""
    date = camp.live.occurrences.order_by("starts_at").first()
    register = Register.objects.create(occurrence=date, came=3)
    Counter.objects.create(
        register=register, question=Question.GROUP, source=Source.TYPED, answer="asian", number=3
    )
    CountDay.objects.create(
        activity=camp.live, season=timezone.localdate(), number=1, occurrence=date, drawn_at=timezone.now()
    )
    BatchTaken.objects.create(device=uuid.uuid4(), number=1, occurrence=date, taken_at=timezone.now())


def worries(camp: Camp) -> None:
    lead = camp.place.safeguarding_leads.get().user
    concern = make_concern(camp.words("worry"), about=camp.organisation)
    concerns.add_note(concern=concern, text=camp.words("noted"), by=lead)
    concerns.read(concern=concern, by=lead)


# The one place: what is made for each camp, in this order.
MAKE: list[Callable[[Camp], None]] = [
    organisation,
    people,
    media,
    activities,
    talk,
    moderation,
    promises,
    looks,
    pairs,
    codes,
    counts,
    worries,
]


def models() -> Iterator[type[Model]]:
    """Every model with a table of its own."""
    return (each for each in apps.get_models() if each._meta.managed and not each._meta.proxy)


def build() -> World:
    vocabularies.add_missing()
    make_organisation("Everybody's friend", slug="everybodys-friend", place=make_place("vexmiddle"))
    AccessFeature.objects.get_or_create(slug="step-free", defaults={"name": "Step-free way in"})
    _keys_apart()
    world = World([], {}, {}, make_user("both@quillbothend.example"), make_user("nobodys@example.org"))
    seen = set(snapshot())
    for number, (place_token, tokens) in enumerate(CAMPS.items()):
        name = f"{place_token.removeprefix('vex').title()} town"  # public
        place = make_place(place_token, name=name, area_codes=[f"E0800000{number + 1}"])
        world.officers[place_token] = make_user(
            f"officer@{place_token}.example", first_name=f"{place_token}officer"
        )
        members.appoint(place=place, user=world.officers[place_token], by=None)
        second_factors.enrol_app(world.officers[place_token])
        world.leads[place_token] = make_lead(place, f"lead@{place_token}.example")
        make_venue(None, name=f"{place_token} {SHARED} park", place=place)
        seen |= set(snapshot())
        for token in tokens:
            camp = Camp(token, place)
            for make in MAKE:
                make(camp)
            camp.rows = set(snapshot()) - seen
            seen |= camp.rows
            world.camps.append(camp)
    for token in ("quillamber", "quillcedar"):
        camp = world.of(token)
        members.join(organisation=camp.organisation, user=world.both, role=Role.EDITOR, by=None)
        camp.rows |= set(snapshot()) - seen
        seen |= camp.rows
    second_factors.enrol_app(world.both)
    EmailAddress.objects.create(user=world.both, email=world.both.email, verified=True, primary=True)
    return world


def _keys_apart() -> None:
    """Each table counts from a number of its own, so that a key says what it is the key of."""
    with connection.cursor() as cursor:
        for at, sequence in enumerate(connection.introspection.sequence_list(), start=1):
            cursor.execute(f'ALTER SEQUENCE "{sequence["name"]}" RESTART WITH {1_000 * at}')


# Between the columns of a key that has several.
KEY_PARTS = " and "


def snapshot() -> dict[Key, str]:
    """A fingerprint of every row of every table."""
    rows: dict[Key, str] = {}
    with connection.cursor() as cursor:
        for model in models():
            table = model._meta.db_table
            key = ", ".join(f'"{field.column}"' for field in model._meta.pk_fields)
            cursor.execute(f"SELECT concat_ws('{KEY_PARTS}', {key}), md5(t::text) FROM \"{table}\" t")
            rows.update({(table, pk): digest for pk, digest in cursor.fetchall()})
    return rows
