"""Numbers of rounds as officers read them; what is not known is a dash."""

from django import template
from django.utils.formats import number_format

from schools.twins import KM_PER_MILE

register = template.Library()
UNKNOWN = "–"


@register.filter
def in_miles(kilometres: float | None) -> str:
    return UNKNOWN if kilometres is None else number_format(kilometres / KM_PER_MILE, 1)


@register.filter
def in_a_hundred(chance: float | None) -> str:
    return UNKNOWN if chance is None else number_format(100 * chance, 0)
