"""A letter on paper: who may write one, what its code does and when it does nothing, and what is kept."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from organisations.actions import applications, verification
from organisations.models import Application, Kind, Role
from organisations.refusals import ChangedMeanwhile, MayNotChange
from schools import codes, nightly
from schools.actions import paper_letters, twinnings
from schools.models import PaperLetter, Twinning, TwinningState
from tests.factories.applications import make_application
from tests.factories.organisations import make_organisation, make_place
from tests.factories.paper_letters import Written, asked_without_account, welcomed, written
from tests.factories.people import make_member, make_officer, make_user
from tests.factories.registers import make_school
from tests.factories.twinnings import joined, proposed, this_year, two_joined

pytestmark = pytest.mark.django_db


def use(code: str, by: User | None = None) -> Application:
    return paper_letters.use(code=code, by=by or make_user())


def refused(code: str, by: User | None = None) -> str:
    with pytest.raises(ValidationError) as refusal:
        use(code, by)
    return " ".join(refusal.value.messages)


def letter() -> PaperLetter:
    return PaperLetter.objects.get()


def test_a_letter_is_written_by_the_school_that_asks_and_by_the_officer():
    asking, asked, made = asked_without_account()
    officer = make_officer(make_place())
    for by in (asking.head, officer, make_member(asking.organisation, Role.EDITOR)):
        paper_letters.write(twinning=made, school=asked, by=by)
    elsewhere = make_officer(make_place("elsewhere", area_codes=["E08000001"]))
    for stranger in (elsewhere, joined(2).head, make_member(asking.organisation, Role.RECORDER)):
        with pytest.raises(MayNotChange):
            paper_letters.write(twinning=made, school=asked, by=stranger)
    with pytest.raises(MayNotChange):
        paper_letters.write(twinning=made, school=make_school(900_012, "Another"), by=officer)


def test_of_a_proposal_of_the_officer_a_school_writes_once_it_has_said_yes():
    asking = joined(0)
    asked = make_school(900_011, "Larkfield Primary School")
    said = {"year": this_year(), "note": "You are near.", "by": make_officer(make_place())}
    made = twinnings.broker(first=asking.school, second=asked, **said)
    with pytest.raises(MayNotChange):
        paper_letters.write(twinning=made, school=asked, by=asking.head)
    made = twinnings.accept(twinning=made, school=asking.school, contact="Amina Reid", by=asking.head)
    assert paper_letters.write(twinning=made, school=asked, by=asking.head)


def test_no_letter_is_written_to_a_school_that_mail_reaches_or_that_has_answered():
    one, other = two_joined()
    with pytest.raises(ChangedMeanwhile):
        paper_letters.write(twinning=proposed(one, other), school=other.school, by=one.head)
    asked = make_school(900_011, "Larkfield Primary School")
    wished = twinnings.wish(
        school=one.school, other=asked, year=this_year(), note="Sing.", contact="Amina", by=one.head
    )
    with pytest.raises(MayNotChange):
        paper_letters.write(twinning=wished, school=asked, by=one.head)


def test_only_a_digest_of_the_code_is_kept_and_the_trail_says_who_and_when():
    it = written()
    row = letter()
    assert (row.twinning, row.school, row.written_by) == (it.twinning, it.asked, it.asking.head)
    assert row.digest == codes.digest(it.code)
    kept = " ".join(str(value) for value in PaperLetter.objects.values().get().values())
    assert it.code not in kept
    assert it.code.replace("-", "") not in kept
    person = make_user()
    use(it.code, person)
    trail = AuditEntry.objects.filter(subject=row.uuid).order_by("pk")
    assert [(each.action, each.by) for each in trail] == [
        ("letter.written", it.asking.head),
        ("letter.used", person),
    ]
    assert it.code not in str([each.details for each in trail])


def test_a_code_leads_to_an_application_that_knows_the_school():
    it = written()
    person = make_user()
    made = use(it.code.lower().replace("-", " "), person)
    assert (made.applicant, made.state, made.kind, made.urn) == (person, "started", Kind.SCHOOL, it.asked.pk)
    assert (made.name, made.place) == ("Larkfield Primary School", make_place())
    row = letter()
    assert (row.used_by, row.application, row.void_at) == (person, made, None)
    assert row.used_at is not None


def test_the_same_person_comes_back_to_the_same_application():
    it = written()
    person = make_user()
    made = use(it.code, person)
    applications.fill_in(application=made, said={"summary": "We sing."}, by=person)
    again = use(it.code, person)
    assert (again.pk, again.summary) == (made.pk, "We sing.")
    assert AuditEntry.objects.filter(action="letter.used").count() == 1


def test_two_letters_to_one_school_hang_on_one_application():
    it = written()
    second = joined(2)
    other = twinnings.propose(
        school=second.school, other=it.asked, year=this_year(), note="Play.", contact="Bo", by=second.head
    )
    code = paper_letters.write(twinning=other, school=it.asked, by=second.head)
    person = make_user()
    assert use(it.code, person) == use(code, person)
    assert Application.objects.get().paper_letters.count() == 2


def test_whatever_is_wrong_with_a_code_the_same_is_said():
    """Nobody learns from the words which codes there are or were."""
    it = written()
    nothing = refused("7K2M-9QXD-4TBH-R0WC")
    assert nothing.startswith("This code does not work.")
    for typed in ("", "\0", "x" * 5000, it.code[:-1], it.code + "0"):
        assert refused(typed) == nothing
    second = paper_letters.write(twinning=it.twinning, school=it.asked, by=it.asking.head)
    assert refused(it.code) == nothing  # void
    use(second)
    assert refused(second) == nothing  # used by somebody else
    third = paper_letters.write(twinning=it.twinning, school=it.asked, by=it.asking.head)
    twinnings.withdraw(twinning=it.twinning, by=it.asking.head)
    assert refused(third) == nothing  # over
    assert Application.objects.count() == 1


def test_a_new_letter_makes_the_one_before_void():
    it = written()
    second = paper_letters.write(twinning=it.twinning, school=it.asked, by=it.asking.head)
    assert [row.void_at is None for row in PaperLetter.objects.order_by("pk")] == [False, True]
    assert use(second).urn == it.asked.pk


@pytest.mark.parametrize("end", ["withdrawn", "lapsed", "asked anew"])
def test_a_code_ends_with_its_proposal(end: str):
    it = written()
    if end == "lapsed":
        later = timezone.localdate() + datetime.timedelta(days=90)
        assert twinnings.lapse_unanswered(today=later, dry_run=False) == 1
    else:
        twinnings.withdraw(twinning=it.twinning, by=it.asking.head)
    if end == "asked anew":
        twinnings.propose(
            school=it.asking.school,
            other=it.asked,
            year=this_year(),
            note="Please.",
            contact="Amina",
            by=it.asking.head,
        )
    assert refused(it.code).startswith("This code does not work.")
    assert letter().void_at is not None


def test_a_code_does_not_outlive_its_twenty_days_where_the_night_has_not_run():
    it = written()
    long_ago = timezone.now() - datetime.timedelta(days=90)
    Twinning.objects.update(since=long_ago)
    assert refused(it.code).startswith("This code does not work.")
    assert letter().void_at is None


def test_who_uses_a_code_has_twenty_days_anew():
    """Or the proposal would lapse while an officer looks at the application."""
    it = written()
    Twinning.objects.update(since=timezone.now() - datetime.timedelta(days=25))
    use(it.code)
    today = timezone.localdate()
    later = today + datetime.timedelta(days=14)
    assert twinnings.lapse_unanswered(today=later, dry_run=True) == 0
    PaperLetter.objects.update(used_by=None, application=None, used_at=None)
    assert twinnings.lapse_unanswered(today=later + datetime.timedelta(days=14), dry_run=True) == 1


def test_who_has_printed_a_letter_cannot_use_its_code():
    it = written()
    for by in (it.asking.head, make_member(it.asking.organisation, Role.RECORDER)):
        assert refused(it.code, by).startswith("This code is for Larkfield Primary School.")
    officer = make_officer(make_place())
    code = paper_letters.write(twinning=it.twinning, school=it.asked, by=officer)
    assert refused(code, officer).startswith("This code is for")
    assert use(code).urn == it.asked.pk


def test_who_applies_for_another_keeps_that_and_the_code_stays_good():
    it = written()
    person = make_user()
    other = make_application(person, sent=False)
    assert refused(it.code, person).startswith("You are applying for “Spark Boxing”.")
    other.refresh_from_db()
    assert (other.kind, other.name, letter().used_at) == ("club", "Spark Boxing", None)
    assert use(it.code).urn == it.asked.pk


def test_a_school_with_an_account_by_now_has_no_use_for_the_code():
    it = written()
    make_organisation("Larkfield", kind=Kind.SCHOOL, urn=it.asked.pk)
    assert refused(it.code).startswith("This code does not work.")
    assert not Application.objects.exists()


def test_when_the_officer_has_checked_it_the_twinning_waits_and_it_is_told(
    django_capture_on_commit_callbacks,
):
    it = written()
    person = make_user()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        welcomed(use(it.code, person))
    told = [(each.to, each.subject) for each in mail.outbox if person.email in each.to]
    assert sorted(subject for _to, subject in told) == [
        "Larkfield Primary School can publish now",
        "Now you can answer Heron Bank Primary School",
    ]
    made = Twinning.objects.known_to(it.asked).unanswered().get()
    accepted = twinnings.accept(twinning=made, school=it.asked, contact="Tom Hale", by=person)
    assert (accepted.state, accepted.contact_of(it.asked)) == (TwinningState.AGREED, "Tom Hale")


def test_it_is_told_once_and_not_at_every_change_of_its_standing(django_capture_on_commit_callbacks):
    it = written()
    person = make_user()
    organisation = welcomed(use(it.code, person))
    officer = make_officer(make_place())
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        verification.suspend(organisation=organisation, reason="A concern", by=officer)
        verification.verify(organisation=organisation, reason="It is well", by=officer)
    assert [each.subject for each in mail.outbox if "answer" in each.subject] == []


def test_a_school_that_came_by_itself_is_told_too(django_capture_on_commit_callbacks):
    it = written()
    person = make_user()
    made = make_application(person, kind=Kind.SCHOOL, urn=it.asked.pk, name=it.asked.name)
    officer = make_officer(make_place())
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        applications.approve(application=made, by=officer)
    assert "Now you can answer Heron Bank Primary School" in [each.subject for each in mail.outbox]


def test_an_application_that_goes_leaves_the_letter():
    it = written()
    made = use(it.code)
    Application.objects.filter(pk=made.pk).delete()
    row = letter()
    assert (row.application, row.used_at is not None) == (None, True)
    assert refused(it.code).startswith("This code does not work.")


def test_letters_go_a_year_after_their_twinning_was_over():
    it = written()
    twinnings.withdraw(twinning=it.twinning, by=it.asking.head)
    assert nightly.forget_letters(dry_run=False) == 0
    Twinning.objects.update(since=timezone.now() - datetime.timedelta(days=365))
    assert (nightly.forget_letters(dry_run=True), PaperLetter.objects.count()) == (1, 1)
    assert (nightly.forget_letters(dry_run=False), PaperLetter.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ({"used_at": None}, "paper_letter_one_open_code"),
        ({"digest": "7K2M-9QXD-4TBH-R0WC"}, "paper_letter_keeps_a_digest"),
        ({"void_at": timezone.now()}, "paper_letter_used_is_not_void"),
        ({"used_at": None, "void_at": timezone.now(), "used_by": 1}, "paper_letter_used_at_a_moment"),
    ],
)
def test_the_database_refuses_what_cannot_be(said: dict[str, object], broken: str):
    it = written()
    whole = {"digest": "0" * 64, "written_at": timezone.now(), "used_at": timezone.now()} | said
    if "used_by" in whole:
        whole["used_by"] = it.asking.head
    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        PaperLetter.objects.create(twinning=it.twinning, school=it.asked, **whole)


def test_an_application_for_a_school_outside_all_places_asks_where():
    asking, asked, made = asked_without_account()
    make_place("elsewhere", area_codes=["E08000001"])
    asked.area_code = "E06000001"
    asked.save()
    code = paper_letters.write(twinning=made, school=asked, by=asking.head)
    assert use(code).place is None


def both_use(together, it: Written) -> list[object]:
    """What becomes of two people with the same paper at the same moment."""
    first, second = make_user(), make_user()
    return together(lambda: use(it.code, first), lambda: use(it.code, second))


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_exactly_one_uses_the_code(together):
    results = both_use(together, written())
    won = [each for each in results if isinstance(each, Application)]
    lost = [each for each in results if isinstance(each, ValidationError)]
    assert (len(won), len(lost)) == (1, 1)
    assert list(Application.objects.all()) == won
    assert letter().application == won[0]
    assert AuditEntry.objects.filter(action="letter.used").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_a_hold_both_would_use_it(together, nobody_holds, all_look_before):
    """The negative control: both look before either has used it."""
    it = written()
    nobody_holds(Twinning, PaperLetter)
    all_look_before(paper_letters, "_refuse_who_wrote")
    results = both_use(together, it)
    assert [type(each) for each in results] == [Application, Application]
    assert AuditEntry.objects.filter(action="letter.used").count() == 2


def both_write(together) -> list[str]:
    """What becomes of two letters to one school at the same moment."""
    asking, asked, made = asked_without_account()

    def writes() -> str:
        return paper_letters.write(twinning=made, school=asked, by=asking.head)

    return sorted(type(each).__name__ for each in together(writes, writes))


@pytest.mark.django_db(transaction=True)
def test_of_two_letters_written_at_once_one_code_is_good(together):
    assert both_write(together) == ["str", "str"]
    assert PaperLetter.objects.open().count() == 1
    assert PaperLetter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_a_hold_one_of_two_letters_would_fail(together, nobody_holds, all_look_before):
    """The negative control: neither finds the other's to make it void, and the database refuses one."""
    nobody_holds(Twinning)
    all_look_before(codes, "drawn")
    assert both_write(together) == ["IntegrityError", "str"]
    assert PaperLetter.objects.count() == 1
