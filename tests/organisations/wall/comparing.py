"""What of others is not as it was: rows, and what has come to point at them."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from tests.organisations.wall.rows import KEY_PARTS, Key
from tests.organisations.wall.sessions import Session
from tests.organisations.wall.world import World

# Written by whoever signs in or publishes anything of their own.
EVERYBODYS = frozenset({"django_session", "organisations_generation", "modelsearch_indexentry"})


def changed(world: World, session: Session, before: dict[Key, str], now: dict[Key, str]) -> Iterator[str]:
    """Rows of others must be as they were, and none of one's own may have come to point at them."""
    foreign = {
        row: camp.token for camp in world.camps for row in camp.rows if camp.token not in session.tokens
    }
    mine = {row for camp in world.camps for row in camp.rows if camp.token in session.tokens}
    touched = {row for row in before.keys() | now.keys() if before.get(row) != now.get(row)}
    for row in sorted(touched):
        if row[0] in EVERYBODYS or row == ("accounts_user", str(session.user.pk)):
            continue
        if row in foreign:
            yield f"{row} of {foreign[row]}"
        elif row in before and row not in mine:
            yield f"{row} of everybody"
        elif row in now:
            yield from (f"{row} points to {at}" for at in _points_at(row, foreign))


@contextlib.contextmanager
def files_put_back(folder: Path) -> Iterator[None]:
    """What is taken back in the database is still on the disk, and what was deleted there is gone."""
    with tempfile.TemporaryDirectory() as kept:
        shutil.copytree(folder, kept, dirs_exist_ok=True)
        yield
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)


def _points_at(row: Key, foreign: dict[Key, str]) -> Iterator[str]:
    model = next(each for each in apps.get_models() if each._meta.db_table == row[0] and not each._meta.proxy)
    key = zip((field.name for field in model._meta.pk_fields), row[1].split(KEY_PARTS), strict=True)
    found = model._base_manager.filter(**dict(key)).values().first() or {}
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey | OneToOneField) and (key := found.get(field.attname)):
            there = (field.related_model._meta.db_table, str(key))
            if there in foreign:
                yield f"{there} of {foreign[there]}"
