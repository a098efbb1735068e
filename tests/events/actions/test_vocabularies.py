"""The lists that an installation starts with."""

import csv
import re
import uuid

import pytest

from events.actions import vocabularies
from events.models import ActivityType

pytestmark = pytest.mark.django_db
CONCEPT = re.compile(r"https://openactive\.io/activity-list#([0-9a-f-]{36})")


def test_types_begin_with_the_openactive_concepts_that_they_correspond_to() -> None:
    with (vocabularies.EVENTS_DATA / "types.csv").open(encoding="utf-8", newline="") as rows:
        given = {row["slug"]: row["openactive"] for row in csv.DictReader(rows)}
    vocabularies.add_missing()
    assert dict(ActivityType.objects.values_list("slug", "openactive")) == given
    concepts = [concept for concept in given.values() if concept]
    found = [CONCEPT.fullmatch(concept) for concept in concepts]
    assert [concept for concept, match in zip(concepts, found, strict=True) if not match] == []
    assert [str(uuid.UUID(match[1])) for match in found if match] == [match[1] for match in found if match]
    assert len(concepts) == len(set(concepts)) == 21
