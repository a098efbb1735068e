"""For work on the code: errors shown, nothing to set."""

from mingle.settings.base import *  # noqa: F403
from mingle.settings.kept import kept_secret, sealing_key

DEBUG = True
SECRET_KEY = "for-development-only"  # noqa: S105
CONCERN_KEYS = [kept_secret(DATA_DIR / "dev" / "concern_key", sealing_key)]  # noqa: F405
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
