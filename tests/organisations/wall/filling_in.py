"""What a form would send: as its page shows it, and pointed at what is another's."""

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse

from tests.organisations.wall.world import Camp

# Django's token, and which version was opened: who says that it is old is refused, and nothing was tried.
UNSAID = {"csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at"}


def forms_in(answer: HttpResponse, chosen: bool = False) -> Iterator[dict[str, Any]]:
    """`chosen` takes the first of what has to be chosen, too."""
    content = answer.content
    if answer.get("Content-Type", "").startswith("application/json"):
        try:
            content = (json.loads(content).get("html") or "").encode()
        except (ValueError, AttributeError):
            return
    if b"<form" not in content:
        return
    for form in BeautifulSoup(content, "html.parser").find_all("form"):
        if (form.get("method") or "").upper() == "POST" and (values := dict(_filled_in(form, chosen))):
            yield values


def _filled_in(form: Tag, chosen_too: bool) -> Iterator[tuple[str, str]]:
    """What a browser would send of it, pressing no button; what has to be ticked is."""
    answered = {field.get("name") for field in form.find_all("input", type="radio", checked=True)}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or name in UNSAID or field.get("type") in ("submit", "button", "file"):
            continue
        if field.name == "textarea":
            yield name, field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            yield name, chosen.get("value", "") if chosen else ""
        elif field.get("type") == "radio":
            if field.has_attr("checked") or (chosen_too and name not in answered):
                answered.add(name)
                yield name, field.get("value", "")
        elif field.get("type") == "checkbox":
            if field.has_attr("checked") or field.has_attr("required"):
                yield name, field.get("value", "on")
        else:
            yield name, field.get("value", "")


def with_their_ids(form: dict[str, Any], camp: Camp) -> Iterator[dict[str, Any]]:
    """The form with each field that may hold an id pointed at what is another's, one at a time."""
    theirs = {
        "picture": str(camp.picture.pk),
        "entrance_picture": str(camp.picture.pk),
        "venue": camp.keys("organisations_venue")[0],
        "rules-0-venue": camp.keys("organisations_venue")[0],
        "rules-0-id": camp.keys("events_schedulerule")[0],
        "access-0-id": camp.keys("events_activityaccess")[0],
        "collection": str(camp.collection.pk),
        "image-chooser-upload-collection": str(camp.collection.pk),
        "organisation": str(camp.organisation.pk),
        "new_parent_page": str(camp.organisation.page.pk),
        "body": link_to(camp.draft.pk),
    }
    for name, value in theirs.items():
        if name in form:
            yield {**form, name: value, "action-publish": "1"}
    if "body" in form:
        yield {**form, "body": link_to(camp.draft.pk, beside=None), "action-publish": "1"}


def link_to(key: int, **beside: Any) -> str:
    """A text whose only word is a link to the page with that key. Nothing uses what stands beside it."""
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": key, "linkType": "page"}}
    block = {
        "key": "a1b2c",
        "type": "unstyled",
        "text": "here",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"key": 0, "offset": 0, "length": 4}],
    }
    return json.dumps({"blocks": [block], "entityMap": {"0": link, **beside}})
