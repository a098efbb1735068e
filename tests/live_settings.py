"""For a server that a test starts: as in production, without https, with a test's quick passwords."""

import os

from mingle.settings.demo import *  # noqa: F403

DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = CLUSTER_DIR / "static"  # noqa: F405
EMAIL_FILE_PATH = os.environ.get("MINGLE_TEST_MAIL", EMAIL_FILE_PATH)  # noqa: F405
