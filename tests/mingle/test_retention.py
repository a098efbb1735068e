"""How long what is personal lives: every model says it, and one night ends whatever has lived its time."""

import datetime
import itertools
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Field, ForeignKey, ManyToManyField, Model
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.models import Revision

from accounts.models import User
from events.actions import suspending
from events.models import ActivityAccess, Occurrence, Review
from jobs import running
from jobs.retention import Retention
from jobs.steps import steps_of
from organisations.actions import applications, concerns, invitations, verification
from organisations.letters import Letter, send
from organisations.models import AccessFeature, Membership, OrganisationPage, Outcome, Role
from schools.actions import twinnings
from tests.factories.activities import make_activity, make_rule
from tests.factories.applications import make_application
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import collection_of, make_declaration, make_organisation, make_place
from tests.factories.paper_letters import written
from tests.factories.people import make_member, make_officer, make_user
from tests.factories.signing_in import confirm
from tests.factories.timetables import make_timetable
from tests.images.photographs import keep_picture
from tests.organisations.test_concerns_leave_no_trace import whole_database
from tests.test_safeguarding import TEXT
from tests.test_tree import OURS

WHO = "Zephyrine"
LONG_AGO = datetime.timedelta(days=366 * 8)
# Words, and why they are nobody's.
NOT_PERSONAL: dict[str, str] = {
    "accounts.AuditEntry": "action subject_kind",
    "diversity.Baseline": "area_code code_list counts",  # numbers of whole areas
    "events.ActivityType": "name openactive words",  # lists that platform staff write
    "events.Aim": "name officers_name",
    "events.AnswerCode": "code",
    "events.AnswerSession": "key",
    "events.AnswerToken": "digest",
    "events.CalendarEntry": "meaning text",  # dates, and words that are in `CalendarWords`
    "events.CalendarWords": "digest address text",  # go with the last entry that has them
    "events.Counter": "answer",
    "events.FeedTag": "key etag",
    "events.Language": "name code autonym",
    "events.Listing": "type elsewhere title path card notices words",  # written anew with the activity
    "events.PageText": "language digest",
    "events.Timetable": "left_out taken_in agreed",  # numbers of lines; a digest
    "images.Picture": "file_hash",
    "images.Rendition": "file filter_spec focal_point_key",  # goes with its picture
    "jobs.LastSuccess": "name",
    "organisations.AccessFeature": "name question",
    "organisations.Concern": "reference sent_with",
    "organisations.DeclarationText": "words",
    "organisations.Organisation": "name",
    "organisations.Venue": "name street town postcode directions",  # of a public building, never of a home
    "organisations.VenueAccess": "note",
    "pages.HomePage": "headline introduction",  # what a place publishes
    "pages.InformationPage": "introduction body",
    "places.BankHoliday": "name",
    "places.Outcode": "code area_code",
    "places.Place": "name introduction",
    "places.Postcode": "code area_code",
    "places.School": "name search_name kind street locality town postcode authority area_code",
    "places.SchoolPupils": "groups",  # numbers of whole schools
    "places.SchoolWord": "word",
    "places.Term": "name",
    "schools.Meeting": "title",  # what is planned, shown to families with the joint activity
    "schools.PaperLetter": "digest",
    "schools.Programme": "title summary before",
    "schools.ProgrammeGroup": "label",  # a class, never a child
    "schools.ProgrammeTemplate": "title about before",
    "schools.Round": "keep never graph figures",
    "schools.TemplateMeeting": "title",
}
# Keys of other people's packages to whoever signs in, and what ends them.
THEIRS = {
    "account.EmailAddress": "goes with the account",
    "mfa.Authenticator": "goes with the account",
    "usersessions.UserSession": "accounts.forget_where_people_signed_in",
    "wagtailadmin.EditingSession": "organisations.forget_open_editors",
    "wagtailadmin.FormState": "organisations.forget_open_editors",
    "wagtailcore.APIToken": "goes with the account",
    "wagtailcore.Comment": "comments are off",
    "wagtailcore.CommentReply": "comments are off",
    "wagtailcore.ModelLogEntry": "accounts.forget_who_edited",
    "wagtailcore.Page": "names a former member",
    "wagtailcore.PageLogEntry": "accounts.forget_who_edited",
    "wagtailcore.PageSubscription": "goes with the account",
    "wagtailcore.Revision": "accounts.forget_who_edited",
    "wagtailcore.TaskState": "organisers have no workflows",
    "wagtailcore.UploadedFile": "images.forget_parked_files",
    "wagtailcore.WorkflowState": "organisers have no workflows",
    "wagtaildocs.Document": "names a former member",
    "wagtailimages.Image": "nobody: pictures are our own",
    "wagtailusers.UserProfile": "goes with the account",
}
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def ours() -> list[type[Model]]:
    known = (*OURS, "diversity", "jobs")
    return [each for each in apps.get_models() if each._meta.app_label in known]


