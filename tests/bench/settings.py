"""The demonstration's settings, which are production's, without its own pages; and a bare view."""

from mingle.settings.demo import *  # noqa: F403

DEMO = False
ROOT_URLCONF = "tests.bench.urls"
