"""The place, its terms, the lists and the postcodes of its area."""

from django.core.management import call_command
from django.db import transaction

from diversity import loading
from diversity.categories import EDITION
from events.actions import vocabularies
from events.mixing.bases import RESIDENTS
from mingle.demo import access, reading
from mingle.demo.lists import Lists
from mingle.demo.reading import same_every_time
from organisations.models import AccessFeature, Organisation, Venue, VenueAccess
from pages.actions import tree
from places import holidays, loading_pupils, loading_schools
from places.models import Place, Postcode, School, Term

# Numbers that the national register has not come to.
INVENTED = range(900_001, 901_000)


@transaction.atomic
def plant(hostname: str, port: int) -> Place:
    """Make what every organisation stands on, as far as it is missing."""
    tree.plant(hostname=hostname, port=port)
    vocabularies.add_missing()
    holidays.load()
    facts = reading.place()
    terms = facts.pop("terms")
    place, created = Place.objects.get_or_create(
        slug=facts.pop("slug"), defaults={**facts, "uuid": same_every_time("place")}
    )
    if created:
        Term.objects.bulk_create(
            Term(place=place, name=name, first_day=first, last_day=last)
            for name, (first, last) in terms.items()
        )
    return place


def load_postcodes(place: Place) -> None:
    """Once. Of all the country it brings the outcodes, of the area every postcode."""
    if not Postcode.objects.within(place.area_codes).exists():
        call_command("import_postcodes", area=place.area_codes, verbosity=0)


def load_schools() -> None:
    """Invented schools, in files of the registers' own shape.

    Once. A real register may be loaded beside them.
    """
    if not School.objects.filter(pk__in=INVENTED).exists():
        loading_schools.load(reading.CONTENT / "schools.csv")
        loading_pupils.load(reading.CONTENT / "pupils.csv", zero_is_unknown=True)


def load_residents() -> None:
    """What the census counted in the place, as facts (Census 2021, Office for National Statistics, OGL v3.0).

    Again and again, since it changes nothing the second time.
    """
    loading.load(reading.CONTENT / "residents.csv", code_list=RESIDENTS[EDITION])


@transaction.atomic
def build_venues(place: Place) -> dict[str, Venue]:
    """By the name that `content/` gives them. A postcode says where a building stands."""
    owners = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    features = Lists.read().features
    return {key: _venue(place, key, facts, owners, features) for key, facts in reading.venues().items()}


def _venue(
    place: Place,
    key: str,
    facts: reading.Facts,
    owners: dict[str, Organisation],
    features: dict[str, AccessFeature],
) -> Venue:
    spot = Postcode.objects.get(code=facts["postcode"].replace(" ", ""))
    venue, created = Venue.objects.get_or_create(
        uuid=same_every_time("venue", key),
        defaults={
            "place": place,
            "organisation": owners.get(facts.get("belongs_to", "")),
            "name": facts["name"],
            "town": facts["town"],
            "postcode": facts["postcode"],
            "latitude": spot.latitude,
            "longitude": spot.longitude,
            "directions": facts["directions"],
        },
    )
    if created:
        VenueAccess.objects.bulk_create(
            VenueAccess(venue=venue, **said) for said in access.answers(facts["access"], key, features)
        )
    return venue
