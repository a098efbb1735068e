"""Timetables become drafts: all or none, once, and back again."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import publishing, timetables
from events.importing.table import Unreadable
from events.models import Activity, Timetable, Work
from events.timetables import dry_run
from organisations.models import Role
from organisations.refusals import ChangedMeanwhile, MayNotChange
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member
from tests.factories.timetables import boxing_grid, make_club, make_timetable

TWO = (
    "Class,Day,Time,Ages,Price,Notes\n"
    "Minis,Mon,4-5,5-7,£2,Bring <b>water</b>.\nSeniors,Tue & Thu,6-7.30,13+,free,\n"
)


def shown(timetable):
    timetable.refresh_from_db()
    return dry_run.look(timetable, timezone.localdate()).shown


def make(timetable):
    timetables.carry_out(timetable=timetable, shown=shown(timetable), by=timetable.by)
    timetable.refresh_from_db()
    return timetables.drafts_of(timetable)


@pytest.mark.django_db
def test_drafts_are_ordinary_drafts_of_the_club():
    timetable = make_timetable(TWO)
    minis, seniors = make(timetable)
    assert (minis.live, minis.host, minis.owner) == (False, timetable.organisation, timetable.by)
    assert minis.get_parent().specific.organisation == timetable.organisation
    assert (minis.title, minis.slug, minis.age_from, minis.age_to, minis.price) == ("Minis", "minis", 5, 7, 2)
    assert minis.body == "<p>Bring &lt;b&gt;water&lt;/b&gt;.</p>"
    assert minis.summary == "Bring <b>water</b>."
    assert minis.get_latest_revision().user == timetable.by
    (rule,) = seniors.rules.all()
    assert (rule.weekdays, rule.start, rule.end) == ([1, 3], datetime.time(18), datetime.time(19, 30))
    assert rule.first_date == datetime.date(2026, 11, 24)
    assert minis.has_unpublished_changes
    said = AuditEntry.objects.filter(organisation=timetable.organisation.uuid).values_list(
        "action", flat=True
    )
    assert sorted(said)[:2] == ["activity.imported", "activity.imported"]
    assert {"timetable.brought", "timetable.agreed", "timetable.carried_out"} <= set(said)


@pytest.mark.django_db
def test_draft_can_be_published_as_it_is():
    draft = make(make_timetable(TWO))[0]
    publishing.publish(activity=draft, by=draft.owner)
    draft.refresh_from_db()
    assert draft.live
    assert draft.occurrences.count() > 50


@pytest.mark.django_db
def test_boxing_grid_becomes_fourteen_drafts():
    drafts = make(make_timetable(boxing_grid()))
    assert len(drafts) == 14
    assert len({draft.slug for draft in drafts}) == 14
    assert [str(draft.type) for draft in drafts] == ["Boxing"] * 14


@pytest.mark.django_db
def test_made_twice_makes_them_once():
    timetable = make_timetable(TWO)
    token = shown(timetable)
    for _ in range(2):
        timetables.carry_out(timetable=timetable, shown=token, by=timetable.by)
    assert Activity.objects.count() == 2


@pytest.mark.django_db
def test_nothing_is_made_while_a_line_is_wrong():
    timetable = make_timetable(TWO + "Tots,,,,,\n")
    with pytest.raises(ValidationError):
        make(timetable)
    assert Activity.objects.count() == 0
    timetables.leave_out(timetable=timetable, version=0, line=2, by=timetable.by)
    assert len(make(timetable)) == 2


@pytest.mark.django_db
def test_what_was_not_shown_is_not_made():
    timetable = make_timetable(TWO)
    token = shown(timetable)
    timetables.correct(
        timetable=timetable,
        version=0,
        line=0,
        texts={"title": "Other", "day": "Fri", "time": "5-6"},
        by=timetable.by,
    )
    with pytest.raises(ChangedMeanwhile):
        timetables.carry_out(timetable=timetable, shown=token, by=timetable.by)
    assert Activity.objects.count() == 0


@pytest.mark.django_db
def test_second_of_two_people_is_told():
    timetable = make_timetable(TWO)
    other = make_member(timetable.organisation, Role.EDITOR)
    timetables.leave_out(timetable=timetable, version=0, line=0, by=other)
    with pytest.raises(ChangedMeanwhile):
        timetables.change(timetable=timetable, version=0, by=timetable.by, minutes=45)


@pytest.mark.django_db
def test_strangers_and_recorders_may_do_nothing():
    timetable = make_timetable(TWO)
    token = shown(timetable)
    for by in (make_member(make_organisation()), make_member(timetable.organisation, Role.RECORDER)):
        for action, more in (
            (timetables.carry_out, {"shown": token}),
            (timetables.undo, {}),
            (timetables.throw_away, {}),
            (timetables.leave_out, {"version": 0, "line": 0}),
            (timetables.change, {"version": 0, "minutes": 45}),
        ):
            with pytest.raises(MayNotChange):
                action(timetable=timetable, by=by, **more)
        with pytest.raises(MayNotChange):
            timetables.bring(organisation=timetable.organisation, data=b"Mon 4-5 Boxing", name="", by=by)
    assert (Activity.objects.count(), Timetable.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_columns_and_layout_are_said_by_the_organiser():
    timetable = make_timetable("Group,Day,Time,Who\nBoxing,Mon,4-5,8-12\n")
    run = dry_run.look(timetable, timezone.localdate())
    assert run.columns == ("title", "day", "time", "ages")
    by = timetable.by
    timetables.change(timetable=timetable, version=0, by=by, columns=["title", "day", "time", ""])
    timetable.refresh_from_db()
    assert dry_run.look(timetable, timezone.localdate()).lines[0].ages == "All ages"
    with pytest.raises(ValueError, match="not part of a timetable"):
        timetables.change(timetable=timetable, version=1, by=by, organisation=None)


@pytest.mark.django_db
def test_too_many_lines_are_refused():
    rows = "Class,Day,Time\n" + "".join(f"Boxing {number},Mon,4-5\n" for number in range(501))
    with pytest.raises(Unreadable) as error:
        make_timetable(rows)
    assert (error.value.code, error.value.params) == ("too_many_lines", {"count": 501, "most": 500})


@pytest.mark.django_db
def test_many_are_made_in_pieces_that_go_on_after_a_kill(monkeypatch):
    monkeypatch.setattr(timetables, "PIECE", 5)
    timetable = make_timetable(boxing_grid())
    make(timetable)
    assert (timetable.work, Activity.objects.count()) == (Work.MAKING, 0)
    progress = timetables.advance(timetable=timetable, seconds=0)
    assert (progress.done, progress.of, progress.work) == (5, 14, Work.MAKING)

    class Killed(BaseException):
        pass

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(timetables, "_free", killed)
        with pytest.raises(Killed):
            timetables.advance(timetable=timetable, seconds=0)
    assert Activity.objects.count() == 5
    assert timetables.advance_all(timezone.now(), dry_run=True) == 1
    assert timetables.advance_all(timezone.now(), dry_run=False) == 1
    timetable.refresh_from_db()
    assert (timetable.work, Activity.objects.count()) == (Work.NONE, 14)
    assert timetable.carried_out_at is not None
    assert len({draft.slug for draft in timetables.drafts_of(timetable)}) == 14


@pytest.mark.django_db
def test_piece_that_cannot_be_made_takes_all_back(monkeypatch):
    monkeypatch.setattr(timetables, "PIECE", 5)
    timetable = make_timetable(boxing_grid())
    make(timetable)
    timetables.advance(timetable=timetable, seconds=0)

    def broken(*args, **kwargs):
        raise IntegrityError

    with monkeypatch.context() as patch:
        patch.setattr(timetables, "_draft", broken)
        timetables.advance(timetable=timetable, seconds=60)
    timetable.refresh_from_db()
    assert (timetable.work, timetable.carried_out_at, Activity.objects.count()) == (Work.NONE, None, 0)


@pytest.mark.django_db
def test_who_is_no_editor_any_more_has_made_none(monkeypatch):
    monkeypatch.setattr(timetables, "PIECE", 5)
    timetable = make_timetable(boxing_grid())
    make(timetable)
    timetables.advance(timetable=timetable, seconds=0)
    timetable.organisation.memberships.all().delete()
    timetables.advance(timetable=timetable, seconds=60)
    assert Activity.objects.count() == 0


@pytest.mark.django_db
def test_undo_deletes_what_nobody_has_touched():
    timetable = make_timetable(TWO + "Tots,Sat,10-11,,,\n")
    edited, published, untouched = make(timetable)
    edited.save_revision(user=timetable.by)
    publishing.publish(activity=published, by=timetable.by)
    timetables.undo(timetable=timetable, by=timetable.by)
    timetables.advance(timetable=timetable)
    timetable.refresh_from_db()
    assert {activity.pk for activity in Activity.objects.all()} == {edited.pk, published.pk}
    assert timetable.carried_out_at is not None
    with pytest.raises(ChangedMeanwhile):
        timetables.leave_out(timetable=timetable, version=timetable.version, line=0, by=timetable.by)


@pytest.mark.django_db
def test_after_a_whole_undo_it_can_be_made_again():
    timetable = make_timetable(TWO)
    make(timetable)
    timetables.undo(timetable=timetable, by=timetable.by)
    timetables.advance(timetable=timetable)
    assert Activity.objects.count() == 0
    timetable.refresh_from_db()
    assert len(make(timetable)) == 2


@pytest.mark.django_db
def test_timetables_go_after_seven_days_and_drafts_stay():
    timetable = make_timetable(TWO)
    make(timetable)
    later = timezone.now() + datetime.timedelta(days=7, minutes=1)
    assert timetables.forget(timezone.now(), dry_run=False) == 0
    assert timetables.forget(later, dry_run=True) == 1
    assert timetables.forget(later, dry_run=False) == 1
    assert (Timetable.objects.count(), Activity.objects.count()) == (0, 2)


@pytest.mark.django_db
def test_name_of_a_file_is_made_harmless():
    assert make_timetable(TWO, name="a\x00\u202eb" + "x" * 300 + ".csv").name == "x" * 116 + ".csv"


@pytest.mark.django_db
def test_clubs_cannot_fill_the_disk(monkeypatch):
    monkeypatch.setattr(timetables, "MOST_WAITING", 1)
    club = make_club()
    make_timetable(TWO, club=club)
    with pytest.raises(ValidationError):
        make_timetable(TWO, club=club)


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_the_drafts_once(together):
    timetable = make_timetable(TWO)
    token, by = shown(timetable), timetable.by

    def press():
        timetables.carry_out(timetable=timetable, shown=token, by=by)

    assert together(*[press] * 8) == [None] * 8
    assert Activity.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_held_row_one_of_two_would_fail(together, nobody_holds, all_look_before):
    """The negative control: both look before either has made anything, and the database refuses one."""
    timetable = make_timetable(TWO)
    token, by = shown(timetable), timetable.by
    nobody_holds(Timetable)
    all_look_before(Timetable, "save")

    def press():
        timetables.carry_out(timetable=timetable, shown=token, by=by)

    results = together(press, press)
    assert results.count(None) == 1
    assert [type(error) for error in results if error] == [IntegrityError]
    assert Activity.objects.count() == 2
