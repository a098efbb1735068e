"""Sealed words open with a key of the settings and for what they belong to."""

import uuid

import pytest
from cryptography.fernet import Fernet

from organisations import sealing

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
OF = uuid.UUID(int=7)


@pytest.fixture(autouse=True)
def _old_key(settings) -> None:
    settings.CONCERN_KEYS = [OLD]


def test_words_come_back_and_do_not_stand_in_what_is_sealed() -> None:
    sealed = sealing.seal(OF, {"text": "Ein Wörtchen"})
    assert sealing.opened(OF, sealed) == {"text": "Ein Wörtchen"}
    assert "rtchen" not in sealed
    assert sealed != sealing.seal(OF, {"text": "Ein Wörtchen"})


def test_what_another_row_holds_does_not_open_here() -> None:
    with pytest.raises(sealing.CannotOpen):
        sealing.opened(uuid.UUID(int=8), sealing.seal(OF, {"text": "x"}))


@pytest.mark.parametrize("broken", ["", "no token", "gAAAAABn" * 20])
def test_what_is_not_sealed_by_us_does_not_open(broken: str) -> None:
    with pytest.raises(sealing.CannotOpen):
        sealing.opened(OF, broken)


def test_new_key_writes_while_the_old_one_still_reads(settings) -> None:
    sealed = sealing.seal(OF, {"text": "x"})
    settings.CONCERN_KEYS = [NEW, OLD]
    assert (sealing.opened(OF, sealed), sealing.is_current(sealed)) == ({"text": "x"}, False)
    again = sealing.resealed(sealed)
    assert sealing.is_current(again) is True
    settings.CONCERN_KEYS = [NEW]
    assert sealing.opened(OF, again) == {"text": "x"}
    with pytest.raises(sealing.CannotOpen):
        sealing.opened(OF, sealed)
