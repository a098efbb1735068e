"""A concern's way, and who may walk it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from organisations import permissions
from organisations.actions import concerns, members
from organisations.actions.concerns import About, Told
from organisations.models import Concern, ConcernNote, ConcernReading, Organisation, Outcome, Role
from organisations.refusals import ChangedMeanwhile, MayNotChange
from places.models import Place
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def calderdale() -> Place:
    return make_place()


@pytest.fixture
def spark(calderdale: Place) -> Organisation:
    return make_organisation("Spark", place=calderdale)


@pytest.fixture
def lead(calderdale: Place) -> User:
    return make_lead(calderdale)


def readable(user: User) -> list[str]:
    return sorted(permissions.concerns_read_by(user).values_list("reference", flat=True))


def test_the_same_form_with_the_same_words_is_one_concern(spark: Organisation) -> None:
    about = About(spark.place, spark, involved=(spark,))
    told = Told("Somebody shouts", under_18=True)
    first = concerns.report(told=told, about=about, sent_with="digest")
    again = concerns.report(told=told, about=about, sent_with="digest")
    other = concerns.report(told=told, about=about, sent_with="another")
    assert (first.pk == again.pk, first.pk == other.pk) == (True, False)
    assert AuditEntry.objects.filter(action="concern.reported").count() == 2


def test_reading_opens_the_words_and_is_written_down_each_time(spark: Organisation, lead: User) -> None:
    concern = make_concern("Somebody shouts", about=spark, contact="01632 960000")
    opened = concerns.read(concern=concern, by=lead)
    concerns.read(concern=concern, by=lead)
    assert (opened.told, opened.notes) == (Told("Somebody shouts", contact="01632 960000"), [])
    assert list(ConcernReading.objects.values_list("concern", "by")) == [(concern.pk, lead.pk)] * 2


def test_the_log_of_readings_cannot_be_changed_or_emptied(spark: Organisation, lead: User) -> None:
    concerns.read(concern=make_concern(about=spark), by=lead)
    for change in (
        ConcernReading.objects.all().delete,
        lambda: ConcernReading.objects.update(by=make_user()),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert ConcernReading.objects.count() == 1


def test_nobody_reads_but_the_leads_who_answer_for_it(spark: Organisation, lead: User) -> None:
    concern = make_concern(about=spark)
    elsewhere = make_lead(make_place("leeds"))
    whole = make_lead(None)
    strangers = [
        make_officer(spark.place),
        make_staff(),
        make_member(spark, Role.OWNER),
        make_user(),
        elsewhere,
        whole,
    ]
    assert readable(lead) == [concern.reference]
    assert [readable(person) for person in strangers] == [[]] * 6
    for person in strangers:
        with pytest.raises(MayNotChange):
            concerns.read(concern=concern, by=person)
    assert ConcernReading.objects.count() == 0


def test_a_lead_never_reads_what_is_said_of_their_own_organisation(spark: Organisation, lead: User) -> None:
    members.join(organisation=spark, user=lead, role=Role.RECORDER, by=None)
    concern = make_concern(about=spark)
    other = make_concern(about=make_organisation("Other", place=spark.place))
    whole = make_lead(None)
    assert (readable(lead), readable(whole)) == ([other.reference], [concern.reference])
    assert list(permissions.leads_of(concern)) == [whole]
    second = make_lead(spark.place)
    assert readable(whole) == []
    assert list(permissions.leads_of(concern)) == [second]


def test_a_lead_of_a_co_organiser_does_not_read_it_either(spark: Organisation, lead: User) -> None:
    partner = make_organisation("Partner", place=spark.place)
    members.join(organisation=partner, user=lead, role=Role.EDITOR, by=None)
    about = About(spark.place, spark, involved=(spark, partner))
    concerns.report(told=Told("x"), about=about, sent_with="one")
    assert readable(lead) == []


def test_one_without_a_place_or_a_leads_place_goes_to_those_of_the_installation(calderdale: Place) -> None:
    whole = make_lead(None)
    nowhere, no_lead_yet = make_concern(place=None), make_concern(place=calderdale)
    assert readable(whole) == sorted([nowhere.reference, no_lead_yet.reference])
    lead = make_lead(calderdale)
    assert (readable(whole), readable(lead)) == ([nowhere.reference], [no_lead_yet.reference])
    User.objects.filter(pk=lead.pk).update(is_active=False)
    assert readable(whole) == sorted([nowhere.reference, no_lead_yet.reference])
    assert readable(User.objects.get(pk=lead.pk)) == []


def test_a_concern_is_taken_noted_and_closed(spark: Organisation, lead: User) -> None:
    concern = make_concern(about=spark)
    concerns.take(concern=concern, by=lead)
    concerns.add_note(concern=concern, text="Called the council", by=lead)
    concerns.close(concern=concern, outcome=Outcome.PASSED_ON, text="They take it on", by=lead)
    concern.refresh_from_db()
    assert (concern.state, concern.outcome, concern.handler) == ("closed", "passed_on", lead)
    notes = concerns.read(concern=concern, by=lead).notes
    assert [(note.text, note.by) for note in notes] == [
        ("Called the council", lead),
        ("They take it on", lead),
    ]
    concerns.take(concern=concern, by=lead)
    concern.refresh_from_db()
    assert (concern.state, concern.outcome, concern.closed_at) == ("looking", "", None)
    done = AuditEntry.objects.filter(subject=concern.uuid).order_by("pk").values_list("action", flat=True)
    assert list(done) == [
        "concern.reported",
        "concern.looking",
        "concern.noted",
        "concern.closed",
        "concern.looking",
    ]


def test_audit_rows_of_concerns_name_no_organisation(spark: Organisation, lead: User) -> None:
    concern = make_concern(about=spark)
    concerns.take(concern=concern, by=lead)
    rows = AuditEntry.objects.filter(subject=concern.uuid)
    assert set(rows.values_list("organisation", "reason")) == {(None, "")}


def test_the_second_to_take_or_close_it_is_told(spark: Organisation, lead: User) -> None:
    concern = make_concern(about=spark)
    other = make_lead(spark.place)
    concerns.take(concern=concern, by=lead)
    concerns.take(concern=concern, by=lead)
    with pytest.raises(ChangedMeanwhile, match="looks at it already"):
        concerns.take(concern=concern, by=other)
    concerns.close(concern=concern, outcome=Outcome.ADVICE, text="Talked", by=other)
    with pytest.raises(ChangedMeanwhile, match="closed already"):
        concerns.close(concern=concern, outcome=Outcome.SETTLED, text="Talked", by=lead)
    assert Concern.objects.get().outcome == "advice"


def test_an_empty_note_is_refused(spark: Organisation, lead: User) -> None:
    with pytest.raises(ValidationError, match="Write a sentence"):
        concerns.add_note(concern=make_concern(about=spark), text="  \n", by=lead)


def test_handing_over_gives_it_to_another_lead_and_tells_them(spark: Organisation, lead: User) -> None:
    concern = make_concern(about=spark)
    Concern.objects.update(told_at=timezone.now())
    other, whole = make_lead(spark.place), make_lead(None)
    assert set(permissions.leads_to_hand_to(concern)) == {lead, other, whole}
    concerns.hand_over(concern=concern, to=other, by=lead)
    concern.refresh_from_db()
    assert (concern.handler, concern.state, concern.told_at) == (other, "looking", None)
    concerns.hand_over(concern=concern, to=whole, by=other)
    assert readable(whole) == [concern.reference]


def test_it_is_never_handed_to_a_stranger_or_a_member(spark: Organisation, lead: User) -> None:
    concern = make_concern(about=spark)
    elsewhere, inside = make_lead(make_place("leeds")), make_lead(spark.place)
    members.join(organisation=spark, user=inside, role=Role.OWNER, by=None)
    for person in (elsewhere, inside, make_staff(), lead):
        with pytest.raises(MayNotChange, match="cannot be handed"):
            concerns.hand_over(concern=concern, to=person, by=lead)


def test_one_without_a_place_goes_to_the_place_of_whom_it_is_handed_to(calderdale: Place) -> None:
    whole, lead = make_lead(None), make_lead(calderdale)
    concern = make_concern(place=None)
    concerns.hand_over(concern=concern, to=lead, by=whole)
    concern.refresh_from_db()
    assert (concern.place, readable(whole), readable(lead)) == (calderdale, [], [concern.reference])


def test_words_are_forgotten_a_year_after_closing_and_not_before(spark: Organisation, lead: User) -> None:
    now = timezone.now()
    due, young, still_open = (make_concern(about=spark) for _each in range(3))
    for concern in (due, young):
        concerns.close(concern=concern, outcome=Outcome.SETTLED, text="Done", by=lead)
    Concern.objects.filter(pk=due.pk).update(closed_at=now - datetime.timedelta(days=366))
    Concern.objects.filter(pk=young.pk).update(closed_at=now - datetime.timedelta(days=364))
    Concern.objects.filter(pk=still_open.pk).update(received_at=now - datetime.timedelta(days=900))
    assert concerns.forget(now=now, dry_run=True) == 1
    assert Concern.objects.exclude(sealed="").count() == 3
    assert (concerns.forget(now=now), concerns.forget(now=now)) == (1, 0)
    due.refresh_from_db()
    assert (due.sealed, due.forgotten_at, due.outcome, due.notes.count()) == ("", now, "settled", 0)
    assert concerns.read(concern=due, by=lead).told is None
    assert ConcernNote.objects.count() == 1
    with pytest.raises(ValidationError, match="no longer kept"):
        concerns.take(concern=due, by=lead)


def test_a_lost_key_shows_no_words_and_breaks_nothing(spark: Organisation, lead: User, settings) -> None:
    concern = make_concern(about=spark)
    concerns.add_note(concern=concern, text="A note", by=lead)
    settings.CONCERN_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
    opened = concerns.read(concern=concern, by=lead)
    assert (opened.told, [note.text for note in opened.notes]) == (
        None,
        ["This note cannot be read: its key is not there."],
    )


def test_a_lead_suspends_the_organisation_though_no_officer(spark: Organisation, lead: User) -> None:
    concern = make_concern("They hit a child", about=spark)
    concerns.suspend_organisation(concern=concern, by=lead)
    spark.refresh_from_db()
    assert spark.state == "suspended"
    reasons = AuditEntry.objects.filter(subject=spark.uuid, action="organisation.suspended")
    assert [row.reason for row in reasons] == ["A safeguarding lead has suspended it."]


def test_one_about_nobody_we_know_suspends_nothing(calderdale: Place, lead: User) -> None:
    concern = make_concern(place=calderdale)
    with pytest.raises(ValidationError):
        concerns.suspend_organisation(concern=concern, by=lead)
    with pytest.raises(ValidationError):
        concerns.suspend_activity(concern=concern, by=lead)
