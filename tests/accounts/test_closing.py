"""A person closes their own account."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts import audit, nightly, second_factors
from accounts.actions import people
from accounts.models import AuditEntry, User
from organisations.actions import applications, invitations, leads, members, verification
from organisations.models import Application, Declaration, Invitation, Organisation, Role
from tests.events.cms import signed_in as staff_of
from tests.factories.applications import make_application
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import make_organisation
from tests.factories.people import make_officer, make_staff
from tests.factories.signing_in import PASSWORD, make_person, sign_in, signed_in
from tests.mingle.test_retention import THEIRS

pytestmark = pytest.mark.django_db

CLOSE = "/accounts/close/"
NAME = "Zephyrine Adeyemi"


@pytest.fixture
def person() -> User:
    made = make_person("zephyrine@example.org")
    made.first_name, made.last_name = NAME.split()
    made.save()
    return made


def joined(organisation: Organisation, user: User, role: Role = Role.OWNER) -> User:
    members.join(organisation=organisation, user=user, role=role, by=None)
    return user


def show_it_is_they(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def test_person_closes_their_account_and_is_out_at_once_everywhere(
    person: User, django_capture_on_commit_callbacks
) -> None:
    spark = make_organisation()
    joined(spark, make_person())
    joined(spark, person, Role.EDITOR)
    here, elsewhere = Client(), Client()
    sign_in(elsewhere, person)
    here.force_login(person)
    html = here.get(CLOSE).content.decode()
    assert ("a former member" in html, "You cannot undo this." in html) == (True, True)
    asked = here.post(CLOSE, {"sure": "on"})
    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Fclose%2F"
    assert User.objects.get(pk=person.pk).closed_at is None
    with django_capture_on_commit_callbacks(execute=True):
        answer = here.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert "Your account is closed" in answer.content.decode()
    assert [signed_in(here), elsewhere.get("/accounts/").status_code] == [None, 302]
    assert "sessionid" not in {name for name, cookie in here.cookies.items() if cookie.value}
    assert not spark.memberships.filter(user=person).exists()
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["zephyrine@example.org"], "Your account is closed")
    ]
    said = sign_in(Client(), person).content.decode()
    assert "do not go together" in said


def test_nothing_closes_before_the_person_has_said_so_and_shown_that_it_is_they(
    client: Client, person: User
) -> None:
    client.force_login(person)
    assert client.post(CLOSE, {"sure": "on"}).status_code == 302
    assert User.objects.get(pk=person.pk).closed_at is None
    show_it_is_they(client)
    html = client.post(CLOSE, {}).content.decode()
    assert "Tick this if you want to close your account." in html
    assert User.objects.get(pk=person.pk).is_active is True
    assert Client().get(CLOSE).status_code == 302


def test_only_owner_is_refused_in_words_that_name_what_they_own(client: Client, person: User) -> None:
    spark, ryburn = make_organisation("Spark"), make_organisation("Ryburn Rovers")
    shared, over = make_organisation("Shared"), make_organisation("Over")
    for organisation in (spark, ryburn, shared, over):
        joined(organisation, person)
    joined(shared, make_person())
    verification.close(organisation=over, reason="We have stopped.", by=person)
    client.force_login(person)
    show_it_is_they(client)
    html = client.post(CLOSE, {"sure": "on"}).content.decode()
    assert "Nobody else is an owner of: Spark, Ryburn Rovers." in html
    person.refresh_from_db()
    assert (person.closed_at, person.get_full_name(), person.memberships.count()) == (None, NAME, 4)
    for organisation in (spark, ryburn):
        joined(organisation, make_person())
    client.post(CLOSE, {"sure": "on"})
    assert User.objects.get(pk=person.pk).closed_at is not None
    assert Organisation.objects.filter(memberships__user=person).count() == 0


def test_their_name_leaves_what_others_see_and_records_say_a_former_member(person: User) -> None:
    spark = make_organisation("Spark")
    joined(spark, make_person())
    joined(spark, person)
    spark.page.save_revision(user=person, log_action=True)
    verification.suspend(organisation=spark, reason="Test", by=make_officer(spark.place))
    verification.close(organisation=spark, reason="We have stopped.", by=person)
    staff = staff_of(make_staff())
    shown = [
        reverse("organisation:standing", args=[spark.pk]),
        reverse("wagtailadmin_pages:history", args=[spark.page.pk]),
        reverse("wagtailusers_users:index"),
        reverse("organisation:members", args=[spark.pk]),
    ]
    before = [NAME in staff.get(address).content.decode() for address in shown]
    people.close(user=person, by=person)
    pages = [staff.get(address).content.decode() for address in shown]
    assert before == [True] * 4
    assert [NAME in page or "zephyrine" in page for page in pages] == [False] * 4
    assert ["a former member" in page.lower() for page in pages] == [True, True, True, False]
    [entry] = AuditEntry.objects.filter(action="person.closed")
    assert (entry.by, str(entry.by)) == (User.objects.get(pk=person.pk), "a former member")


def test_what_belongs_to_the_account_goes_and_the_address_is_free_again(person: User) -> None:
    second_factors.enrol_app(person)
    UserProfile.get_for_user(person)
    people.close(user=person, by=person)
    for model in people.OWN:
        assert not model._base_manager.filter(user=person).exists(), model
    again = make_person("zephyrine@example.org")
    assert (again.pk != person.pk, EmailAddress.objects.count(), Authenticator.objects.count()) == (
        True,
        1,
        0,
    )
    own = {model._meta.label for model in people.OWN}
    assert {label for label, how in THEIRS.items() if how == "goes with the account"} <= own


def test_offices_tasks_applications_and_invitations_go(person: User) -> None:
    spark = make_organisation()
    members.appoint(place=spark.place, user=person, by=None)
    leads.appoint(place=spark.place, user=person, by=None)
    make_lead(spark.place)
    concern = make_concern()
    type(concern).objects.update(state="looking", handler=person, place=spark.place)
    make_application(person)
    invitations.invite(
        organisation=spark, email=person.email, role=Role.EDITOR, by=joined(spark, make_person())
    )
    people.close(user=person, by=person)
    concern.refresh_from_db()
    assert (concern.state, concern.handler, person.groups.count()) == ("new", None, 0)
    assert (person.offices.count(), person.safeguarding_tasks.count()) == (0, 0)
    assert [model.objects.count() for model in (Application, Declaration, Invitation)] == [0, 0, 0]
    done = set(AuditEntry.objects.filter(by=person).values_list("action", flat=True))
    assert {"officer.handed_in", "safeguarding_lead.stepped_down", "application.withdrawn"} <= done


def test_a_decided_application_stays_for_its_year(person: User) -> None:
    application = make_application(person)
    applications.refuse(application=application, reason="Not here.", by=make_officer(application.place))
    people.close(user=person, by=person)
    assert Application.objects.get().applicant.get_full_name() == "a former member"


def test_somebody_always_looks_after_the_site() -> None:
    first, second = make_staff(), make_staff()
    people.close(user=first, by=first)
    with pytest.raises(ValidationError, match="Nobody else looks after this whole site"):
        people.close(user=second, by=second)
    assert User.objects.get(pk=second.pk).is_superuser is True


def test_the_database_keeps_no_name_on_a_closed_account(person: User) -> None:
    people.close(user=person, by=person)
    for change in ({"first_name": "Zephyrine"}, {"email": "z@example.org"}, {"is_active": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=person.pk).update(**change)


def test_what_is_left_goes_once_nothing_names_it(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    long_gone, long_ago = make_person(), timezone.now() - datetime.timedelta(days=366 * 8)
    people.close(user=person, by=person)
    with monkeypatch.context() as past:
        past.setattr(timezone, "now", lambda: long_ago)
        people.close(user=long_gone, by=long_gone)
    assert nightly.forget_closed_accounts(dry_run=False) == 0  # both are on record as having closed it
    assert nightly.forget_who_acted(dry_run=False) == 1
    assert nightly.forget_closed_accounts(dry_run=True) == 1
    assert User.objects.filter(pk=long_gone.pk).exists()
    assert nightly.forget_closed_accounts(dry_run=False) == 1
    assert nightly.forget_closed_accounts(dry_run=False) == 0
    assert set(User.objects.all()) == {person}


def test_platform_staff_close_an_account_in_the_cms_and_nothing_is_taken_from_under_what_was_done(
    person: User, django_capture_on_commit_callbacks
) -> None:
    spark, staff = make_organisation("Spark"), make_staff()
    joined(spark, person)
    verification.suspend(organisation=spark, reason="Test", by=make_officer(spark.place))
    joined(spark, joined(spark, make_person("other@example.org")), Role.RECORDER)
    audit.record(by=person, action="test.done", subject=person)
    client, address = staff_of(staff), reverse("wagtailusers_users:delete", args=[person.pk])
    assert "says “a former member”" in client.get(address).content.decode()
    refused = client.post(address, follow=True).content.decode()
    assert "Nobody else is an owner of: Spark." in refused
    assert User.objects.get(pk=person.pk).closed_at is None
    members.change_role(
        organisation=spark, user=User.objects.get(email="other@example.org"), role=Role.OWNER, by=staff
    )
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(address, follow=True).content.decode()
    assert f"The account of {NAME} is closed." in done
    person.refresh_from_db()
    assert (person.is_active, person.get_full_name()) == (False, "a former member")
    assert list(spark.memberships.values_list("user__email", flat=True)) == ["other@example.org"]
    by = AuditEntry.objects.filter(action__in=("person.closed", "member.left"))
    assert {(each.action, each.by) for each in by} == {("person.closed", staff), ("member.left", staff)}
    assert ["The people who run Mingle have closed your account" in mail.body for mail in mail.outbox] == [
        True
    ]


def test_staff_close_many_accounts_at_once_all_or_none(person: User) -> None:
    spark, staff, other = make_organisation("Spark"), make_staff(), make_person("other@example.org")
    joined(spark, person)
    asked = f"?id={person.pk}&id={other.pk}&id={staff.pk}&next=/cms/users/"
    client = staff_of(staff)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"]) + asked
    shown = client.get(address).content.decode()
    assert ("Close them for good" in shown, "you cannot close them here" in shown) == (True, True)
    assert "Nobody else is an owner of: Spark." in client.post(address, follow=True).content.decode()
    assert User.objects.filter(closed_at=None).count() == 3
    joined(spark, make_person("third@example.org"))
    assert "2 accounts are closed." in client.post(address, follow=True).content.decode()
    assert set(User.objects.filter(closed_at=None).values_list("email", flat=True)) == {
        staff.email,
        "third@example.org",
    }


def test_nobody_else_closes_an_account(person: User) -> None:
    officer = make_officer(make_organisation().place)
    with pytest.raises(PermissionDenied):
        people.close(user=person, by=officer)
    assert User.objects.get(pk=person.pk).closed_at is None
