"""What docs/running.md says about backup, restore and upgrade is done here, command by command."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from events.models import CalendarEntry, Occurrence
from mingle.embedded.server import BIN
from tests.factories.activities import make_activity

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "running.md").read_text()

pytestmark = pytest.mark.slow


def commands(name: str) -> str:
    """The shell block that the document marks as tried."""
    found = re.search(rf"<!-- tried: {name} -->\n```sh\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found, name
    return found[1]


def url(database: str) -> str:
    given = connection.settings_dict
    parts = {
        "host": given["HOST"],
        "port": given["PORT"],
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    return f"postgresql:///{database}?{urlencode({name: value for name, value in parts.items() if value})}"


def tools() -> str:
    """The folder of pg_dump: PostgreSQL refuses to dump a newer server than itself."""
    if settings.DATABASES["default"].get("CLUSTER"):
        return str(BIN)
    return str(Path(shutil.which("pg_dump") or "/usr/bin/pg_dump").parent)


def run(name: str, *, database: str, data: Path, backup: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": url(database),
        "MINGLE_DATA_DIR": str(data),
        "BACKUP": str(backup),
        "DJANGO_SETTINGS_MODULE": "mingle.settings.test",
        "PATH": f"{tools()}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-euc", commands(name)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def another_database():
    name = f"{connection.settings_dict['NAME']}_restored"
    with psycopg.connect(url("postgres"), autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        yield name
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.django_db(transaction=True)
def test_backup_is_restored_whole(tmp_path, another_database):
    activity = make_activity("Sunday street football")
    before, after, backup = tmp_path / "before", tmp_path / "after", tmp_path / "backup"
    FileSystemStorage(before / "media").save("images/hall.png", ContentFile(b"a picture"))
    after.mkdir()
    backup.mkdir()
    entries = dict(CalendarEntry.objects.values_list("occurrence__uuid", "text"))
    run("backup", database=connection.settings_dict["NAME"], data=before, backup=backup)
    run("restore", database=another_database, data=after, backup=backup)
    with psycopg.connect(url(another_database)) as restored:
        rows = restored.execute(
            "SELECT o.uuid, e.text FROM events_calendarentry e"
            " JOIN events_occurrence o ON o.id = e.occurrence_id"
        )
        assert dict(rows.fetchall()) == entries
        (title,) = restored.execute("SELECT title FROM events_listing").fetchone()
    assert (title, len(entries)) == (activity.title, 10)
    assert (after / "media" / "images" / "hall.png").read_bytes() == b"a picture"


@pytest.mark.django_db(transaction=True)
def test_upgrade_keeps_what_is_there(tmp_path):
    make_activity("Sunday street football")
    before = list(Occurrence.objects.values_list("uuid", "starts_at", "state"))
    entries = list(CalendarEntry.objects.values_list("sequence", "text"))
    connections.close_all()
    run("upgrade", database=connection.settings_dict["NAME"], data=tmp_path, backup=tmp_path)
    assert list(Occurrence.objects.values_list("uuid", "starts_at", "state")) == before
    assert list(CalendarEntry.objects.values_list("sequence", "text")) == entries


@pytest.mark.django_db(transaction=True)
def test_migrations_run_forward_over_a_filled_database():
    """From each app's first migration, with rows in its tables, to today's."""
    first = [("events", "0001_first_models"), ("organisations", "0001_first_models")]
    make_activity("Sunday street football")
    kept = list(Occurrence.objects.values_list("uuid", flat=True))
    executor = MigrationExecutor(connection)
    try:
        executor.migrate(first)
    finally:
        call_command("migrate", verbosity=0)
    assert list(Occurrence.objects.values_list("uuid", flat=True)) == kept
