"""Every address under a prefix, from the resolver: a pattern that somebody adds is crawled by itself."""

import dataclasses
import itertools
import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Model
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.organisations.wall.camp import Camp
from tests.organisations.wall.world import World

PREFIXES = ("cms/", "organise/", "accounts/")

# What a name in an address stands for, where the view does not say so itself.
TABLES = {
    "page_id": "wagtailcore_page",
    "parent_page_id": "wagtailcore_page",
    "page_to_move_id": "wagtailcore_page",
    "destination_id": "wagtailcore_page",
    "parent_id": "wagtailcore_page",
    "page_pk": "wagtailcore_page",
    "image_id": "images_picture",
    "document_id": "wagtaildocs_document",
    "doc_id": "wagtaildocs_document",
    "uploaded_file_id": "wagtailcore_uploadedfile",
    "revision_id": "wagtailcore_revision",
    "revision_id_a": "wagtailcore_revision",
    "revision_id_b": "wagtailcore_revision",
    "task_id": "wagtailcore_task",
    "task_state_id": "wagtailcore_taskstate",
    "workflow_pk": "wagtailcore_workflow",
    "workflow_state_id": "wagtailcore_workflowstate",
    "collection_id": "wagtailcore_collection",
    "redirect_id": "wagtailredirects_redirect",
    "session_id": "wagtailadmin_editingsession",
    "object_id": "wagtailcore_page",
    "occurrence_uuid": "events_occurrence",
    "activity_uuid": "events_activity",
    "person": "accounts_user",
    "concern": "organisations_concern",
    "urn": "schools_linklimit",  # by the number of a school that is the camp's
}
# The same by view, where only the view's name tells what its "uuid" or "pk" is of.
VIEWS = {
    "mfa_remove_webauthn": "mfa_authenticator",
    "mfa_edit_webauthn": "mfa_authenticator",
    "wagtaildocs_chooser:chosen": "wagtaildocs_document",
    "desk_application": "organisations_application",
    "desk_declaration": "organisations_declaration",
    "desk_review": "events_activity",
    "desk_template": "schools_programmetemplate",
    "desk_round": "schools_round",
    "desk_round_file": "schools_round",
    "desk_twinning": "schools_twinning",
    "twinning": "schools_twinning",
    "twinning_letter": "schools_twinning",
    "twinning_programme": "schools_twinning",
    "import_timetable": "events_timetable",
    "import_line": "events_timetable",
    "import_choose": "events_timetable",
    "import_make": "events_timetable",
}
# Where a view goes by rows of its own, whatever the name stands for elsewhere.
ITS_OWN = {
    ("organise_together", "activity_uuid"): "events_coorganiser",
    ("register_corrections", "occurrence_uuid"): "events_register",
}
# By table where a uuid in an address is that of what a row belongs to.
UUIDS = {"events_coorganiser": "activity__uuid", "events_register": "occurrence__uuid"}
# Words that are no ids, each tried.
WORDS: dict[str, list[str | int]] = {
    "filter_spec": ["max-165x165"],
    "action_name": ["approve"],
    "uidb64": ["MQ"],
    "uidb36": ["1"],
    "token": ["none"],
    "key": ["none"],
    "number": [1],
    "step": ["kind", "lead"],
}
KINDS = [("wagtailcore", "page"), ("events", "activity"), ("images", "picture"), ("wagtaildocs", "document")]
# The rows of a view that takes many at once stand in its query: without one it is nothing's address.
MANY_AT_ONCE = "wagtail_bulk_action"
ACTIONS = ["publish", "unpublish", "delete", "move", "add_tags", "add_to_collection", "assign_role"]
APP_NAMES = ("app_label", "app_name", "content_type_app_name")
MODEL_NAMES = ("model_name", "content_type_model_name")
MOST_OF_A_KIND = 3  # rows of a camp's in one place of an address


@dataclasses.dataclass(frozen=True)
class Place:
    """A pattern: its full name, how it reads, what its view is about."""

    name: str
    route: str
    pattern: URLPattern
    model: type[Model] | None


@dataclasses.dataclass(frozen=True)
class Target:
    """One address; `tokens` say whose ids stand in it."""

    place: Place
    path: str
    tokens: frozenset[str]


def places() -> list[Place]:
    found = [
        place for place in _walk(get_resolver().url_patterns, "", "") if place.route.startswith(PREFIXES)
    ]
    models = {_space(place): place.model for place in found if place.model and _space(place)}
    found = [dataclasses.replace(place, model=place.model or models.get(_space(place))) for place in found]
    return list({(place.name, place.route): place for place in found}.values())


def _space(place: Place) -> str:
    """The views of a namespace are about one model, though not each says so."""
    return place.name.rpartition(":")[0]


def _walk(patterns: list, before: str, spaces: str) -> Iterator[Place]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(
                each.url_patterns, route, spaces + (f"{each.namespace}:" if each.namespace else "")
            )
        else:
            yield Place(f"{spaces}{each.name or ''}", route, each, _model(each))


