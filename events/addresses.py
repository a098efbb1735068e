"""Where an activity is found: the one address of its page."""

from events.models import Activity


def path_of(activity: Activity) -> str:
    """Without the installation's own. The same in every language: listings and feeds carry it."""
    return path(activity.host.slug, activity.slug)


def path(host: str, slug: str) -> str:
    """The same, of the two slugs."""
    return f"/organisers/{host}/{slug}/"
