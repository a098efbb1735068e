"""A worker's snapshot is as new as the database, in as few queries as that takes."""

from contextlib import nullcontext

import pytest

from events import index
from events.index import keeping, rows
from events.models import Listing
from organisations.models import Generation
from tests.factories.activities import make_activity

pytestmark = pytest.mark.django_db


def keys():
    snapshot = index.current()
    return set(snapshot.columns.key[snapshot.alive & snapshot.columns.public].tolist())


def test_nothing_is_read_while_nothing_changes(django_assert_num_queries):
    make_activity()
    generation = index.current().generation
    with django_assert_num_queries(1):
        index.current()
    with django_assert_num_queries(0):
        index.current(generation)


def test_only_what_changed_is_read_again(django_assert_num_queries):
    first, second = make_activity("First"), make_activity("Second")
    before = index.current()
    first.unpublish()
    with django_assert_num_queries(3):  # the generation, one listing, the lists
        after = index.current()
    assert before.generation < after.generation
    assert len(after.alive) == len(before.alive) + 1
    assert keys() == {second.pk}


def test_snapshot_is_read_again_when_much_of_it_is_dead(monkeypatch):
    monkeypatch.setattr("events.index.snapshot.LEAST_WORTH_READING_AGAIN", 2)
    activity = make_activity()
    other = make_activity()
    for _ in range(4):
        index.current()
        Listing.objects.update(generation=Generation.objects.raised())
    assert len(index.current().alive) <= 4
    assert keys() == {activity.pk, other.pk}


def test_older_database_is_read_whole():
    """A backup brought back while workers run has a lower generation."""
    activity = make_activity()
    Generation.objects.raised()
    index.current()
    Generation.objects.update(number=1)
    Listing.objects.filter(pk=activity.pk).update(generation=1, public=False)
    assert keys() == set()


@pytest.mark.django_db(transaction=True)
def test_four_who_ask_at_once_are_given_the_same(together):
    make_activity()
    generation = Generation.objects.current()
    found = together(*[lambda: index.current(generation)] * 4)
    assert {id(each) for each in found} == {id(index.current(generation))}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_each_would_read_all_of_it(together, all_look_before, monkeypatch):
    """The negative control: both have found that there is none before either has read it."""
    make_activity()
    generation = Generation.objects.current()
    monkeypatch.setattr(keeping._keeper, "lock", nullcontext())
    all_look_before(rows, "read")
    one, other = together(*[lambda: index.current(generation)] * 2)
    assert (one.generation, other.generation, one is other) == (generation, generation, False)
