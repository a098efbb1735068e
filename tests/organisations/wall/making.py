"""What each camp has of its own, marked by its word: pages, people, pictures, talk, promises, worries."""

from urllib.parse import urlencode

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import (
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
from events.actions import answers
from events.models import (
    Activity,
    ActivityAccess,
    ConfirmationRequest,
    RenderQueue,
    Review,
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
    Role,
    VenueAccess,
    WaitingLetter,
)
from tests.factories.activities import make_activity, make_draft
from tests.factories.applications import make_application
from tests.factories.concerns import make_concern
from tests.factories.organisations import (
    FAR_AHEAD,
    collection_of,
    make_declaration,
    make_organisation,
    make_venue,
)
from tests.factories.people import make_user
from tests.organisations.wall import counting
from tests.organisations.wall.camp import Camp, png


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
        camp.words("live"),
        slug=f"{camp.token}-live",
        summary=camp.words("play"),
        rules=counting.rules(),
        **said,
    )
    camp.draft = make_draft(
        camp.words("draft"), slug=f"{camp.token}-draft", summary=camp.words("soon"), **said
    )
    ActivityAccess.objects.create(
        activity=camp.live, feature=feature, answer="no", note=camp.words("steps"), sort_order=0
    )
    camp.live.title = camp.words("live rewritten")
    camp.live.save_revision(user=camp.owner)
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


def codes(camp: Camp) -> None:
    answers.code_of(activity=camp.live, by=camp.owner)


def worries(camp: Camp) -> None:
    lead = camp.place.safeguarding_leads.get().user
    concern = make_concern(camp.words("worry"), about=camp.organisation)
    concerns.add_note(concern=concern, text=camp.words("noted"), by=lead)
    concerns.read(concern=concern, by=lead)
