"""The words of the demonstration: enough of them, all invented, none that could reach a real person."""

import re
from collections import Counter

import pytest

from events.actions import vocabularies
from events.models import ActivityType, Aim, Language
from mingle.demo import place, reading
from organisations.models import AccessFeature
from places.models import School, SchoolPupils, SchoolStatus

ORGANISATIONS = reading.organisations()
ACTIVITIES = [(slug, words) for slug, facts in ORGANISATIONS.items() for words in facts["activity"]]
RULES = [(slug, words, line) for slug, words in ACTIVITIES for line in words["when"]]
FICTIONAL_PHONE = re.compile(r"01632 960\d{3}")


def test_there_is_enough_to_look_at() -> None:
    assert len(ORGANISATIONS) >= 25
    assert {facts["kind"] for facts in ORGANISATIONS.values()} == {"school", "club", "group", "public"}
    assert len(ACTIVITIES) >= 120
    assert len(reading.venues()) >= 40


@pytest.mark.django_db
def test_every_entry_of_every_list_is_known_and_every_type_is_on() -> None:
    vocabularies.add_missing()
    types = set(ActivityType.objects.values_list("slug", flat=True))
    assert {words["type"] for _, words in ACTIVITIES} == types
    for name, model in (("aims", Aim), ("languages", Language), ("access", AccessFeature)):
        used = {slug for _, words in ACTIVITIES for slug in words.get(name, [])}
        assert used <= set(model.objects.values_list("slug", flat=True))


def test_every_kind_of_schedule_is_there() -> None:
    kinds = Counter(line["every"] for _, _, line in RULES)
    assert set(kinds) == {
        "once",
        "day",
        "week",
        "2 weeks",
        "month on the date",
        "month on the weekday",
        "month on the last weekday",
    }
    for field in ("until", "times", "left_out", "added", "interval", "where"):
        assert any(field in line for _, _, line in RULES), field
    assert {line.get("season", "any") for _, _, line in RULES} == {"any", "term", "holidays"}
    assert any(" " in line.get("on", "") for _, _, line in RULES if line["every"] == "week")
    assert any(len(words["when"]) == 2 for _, words in ACTIVITIES)


def test_something_is_cancelled_moved_told_shared_and_in_draft() -> None:
    for field in ("cancel", "move", "notices", "with", "draft", "draft_only", "access"):
        assert any(field in words for _, words in ACTIVITIES), field
    assert {words.get("joining", "come") for _, words in ACTIVITIES} == {"come", "ask", "book"}
    assert {words.get("for", "everyone") for _, words in ACTIVITIES} == {
        "everyone",
        "girls",
        "boys",
        "women",
        "families",
    }


def test_nobody_real_can_be_reached() -> None:
    place = reading.place()
    phones = [place["contact_phone"], place["safeguarding_phone"]]
    addresses = [place["contact_email"], place["safeguarding_email"]]
    for facts in ORGANISATIONS.values():
        phones.append(facts["phone"])
        addresses.append(facts["email"])
        addresses += [words["book"].split("/")[2] for words in facts["activity"] if "book" in words]
    assert [phone for phone in phones if not FICTIONAL_PHONE.fullmatch(phone)] == []
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_schools_have_numbers_that_no_school_has() -> None:
    numbers = [facts["urn"] for facts in ORGANISATIONS.values() if facts["kind"] == "school"]
    assert min(numbers) >= 900_000
    assert len(set(numbers)) == len(numbers)


@pytest.mark.django_db
def test_invented_schools_are_read_whole_and_each_school_that_publishes_is_one() -> None:
    place.load_schools()
    place.load_schools()
    assert (School.objects.count(), SchoolPupils.objects.count()) == (59, 54)
    assert not School.objects.exclude(pk__in=place.INVENTED).exists()
    assert not School.objects.filter(latitude=None).exists()
    assert set(School.objects.values_list("status", flat=True)) == set(SchoolStatus.values)
    said = {facts["urn"]: facts["name"] for facts in ORGANISATIONS.values() if facts["kind"] == "school"}
    assert dict(School.objects.filter(pk__in=said).values_list("urn", "name")) == said


def test_every_venue_may_be_used_by_whoever_uses_it() -> None:
    venues = reading.venues()
    used = {(slug, words["venue"]) for slug, words in ACTIVITIES}
    used |= {(slug, line["where"]) for slug, _, line in RULES if "where" in line}
    assert [(slug, key) for slug, key in used if venues[key].get("belongs_to", slug) != slug] == []
    answers = {text.partition(":")[0] for venue in venues.values() for text in venue["access"].values()}
    assert answers == {"yes", "no", "unknown"}


def test_partners_exist_and_titles_are_told_apart() -> None:
    for slug, facts in ORGANISATIONS.items():
        titles = [words["title"] for words in facts["activity"]]
        assert len(set(titles)) == len(titles), slug
        partners = {partner for words in facts["activity"] for partner in words.get("with", [])}
        assert partners <= set(ORGANISATIONS) - {slug}


def test_words_fit_into_their_fields() -> None:
    assert [words["title"] for _, words in ACTIVITIES if len(words["summary"]) > 160] == []
    assert [words["title"] for _, words in ACTIVITIES if len(words.get("bring", "")) > 200] == []
    assert [page.slug for page in reading.editorial_pages() if len(page.introduction) > 240] == []


def test_pages_of_words_are_there_and_say_that_it_is_a_demonstration() -> None:
    pages = {page.slug: page for page in reading.editorial_pages()}
    assert set(pages) == {
        "about",
        "calendar-help",
        "for-organisers",
        "for-parents",
        "how-we-check-organisers",
    }
    assert "This is a demonstration" in pages["about"].body
