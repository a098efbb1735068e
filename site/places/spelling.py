"""How postcodes are written, and what people write instead. Pure: no database, never an exception."""

import itertools
import re
import unicodedata
from typing import NamedTuple

# The letters that postcodes begin with: Royal Mail's 124 postcode areas, and two of old without numbers,
# the National Girobank and Newport.
AREA = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|"
    "L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
# Districts with a letter are London's alone, and no letter there looks like a digit.
LETTERED = "(?:E|EC|N|NW|SE|SW|W|WC)[1-9][A-HJKMNPR-Y]"
OUTCODE = re.compile(rf"(?:{AREA})(?:[0-9]|[1-9][0-9])|{LETTERED}|GIR|NPT")
# The second half has no C I K M O V among its letters. Its beginning is a sector, as in "HX1 1".
INCODE = re.compile(r"[0-9](?:[ABD-HJLNP-UW-Z]{1,2})?")
# What is taken for what: letter and digit that look the same, on paper and to a hurried thumb.
ALIKE = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}
ALIKE_SMALL = {**ALIKE, "L": "L1"}
LONGEST = 24
LONGEST_CODE = 7


class Written(NamedTuple):
    """A reading of what somebody wrote. The incode is empty, whole ("1UJ") or only begun ("1", "1U")."""

    outcode: str
    incode: str = ""

    @property
    def whole(self) -> bool:
        return len(self.incode) == 3

    @property
    def code(self) -> str:
        """As the directory has it, without a space."""
        return self.outcode + self.incode

    def __str__(self) -> str:
        return f"{self.outcode} {self.incode}".strip()


def readings(text: str) -> tuple[Written, ...]:
    """Everything that the text can mean as a postcode or the beginning of one, likeliest first.

    1. Full-width forms, other scripts' digits, small letters, spaces and stray punctuation are evened out.
    2. Where a space stands between two halves it is believed first; then the text is cut where it can be.
    3. Where nothing fits as it stands, O and 0, I and 1 are changed for one another, and l for 1; that counts
       only if a single spelling comes of it, so that nobody is sent to the wrong town.
    """
    if len(text) > LONGEST:
        return ()
    halves = _halves(text)
    joined = "".join(halves)
    if not 2 <= len(joined) <= LONGEST_CODE:
        return ()
    found = [*(_cut(joined, len(halves[0])) if len(halves) == 2 else ()), *_cuts(joined)]
    for alike in (ALIKE, ALIKE_SMALL):
        if not found:
            corrected = [cuts for spelt in _alike(joined, alike) if (cuts := _cuts(spelt))]
            found = corrected[0] if len(corrected) == 1 else []
    return tuple(dict.fromkeys(found))


def is_outcode(text: str) -> bool:
    """Whether it has the form of an outcode of a postcode area that exists."""
    return OUTCODE.fullmatch(text) is not None


def unbroken(postcode: str) -> str:
    """As pages write it: its two halves stay on one line. Feeds and links keep the space that was typed."""
    return postcode.replace(" ", "\N{NO-BREAK SPACE}")


def _halves(text: str) -> list[str]:
    even = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(_sign(character) for character in even)
    return kept.split()


def _sign(character: str) -> str:
    """A letter or digit as ASCII where it has one; nothing for punctuation; a space for a space."""
    if character.isspace():
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return character if character.isalpha() else ""


def _cuts(joined: str) -> list[Written]:
    """The longest incode first: six letters and digits are a postcode before they are a beginning."""
    return [cut for incode in (3, 0, 1, 2) for cut in _cut(joined, len(joined) - incode)]


def _cut(joined: str, at: int) -> list[Written]:
    outcode, incode = joined[:at], joined[at:]
    fits = is_outcode(outcode) and (not incode or INCODE.fullmatch(incode))
    return [Written(outcode, incode)] if fits else []


def _alike(joined: str, alike: dict[str, str]) -> list[str]:
    return ["".join(spelt) for spelt in itertools.product(*(alike.get(sign, sign) for sign in joined))]
