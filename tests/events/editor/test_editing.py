"""An organiser edits an activity in the CMS."""

import datetime
import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.models import Activity, ActivityType
from organisations.actions import members
from organisations.models import Role
from places.models import BankHoliday
from tests.events import cms
from tests.factories.activities import make_activity, make_draft
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_staff, make_user

HEADINGS = [
    "What and for whom",
    "When",
    "Where",
    "How to take part",
    "Your first time",
    "Getting there",
    "Good to know",
    "Contact",
]
RULE = {
    "first_date": "2027-01-12",
    "start": "16:30",
    "end": "18:00",
    "repeat": "weekly",
    "interval": "1",
    "season": "term",
    "until": "2027-03-24",
    "times": "",
    "left_out": "",
    "added": "",
    "venue": "",
}


@pytest.fixture
def host(db):
    return make_organisation("Savile Park Juniors")


@pytest.fixture
def editor(client, host):
    """A signed-in editor of the host, without any other right."""
    user = make_user()
    members.join(organisation=host, user=user, role=Role.EDITOR, by=None)
    client.force_login(user)
    return client


def form(host, rules=(RULE,), access=(), **fields):
    return nested_form_data(
        {
            "title": "Street football",
            "slug": "street-football",
            "summary": "Play and meet people.",
            "type": str(ActivityType.objects.get(slug="football").pk),
            "venue": str(fields.pop("venue", None) or make_venue(host).pk),
            "audience": "everyone",
            "joining": "come",
            "age_from": "8",
            "age_to": "14",
            "price": "0",
            "body": '{"entityMap": {}, "blocks": []}',
            "rules": inline_formset(list(rules)),
            "access": inline_formset(list(access)),
            **fields,
        }
    )


def add_url(host):
    return reverse("wagtailadmin_pages:add", args=["events", "activity", host.page.pk])


def test_editor_saves_a_draft_with_its_schedule(editor, host):
    make_draft(host=host)
    response = editor.post(add_url(host), form(host))
    activity = Activity.objects.get(slug="street-football")
    assert response.status_code == 302
    assert (activity.live, activity.host) == (False, host)
    rule = activity.get_latest_revision_as_object().rules.get()
    assert (rule.season, rule.until) == ("term", datetime.date(2027, 3, 24))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"age_from": "14", "age_to": "8"}, "The oldest age must not be below the youngest."),
        ({"joining": "book"}, "Give the address where people book, or join another way."),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_is_kept(editor, host, changes, words):
    make_draft(host=host)
    response = editor.post(add_url(host), form(host, **changes))
    content = response.content.decode()
    assert words in content
    assert 'value="Street football"' in content
    assert not Activity.objects.filter(slug="street-football").exists()


def test_time_that_the_spring_clock_change_removes_is_refused_with_words(editor, host):
    make_draft(host=host)
    lost = {
        **RULE,
        "first_date": "2027-03-28",
        "start": "01:15",
        "end": "03:00",
        "repeat": "once",
        "season": "any",
        "until": "",
    }
    response = editor.post(add_url(host), form(host, rules=[lost]))
    assert "28 March 2027" in response.content.decode()
    assert not Activity.objects.filter(slug="street-football").exists()


def test_venue_of_another_organisation_is_refused(editor, host):
    make_draft(host=host)
    foreign = make_venue(make_organisation("Another club"))
    response = editor.post(add_url(host), form(host, venue=foreign.pk))
    assert "Choose one of your own venues or a shared one." in response.content.decode()


@pytest.mark.parametrize("name", ["picture", "entrance_picture", "venue", "type"])
@pytest.mark.parametrize("nonsense", ["on", "9" * 30, "1.5", "\x00", "None"])
def test_what_is_no_row_is_refused_in_words_and_the_rest_is_kept(editor, host, name, nonsense):
    make_draft(host=host)
    page = editor.post(add_url(host), form(host, title="Street football for all", **{name: nonsense}))
    assert page.status_code == 200
    assert page.context["form"].errors[name]
    assert "Street football for all" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "line", "first"),
    [
        (
            {"until": "2027-05-04"},
            "Every Tuesday in term time, 4:30 to 6 pm, until 4 May 2027: 13 dates",
            ["12 January", "19 January", "26 January", "9 February", "23 February", "2 March"],
        ),
        (
            {"until": "2027-02-16", "season": "any"},
            "Every Tuesday, 4:30 to 6 pm, until 16 February 2027: 6 dates",
            ["12 January", "19 January", "26 January", "2 February", "9 February", "16 February"],
        ),
        (
            {"until": "2027-02-23", "season": "holidays"},
            "Every Tuesday in the holidays, 4:30 to 6 pm, until 23 February 2027: 1 date",
            ["16 February"],
        ),
        (
            {"until": "2027-02-23", "left_out": "2027-01-19", "added": "2027-02-16"},
            "Every Tuesday in term time, 4:30 to 6 pm, until 23 February 2027"
            "; not on 19 January 2027; also on 16 February 2027: 5 dates",
            ["12 January", "26 January", "9 February", "16 February", "23 February"],
        ),
    ],
    ids=["term", "always", "holidays", "by hand"],
)
def test_summary_says_what_the_typed_schedule_means_and_its_first_dates(editor, host, typed, line, first):
    """16 February lies between two terms; the bank holiday is a Tuesday of term, and of neither season."""
    BankHoliday.objects.create(
        nation=host.place.nation, date=datetime.date(2027, 2, 2), name="The day of the valley"
    )
    make_draft(host=host)
    url = reverse("events_dates_summary", args=[host.page.pk])
    content = editor.post(url, form(host, rules=[{**RULE, **typed}])).content.decode()
    assert re.findall(r"<strong>([^<]*)</strong>", content) == [line]
    assert re.findall(r"<li>([^<]*)</li>", content) == [f"Tue {day}, 4:30–6 pm" for day in first]


