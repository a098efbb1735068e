"""Django as a bench needs it, before anything of the site is imported."""

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).parents[2]


def start() -> None:
    """With the benches' settings, on their filled database where the environment names no other."""
    os.environ.setdefault("MINGLE_CLUSTER", "bench")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    django.setup()
