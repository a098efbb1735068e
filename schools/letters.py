"""What schools are told by mail about their twinnings. It goes to the owners of their organisation."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from organisations import letters
from organisations.models import Organisation, State
from places.models import School
from schools.models import Twinning


def proposed(twinning: Twinning, *, to: School) -> None:
    """Without the note: that is read by who has signed in."""
    _tell(
        twinning,
        [to],
        _("%(other)s would like to be your twin"),
        [
            _("%(other)s would like to do something with %(school)s in the school year %(year)s."),
            _("Read what they write, and say yes or no. They do not learn why if you say no."),
            _("If nobody answers for 20 school days, it lapses."),
        ],
        _("Read it"),
    )


def waiting(twinning: Twinning, *, to: School) -> None:
    """To a school that was asked before it had an account."""
    _tell(
        twinning,
        [to],
        _("Now you can answer %(other)s"),
        [
            _("%(other)s and %(school)s could be twins in the school year %(year)s. You were asked before."),
            _("Read what was written, and say yes or no. Nobody but your officer learns why if you say no."),
        ],
        _("Read it"),
    )


def brokered(twinning: Twinning) -> None:
    _tell(
        twinning,
        [twinning.first, twinning.second],
        _("We think that %(other)s could be your twin"),
        [
            _("We propose that %(school)s and %(other)s do something together in the school year %(year)s."),
            _("Nothing is agreed before both of you say yes. If you say no, they do not learn why."),
            _("If nobody answers for 20 school days, it lapses."),
        ],
        _("Read it"),
    )


def accepted(twinning: Twinning, *, to: School) -> None:
    _tell(
        twinning,
        [to],
        _("%(other)s said yes"),
        [_("%(other)s would like to be the twin of %(school)s in %(year)s. Now it is your turn.")],
        _("Say yes or no"),
    )


def agreed(twinning: Twinning) -> None:
    _tell(
        twinning,
        [twinning.first, twinning.second],
        _("You and %(other)s are twins"),
        [
            _("Both schools have said yes for the school year %(year)s."),
            _("Next: ring each other, and agree on when you first meet."),
            _("A hall that belongs to neither of you is best."),
        ],
        _("Who to ring"),
    )


def declined(twinning: Twinning, *, to: Iterable[School]) -> None:
    _tell(
        twinning,
        to,
        _("%(other)s cannot be your twin this time"),
        [
            _("The two of you will not be twins in the school year %(year)s. There can be many reasons."),
            _("You can propose to another school."),
        ],
        _("Look at it"),
    )


def withdrawn(twinning: Twinning, *, to: Iterable[School]) -> None:
    _tell(
        twinning,
        to,
        _("The proposal to be twins with %(other)s was taken back"),
        [_("It was for the school year %(year)s. You need do nothing.")],
        _("Look at it"),
    )


def running(twinning: Twinning, *, to: School) -> None:
    _tell(
        twinning,
        [to],
        _("Your twinning with %(other)s has begun"),
        [_("%(other)s said that you have begun for the school year %(year)s.")],
        _("Look at it"),
    )


def planned(twinning: Twinning, *, to: School, dates: int) -> None:
    _tell(
        twinning,
        [to],
        _("%(other)s has worked on your programme"),
        [
            _("%(other)s has planned what you do together in the school year %(year)s."),
            _("There are new dates. They are in your calendar, and you can move them.")
            if dates
            else _("There are no new dates."),
        ],
        _("Look at it"),
    )


def ended(twinning: Twinning) -> None:
    _tell(
        twinning,
        [twinning.first, twinning.second],
        _("Your twinning with %(other)s has ended"),
        [
            _("The twinning of %(school)s and %(other)s for %(year)s has ended."),
            _("Dates that you have put into the calendar stay until you cancel them."),
        ],
        _("Look at it"),
    )


def lapsed(twinning: Twinning, *, is_year_over: bool) -> None:
    why = (
        _("The school year %(year)s is over, so the proposal has lapsed.")
        if is_year_over
        else _("Nobody at %(other)s answered for 20 school days, so the proposal has lapsed.")
    )
    _tell(
        twinning,
        [school for school in (twinning.first, twinning.second) if twinning.accepted_by(school)],
        _("%(other)s did not answer"),
        [why, _("You can ring them and propose again.")],
        _("Look at it"),
    )


def _tell(twinning: Twinning, to: Iterable[School], subject: str, lines: list[str], label: str) -> None:
    """Each reads of itself as `school` and of its twin as `other`. A school without an account gets none."""
    for school in to:
        organisation = Organisation.objects.filter(urn=school.pk, state=State.VERIFIED).first()
        if organisation is None:
            continue
        said = {"school": school, "other": twinning.other(school), "year": twinning.year_said}
        letter = letters.Letter(
            subject=subject % said,
            lines=tuple(line % said for line in lines),
            label=label,
            href=letters.address("twinning", school.pk, twinning.uuid),
        )
        letters.send(letter, to=letters.owners(organisation))
