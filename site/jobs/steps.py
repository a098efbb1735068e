"""The steps of a job, which every app may add to without importing anything.

An app's module `nightly.py` or `tick.py` holds `STEPS`, a list of functions. Each takes `dry_run`, may be run
again at any time, and returns how many things it did or would do. Its docstring begins with what it does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from django.apps import apps
from django.utils.module_loading import module_has_submodule

Job = Literal["tick", "nightly"]
JOBS: tuple[Job, ...] = ("tick", "nightly")


@dataclass(frozen=True)
class Step:
    name: str
    about: str
    do: Callable[..., int]


def steps_of(job: Job) -> list[Step]:
    """Every app's steps in the order in which they run: the lower app first, since others build on it."""
    return [
        Step(f"{app.label}.{do.__name__}", (do.__doc__ or "").strip().partition("\n")[0], do)
        for app in reversed(list(apps.get_app_configs()))
        if module_has_submodule(app.module, job)
        for do in import_module(f"{app.name}.{job}").STEPS
    ]
