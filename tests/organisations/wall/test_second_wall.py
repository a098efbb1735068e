"""Behind every view of the CMS and the workspace: a forgotten filter shows nothing of others."""

import ast
import inspect
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from accounts import in_hand
from accounts.in_hand import TheirManager
from events.models import Occurrence, Register
from mingle.urls import urlpatterns as all_of_ours
from organisations import permissions
from organisations.models import Membership, Role
from tests.factories.activities import make_activity
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_staff
from tests.organisations.wall import world
from tests.organisations.wall.rows import KEY_PARTS, models
from tests.test_tree import OURS

NOT_WALLED = {
    "accounts.User": "asked for by their own key, or through memberships, which are walled",
    "events.Activity": "a page: Wagtail's rights on pages in the CMS, its dates in the workspace",
    "events.ActivityAccess": "read through its page; public with it",
    "events.CalendarEntry": "a public calendar as text",
    "events.Listing": "what the public sees in lists",
    "events.RenderQueue": "which pages are to be drawn again, and nothing of them",
    "events.ScheduleRule": "read through its page; public with it",
    "events.Suspension": "asked whether a page may go live, by leads too, who have no organisations",
    "images.Rendition": "read through its picture",
    "organisations.Concern": "sealed; its leads have it by rules of their own, officers its number",
    "organisations.ConcernNote": "read through its concern",
    "organisations.ConcernReading": "read through its concern",
    "organisations.Generation": "how often something changed",
    "organisations.OrganisationPage": "a page: Wagtail's rights on pages",
    "organisations.VenueAccess": "read through its venue; public with it",
}
# A place's, for all who plan there.
OFFERED = {"schools.ProgrammeTemplate", "schools.TemplateMeeting"}
# Rows that nobody reads in a request, whoever they are: actions and jobs alone do.
NOBODYS = {
    "events.AnswerToken",
    "events.BatchTaken",
    "events.ConfirmationRequest",
    "organisations.DeclarationReminder",
    "organisations.WaitingLetter",
}
# What is asked or done within the transaction of another action; a code is read first, and made in one.
WITHIN_ANOTHER = {
    "events.actions.answers.code_of",
    "events.actions.hosts.settle_all",
    "events.actions.moving.decide",
    "events.actions.publishing.decide",
    "events.actions.vouching.vouch",
    "organisations.actions.declarations.put_name",
}


def walled() -> list[type[Model]]:
    return [each for each in apps.get_models() if isinstance(each._default_manager, TheirManager)]


def test_every_model_of_an_organisation_is_walled_or_has_a_reason():
    ours = [each for each in models() if each._meta.app_label in OURS]
    open_to_all = {each._meta.label for each in ours} - {each._meta.label for each in walled()}
    assert open_to_all - set(world.NOBODYS) == set(NOT_WALLED), (
        "Make its manager of `TheirManager` and say in its app's theirs.py whose its rows are, or say why not"
    )


def test_every_walled_model_has_a_rule_or_is_nobodys():
    assert {each._meta.label for each in walled() if each not in in_hand._rules} == NOBODYS


def keys(model: type[Model]) -> set[str]:
    """As the crawler names them."""
    rows = model._default_manager.values_list(*(field.attname for field in model._meta.pk_fields))
    return {KEY_PARTS.join(str(part) for part in row) for row in rows}


@pytest.mark.slow
def test_of_no_model_a_forgotten_filter_shows_what_is_anothers(camps: world.World):
    """With the wall down the same questions find everybody's rows."""
    camp, *others = camps.camps
    place = camps.officers[camp.place.slug]
    shared = {each.token for each in others if each.place == camp.place}
    for model in walled():
        label, table = model._meta.label, model._meta.db_table
        own = set(camp.keys(table))
        foreign = {key for each in others for key in each.keys(table)}
        overseen = {key for each in others if each.token in shared for key in each.keys(table)}
        whole = keys(model)
        with in_hand.held_by(camp.owner):
            seen = keys(model)
        with in_hand.held_by(place):
            by_officer = keys(model)
        assert foreign <= whole, label
        assert seen & foreign == (overseen if label in OFFERED else set()), label
        assert by_officer & foreign <= overseen, label
        assert bool((seen | by_officer) & own) == (own != set() and label not in NOBODYS), label


def forgetful(request: HttpRequest) -> JsonResponse:
    """A view that asks for everything, and then begins an action."""
    found = {"registers": Register.objects.count(), "dates": Occurrence.objects.exists()}
    with transaction.atomic():
        found["in_an_action"] = Register.objects.count()
    return JsonResponse({**found, "after_it": Register.objects.count()})


urlpatterns = [
    path("organise/forgetful/", forgetful),
    path("elsewhere/forgetful/", forgetful),
    *all_of_ours,
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_view_of_the_workspace_that_forgot_to_ask_whose_they_are_shows_nothing_of_others(client: Client):
    activity = make_activity("Street football")
    Register.objects.create(occurrence=Occurrence.objects.filter(activity=activity).first(), came=7)
    all_of_it = {"registers": 1, "dates": True, "in_an_action": 1, "after_it": 1}
    stranger = make_member(make_organisation(), Role.RECORDER)
    for person, seen in (
        (stranger, {"registers": 0, "dates": False, "in_an_action": 1, "after_it": 0}),
        (make_member(activity.host, Role.RECORDER), all_of_it),
        (make_staff(), all_of_it),
    ):
        client.force_login(person)
        assert client.get("/organise/forgetful/").json() == seen
        assert client.get("/elsewhere/forgetful/").json() == all_of_it
    assert not in_hand.anybody()


@pytest.mark.django_db
def test_lead_is_not_offered_another_who_belongs_to_the_organisation_involved():
    """Whom it could be handed to is decided by everybody's memberships, not by those one may see."""
    concern = make_concern("They shouted.", about=make_organisation())
    lead, inside = make_lead(concern.place, "a@example.org"), make_lead(concern.place, "b@example.org")
    Membership.objects.create(organisation=concern.organisation, user=inside, role=Role.RECORDER)
    with in_hand.held_by(lead):
        assert list(permissions.leads_to_hand_to(concern)) == [lead]


def modules_of_the_workspace() -> set[ModuleType]:
    return {sys.modules[each.callback.__module__] for each in _views(get_resolver(), "")}


def _views(resolver: URLResolver, before: str) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        where = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _views(each, where)
        elif where.startswith("organise/"):
            yield each


def test_no_view_of_the_workspace_begins_a_transaction():
    """Inside one the wall is open: it is what actions are."""
    found = modules_of_the_workspace()
    assert len(found) > 10
    assert [each.__name__ for each in found if "transaction" in vars(each)] == []


def test_every_action_is_a_transaction():
    """What somebody does (`by`) sees every row."""
    named = [name for name in sys.modules if ".actions." in name and name.partition(".")[0] in OURS]
    assert len(named) > 30
    found = {f"{name}.{each}" for name in named for each in _without_a_transaction(name)}
    assert found == WITHIN_ANOTHER


def _without_a_transaction(name: str) -> Iterator[str]:
    source = inspect.getsource(sys.modules[name])
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            asked = {each.arg for each in node.args.kwonlyargs}
            if "by" in asked and "transaction.atomic" not in ast.unparse(node):
                yield node.name
