"""What an empty installation needs before anybody can use it: the page tree, a place, its first officer."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django import forms
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Avg
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from accounts import audit
from accounts.models import User
from organisations.actions import members
from pages.actions import tree
from pages.models import HomePage
from places.models import Place, Postcode


class PlaceForm(forms.ModelForm):
    """Everything about a place that its officer has to know; the centre may be left to its postcodes."""

    latitude = forms.FloatField(required=False, label=Place._meta.get_field("latitude").verbose_name)
    longitude = forms.FloatField(required=False, label=Place._meta.get_field("longitude").verbose_name)

    class Meta:
        model = Place
        fields = (
            "name",
            "slug",
            "area_codes",
            "nation",
            "contact_email",
            "contact_phone",
            "safeguarding_name",
            "safeguarding_phone",
            "safeguarding_email",
            "latitude",
            "longitude",
        )

    def clean(self) -> dict[str, object]:
        """A centre that is not given is the mean of the postcodes' positions, where these are loaded."""
        found = super().clean() or {}
        if found.get("latitude") is None or found.get("longitude") is None:
            centre = centre_of(found.get("area_codes") or [])
            if centre is None:
                raise forms.ValidationError(
                    _("No postcodes of these areas are loaded, so the place's centre has to be given.")
                )
            found["latitude"], found["longitude"] = centre
        return found


class OfficerForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address of the first officer"))
    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)


@dataclass(frozen=True)
class Invited:
    user: User
    address: str
    """Where they choose a password; empty for a person who has one already."""
    staff: bool
    """Whether they look after the whole installation as well, since nobody else does."""


def centre_of(area_codes: list[str]) -> tuple[float, float] | None:
    """The middle of the areas' postcodes, in degrees; None where none is loaded."""
    positions = Postcode.objects.within(area_codes).positioned()
    middle = positions.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if middle["latitude"] is None:
        return None
    return round(middle["latitude"], 5), round(middle["longitude"], 5)


@transaction.atomic
def place_pages() -> HomePage:
    """The page tree, at the address that people type. What was changed in it since stays."""
    address = urlsplit(settings.PUBLIC_ADDRESS)
    known = Site.objects.filter(is_default_site=True).first()
    return tree.plant(
        hostname=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 80),
        site_name=known.site_name if known and known.site_name else settings.WAGTAIL_SITE_NAME,
    )


@transaction.atomic
def save_place(form: PlaceForm) -> Place:
    place = form.save()
    audit.record(by=None, action="place.set_up", subject=place, details={"changed": form.changed_data})
    return place


@transaction.atomic
def invite_officer(*, place: Place, email: str, first_name: str, last_name: str) -> Invited:
    """Make a person the place's officer, and platform staff where there is none."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, first_name=first_name, last_name=last_name)
    staff = not User.objects.filter(is_superuser=True).exclude(pk=user.pk).exists()
    if staff and not user.is_superuser:
        user.is_staff = user.is_superuser = True
        user.save()
        audit.record(by=None, action="staff.appointed", subject=user)
    # The link below reaches them by that mail only: whoever follows it has shown that the address is theirs.
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if not place.officers.filter(user=user).exists():
        members.appoint(place=place, user=user, by=None)
    return Invited(user, "" if user.has_usable_password() else _password_address(user), staff)


def send_invitation(invited: Invited, place: Place) -> None:
    """The first mail of an installation: it shows that mail works. Raises OSError or SMTPException."""
    context = {"person": invited.user, "place": place, "href": invited.address}
    mail = EmailMultiAlternatives(
        subject=_("You look after %(place)s at Mingle") % {"place": place.name},
        body=render_to_string("mingle/email/first_officer.txt", context),
        to=[invited.user.email],
    )
    mail.attach_alternative(render_to_string("mingle/email/first_officer.html", context), "text/html")
    mail.send()


def _password_address(user: User) -> str:
    """Good for as long as any link for a forgotten password, and once."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uidb36, _dash, token = key.partition("-")
    return settings.PUBLIC_ADDRESS + reverse(
        "account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token}
    )
