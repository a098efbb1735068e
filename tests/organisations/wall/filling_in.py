"""What a form would send: as its page shows it, and pointed at what is another's."""

import datetime
import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.organisations.wall.addresses import uuids
from tests.organisations.wall.camp import Camp, png

Form = dict[str, Any]
Body = Form | str

CHANGED = "zzstolenzz"
# Django's token, and which version was opened: who says that it is old is refused, and nothing was tried.
UNSAID = {"csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at"}
# The name of a button that says which of several things a view is to do.
BUTTON = "do"
MOST_WITHOUT = 2
# What a form that is filled in already says better.
SAID_ALREADY = ("type", "organisation")


def forms_in(answer: HttpResponse, chosen: bool = False) -> Iterator[Form]:
    """Once for each button that says what to do. `chosen` takes the first of what has to be chosen, too."""
    content = answer.content
    if answer.get("Content-Type", "").startswith("application/json"):
        try:
            content = (json.loads(content).get("html") or "").encode()
        except (ValueError, AttributeError):
            return
    if b"<form" not in content:
        return
    for form in BeautifulSoup(content, "html.parser").find_all("form"):
        if (form.get("method") or "").upper() != "POST":
            continue
        values = dict(_filled_in(form, chosen))
        pressed = [
            {BUTTON: button.get("value", "")} for button in form.find_all("button", attrs={"name": BUTTON})
        ]
        yield from ({**values, **button} for button in pressed or [{}] if values or button)


def keep(kept: list[Form], more: Iterable[Form]) -> None:
    """One for each button, and two of those without."""
    for form in more:
        same = sum(each.get(BUTTON) == form.get(BUTTON) for each in kept)
        if same < (1 if BUTTON in form else MOST_WITHOUT):
            kept.append(form)


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


def with_their_ids(form: Form, camp: Camp) -> Iterator[Form]:
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


def filled(form: Form, mine: Camp, word: str, tomorrow: datetime.datetime) -> Form:
    """The form with what its person would write, so that it is taken."""
    said = {
        **rough(mine),
        "title": word,
        "slug": word,
        "new_title": word,
        "new_slug": word,
        "summary": word,
        "type": str(mine.live.type_id),
        "organisation": "Everybody's friend",
        "rules-0-first_date": f"{tomorrow:%Y-%m-%d}",
        "rules-0-start": "16:00",
        "rules-0-end": "17:00",
        "rules-0-venue": mine.keys("organisations_venue")[0],
    }
    del said[BUTTON]
    kept = {name for name in SAID_ALREADY if form.get(name)}
    return {
        **form,
        **{name: value for name, value in said.items() if name in form and name not in kept},
        "action-publish": "1",
    }


def rough(camp: Camp) -> Form:
    """What many forms understand, pointing at a camp's things."""
    return {
        "title": CHANGED,
        "name": CHANGED,
        "slug": CHANGED,
        "reason": CHANGED,
        "new_title": CHANGED,
        "new_slug": CHANGED,
        "new_parent_page": str(camp.organisation.page.pk),
        "chooser": str(camp.organisation.page.pk),
        "parent_page": str(camp.organisation.page.pk),
        "collection": str(camp.collection.pk),
        "venue": camp.keys("organisations_venue")[0],
        "picture": str(camp.picture.pk),
        "id": str(camp.live.pk),
        "organisation": str(camp.organisation.uuid),
        "email": f"thief@{CHANGED}.example",
        "role": "owner",
        "thread": "sky",
        "do": "cancel",
        "cancel-own": CHANGED,
        "came": "7",
        "step": "came+",
        "most": "5",
        "remove": "1",
        "restriction_type": "none",
        "confirm": "1",
        "action-publish": "1",
        "file": SimpleUploadedFile("a.png", png("red"), "image/png"),
        "files[]": SimpleUploadedFile("b.png", png("red"), "image/png"),
    }


def batches(camp: Camp) -> str:
    """What a phone sends that has counted one at each of a camp's dates."""
    dates = uuids("events_occurrence", camp.keys("events_occurrence"))
    told = [
        {"number": number, "register": str(date), "changes": {"came": 1}}
        for number, date in enumerate(dates, start=1)
    ]
    return json.dumps({"device": str(uuid.uuid4()), "batches": told})


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
