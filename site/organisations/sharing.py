"""What a shared link to an organisation shows: its picture where everybody agreed, or a woven card."""

from django.conf import settings
from django.urls import reverse

from images import cards, cuts
from images.cards import Card
from images.covers.geometry import Cover
from images.models import Picture
from organisations.models import Kind, Organisation

PICTOGRAMS = {
    Kind.SCHOOL: "homework-help",
    Kind.CLUB: "multi-sport",
    Kind.GROUP: "get-together",
    Kind.PUBLIC: "better-streets",
}


def card(organisation: Organisation) -> Card:
    thread = organisation.thread
    cover = Cover(organisation.uuid, thread, cards.second_thread(thread), PICTOGRAMS[Kind(organisation.kind)])
    return Card(cover, organisation.name, f"{organisation.get_kind_display()} · {organisation.place.name}")


def picture(organisation: Organisation, photo: Picture | None) -> str:
    """The absolute address of what is shown."""
    if photo and photo.may_be_shown and (path := cuts.social(photo)):
        return f"{settings.PUBLIC_ADDRESS}{path}"
    return card(organisation).address(reverse("organisation_card", args=[organisation.slug]))
