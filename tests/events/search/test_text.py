"""Full text asks the index of words, and nothing asks the table of dates."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Listing
from events.search.text import statement
from tests.factories.activities import make_activity

pytestmark = pytest.mark.django_db

NEW = {
    "activity_id": "activity_id + number",
    "uuid": "gen_random_uuid()",
    "search": "to_tsvector('simple', 'thing' || number)",
}
COLUMNS = [field.column for field in Listing._meta.concrete_fields]
OTHERS = f"""
    INSERT INTO events_listing ({", ".join(COLUMNS)})
    SELECT {", ".join(NEW.get(column, column) for column in COLUMNS)}
    FROM events_listing, generate_series(1, 3000) number
"""


@pytest.fixture
def many_listings():
    """Three thousand more listings, without the pages that they would belong to."""
    activity = make_activity("Street football")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'events_listing'::regclass AND contype = 'f'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE events_listing DROP CONSTRAINT "{name}"')
        cursor.execute(OTHERS)
        cursor.execute("ANALYZE events_listing")
    return activity


def plan(sql, given):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", given)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    "words", [[["football"]], [["street"], ["football"]], [["swmi", "swim"]], [["foot"]]]
)
def test_words_are_found_by_their_index(many_listings, words):
    found = plan(*statement(words))
    assert "listing_by_search" in found
    assert "Seq Scan" not in found


def test_no_page_of_results_reads_the_table_of_dates(client, many_listings):
    assert Listing.objects.count() == 3001
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/activities/?q=footbal&when=month&age=9&day=tue&day=mon")
        client.get("/activities/?from=2027-01-01&type=football&page=2")
    assert page.status_code == 200
    read = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert read
    assert not [sql for sql in read if "events_occurrence" in sql]
    with connection.cursor() as cursor:
        for sql in read:
            cursor.execute(f"EXPLAIN {sql}")
            assert "events_occurrence" not in "\n".join(row[0] for row in cursor.fetchall())