def _model(pattern: URLPattern) -> type[Model] | None:
    """What a view is about, where it is made from a class that says so."""
    given = getattr(pattern.callback, "view_initkwargs", {}).get("model")
    found = given or getattr(getattr(pattern.callback, "view_class", None), "model", None)
    return found if isinstance(found, type) else None


def targets(place: Place, world: World) -> Iterator[Target]:
    """The place's address with the ids of each camp, and with one camp's beside another's."""
    names = list(place.pattern.pattern.regex.groupindex)
    if place.name == MANY_AT_ONCE:
        yield from _many_at_once(place, world)
        return
    if not place.name or (not names and place.pattern.pattern.regex.groups):
        yield from _literal(place)
        return
    seen = set()
    for camps in itertools.product(world.camps, repeat=min(2, max(1, len(_ids(names))))):
        for values in _fillings(place, names, camps):
            try:
                path = reverse(place.name, kwargs=values)
            except NoReverseMatch:
                continue
            if path not in seen:
                seen.add(path)
                yield Target(
                    place, path, frozenset(camp.token for camp in camps) if _ids(names) else frozenset()
                )


def _many_at_once(place: Place, world: World) -> Iterator[Target]:
    """Each action on all of a camp's rows of each kind."""
    for camp, (app, model), action in itertools.product(world.camps, KINDS, ACTIONS):
        keys = camp.keys(apps.get_model(app, model)._meta.db_table)[:MOST_OF_A_KIND]
        address = reverse(place.name, args=[app, model, action])
        yield Target(place, f"{address}?{urlencode({'id': keys}, doseq=True)}", frozenset({camp.token}))


def _literal(place: Place) -> Iterator[Target]:
    """A pattern without a name, or of the kind that catches everything."""
    path = re.sub(r"[\^$]", "", place.route).replace(".*", "anything")
    if not re.search(r"[<(\[\\]", path):
        yield Target(place, f"/{path}", frozenset())


def _ids(names: list[str]) -> list[str]:
    return [name for name in names if name not in (*WORDS, *APP_NAMES, *MODEL_NAMES, "action")]


def _fillings(place: Place, names: list[str], camps: tuple[Camp, ...]) -> Iterator[dict[str, Any]]:
    """The first id is of the first camp, all others of the last."""
    ids = _ids(names)
    choices = [_keys(place, name, camps[min(at, len(camps) - 1)]) for at, name in enumerate(ids)]
    if len(ids) > 1:
        most = 2 if len(set(map(id, camps))) == 1 else 1
        choices = [keys[:most] for keys in choices]
    words = [[(name, word) for word in WORDS[name]] for name in names if name in WORDS]
    if "action" in names:
        words.append([("action", action) for action in ACTIONS])
    for chosen, said, kind in itertools.product(
        itertools.product(*choices), itertools.product(*words), _kinds(names)
    ):
        yield {**dict(zip(ids, chosen, strict=True)), **dict(said), **kind}


def _kinds(names: list[str]) -> list[dict[str, str]]:
    """The names of models, where an address has one."""
    app = next((name for name in names if name in APP_NAMES), None)
    model = next((name for name in names if name in MODEL_NAMES), None)
    return [{app: kind[0], model: kind[1]} for kind in KINDS] if app and model else [{}]


def _keys(place: Place, name: str, camp: Camp) -> list[Any]:
    if name == "slug":
        return [camp.organisation.slug]
    table = table_of(place, name)
    keys = camp.keys(table)[:MOST_OF_A_KIND] if table else _one_of_everything(camp)
    return uuids(table, keys) if table and _wants_uuid(place, name) else keys


def table_of(place: Place, name: str) -> str | None:
    """Of what that name in the address is the key; None where nobody has said so."""
    table = ITS_OWN.get((place.name, name)) or TABLES.get(name) or VIEWS.get(place.name)
    if table is None and place.model is not None:
        table = place.model._meta.db_table
    if table is None and place.name.startswith("wagtailadmin_"):
        table = "wagtailcore_page"
    return table


def unknown() -> list[str]:
    """Addresses with an id of which nobody has said what it is of: nothing would be asked for."""
    return [
        f"{place.name} {name}"
        for place in places()
        for name in _ids(list(place.pattern.pattern.regex.groupindex))
        if name != "slug" and table_of(place, name) is None
    ]


def _one_of_everything(camp: Camp) -> list[str]:
    """For an id of nobody knows what: one row of each table, by keys that no two tables share."""
    tables = sorted({table for table, _key in camp.rows})
    return [key for table in tables for key in camp.keys(table)[:1] if key.isdigit()]


def _wants_uuid(place: Place, name: str) -> bool:
    return f"<uuid:{name}>" in place.route


def uuids(table: str, keys: list[str]) -> list[uuid.UUID]:
    """Of these rows, in their order; or of what they belong to."""
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    found = model._base_manager.filter(pk__in=keys).values_list("pk", UUIDS.get(table, "uuid"))
    by_key = {str(key): number for key, number in found}
    return [by_key[key] for key in keys]
