"""A replaced key: everything is sealed anew, from wherever it stopped."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from organisations import sealing
from organisations.actions import concerns, resealing
from organisations.actions.concerns import Told
from organisations.models import Concern, ConcernNote
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import make_place

pytestmark = pytest.mark.django_db

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _each in range(3))


def reseal() -> str:
    said = StringIO()
    call_command("reseal_concerns", stdout=said)
    return said.getvalue()


def current() -> list[bool]:
    sealed = [
        *Concern.objects.values_list("sealed", flat=True),
        *ConcernNote.objects.values_list("sealed", flat=True),
    ]
    return [sealing.is_current(each) for each in sealed]


def test_everything_is_sealed_anew_and_the_old_key_can_go(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing, "AT_ONCE", 2)
    settings.CONCERN_KEYS = [OLD]
    place = make_place()
    lead = make_lead(place)
    made = [make_concern(f"Worry {number}", place=place) for number in range(5)]
    concerns.add_note(concern=made[0], text="A note", by=lead)
    settings.CONCERN_KEYS = [NEW, OLD]
    late = make_concern("Under the new key", place=place)
    kept = Concern.objects.get(pk=late.pk).sealed
    assert reseal() == "Sealed anew: 6.\nNothing is left under an old key.\n"
    assert current() == [True] * 7
    assert Concern.objects.get(pk=late.pk).sealed == kept
    assert reseal() == "Sealed anew: 0.\nNothing is left under an old key.\n"
    settings.CONCERN_KEYS = [NEW]
    assert concerns.read(concern=made[4], by=lead).told == Told("Worry 4")
    assert [note.text for note in concerns.read(concern=made[0], by=lead).notes] == ["A note"]


def test_one_that_stopped_half_way_goes_on_when_run_again(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing, "AT_ONCE", 2)
    settings.CONCERN_KEYS = [OLD]
    for number in range(5):
        make_concern(f"Worry {number}", place=make_place())
    settings.CONCERN_KEYS = [NEW, OLD]
    resealing._batch(Concern, 0, resealing.Resealed())
    assert sorted(current()) == [False, False, False, True, True]
    assert reseal().startswith("Sealed anew: 3.")
    assert current() == [True] * 5


def test_what_no_key_opens_is_said_and_left(settings) -> None:
    settings.CONCERN_KEYS = [OTHER]
    make_concern(place=make_place())
    before = Concern.objects.get().sealed
    settings.CONCERN_KEYS = [NEW, OLD]
    with pytest.raises(CommandError, match="No key opens 1"):
        reseal()
    assert Concern.objects.get().sealed == before
