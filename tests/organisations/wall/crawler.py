"""Asks for every address with everybody's ids, as one person, and looks for what is not theirs."""

import dataclasses
import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.session import SessionStorage
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.organisations.wall import comparing
from tests.organisations.wall.addresses import PREFIXES, Place, Target, places, targets
from tests.organisations.wall.camp import SHARED, Camp
from tests.organisations.wall.filling_in import (
    CHANGED,
    Body,
    Form,
    batches,
    filled,
    forms_in,
    keep,
    rough,
    with_their_ids,
)
from tests.organisations.wall.rows import snapshot
from tests.organisations.wall.sessions import Session
from tests.organisations.wall.world import World

NOTHING = "(?!)"
ENDS = ("logout",)
FIRST_PAGES = ("/cms/", "/organise/")
# A form without its only field, which no browser sends, is a server error of Wagtail 8.0.1.
WAGTAILS_FAULTS = ("/cms/choose-external-link/",)


@dataclasses.dataclass
class Report:
    """What a crawl found."""

    session: str
    views: int = 0
    requests: int = 0
    own: Counter = dataclasses.field(default_factory=Counter)  # views that showed the person's own things
    leaks: list[str] = dataclasses.field(default_factory=list)
    changed: list[str] = dataclasses.field(default_factory=list)
    faults: list[str] = dataclasses.field(default_factory=list)
    answers: Counter = dataclasses.field(default_factory=Counter)

    @property
    def leaking(self) -> set[str]:
        """The addresses that showed something, without what was asked of them."""
        return {leak.split()[1] for leak in self.leaks}

    def told(self) -> str:
        """What was answered, and what changed, for whoever asks why nothing else did."""
        return f"{dict(self.answers)}, changed: {self.changed}"

    def __str__(self) -> str:
        return (
            f"{self.session}: {self.views} views crawled, {self.requests} requests made, "
            f"{len(self.leaks)} foreign markers seen, {len(self.changed)} foreign rows changed, "
            f"own things shown by {len(self.own)} views"
        )


class Visitor(Client):
    def has_words_waiting(self) -> bool:
        """A message was queued, and no page has shown it."""
        kept = self.cookies.get(CookieStorage.cookie_name)
        return bool(kept and kept.value) or bool(self.session.get(SessionStorage.session_key))


