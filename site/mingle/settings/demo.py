"""As production, for one's own machine: no https, nothing to set, loopback only, and mail kept to be read."""

import os

from mingle.embedded import database_settings
from mingle.settings.base import *  # noqa: F403
from mingle.settings.kept import kept_secret, sealing_key
from mingle.settings.logs import ERRORS_TO_THE_SCREEN

# The demonstration's own folder; benchmarks run under these settings in another.
CLUSTER = os.environ.get("MINGLE_CLUSTER", "demo")
CLUSTER_DIR = DATA_DIR / CLUSTER  # noqa: F405
DATABASES = {"default": database_settings(DATA_DIR, cluster=CLUSTER)}  # noqa: F405
MEDIA_ROOT = CLUSTER_DIR / "media"

DEBUG = False
LOGGING = ERRORS_TO_THE_SCREEN
DEMO = True
SECRET_KEY = kept_secret(CLUSTER_DIR / "secret_key")
CONCERN_KEYS = [kept_secret(CLUSTER_DIR / "concern_key", sealing_key)]
# mingle.wsgi refuses visitors from elsewhere as well: the sign-ins are known to everybody.
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
PUBLIC_ADDRESS = f"http://localhost:{os.environ.get('PORT', '8000')}"
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = CLUSTER_DIR / "mail"