def test_summary_gives_the_first_dates_of_all_rules_in_their_order(editor, host):
    make_draft(host=host)
    url = reverse("events_dates_summary", args=[host.page.pk])
    once = {
        **RULE,
        "first_date": "2027-01-16",
        "start": "10:00",
        "end": "11:30",
        "repeat": "once",
        "until": "",
    }
    content = editor.post(url, form(host, rules=[RULE, once])).content.decode()
    assert re.findall(r"<strong>([^<]*)</strong>", content) == [
        "Every Tuesday in term time, 4:30 to 6 pm, until 24 March 2027: 10 dates",
        "Once, on Saturday 16 January 2027, 10 to 11:30 am",
    ]
    assert re.findall(r"<li>([^<]*)</li>", content)[:3] == [
        "Tue 12 January, 4:30–6 pm",
        "Sat 16 January, 10–11:30 am",
        "Tue 19 January, 4:30–6 pm",
    ]


def test_summary_passes_over_what_is_not_complete_yet(editor, host):
    make_draft(host=host)
    url = reverse("events_dates_summary", args=[host.page.pk])
    response = editor.post(url, form(host, rules=[{**RULE, "start": ""}]))
    assert "Fill in a first date and times" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"end": "16:00"}, "The end must be after the start, on the same day."),
        ({"first_date": "2027-03-28", "start": "01:15", "end": "03:00"}, "28 March 2027"),
        ({"left_out": "some day"}, "some day"),
    ],
)
def test_summary_says_what_cannot_be(editor, host, typed, said):
    make_draft(host=host)
    url = reverse("events_dates_summary", args=[host.page.pk])
    rule = {**RULE, "season": "any", "until": "", **typed}
    content = editor.post(url, form(host, rules=[rule])).content.decode()
    assert re.findall(r'help-critical">([^<]*)', content)[0].count(said) == 1
    assert "Fill in a first date and times" not in content


def test_summary_is_refused_to_others(client, host):
    other = make_user()
    members.join(organisation=make_organisation("Another club"), user=other, role=Role.OWNER, by=None)
    client.force_login(other)
    assert client.post(reverse("events_dates_summary", args=[host.page.pk]), {}).status_code != 200


def test_side_panel_lists_what_families_would_still_ask(editor, host):
    activity = make_draft(host=host, age_from=None, age_to=None, rules=[])
    content = editor.get(reverse("wagtailadmin_pages:edit", args=[activity.pk])).content.decode()
    assert "When it meets: add at least one date." in content
    assert "For which ages it is." in content
    assert "Whether one gets in without a step: say yes or no." in content


def test_venue_chooser_shows_own_and_shared_venues_only(editor, host):
    make_venue(host, name="Our hut")
    make_venue(None, name="Central Library")
    make_venue(make_organisation("Another club"), name="Their hall")
    content = editor.get(reverse("venue_chooser:choose_results")).content.decode()
    assert ("Our hut" in content, "Central Library" in content, "Their hall" in content) == (
        True,
        True,
        False,
    )


def test_venue_chooser_refuses_a_foreign_venue_by_id(editor, host):
    foreign = make_venue(make_organisation("Another club"))
    assert editor.get(reverse("venue_chooser:chosen", args=[foreign.pk])).status_code == 404


def test_staff_see_the_editor_of_a_new_activity(client, host):
    make_draft(host=host)
    client.force_login(make_staff())
    content = client.get(add_url(host)).content.decode()
    found = re.findall(r"data-panel-heading-text>(.*?)<", content)
    assert [heading for heading in found if heading in HEADINGS] == HEADINGS


def test_no_part_of_the_editor_lists_another_organisations_venue(editor, host):
    activity = make_draft(host=host)
    make_venue(make_organisation("Another club"), name="Their secret hall")
    content = editor.get(reverse("wagtailadmin_pages:edit", args=[activity.pk])).content.decode()
    assert "Their secret hall" not in content


def draft_of(activity):
    return Activity.objects.get(pk=activity.pk).get_latest_revision_as_object()


def test_who_saves_over_what_another_has_saved_is_told_first_and_loses_nothing(editor, host):
    activity = make_draft(host=host)
    address = reverse("wagtailadmin_pages:edit", args=[activity.pk])
    typed = cms.form(editor.get(address).content.decode())
    typed["summary"] = "What I typed."
    other = draft_of(activity)
    other.summary = "What she typed."
    other.save_revision(user=make_user())

    refused = editor.post(address, typed)
    assert "Somebody has saved this page since you opened it." in cms.said(refused)
    assert draft_of(activity).summary == "What she typed."

    again = cms.form(refused.content.decode())
    assert again["summary"] == "What I typed."
    editor.post(address, again)
    assert draft_of(activity).summary == "What I typed."


def test_dates_changed_from_a_phone_are_a_change_too(editor, host):
    activity = make_activity(host=host)
    address = reverse("wagtailadmin_pages:edit", args=[activity.pk])
    typed = cms.form(editor.get(address).content.decode())
    Activity.objects.get(pk=activity.pk).save_revision().publish()
    refused = editor.post(address, {**typed.dict(), "action-publish": "1"})
    assert "Somebody has saved this page since you opened it." in cms.said(refused)
