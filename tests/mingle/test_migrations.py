import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from mingle.settings import base

pytestmark = pytest.mark.floor

FOLDERS = {base.BASE_DIR, base.BASE_DIR / "site"}
OURS = {app.label for app in apps.get_app_configs() if Path(app.path).parent in FOLDERS}


@pytest.mark.django_db
def test_tables_are_what_the_models_say() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert said.getvalue() == "No changes detected\n"


def test_migrations_are_named_for_what_they_do() -> None:
    ours = [name for label, name in MigrationLoader(None).disk_migrations if label in OURS]
    assert ours
    assert [name for name in ours if re.search(r"auto|\d{8}|^\d{4}_initial|squashed", name)] == []
