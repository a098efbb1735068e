"""Why a postcode gives no position, and what we say then."""

import enum
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


class Reason(enum.Enum):
    NOT_A_POSTCODE = "not-a-postcode"
    UNKNOWN = "unknown"
    UNKNOWN_WITHIN = "unknown-within"
    NO_POSITION = "no-position"
    NORTHERN_IRELAND = "northern-ireland"
    ISLE_OF_MAN = "isle-of-man"
    CHANNEL_ISLANDS = "channel-islands"


WORDS = {
    Reason.NOT_A_POSTCODE: gettext_noop(
        "That does not look like a postcode. Type one like HX1\N{NO-BREAK SPACE}1UJ, "
        "or only the first part: HX1."
    ),
    Reason.UNKNOWN: gettext_noop("We do not know %(outcode)s. Please check it for a mistake."),
    Reason.UNKNOWN_WITHIN: gettext_noop(
        "We do not know that postcode. Please check it for a mistake, or search near %(outcode)s."
    ),
    Reason.NO_POSITION: gettext_noop(
        "We know that postcode, but not where it is: it may be an old one, or one for post only. "
        "Try the postcode of a place nearby."
    ),
    Reason.NORTHERN_IRELAND: gettext_noop(
        "We know %(outcode)s, but we cannot measure distances in Northern Ireland yet."
    ),
    Reason.ISLE_OF_MAN: gettext_noop(
        "We know %(outcode)s, but we cannot measure distances on the Isle of Man yet."
    ),
    Reason.CHANNEL_ISLANDS: gettext_noop(
        "We know %(outcode)s, but we cannot measure distances in the Channel Islands yet."
    ),
}


@dataclass(frozen=True)
class Problem:
    """No position, and why. Carries an outcode at most, never the whole postcode."""

    reason: Reason
    outcode: str = ""

    @property
    def unknown(self) -> bool:
        """The directory does not have it: another reading may be meant."""
        return self.reason in {Reason.UNKNOWN, Reason.UNKNOWN_WITHIN}

    @property
    def words(self) -> str:
        """For the reader, beside the field."""
        return _(WORDS[self.reason]) % {"outcode": self.outcode}
