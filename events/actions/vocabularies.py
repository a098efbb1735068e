"""The lists an installation starts with."""

import csv
from pathlib import Path

from django.db import models, transaction

import organisations
from events.models import ActivityType, Aim, Language
from organisations.models import AccessFeature

EVENTS_DATA = Path(__file__).resolve().parents[1] / "data"
ORGANISATIONS_DATA = Path(organisations.__file__).resolve().parent / "data"
LISTS: list[tuple[type[models.Model], Path]] = [
    (ActivityType, EVENTS_DATA / "types.csv"),
    (Language, EVENTS_DATA / "languages.csv"),
    (Aim, EVENTS_DATA / "aims.csv"),
    (AccessFeature, ORGANISATIONS_DATA / "access_features.csv"),
]


@transaction.atomic
def add_missing() -> int:
    """Add the entries that are missing from each list and say how many; what staff changed stays."""
    added = 0
    for model, source in LISTS:
        known = set(model._default_manager.values_list("slug", flat=True))
        with source.open(encoding="utf-8", newline="") as file:
            rows = [
                model(position=at, **row)
                for at, row in enumerate(csv.DictReader(file))
                if row["slug"] not in known
            ]
        model._default_manager.bulk_create(rows)
        added += len(rows)
    return added