class Crawl:
    """`only` names the views, by a pattern; `own` asks for the person's own things alone."""

    def __init__(
        self, world: World, session: Session, writes: bool = True, only: str = "", own: bool = False
    ) -> None:
        self.world, self.session, self.writes, self.own_only = world, session, writes, own
        self.places = [place for place in places() if re.search(only, place.name)]
        self.report = Report(session.name)
        every = {camp.token for camp in world.camps} | set(world.officers)
        foreign = sorted(every - session.tokens)
        self.foreign = re.compile("|".join(foreign).encode(), re.IGNORECASE)
        self.own = re.compile("|".join(sorted(session.tokens) or [NOTHING]).encode(), re.IGNORECASE)
        self.tomorrow = timezone.localtime() + datetime.timedelta(days=1)
        self.client = Visitor(raise_request_exception=False)
        self.forms: defaultdict[str, list[Form]] = defaultdict(list)
        self.shown: defaultdict[str, list[Form]] = defaultdict(list)  # by an address that is others'

    def run(self) -> Report:
        """All of it, then everything is taken back."""
        self.report.changed = self.compare(self.everywhere)
        return self.report

    def everywhere(self) -> None:
        """All of it, and what came of it stays."""
        self._sign_in()
        for place in self.places:
            self._read(place)
        if self.writes:
            for rude in (False, True):
                for place in self.places:
                    if _is_rude(place.name) is rude:
                        self._write(place)
                self._look_at_first_pages()

    def compare(self, deeds: Callable[[], None]) -> list[str]:
        """What of others is not as it was after these deeds, which are then taken back."""
        before = snapshot()
        with comparing.files_put_back(Path(settings.MEDIA_ROOT)), transaction.atomic():
            deeds()
            changed = list(comparing.changed(self.world, self.session, before, snapshot()))
            transaction.set_rollback(True)
        return changed

    def _sign_in(self) -> None:
        self.client.force_login(self.session.user)

    def _targets(self, place: Place) -> Iterator[Target]:
        found = targets(place, self.world)
        return (each for each in found if not self.own_only or each.tokens <= self.session.tokens)

    # Reading

    def _read(self, place: Place) -> None:
        self.report.views += 1
        for target in self._targets(place):
            if any(end in place.name for end in ENDS):
                continue
            answer = self._ask(target, "GET", {})
            self._keep_forms(target, answer)
            if answer.status_code == 404:
                continue  # what is not there is not there in other words
            for query in self._queries(place, target):
                self._keep_forms(target, self._ask(target, "GET", query))

    def _queries(self, place: Place, target: Target) -> Iterator[dict[str, Any]]:
        name = place.name
        if any(
            part in name
            for part in ("index", "results", "list", "choose", "search", "explore", "use", "history")
        ):
            yield {"q": SHARED, "search_all": "1"}
            for camp in self.world.camps:
                if target.tokens <= {camp.token}:
                    yield {
                        "q": SHARED,
                        "owner": _pk(camp.owner),
                        "edited_by": _pk(camp.owner),
                        "user": _pk(camp.owner),
                        "collection_id": _pk(camp.collection),
                        "tag": "x",
                    }
        if "multiple" in name:
            for camp in self.world.camps:
                for table in (
                    "wagtailcore_page",
                    "images_picture",
                    "organisations_venue",
                    "wagtaildocs_document",
                ):
                    yield {"id": camp.keys(table)}
        if "autocomplete" in name:
            yield {"term": "quill"}
        if name.endswith(("pages:listing", "images:listing", "documents:listing")):
            yield {"search": SHARED}
            yield {"child_of": "root", "fields": "*"}

    def _keep_forms(self, target: Target, answer: HttpResponse) -> None:
        """What the person's own forms would send, to be sent to others' addresses too; and what is shown at
        those, where anything is."""
        if answer.status_code != 200 or answer.streaming:
            return
        if not target.tokens <= self.session.tokens:
            keep(self.shown[target.path], forms_in(answer, chosen=True))
            return
        if self.own.search(answer.content):
            self.report.own[target.place.name] += 1
        keep(self.forms[target.place.name], forms_in(answer))

    # Writing

    def _write(self, place: Place) -> None:
        """Whether a view takes others' ids does not hang on which of one's own rows it is asked for."""
        said, tried = set(), False
        for target in self._targets(place):
            bodies = list(self._bodies(place, target))
            if target.tokens <= self.session.tokens and not self.own_only and not tried:
                bodies += self._bodies_with_theirs(place)
                tried = True
            said |= {self._ask(target, "POST", data).status_code for data in bodies}
        if said <= {404}:
            return
        if self.client.session.get("_auth_user_id") is None:
            self._sign_in()
        if self.client.has_words_waiting():  # what was queued is shown on the next page
            self._look_at_first_pages()

    def _look_at_first_pages(self) -> None:
        for path in FIRST_PAGES:
            self._look(path, self.client.get(path, follow=True))

    def _bodies(self, place: Place, target: Target) -> Iterator[Body]:
        mine = target.tokens <= self.session.tokens
        if not mine:
            yield rough(self.world.of(min(target.tokens)))
        yield from (self._filled(form) for form in self.shown[target.path])
        for form in self.forms[place.name]:
            yield {**form, "action-publish": "1"}
            if mine:
                yield self._filled(form)
            if "go_live_at" in form:
                yield {**form, "go_live_at": f"{self.tomorrow:%Y-%m-%d %H:%M}", "action-publish": "1"}

    def _bodies_with_theirs(self, place: Place) -> Iterator[Body]:
        for form in self.forms[place.name]:
            yield from with_their_ids(form, self._neighbour())
        yield rough(self._neighbour())
        if place.name == "register_batches":
            yield batches(self._neighbour())

    def _filled(self, form: Form) -> Form:
        """Each time by another name. Who has nothing of their own tries with a neighbour's."""
        own = (camp for camp in self.world.camps if camp.token in self.session.tokens)
        mine = next(own, self._neighbour())
        return filled(form, mine, f"{CHANGED}-{self.report.requests}", self.tomorrow)

    def _neighbour(self) -> Camp:
        """The first whose things are not the person's: of the same place, where there is one."""
        return next(camp for camp in self.world.camps if camp.token not in self.session.tokens)

    # Looking

    def _ask(self, target: Target, method: str, data: Body) -> HttpResponse:
        """Words that are no form are JSON."""
        self.report.requests += 1
        kind = {"content_type": "application/json"} if isinstance(data, str) else {}
        with transaction.atomic():
            send = self.client.get if method == "GET" else self.client.post
            answer = send(target.path, data, follow=True, **kind)
            if answer.status_code >= 500:
                transaction.set_rollback(True)
        self._look(f"{method} {target.path} {_short(data)}", answer)
        return answer

    def _look(self, asked: str, answer: HttpResponse) -> None:
        self.report.answers[answer.status_code] += 1
        if answer.status_code >= 500 and not any(path in asked for path in WAGTAILS_FAULTS):
            self.report.faults.append(asked)
        if not answer.request["PATH_INFO"].lstrip("/").startswith(PREFIXES):
            return  # it led out to a public page, where others are meant to be seen
        content = b"" if answer.streaming else answer.content
        told = content + repr(list(answer.headers.items())).encode()
        if found := self.foreign.search(told):
            at = max(0, found.start() - 60)
            self.report.leaks.append(f"{asked}: …{told[at : found.end() + 40].decode(errors='replace')}…")


def _is_rude(name: str) -> bool:
    """Taking away comes last, so that the rest is tried on what is still there."""
    return any(word in name for word in ("delete", "remove", "unpublish", "bulk", *ENDS))


def _pk(row: Any) -> str:
    return str(row.pk)


def _short(data: Body) -> str:
    if isinstance(data, str):
        return data[:120]
    return str({key: value for key, value in list(data.items())[:4]})[:120] if data else ""
