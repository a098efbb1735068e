"""What an action raises when it will not do what was asked, with words for the person who asked."""

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """`str()` gives the words. A permission error, so that one nobody catches is never a server error."""


class MayNotPublish(Refused):
    """It may not go live."""


class AwaitsReview(MayNotPublish):
    """It may not go live yet: an officer looks at it first."""


class MayNotRemove(Refused):
    """It was public once, so it is closed and not deleted."""


class MayNotMove(Refused):
    """It may not stand under that page."""


class MayNotCopy(Refused):
    """There may be only one."""


class MayNotChange(Refused):
    """The person has no right to this change."""


class ChangedMeanwhile(Refused):
    """Somebody else has changed it since the person looked."""
