"""Who may do what about schools and their twins, in plain English."""

from django.db.models import QuerySet

from accounts.models import User
from organisations.models import Kind, Organisation, State
from places.models import Place, School


def may_look_for_twins(user: User, school: School) -> bool:
    """Members of the school, once an officer has checked that it is theirs; and who sees the figures."""
    return of_school(user, school) or sees_figures(user, school)


def of_school(user: User, school: School) -> bool:
    """A member of the organisation that stands for it, while that is verified."""
    return Organisation.objects.filter(
        urn=school.pk, kind=Kind.SCHOOL, state=State.VERIFIED, memberships__user=user
    ).exists()


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


def oversees_area(user: User, area_code: str) -> bool:
    return bool(area_code) and Place.objects.containing(area_code).filter(officers__user=user).exists()
