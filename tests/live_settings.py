"""For a server that a test starts: as in production, without https, with a test's quick passwords."""

import os

from mingle.settings.demo import *  # noqa: F403

DEMO = os.environ.get("MINGLE_TEST_DEMO") == "1"
SECRET_KEY = "for-tests-only"  # noqa: S105 (the tests' own: what they have sealed, it opens)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = CLUSTER_DIR / "static"  # noqa: F405
EMAIL_FILE_PATH = os.environ.get("MINGLE_TEST_MAIL", EMAIL_FILE_PATH)  # noqa: F405
MEDIA_ROOT = os.environ.get("MINGLE_TEST_MEDIA", MEDIA_ROOT)  # noqa: F405
