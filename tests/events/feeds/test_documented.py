"""docs/feeds.md says what is so."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from events import feed_urls
from events.feeds import entries, feed, links, questions
from schools import feed_urls as school_feed_urls

TEXT = (Path(settings.BASE_DIR) / "docs" / "feeds.md").read_text()


def test_every_calendars_address_is_documented() -> None:
    kinds = {"uuid:id": "<uuid>", "uuid:uuid": "<uuid>", "slug:slug": "<slug>", "int:urn": "<urn>"}
    routes = {
        "/" + re.sub("<(.*?)>", lambda found: kinds[found[1]], str(url.pattern))
        for url in (*feed_urls.urlpatterns, *school_feed_urls.urlpatterns)
        if str(url.pattern).endswith(".ics")
    }
    assert set(re.findall(r"^\| `(/.*?)` ", TEXT, re.MULTILINE)) == routes


@pytest.mark.parametrize(
    "fact",
    [
        f"from {feed.DAYS_BACK} days ago to 12 months ahead",
        f"At most {feed.MOST:,}, the soonest first",
        f"`next={links.NEXT}` gives a file of the next ten dates",
        f"the date's UUID and `{entries.UID_SUFFIX}`",
        "events/feeds/",
        "events/views/calendars.py",
        "feeds/facts.py",
    ],
)
def test_numbers_and_names_are_those_of_the_code(fact: str) -> None:
    assert fact in TEXT


def test_what_a_subscription_leaves_out_is_documented() -> None:
    assert {f"`{name}`" for name in questions.LEFT_OUT} == set(
        re.findall("`[a-z]+`", TEXT.partition("without its dates: ")[2].partition(" are left out")[0])
    )
