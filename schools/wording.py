"""What is said of two schools, in words."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places.models import School
from schools.twins import Twin

PUPILS_STEP = 10


def sentence(school: School, twin: Twin) -> str:
    """All that a member of one school may read of another: chance, gain and distance, in tenths."""
    said = _(
        "%(miles)s; two pupils, one from each, differ %(across)s "
        "(inside your school %(inside)s, inside theirs %(theirs)s)"
    ) % {
        "miles": miles_words(twin.miles),
        "across": times_in_ten(twin.across),
        "inside": tenths(twin.inside),
        "theirs": tenths(twin.theirs),
    }
    return "; ".join(
        filter(None, [said, phase_words(school, twin.school), pupils_words(school, twin.school)])
    )


def miles_words(miles: float) -> str:
    """ "2.1 miles"; never "0.0", and "1.0" is still more than one word needs."""
    if miles < 0.1:
        return _("less than 0.1 miles")
    shown = f"{miles:.1f}"
    return _("1 mile") if shown == "1.0" else _("%(miles)s miles") % {"miles": shown}


def times_in_ten(chance: float) -> str:
    """ "8 times in 10". Never that it cannot happen, or that nothing else does."""
    tenth = _tenth(chance)
    if tenth < 1:
        return _("less than 1 time in 10")
    if tenth > 9:
        return _("more than 9 times in 10")
    return ngettext("%(count)s time in 10", "%(count)s times in 10", tenth) % {"count": tenth}


def tenths(chance: float) -> str:
    """The same as one number, where "in 10" has been said already."""
    tenth = _tenth(chance)
    if tenth < 1:
        return _("less than 1")
    return _("more than 9") if tenth > 9 else str(tenth)


def phase_words(school: School, other: School) -> str:
    if school.phase == other.phase:
        return _("same phase")
    return f"{school.get_phase_display()}, {other.get_phase_display()}"


def pupils_words(school: School, other: School) -> str:
    """ "310 and 290 pupils", to the nearest ten; nothing where one is not known."""
    if not school.pupils or not other.pupils:
        return ""
    return _("%(ours)s and %(theirs)s pupils") % {
        "ours": _rounded(school.pupils),
        "theirs": _rounded(other.pupils),
    }


def _rounded(number: int) -> str:
    return f"{max(PUPILS_STEP, PUPILS_STEP * math.floor(number / PUPILS_STEP + 0.5)):,}"


def _tenth(chance: float) -> int:
    return math.floor(10 * chance + 0.5)
