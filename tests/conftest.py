"""The database that tests run on, people who do things at once, and the browser that journeys run in.

A race is tested twice: as it is (`together`), and as a negative control, in which the one thing that guards
is taken away (`nobody_holds`, `without_unique`) and everybody comes to the same point (`all_look_before`,
`meanwhile`), so that what is lost or doubled is lost or doubled every time.
"""

import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import wraps

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from events import index
from events.feeds import remembering, soonest, words_store
from organisations import page_cache
from tests.journeys import asked

BROWSER_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

FLOOR_FOLDERS = {"actions", "migrations", "models", "search"}
FLOOR_FILES = ("tests/accounts/test_audit*.py", "tests/mingle/test_never_emptied.py")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Here, since who runs tests in several processes reads no `conftest.py` below this one."""
    reports = [report for each in terminalreporter.stats.values() for report in each]
    if line := asked.told(reports):
        terminalreporter.write_line(line)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers are given files in this order. The crawl takes longest by far, and so it begins first.

    A browser on a busy machine can be late for what a test has no event to wait for. Such a test is tried
    once more, and the run names it: one that is named is to be mended.

    Before `-m` chooses: where a test lies says whether it is one for the oldest PostgreSQL.
    """
    items.sort(key=lambda item: item.path.name != "test_crawl.py")
    for item in items:
        if "chromium_path" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))
        if _rests_on_the_database(item) and item.get_closest_marker("slow") is None:
            item.add_marker(pytest.mark.floor)


def _rests_on_the_database(item: pytest.Item) -> bool:
    """Others are marked by hand, file by file or test by test."""
    path = item.path.relative_to(item.config.rootpath)
    return not FLOOR_FOLDERS.isdisjoint(path.parts) or any(path.match(each) for each in FLOOR_FILES)


def pytest_collection_finish() -> None:
    """The site and its tests stay as long as the run: nobody need look through them, again and again, for
    what may be thrown away. That took a third of making the tables."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def _database_server() -> Iterator[None]:
    """One server for all workers: each holds it while it runs, and it stops when the last has gone."""
    cluster = settings.DATABASES["default"].get("CLUSTER")
    yield
    if cluster is not None:
        cluster.leave()


@pytest.fixture(autouse=True)
def _no_page_kept() -> None:
    """Finished pages and the index live in the process; a test's database does not."""
    page_cache.pages.clear()
    index.forget()
    remembering.memory.clear()
    words_store.store.clear()
    soonest.keeper.clear()


@pytest.fixture(scope="session", autouse=True)
def _django_empties_no_table() -> None:
    """Some the database lets nobody empty. What a test has committed goes in `pytest_runtest_teardown`."""
    TransactionTestCase._fixture_teardown = lambda _case: None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Put aside what migrations made: the page tree's root, content types, rights."""
    with django_db_blocker.unblock():
        put_aside("first_rows")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test that commits leaves an empty database behind; the next one finds it as migrations made it.

    Django's own way back is asked for test by test, and knows only the connection of its own thread: while a
    browser is driven there is another.
    """
    yield
    if nextitem is not None and "transactional_db" in _databases_asked_for(item):
        with item.config.stash[blocking_manager_key].unblock():
            bring_back("first_rows")


@pytest.fixture
def together() -> Iterator[Callable[..., list[object]]]:
    """Run functions at the same moment, each on a connection of its own; gives results or what was raised."""
    threads: list[threading.Thread] = []

    def run(*functions: Callable[[], object]) -> list[object]:
        results: list[object] = [None] * len(functions)
        gate = threading.Barrier(len(functions))

        def one(place: int, function: Callable[[], object]) -> None:
            try:
                connection.ensure_connection()
                gate.wait(timeout=30)
                results[place] = function()
            except Exception as error:
                results[place] = error
            finally:
                connection.close()

        for place, function in enumerate(functions):
            threads.append(threading.Thread(target=one, args=(place, function)))
            threads[-1].start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    yield run
    assert not any(thread.is_alive() for thread in threads)


@pytest.fixture
def nobody_holds(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Rows of these models are read as ever, and held by nobody."""

    def let_go(*models: type[Model]) -> None:
        hold = QuerySet.select_for_update

        def read(rows: QuerySet, **how: object) -> QuerySet:
            return rows.all() if rows.model in models else hold(rows, **how)

        monkeypatch.setattr(QuerySet, "select_for_update", read)

    return let_go


