"""What a person saw of something when they began to change it.

A form carries it, and the action compares it with what is there once nobody else can change that: what
somebody saved meanwhile is told, not written over unseen.
"""

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Look:
    """At these fields of a row, which were in this `version`."""

    names: tuple[str, ...]
    version: str


def version(row: Model, names: Iterable[str], also: Sequence[object] = ()) -> str:
    """Another text whenever one of these fields says something else, or `also`, what hangs on the row."""
    said = {name: row.serializable_value(name) for name in names}
    return hashlib.sha256(repr([*sorted(said.items()), *also]).encode()).hexdigest()


def refuse_if_changed(row: Model, said: Mapping[str, Any], seen: Look | None) -> None:
    """`row` is held, `said` is to be written to it; `seen` is None where nobody looked.

    Who says what is there already overwrites nothing. Raises ValidationError, with what is there now.
    """
    others = [name for name, value in said.items() if getattr(row, name) != value]
    if seen is None or not others or seen.version == version(row, seen.names):
        return
    refuse([in_words(row, name) for name in others])


def refuse(there: Iterable[str]) -> NoReturn:
    """`there`: what is said now where the person says something else, in words."""
    now = _("Somebody has saved this since you opened it. It now says: %(said)s.")
    again = _("What you typed is still here: save again to put it in its place.")
    raise ValidationError({"seen": f"{now % {'said': '; '.join(there)}} {again}"})


def in_words(row: Model, name: str) -> str:
    """ "Their name: Ann Lee", "Insured until: nothing"."""
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    label = capfirst(str(row._meta.get_field(name).verbose_name).rstrip("?:"))
    return f"{label}: {said(value)}"


def said(value: Any) -> str:
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    words = ", ".join(map(str, value)) if isinstance(value, list) else value
    return str(localize(words)) if words not in ("", None) else _("nothing")