def own_fields(model: type[Model]) -> list[Field]:
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def could_be_personal(field: Field) -> bool:
    """Words, whatever they say, and who signs in. Not what is chosen from a list, nor part of an address."""
    if isinstance(field, ForeignKey | ManyToManyField):
        return field.related_model is User
    return isinstance(field, TEXTS) and not field.choices and not isinstance(field, models.SlugField)


def said_by(model: type[Model]) -> Retention | None:
    return vars(model).get("retention")


def test_every_field_that_could_be_personal_says_how_long_it_lives() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in own_fields(model)
        if could_be_personal(field)
    }
    said = {f"{model._meta.label}.{name}" for model, retention in kept() for name in retention.fields.split()}
    nobodys = {f"{label}.{name}" for label, names in NOT_PERSONAL.items() for name in names.split()}
    assert len(said) > 90
    assert sorted(found - said - nobodys) == [], "Say it in the model's `retention`"
    assert sorted(nobodys & said) == []
    assert sorted(nobodys - found) == [], "No such words are kept"


def test_a_model_that_says_nothing_of_its_words_would_be_found() -> None:
    class Letter(models.Model):
        to = models.EmailField()
        by = models.ForeignKey(User, on_delete=models.CASCADE)
        size = models.CharField(max_length=1, choices=[("s", "Small")])

        class Meta:
            app_label = "accounts"

        def __str__(self) -> str:
            return self.to

    try:
        assert [field.name for field in own_fields(Letter) if could_be_personal(field)] == ["to", "by"]
        with pytest.raises(AssertionError, match=r"accounts\.Letter\.by"):
            test_every_field_that_could_be_personal_says_how_long_it_lives()
    finally:
        del apps.all_models["accounts"]["letter"]
        apps.clear_cache()


def test_every_key_to_a_person_in_other_packages_is_known() -> None:
    others = [model for model in apps.get_models(include_auto_created=False) if model not in ours()]
    named = {
        model._meta.label
        for model in others
        if any(getattr(field, "related_model", None) is User for field in own_fields(model))
    }
    assert named == set(THEIRS)


def kept() -> Iterator[tuple[type[Model], Retention]]:
    return ((model, retention) for model in ours() if (retention := said_by(model)))


def test_what_models_say_is_what_the_page_says_and_what_jobs_do() -> None:
    known = {step.name for job in ("nightly", "tick") for step in steps_of(job)}
    for model, retention in kept():
        assert set(retention.steps) <= known, model
        assert {field.name for field in model._meta.get_fields()} >= set(retention.fields.split()), model
        for until in retention.until.split("; "):
            assert f"| {until} |" in TEXT, f"{model._meta.label}: {until}"
    assert {each for each in THEIRS.values() if "." in each} <= known


