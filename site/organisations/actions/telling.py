"""Mail about concerns. It says that there is one, its reference and where to sign in: nothing else, ever."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from organisations import letters, permissions
from organisations.models import Concern


def tell_of_all(*, dry_run: bool = False) -> int:
    """Every concern that nobody has been told of. A mail server that is away is asked again next time."""
    keys = list(Concern.objects.untold().order_by("received_at").values_list("pk", flat=True))
    return len(keys) if dry_run else sum(map(_tell, keys))


@transaction.atomic
def _tell(key: int) -> bool:
    """Whoever looks at it, else all who may; else platform staff, who are to name somebody."""
    rows = Concern.objects.select_for_update(of=("self",), skip_locked=True)
    concern = rows.untold().filter(pk=key).first()
    if concern is None:
        return False
    if concern.handler and permissions.concerns_read_by(concern.handler).filter(pk=key).exists():
        reached = _send(concern, [concern.handler], nobody=False)
    elif leads := list(permissions.leads_of(concern)):
        reached = _send(concern, leads, nobody=False)
    else:
        staff = User.objects.filter(is_superuser=True, is_active=True)
        reached = _send(concern, staff, nobody=True)
    if reached:
        Concern.objects.filter(pk=key).update(told_at=timezone.now())
    return reached


def _send(concern: Concern, people: Iterable[User], *, nobody: bool) -> bool:
    """One mail each, so that nobody sees another's address. True when at least one has gone."""
    sent = [_send_one(concern, person, nobody=nobody) for person in people]
    return any(sent)


def _send_one(concern: Concern, person: User, *, nobody: bool) -> bool:
    where = reverse("safeguardinglead:index") if nobody else reverse("concern:index")
    context = {"concern": concern, "nobody": nobody, "href": f"{settings.PUBLIC_ADDRESS}{where}"}
    mail = EmailMultiAlternatives(
        subject=_("There is a concern: %(reference)s") % {"reference": concern.reference},
        body=render_to_string("organisations/email/concern.txt", context),
        to=[person.email],
    )
    mail.attach_alternative(render_to_string("organisations/email/concern.html", context), "text/html")
    return letters.delivered(mail, "mail about a concern")
