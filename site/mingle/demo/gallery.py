"""Every component with its states, from plain facts: what `/design/` shows. It needs no database."""

import csv
import datetime
import re
from collections.abc import Iterator
from itertools import count, product
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.templatetags.static import static

from design import colours, pictograms
from events.access import Known
from events.feeds import links
from events.query import Query
from events.wording.occurrences import DateLine
from images.covers import addresses
from images.covers.geometry import WEAVES, Cover, cloth
from mingle.demo import gallery_finding

ROOT = Path(settings.BASE_DIR)
SPRITE = ROOT / "static" / "icons" / "sprite.svg"
# Where a slug stands in two lists, it is called as in the later one.
LISTS = (
    ROOT / "events/data/aims.csv",
    ROOT / "site/organisations/data/access_features.csv",
    ROOT / "events/data/types.csv",
)
MESSAGES = (
    (constants.INFO, "Three families keep this calendar."),
    (constants.SUCCESS, "Saved."),
    (constants.WARNING, "Two of these dates fall into the holidays."),
    (constants.ERROR, "Somebody else has just changed this date."),
)
EMBEDDED = {"With a price, near a postcode", "With a notice", "Cancelled", "Run together", "Long words"}
LONG = "Saturday morning walking football for grandmothers, grandfathers and everyone who feels like one"
URDU = "ہفتے کی صبح کی سلائی اور کڑھائی: سب خواتین اور لڑکیاں خوش آمدید"


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="Short and clear.")
    email = forms.EmailField(label="E-mail address")
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), ("club", "Club"), ("school", "School")])
    words = forms.CharField(
        label="What happens there?", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    days = forms.MultipleChoiceField(
        label="Days",
        choices=[("mon", "Monday"), ("tue", "Tuesday")],
        widget=forms.CheckboxSelectMultiple,
    )
    alone = forms.ChoiceField(
        label="May a child come alone?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="I have read it", help_text="It takes a minute.")


def context() -> dict[str, Any]:
    """What the template shows."""
    return {
        "address": f"{settings.PUBLIC_ADDRESS}/design/",
        "pairs": list(_pairs()),
        "buttons": [("", "Plain"), ("primary", "Primary"), ("danger", "Danger")],
        "kinds": ["", "good", "warning", "stop"],
        "messages": [Message(level, words) for level, words in MESSAGES],
        "form": ExampleForm(auto_id="id_%s", initial={"days": ["mon"], "alone": "yes"}),
        "wrong": ExampleForm({"name": "", "email": "hello@", "day": ""}, auto_id="wrong_%s"),
        "cards": list(_cards()),
        "embedded": [(state, card) for state, card in _cards() if state in EMBEDDED],
        **gallery_finding.context(),
        "dates": _dates(),
        "access": _access(),
        "host": _host(),
        "contact": _contact(),
        "pages": [Paginator(range(60), 20).page(number) for number in (1, 2, 3)],
        "calendar": links.of_query(Query()),
        "icons": re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text(encoding="utf-8")),
        "pictograms": _pictograms(),
        "covers": list(_covers()),
        "urdu": URDU,
        "long": LONG,
        "steps": [("What’s on", "/activities/"), ("Calder Swifts Juniors", "/organisers/")],
    }


def _pairs() -> Iterator[dict[str, Any]]:
    """Each pair of colours that pages use, as it is in light and in dark."""
    for front, back, least in colours.PAIRS:
        modes = []
        for mode in colours.MODES:
            have = colours.tokens(mode)
            figure = colours.contrast(have[front], have[back])
            modes.append({"front": have[front], "back": have[back], "figure": f"{figure:.1f}"})
        yield {"front": front, "back": back, "least": f"{least:g}", "modes": modes}


def _cards() -> Iterator[tuple[str, dict[str, Any]]]:
    """A card in each of its states, and what the state is called."""
    usual = {
        "url": "/activities/",
        "title": "Swifts Girls: just us",
        "cover": _cover(1, "teal", "marigold", "football"),
        "when": "Tomorrow, 5–6:30 pm",
        "host": "Calder Swifts Juniors",
        "checked": True,
        "ages": "Ages 9–14",
        "price": "Free",
        "free": True,
        "tags": [{"words": "For girls"}, {"words": "Step-free way in", "icon": "step-free"}],
    }
    yield "Free", usual
    yield "With a price, near a postcode", usual | {"price": "£3.50", "free": False, "distance": "0.6 miles"}
    yield "With a notice", usual | {"notice": "The lift is out of order. Ring and we carry your bag."}
    yield "Cancelled", usual | {"cancelled": True, "notice": "Cancelled on Tuesday"}
    together = {"together": "Together with Larkfield Primary School", "threads": ("teal", "coral")}
    yield "Run together", usual | together | {"cover": _cover(3, "teal", "coral", "choir")}
    yield "For one of two children", usual | {"suits": "Suits your 12-year-old"}
    yield "Long words", usual | {"title": LONG, "host": "Threadside Sport, Parks and Open Spaces Partnership"}
    yield "Urdu", usual | {"title": URDU, "cover": _cover(5, "violet", "marigold", "sewing")}
    yield (
        "With a photograph",
        usual
        | {
            "cover": static("icons/loose-thread.svg"),
            "cover_alt": "A thread that has come loose",
        },
    )
    yield (
        "Hardly anything known",
        {
            "url": "/activities/",
            "title": "Chess",
            "cover": _cover(9, "sky", "marigold", "chess"),
            "when": "Saturday, 10 am–noon",
            "host": "Makers’ Loft",
        },
    )


def _dates() -> list[DateLine]:
    return [
        _date("1", "Today, 5–6:30 pm", "2027-01-12T17:00", on_now=True),
        _date("2", "Tue 19 January, 5–6:30 pm", "2027-01-19T17:00"),
        _date("3", "Tue 26 January, 5–6:30 pm", "2027-01-26T17:00", notice="The lift is out of order."),
        _date("4", "Tue 2 February, 5–6:30 pm", "2027-02-02T17:00", cancelled=True, reason="Snow."),
        _date(
            "5", "Wed 10 February, 6–7:30 pm", "2027-02-10T18:00", moved_from="Tue 9 February, 5 pm",
            venue="Savile Park School, Halifax",
        ),
        _date(
            "6", "Tue 16 February, 5–6:30 pm", "2027-02-16T17:00", elsewhere=True,
            venue="Savile Park School, Halifax",
        ),
    ]  # fmt: skip


def _date(uuid: str, when: str, starts: str, **more: Any) -> DateLine:
    return DateLine(uuid, when, when, starts, **more)


def _access() -> dict[str, Known]:
    return {
        "yes": Known("step-free", "Step-free way in", "yes", note="By the side door"),
        "no": Known("lift", "Lift", "no"),
    }


def _host() -> SimpleNamespace:
    place = SimpleNamespace(
        name="Calderdale", safeguarding_name="the safeguarding desk", safeguarding_phone="01632 960111"
    )
    return SimpleNamespace(state="verified", verified_on=datetime.date(2026, 9, 1), place=place)


def _contact() -> SimpleNamespace:
    return SimpleNamespace(
        phone="01632 960121",
        email="hello@calder-swifts.example",
        website="",
        safeguarding_contact="Sadia Hartley, 01632 960121",
    )


def _pictograms() -> list[tuple[str, str]]:
    """Slug and name of each that is drawn; no name where no list has it."""
    names: dict[str, str] = {}
    for path in LISTS:
        with path.open(encoding="utf-8") as rows:
            names |= {row["slug"]: row["name"] for row in csv.DictReader(rows)}
    return [(slug, names.get(slug, "")) for slug in pictograms.drawings()]


def _covers() -> Iterator[tuple[str, bool, str]]:
    """The first id that gives each weave, upright and turned, in every thread."""
    threads = product(WEAVES, (False, True))
    for (weave, turned), (warp, weft) in zip(threads, _pairs_of_threads(), strict=False):
        number = next(number for number in count(1) if _is(number, weave, turned))
        yield weave, turned, _cover(number, warp, weft, "get-together")


def _pairs_of_threads() -> Iterator[tuple[str, str]]:
    """Each thread crosses the next."""
    for at, thread in enumerate((*colours.THREADS, "coral")):
        yield thread, colours.THREADS[(at + 2) % len(colours.THREADS)]


def _is(number: int, weave: str, turned: bool) -> bool:
    laid = cloth(Cover(UUID(int=number), "coral", "teal"))
    return (laid.weave, laid.turned) == (weave, turned)


def _cover(number: int, warp: str, weft: str, slug: str) -> str:
    return addresses.path(Cover(UUID(int=number), warp, weft, slug))