@pytest.fixture
def world(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row old enough of every model that says when its personal fields end. All name the same person."""
    moment = timezone.now() - LONG_AGO
    ticking = itertools.count()
    with monkeypatch.context() as past:
        past.setattr(timezone, "now", lambda: moment + datetime.timedelta(seconds=next(ticking)))
        _of_a_club_that_closed(client)
        _of_one_that_went_on()
        _of_schools()
        stranger = make_user("never@example.org", first_name=WHO, date_joined=timezone.now())
        confirm(stranger).emailaddress_set.update(verified=False)


def _of_a_club_that_closed(client: Client) -> None:
    day = timezone.localdate() + datetime.timedelta(days=7)
    club = make_organisation("Ryburn Rovers")
    lead = make_lead(club.place)
    owner = make_member(club)
    page = club.page
    page.body, page.email, page.summary = f"<p>{WHO} runs it</p>", f"{WHO}@example.org", f"{WHO}’s club"
    page.safeguarding_contact, page.owner = f"{WHO}, head coach", owner
    page.save_revision(user=owner).publish()
    picture = keep_picture(title=WHO, collection=collection_of(club), uploaded_by_user=owner)
    words = {"welcome": WHO, "adults": f"{WHO} and one more", "summary": f"{WHO} welcomes you"}
    rule = make_rule(first_date=day)
    activity = make_activity("Football", host=club, rules=[rule], picture=picture, bring=WHO, **words)
    feature = AccessFeature.objects.create(slug="ramp", name="Ramp")
    Review.objects.update_or_create(
        activity=activity,
        defaults={
            "verdict": "approved",
            "asked_at": timezone.now(),
            "decided_at": timezone.now(),
            "asked_by": owner,
            "decided_by": lead,
            "answer": f"Who is {WHO}?",
        },
    )
    assert WHO in client.get(activity.url).content.decode()
    suspending.suspend(activity=activity, by=lead)
    suspending.lift(activity=activity, by=lead)
    ActivityAccess.objects.create(activity=activity, feature=feature, note=f"Ask {WHO}")
    Occurrence.objects.filter(activity=activity).update(notice=f"{WHO} is ill")
    opened = {"content_object": activity, "user": owner, "last_updated_at": timezone.now()}
    FormState.objects.create(data=WHO, **opened)
    concern = make_concern(f"{WHO} hit a child", about=club)
    concerns.take(concern=concern, by=lead)
    concerns.read(concern=concern, by=lead)
    concerns.close(concern=concern, outcome=Outcome.SETTLED, text=f"Talked to {WHO}", by=lead)
    verification.close(organisation=club, reason=f"{WHO} has moved away", by=owner)


def _of_one_that_went_on() -> None:
    day = timezone.localdate()
    club = make_organisation("Spark", declaration_until=day)
    make_declaration(club, day, lead_name=WHO)
    make_declaration(club, lead_name=WHO)
    OrganisationPage.objects.filter(organisation=club).update(safeguarding_contact=WHO)
    owner = make_member(club)
    invitations.invite(organisation=club, email=f"{WHO}@example.org", role=Role.EDITOR, by=owner)
    make_timetable(f"Day,Time,Class\nMonday,16:30-18:00,Boxing with {WHO}\n", club=club, by=owner)
    Membership.objects.filter(organisation=club).delete()
    applications.refuse(
        application=make_application(first_name=WHO), reason=f"Ask {WHO}", by=make_officer(make_place())
    )
    make_application(sent=False, second_name=WHO)
    make_application(second_name=WHO)
    send(Letter(subject=f"To {WHO}", lines=(WHO,), label="", href=""), to=["post@example.org"])


def _of_schools() -> None:
    made = written()
    twinnings.withdraw(twinning=made.twinning, by=made.asking.head)
    Membership.objects.filter(organisation=made.asking.organisation).delete()


def named() -> dict[str, int]:
    """How many rows of each model that a job ends still hold anything personal."""
    return {model._meta.label: _holding(model, retention) for model, retention in kept() if retention.steps}


def _holding(model: type[Model], retention: Retention) -> int:
    names = retention.fields.split()
    rows = [{name: row[name] for name in names} for row in model._base_manager.values(*names)]
    if "details" in names:
        rows = [{**row, "details": row["details"].get("person")} for row in rows]
    return sum(any(value not in (None, "", [], {}) for value in row.values()) for row in rows)


def night(*, dry_run: bool = False) -> dict[str, int]:
    """What each step says that it did, or would do."""
    said: list[str] = []
    assert running.run("tick", dry_run=dry_run, say=said.append)
    assert running.run("nightly", dry_run=dry_run, say=said.append)
    found = [re.match(r"([\w.]+): (?:would do )?(\d+) ", line) for line in said]
    return {each[1]: int(each[2]) for each in found if each}


def database() -> list[str]:
    """All but when jobs last ran."""
    return sorted(row for row in whole_database().splitlines() if not row.startswith("jobs_lastsuccess"))


@pytest.mark.django_db
def test_one_night_ends_what_has_lived_its_time_and_a_second_finds_nothing(world: None) -> None:
    before = database()
    assert [label for label, number in named().items() if not number] == [], "The world lacks some"
    assert any(WHO in row for row in before)

    would = night(dry_run=True)
    assert database() == before
    due = {step for _model, retention in kept() for step in retention.steps}
    assert [step for step in sorted(due) if not would[step]] == ["accounts.forget_closed_accounts"]

    did = night()
    people = {"accounts.User": User.objects.count()}  # they have not closed their accounts
    assert {label: number for label, number in named().items() if number} == people
    after = database()
    assert [row for row in after if WHO in row] == []
    assert [step for step in due if bool(did[step]) != bool(would[step])] == []

    again = night()
    assert {step: again[step] for step in due if again[step]} == {}
    assert database() == after
    assert Revision.objects.filter(user__isnull=False).count() == 0
