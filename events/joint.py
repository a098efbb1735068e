"""What an activity that several run together says, and the colours that it carries: of two of them."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Activity
from events.wording import joined
from images.cards import second_thread
from organisations.models import Organisation

Threads = tuple[str, str]
Named = tuple[str, str]
"""The name of a partner and its thread."""


def words(names: Sequence[str]) -> str:
    """ "Together with Larkfield Primary School"; nothing where the host is alone."""
    return _("Together with %(partners)s") % {"partners": joined(names)} if names else ""


def threads(host: Organisation, partners: Iterable[Named]) -> Threads | None:
    """Of the host and of its first partner by name; two that are told apart. None where the host is alone."""
    first = min(partners, default=None)
    if first is None:
        return None
    other = first[1]
    return (host.thread, second_thread(host.thread) if other == host.thread else other)


def threads_of(activity: Activity) -> Threads | None:
    """The same of a stored activity; one query."""
    partners = activity.partners().public(timezone.localdate())
    return threads(activity.host, partners.values_list("name", "thread"))
