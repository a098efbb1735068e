"""Where an activity is found: the one address of its page."""

from events.models import Activity


def path_of(activity: Activity) -> str:
    """Without the installation's own. The same in every language: listings and feeds carry it."""
    return f"/organisers/{activity.host.slug}/{activity.slug}/"
