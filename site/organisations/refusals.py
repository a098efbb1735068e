"""What an action raises when it will not do what was asked, with words for the person who asked."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm


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


def words(refusal: ValidationError | Refused) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def say_in(form: BaseForm, refusal: ValidationError | Refused) -> None:
    """Beside the field that it names, or above the form."""
    by_field: dict[str | None, list[str]] = {None: [words(refusal)]}
    if isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict"):
        by_field = {**refusal.message_dict}
    for name, said in by_field.items():
        form.add_error(name if name in form.fields else None, " ".join(said))


def carried_out(form: BaseForm, act: Callable[[], object]) -> bool:
    """Try the action; what it refuses is said in the form."""
    form.is_valid()  # only a form that was looked at takes errors
    try:
        act()
    except (ValidationError, Refused) as refusal:
        say_in(form, refusal)
        return False
    return True
