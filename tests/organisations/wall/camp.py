"""An organisation of the world with all that is its own, and those who look at it."""

import dataclasses
import functools
import io

from PIL import Image
from wagtail.models import Collection

from accounts.models import User
from events.models import Activity
from images.models import Picture
from organisations.models import Organisation, Role
from places.models import Place
from tests.organisations.wall.rows import Key

# A word that all titles share, so that a search which is not scoped finds everybody's.
SHARED = "gathering"


@dataclasses.dataclass
class Camp:
    """An organisation with all that is its own."""

    token: str
    place: Place
    organisation: Organisation = None
    people: dict[Role, User] = dataclasses.field(default_factory=dict)
    live: Activity = None
    draft: Activity = None
    collection: Collection = None
    picture: Picture = None
    rows: set[Key] = dataclasses.field(default_factory=set)

    def words(self, *more: str) -> str:
        return " ".join((self.token, SHARED, *more))

    @property
    def owner(self) -> User:
        return self.people[Role.OWNER]

    def keys(self, table: str) -> list[str]:
        return sorted((key for name, key in self.rows if name == table), key=lambda key: (len(key), key))


@functools.cache
def png(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(out, "PNG")
    return out.getvalue()
