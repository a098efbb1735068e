"""Places, organisations and venues for tests. All are fictional but for their geography."""

import datetime
import itertools

from django.utils import timezone
from wagtail.models import Collection

from organisations.actions import members, registration
from organisations.models import Declaration, DeclarationText, Kind, Organisation, State, Venue
from pages.actions import tree
from places.models import Place, Term

_numbers = itertools.count(1)
HALIFAX = (53.7236, -1.8631)
FAR_AHEAD = datetime.date(2099, 12, 31)


def make_place(slug: str = "calderdale", **fields: object) -> Place:
    """A place with the school year 2026/27; the same one when asked again."""
    place, created = Place.objects.get_or_create(
        slug=slug,
        defaults={
            "name": slug.replace("-", " ").title(),
            "area_codes": ["E08000033"],
            "nation": "england-and-wales",
            "latitude": HALIFAX[0],
            "longitude": HALIFAX[1],
            **fields,
        },
    )
    if created:
        for name, first, last in [
            ("Autumn 1", (2026, 9, 1), (2026, 10, 23)),
            ("Autumn 2", (2026, 11, 2), (2026, 12, 18)),
            ("Spring 1", (2027, 1, 4), (2027, 2, 12)),
            ("Spring 2", (2027, 2, 22), (2027, 3, 25)),
            ("Summer 1", (2027, 4, 12), (2027, 5, 28)),
            ("Summer 2", (2027, 6, 7), (2027, 7, 23)),
        ]:
            Term.objects.create(
                place=place, name=name, first_day=datetime.date(*first), last_day=datetime.date(*last)
            )
    return place


def make_organisation(
    name: str = "", *, place: Place | None = None, public: bool = True, **fields: object
) -> Organisation:
    """A verified organisation (or a draft) with its page in the tree."""
    tree.plant()
    number = next(_numbers)
    name = name or f"Club {number}"
    facts: dict[str, object] = {
        "kind": Kind.CLUB,
        "slug": f"club-{number}",
        "reviews_left": 0,  # it has been here for a while
        **fields,
    }
    if public:
        facts = {
            "state": State.VERIFIED,
            "verified_on": datetime.date(2026, 9, 1),
            "declaration_until": FAR_AHEAD,
            **facts,
        }
    return registration.register(by=None, place=place or make_place(), name=name, **facts)


def answers(**said: object) -> dict[str, object]:
    """A whole declaration, as somebody fills it in; it holds for a year from the day of signing."""
    today = timezone.localdate()
    ahead, behind = today + datetime.timedelta(days=400), today - datetime.timedelta(days=30)
    return {
        "lead_name": "Sam Okoro",
        "lead_role": "head coach",
        "lead_phone": "01632 960100",
        "lead_email": "sam@club.example",
        "lead_trained_on": behind,
        "deputy_name": "Bea Lund",
        "deputy_role": "secretary",
        "deputy_phone": "01632 960101",
        "deputy_email": "bea@club.example",
        "deputy_trained_on": behind,
        "vetting": "everyone",
        "vetting_level": "enhanced",
        "vetting_seen_on": behind,
        "vetting_seen_by": "Bea Lund",
        "policy_where": "On our website.",
        "policy_reviewed_on": behind,
        "policy_review_by": ahead,
        "insurance_until": ahead,
        "governing_body": "",
        "governing_body_number": "",
        "first_aid": "A trained coach is always there.",
        "emergencies": "We go out to the car park and ring you.",
        "collecting": "Only whom you have named to us.",
        "photographs": "No, none.",
        "allegations": "We tell the council the same day.",
        **said,
    }


def make_declaration(
    organisation: Organisation | None, until: datetime.date | None = None, **said: object
) -> Declaration:
    """Signed; or a draft, if no last day is given."""
    signed = (
        {
            "until": until,
            "text": DeclarationText.objects.first(),
            "signed_name": "Sam Okoro",
            "signed_role": "head coach",
            "signed_at": timezone.now(),
        }
        if until
        else {}
    )
    return Declaration.objects.create(organisation=organisation, **answers(**said), **signed)


def make_venue(organisation: Organisation | None = None, **fields: object) -> Venue:
    """A venue in Halifax, shared unless an organisation is given."""
    number = next(_numbers)
    defaults: dict[str, object] = {
        "name": f"Hall {number}",
        "street": f"{number} Hopwood Lane",
        "town": "Halifax",
        "postcode": "HX1 5ER",
        "latitude": HALIFAX[0],
        "longitude": HALIFAX[1],
    }
    place = fields.pop("place", None) or (organisation.place if organisation else make_place())
    return Venue.objects.create(organisation=organisation, place=place, **{**defaults, **fields})


def collection_of(organisation: Organisation) -> Collection:
    """Where its pictures are."""
    members.provision(organisation)
    return members.collection_of(organisation)
