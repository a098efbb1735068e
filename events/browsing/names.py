"""Names of the organisers and schools that an address asks for."""

import datetime
from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from events.query import Query
from organisations.models import Organisation
from places.models import School

Names = Mapping[str | int, str]


def named(query: Query, today: datetime.date) -> tuple[Query, Names]:
    """The question with those that the public may see, and their names; words for the others.

    A school is known by its name in the register, whether it runs anything or not. One query, none where
    nobody is asked for, and one more for schools that are not here themselves.
    """
    if not query.organisers and not query.schools:
        return query, {}
    asked = Q(slug__in=query.organisers) | Q(urn__in=query.schools)
    rows = Organisation.objects.public(today).filter(asked).values_list("slug", "urn", "name")
    names: dict[str | int, str] = {key: name for slug, urn, name in rows for key in (slug, urn) if key}
    if others := [urn for urn in query.schools if urn not in names]:
        names |= dict(School.objects.filter(pk__in=others).values_list("pk", "name"))
    for field, name, words in (
        ("organisers", "organiser", _("We do not know this organiser, or it is not listed now.")),
        ("schools", "school", _("We do not know this school.")),
    ):
        asked_for = getattr(query, field)
        found = tuple(key for key in asked_for if key in names)
        if len(found) < len(asked_for):
            query = query.changed(**{field: found, "page": query.page}).with_problem(name, words)
    return query, names
