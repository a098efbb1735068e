import datetime
import logging

import pytest
from django.utils import timezone

from places import holidays, nightly
from places.models import BankHoliday, Place, Term
from places.signals import school_year_changed
from tests.factories.organisations import make_place

pytestmark = pytest.mark.django_db


def test_bank_holidays_are_loaded_once_and_told_to_the_places_that_keep_them() -> None:
    place, told = make_place(), []

    def listen(places: list[Place], **_: object) -> None:
        told.append(places)

    school_year_changed.connect(listen)
    assert nightly.load_bank_holidays(dry_run=False) == len(holidays.carried())
    assert nightly.load_bank_holidays(dry_run=False) == 0
    school_year_changed.disconnect(listen)
    assert BankHoliday.objects.count() == len(holidays.carried())
    assert told == [[place]]


def test_places_whose_terms_end_soon_are_said(caplog: pytest.LogCaptureFixture) -> None:
    place = make_place()
    Term.objects.all().delete()
    Term.objects.create(
        place=place, name="Autumn", first_day=datetime.date(2020, 9, 1), last_day=timezone.localdate()
    )
    with caplog.at_level(logging.WARNING, logger="places.nightly"):
        assert nightly.warn_of_ending_terms(dry_run=False) == 1
    today = timezone.localdate().isoformat()
    assert caplog.messages == [f"Calderdale knows no term after {today}: activities in term time end there."]
    far = timezone.localdate() + datetime.timedelta(days=121)
    Term.objects.create(place=place, name="Spring", first_day=far, last_day=far)
    assert nightly.warn_of_ending_terms(dry_run=True) == 0