@pytest.fixture
def without_unique(transactional_db: None) -> Iterator[Callable[..., None]]:
    """The database takes a row with these columns twice. Its table is emptied before it no longer does."""
    put_back: list[tuple[str, str]] = []

    def drop(model: type[Model], *columns: str) -> None:
        table = f'"{model._meta.db_table}"'
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
            (name,) = [key for key, each in found.items() if each["unique"] and each["columns"] == [*columns]]
            cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
            meaning = cursor.fetchone()[0]
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        put_back.append((f"{table} CASCADE", f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {meaning}'))

    yield drop
    with transaction.atomic(), connection.cursor() as cursor:
        for tables, constraint in put_back:
            _empty(cursor, tables)
            cursor.execute(constraint)


@pytest.fixture
def all_look_before(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Nobody goes on into this function before everybody has come to it; each waits once.

    Where something still keeps the second from looking, the first waits in vain and all fail.
    """

    def meet(owner: object, name: str, people: int = 2) -> None:
        function, met = getattr(owner, name), threading.local()
        everybody = threading.Barrier(people, timeout=30)

        @wraps(function)
        def once_all_are_here(*args: object, **said: object) -> object:
            if not hasattr(met, "once"):
                met.once = True
                everybody.wait()
            return function(*args, **said)

        monkeypatch.setattr(owner, name, once_all_are_here)

    return meet


@pytest.fixture
def meanwhile(
    monkeypatch: pytest.MonkeyPatch, together: Callable[..., list[object]]
) -> Callable[..., list[object]]:
    """When somebody comes to this function, another first does all of theirs; gives what came of that."""

    def interrupt(owner: object, name: str, other: Callable[[], object]) -> list[object]:
        function, results = getattr(owner, name), []

        @wraps(function)
        def after_the_other(*args: object, **said: object) -> object:
            monkeypatch.setattr(owner, name, function)
            results.extend(together(other))
            return function(*args, **said)

        monkeypatch.setattr(owner, name, after_the_other)
        return results

    return interrupt


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database for a whole file of tests: what is written stays until its last test has ended."""
    with django_db_blocker.unblock():
        yield
        bring_back("first_rows")


def put_aside(schema: str) -> None:
    """All rows as they are now, under a name with which they can be brought back."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
        for table in _tables():
            cursor.execute(f'CREATE TABLE {schema}."{table}" AS TABLE public."{table}"')


def bring_back(schema: str) -> None:
    """Foreign keys are looked at when the transaction ends, so the order does not matter."""
    tables = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        _empty(cursor, ", ".join(f'public."{table}"' for table in tables))
        columns = _columns(cursor)
        for table in tables:
            cursor.execute(
                f'INSERT INTO public."{table}" ({columns[table]}) '
                f'SELECT {columns[table]} FROM {schema}."{table}"'
            )
    ContentType.objects.clear_cache()
    connection.close()


def _empty(cursor: CursorWrapper, tables: str) -> None:
    """Those too that the database lets nobody empty. Within a transaction: nobody else ever sees them so."""
    cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgtype & 32 > 0")
    kept = [table for (table,) in cursor.fetchall()]
    for table in kept:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(f"TRUNCATE {tables}")
    for table in kept:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def _columns(cursor: CursorWrapper) -> dict[str, str]:
    """Of each table those that can be written: some the database makes itself."""
    cursor.execute(
        "SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
        "WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name"
    )
    return dict(cursor.fetchall())


def _databases_asked_for(item: pytest.Item) -> set[str]:
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and bool(marker.kwargs.get("transaction"))
    return {*getattr(item, "fixturenames", ()), *(["transactional_db"] if commits else [])}


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's Chromium. Without it journeys are skipped; MINGLE_REQUIRE_CHROMIUM=1 makes that a failure."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    missing = "no Chromium found: install Debian's package chromium to run the journeys"
    if os.environ.get("MINGLE_REQUIRE_CHROMIUM") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def chromium_flags() -> list[str]:
    """What Playwright's `chromium.launch(args=…)` is given: a browser that asks nobody for anything."""
    return BROWSER_FLAGS
