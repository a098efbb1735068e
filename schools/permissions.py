"""Who may do what about schools and their twins, in plain English."""

from django.db.models import QuerySet

from accounts.models import User
from organisations.models import EDITING_ROLES, Organisation, State
from places.models import Place, School
from schools.models import Twinning
from schools.models.twinning import UNANSWERED


def may_look_for_twins(user: User, school: School) -> bool:
    """Members of the school, once an officer has checked that it is theirs; and who sees the figures."""
    return of_school(user, school) or sees_figures(user, school)


def of_school(user: User, school: School) -> bool:
    """A member of the organisation that stands for it, while that is verified."""
    return Organisation.objects.checked_schools().filter(urn=school.pk, memberships__user=user).exists()


def who_stand_for(twinning: Twinning) -> QuerySet[Organisation]:
    """The verified organisations of the two, in the order of the twinning."""
    both = (twinning.first_id, twinning.second_id)
    return Organisation.objects.checked_schools().filter(urn__in=both).select_related("place").order_by("urn")


def sees_figures(user: User, school: School) -> bool:
    """Officers of the place that the school lies in, and platform staff."""
    return user.is_superuser or oversees_area(user, school.area_code)


def may_run_rounds(user: User, place: Place | None) -> bool:
    """Officers, for their own place; a study of all England is for officers of any."""
    if user.is_superuser:
        return True
    return user.offices.exists() if place is None else place.officers.filter(user=user).exists()


def places_of(user: User) -> QuerySet[Place]:
    """The same rule, for many."""
    return Place.objects.all() if user.is_superuser else Place.objects.filter(officers__user=user)


def may_write_templates(user: User, place: Place | None) -> bool:
    """Of programmes: officers, for their own place; what is given to all, platform staff."""
    return user.is_superuser or (place is not None and place.officers.filter(user=user).exists())


def oversees_area(user: User, area_code: str) -> bool:
    return bool(area_code) and Place.objects.containing(area_code).filter(officers__user=user).exists()


def speaks_for(user: User, school: School) -> bool:
    """Says yes or no to twinnings: an owner or editor of the verified organisation that stands for it."""
    rows = Organisation.objects.checked_schools().filter(urn=school.pk)
    return rows.filter(memberships__user=user, memberships__role__in=EDITING_ROLES).exists()


def speaks_for_one_of(user: User, twinning: Twinning) -> bool:
    return speaks_for(user, twinning.first) or speaks_for(user, twinning.second)


def may_broker(user: User, first: School, second: School) -> bool:
    """Officers, where one of the two schools at least is in their place."""
    return sees_figures(user, first) or sees_figures(user, second)


def oversees(user: User, twinning: Twinning) -> bool:
    """The same rule, of a twinning that there is. They alone read why a school said no."""
    return may_broker(user, twinning.first, twinning.second)


def may_end(user: User, twinning: Twinning) -> bool:
    """Either school; the officer, if a school has nobody left who could."""
    return speaks_for_one_of(user, twinning) or oversees(user, twinning)


def may_write_to(user: User, twinning: Twinning, school: School) -> bool:
    """A letter on paper to one of the two: officers, and who speaks for the other once that has said yes."""
    if not twinning.has(school):
        return False
    other = twinning.other(school)
    return oversees(user, twinning) or (twinning.accepted_by(other) and speaks_for(user, other))


def needs_letter(twinning: Twinning, school: School) -> bool:
    """It has yet to answer, and no mail reaches it: no organisation here stands for it."""
    return _has_to_answer(twinning, school) and not Organisation.objects.filter(urn=school.pk).exists()


def cannot_answer_now(twinning: Twinning, school: School) -> bool:
    """It has yet to answer, and its organisation is here but not verified: a letter would be of no use."""
    closed_out = Organisation.objects.filter(urn=school.pk).exclude(state=State.VERIFIED)
    return _has_to_answer(twinning, school) and closed_out.exists()


def _has_to_answer(twinning: Twinning, school: School) -> bool:
    return twinning.state in UNANSWERED and not twinning.accepted_by(school)
