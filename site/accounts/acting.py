"""Who is acting, where the machinery between an action and its consequences does not say: Wagtail's signals.

Wagtail's admin sets the same context for each request, so that both ways the answer is there.
"""

from wagtail.log_actions import LogContext, get_active_log_context

from accounts.models import User


def acting(user: User | None) -> LogContext:
    """`with acting(user):` what follows is that person's doing; None leaves it with whoever acts already."""
    return LogContext(user=user or person())


def as_the_platform() -> LogContext:
    """`with as_the_platform():` what follows is nobody's doing, whoever began it."""
    return LogContext()


def person() -> User | None:
    """Who acts now; None for the platform itself."""
    return get_active_log_context().user
