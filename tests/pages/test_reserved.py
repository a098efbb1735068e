"""Our routes and the pages of the CMS never meet."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.db import connection

from pages import reserved
from pages.actions import tree
from pages.models import HomePage, InformationPage


@pytest.fixture
def home(db):
    tree.plant()
    return HomePage.objects.get()


def test_first_parts_of_our_routes_are_reserved():
    expected = {
        "activities",
        "organisers",
        "occurrences",
        "accounts",
        "cms",
        "organise",
        "in",
        "covers",
        "embed",
        "oembed",
        "static",
    }
    assert expected <= reserved.slugs()


def test_page_cannot_take_the_address_of_a_route(home):
    with pytest.raises(ValidationError) as refused:
        home.add_child(instance=InformationPage(title="Activities", slug="activities"))
    assert refused.value.message_dict["slug"] == ["The site itself uses this address. Choose another."]


def test_page_at_a_deeper_level_may_be_called_so(home):
    about = home.add_child(instance=InformationPage(title="About", slug="about"))
    assert about.add_child(instance=InformationPage(title="Accounts", slug="accounts")).slug == "accounts"


def test_check_finds_a_page_that_stands_on_a_route(home):
    page = home.add_child(instance=InformationPage(title="About", slug="about"))
    assert [error.id for error in run_checks(tags=["database"], databases=["default"])] == []
    InformationPage.objects.filter(pk=page.pk).update(slug="cms")
    assert [error.id for error in run_checks(tags=["database"], databases=["default"])] == ["pages.E001"]


def test_check_says_nothing_before_there_are_tables(home):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TABLE {HomePage._meta.db_table} CASCADE")
    assert run_checks(tags=["database"], databases=["default"]) == []
