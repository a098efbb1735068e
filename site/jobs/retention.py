"""How long what is personal lives. Each model that keeps any says so, and what ends it.

Personal is an address, a telephone, a name, words that people write about themselves or others, and a key to
somebody who signs in. `tests/mingle/test_retention.py` walks every field of every model.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """`fields` are names with spaces between them; `until` is in the words of `docs/safeguarding.md`.

    `steps` of a job end it there. Where there are none a person does: they hand a task on, they close their
    account.
    """

    fields: str
    until: str
    steps: tuple[str, ...] = ()
