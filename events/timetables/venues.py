"""A venue by its name or postcode, among those that an organisation may use."""

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches

from events.importing.table import Remark
from events.models import Activity
from events.terms import terms
from organisations.models import Organisation, Venue
from places.spelling import readings

LIKE = 0.84
SHORTEST = 4


@dataclass
class Venues:
    """Those of the organisation and those shared in its place. `usual` is where it meets, if that is one."""

    all: list[Venue]
    usual: Venue | None

    @classmethod
    def read(cls, organisation: Organisation) -> "Venues":
        usable = list(Venue.objects.usable_by(organisation).order_by("name", "pk"))
        used = Counter(Activity.objects.filter(host=organisation).values_list("venue", flat=True))
        own = [venue for venue in usable if venue.organisation_id == organisation.pk]
        usual = own if len(own) == 1 else [venue for venue in usable if venue.pk in used]
        return cls(usable, usual[0] if len(usual) == 1 else None)

    def called(self, text: str, postcode: str) -> Venue | Remark:
        """1. The one of that name; of several, the one at that postcode.
        2. The longest name that stands in the text, as in an address.
        3. The one at that postcode.
        4. A name with a typing error.
        """
        said = f"{text} {postcode}".strip()
        name = " ".join(terms(text))
        codes = {code for part in (text, postcode) for code in _postcodes(part)}
        same = [venue for venue in self.all if name and " ".join(terms(venue.name)) == name]
        inside = self.named_in(text)
        there = [venue for venue in self.all if venue.postcode.replace(" ", "").upper() in codes]
        for found in (same, inside, there, self._near(name)):
            exact = [venue for venue in found if venue in there] or found
            if len(exact) == 1:
                return exact[0]
            if exact:
                return Remark("venue", "venue_unclear", {"text": said})
        return Remark("venue", "venue_unknown", {"text": said})

    def named_in(self, text: str) -> list[Venue]:
        """The venues of the longest name that stands in a text."""
        padded = f" {' '.join(terms(text))} "
        names = [(" ".join(terms(venue.name)), venue) for venue in self.all]
        inside = [
            (len(name), venue) for name, venue in names if len(name) >= SHORTEST and f" {name} " in padded
        ]
        longest = max((length for length, _ in inside), default=0)
        return [venue for length, venue in inside if length == longest]

    def _near(self, name: str) -> list[Venue]:
        names = {" ".join(terms(venue.name)): venue for venue in self.all}
        near = get_close_matches(name, names, n=1, cutoff=LIKE) if len(name) >= SHORTEST else []
        return [venue for venue in self.all if near and " ".join(terms(venue.name)) == near[0]]


def _postcodes(text: str) -> set[str]:
    """Whole postcodes in a text: two words, or one."""
    words = text.replace(",", " ").split()
    pairs = [" ".join(words[at : at + size]) for size in (2, 1) for at in range(len(words) - size + 1)]
    return {reading.code for pair in pairs for reading in readings(pair)[:1] if reading.whole}
