"""Visitors and organisers who write over HTTP without pause, and keep what was acknowledged to each.

Whoever gets no answer, or 503, sends the same again: people do, and it must not count twice.
"""

import collections
import contextlib
import http.client
import itertools
import re
import threading
import uuid
from abc import abstractmethod
from urllib.parse import urlencode

from diversity.categories import ETHNIC_GROUPS

ANSWER_SECONDS = 60
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
REFERENCE = re.compile(r'<p class="concern__reference">([0-9A-Z]{4}-[0-9A-Z]{4})</p>')
_addresses = itertools.count(1)


class NotAnswered(Exception):
    """The connection broke, or the site asked to come back later."""


class Client(threading.Thread):
    """One client. `answers` counts what came back: a status, "broken", or "without Retry-After"."""

    def __init__(self, port: int, session: str = "") -> None:
        super().__init__(daemon=True)
        self.port, self.session = port, session
        self.answers: collections.Counter[int | str] = collections.Counter()
        self.acknowledged: list[str] = []
        self.unexpected: list[str] = []
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                self.once()
            except NotAnswered:
                continue
            except Exception as error:
                self.unexpected.append(repr(error))
                return

    @abstractmethod
    def once(self) -> None:
        """Write one thing, and note it in `acknowledged` where the site says that it is done."""

    def ask(self, path: str, form: dict[str, str] | None = None, host: str = "127.0.0.1") -> tuple[int, str]:
        """Status and text of what was answered."""
        try:
            status, text, headers = self.plain(path, form, host)
        except (OSError, http.client.HTTPException) as error:
            self.answers["broken"] += 1
            raise NotAnswered from error
        self.answers[status] += 1
        if status == http.client.SERVICE_UNAVAILABLE:
            self.answers["without Retry-After"] += "Retry-After" not in headers
            raise NotAnswered
        return status, text

    def plain(
        self, path: str, form: dict[str, str] | None = None, host: str = "127.0.0.1"
    ) -> tuple[int, str, http.client.HTTPMessage]:
        """The same, whatever was answered, and its headers. `host` is the address that it comes from."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=ANSWER_SECONDS, source_address=(host, 0)
        )
        headers = {"Host": "localhost"}
        if self.session:
            headers["Cookie"] = f"sessionid={self.session}"
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            method, body = ("GET", None) if form is None else ("POST", urlencode(form))
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            connection.close()

    def sent(self, path: str, form: dict[str, str], host: str) -> str:
        """What was answered at last, however often it had to be sent; nothing where nobody waits any more."""
        while not self.over.is_set():
            with contextlib.suppress(NotAnswered):
                return self.ask(path, form, host)[1]
        return ""


class Reader(Client):
    """Somebody who looks what is on, again and again."""

    def once(self) -> None:
        self.acknowledged.append(str(self.ask("/activities/")[0]))


class Worried(Client):
    """Reports concerns, each from an address of its own: one address may send sixty an hour.

    What is acknowledged is the number that the page shows. A form that got no answer is sent again as it is.
    """

    def once(self) -> None:
        number = next(_addresses)
        host = f"127.0.{number // 200}.{number % 200 + 2}"
        form = dict(HIDDEN.findall(self.ask("/concern/", host=host)[1]))
        form |= {"what": f"What worries me, number {number}", "website": ""}
        page = self.sent("/concern/", form, host)
        if page and (found := REFERENCE.search(page)):
            self.acknowledged.append(found[1])
        elif page:
            self.unexpected.append("A concern was answered without its number.")


class Organiser(Client):
    """Cancels one date for a reason of its own, and reinstates it, over and over.

    What is acknowledged is the reason, by the redirect that follows a change. Where an answer was lost the
    page is opened again, and tells which of the two is next.
    """

    def __init__(self, port: int, session: str, date: str) -> None:
        super().__init__(port, session)
        self.path = f"/organise/dates/{date}/"
        self.reinstated = 0

    def once(self) -> None:
        page = self.ask(self.path)[1]
        hidden = dict(HIDDEN.findall(page))
        if "reinstate-seen" in hidden:
            status, _ = self.ask(self.path, {**hidden, "do": "reinstate"})
            self.reinstated += status == http.client.FOUND
            return
        reason = f"The hall is flooded, {uuid.uuid4()}"
        status, _ = self.ask(self.path, {**hidden, "do": "cancel", "cancel-own": reason})
        if status == http.client.FOUND:
            self.acknowledged.append(reason)


class Answering(Client):
    """Young people who answer the three questions of one session, one after the other, at one address.

    What is acknowledged is the group that was told. A form that got no answer is sent again as it is.
    """

    def __init__(self, port: int, path: str) -> None:
        super().__init__(port)
        self.path, self.told = path, itertools.cycle(ETHNIC_GROUPS)
        number = next(_addresses)
        self.host = f"127.1.{number // 200}.{number % 200 + 2}"

    def once(self) -> None:
        form = dict(HIDDEN.findall(self.ask(self.path, host=self.host)[1]))
        group = next(self.told)
        page = self.sent(self.path, {**form, "group": group, "age": "11-13"}, self.host)
        if "<h1>Thank you</h1>" in page:
            self.acknowledged.append(group)
        elif page:
            self.unexpected.append("An answer was not thanked for.")
