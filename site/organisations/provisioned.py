"""Groups and collections that come with an organisation or an office, and those that platform staff made.

Actions give and take the first; there is one for each organisation, so no form lists them.
"""

from django.contrib.auth.models import Group
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from wagtail.models import Collection

from organisations.actions import leads

ID = "-".join("_" * letters for letters in (8, 4, 4, 4, 12))


def _like(pattern: str) -> Func:
    """Regular expressions take sixty times as long, and among thousands that shows."""
    like = {"template": "(%(expressions)s)", "arg_joiner": " LIKE ", "output_field": BooleanField()}
    return Func(F("name"), Value(pattern), **like)


_OUR_GROUPS = Q(_like(f"organisation {ID}")) | Q(_like(f"officers {ID}")) | Q(name=leads.GROUP)
_OUR_COLLECTIONS = Q(_like(f"organisation {ID}")) | Q(_like(f"organisation {'_' * 20} {ID}"))


def our_groups() -> QuerySet[Group]:
    return Group.objects.filter(_OUR_GROUPS)


def staff_groups() -> QuerySet[Group]:
    return Group.objects.exclude(_OUR_GROUPS)


def without_ours(collections: QuerySet[Collection]) -> QuerySet[Collection]:
    return collections.exclude(_OUR_COLLECTIONS)


def staff_collections() -> QuerySet[Collection]:
    return without_ours(Collection.objects.all())
