"""Codes on paper: drawn, read as people type them, and kept as digests alone."""

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of five bits each. Without I, L, O and U: what is read as one of them is taken for 1, 1, 0 and V."""
LENGTH = 16
"""80 bits: a million guesses a second for a year find one with a chance of 1 in 38 thousand million."""
GROUP = 4
MISREAD = str.maketrans("ILOU", "110V")


def drawn() -> str:
    """A new one, as it is printed: "7K2M-9QXD-4TBH-R0WC"."""
    code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def digest(typed: str) -> str:
    """Of whatever is typed, in any case, with or without what stands between the groups.

    The key is the installation's own, so that who has only the database cannot try codes against it, and who
    tries codes here learns nothing from how long the database takes to compare.
    """
    letters = "".join(each for each in typed.upper() if each.isalnum()).translate(MISREAD)
    made = salted_hmac("schools.codes", letters, algorithm="sha256")  # ty: ignore[unknown-argument] (the stubs are older)
    return made.hexdigest()
