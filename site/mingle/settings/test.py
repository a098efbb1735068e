"""For tests: production's behaviour with quick passwords and no compiled static files."""

from mingle.embedded import database_settings
from mingle.settings.base import *  # noqa: F403
from mingle.settings.kept import kept_secret, sealing_key

# A cluster of its own, which need not outlive a power cut.
DATABASES = {"default": database_settings(DATA_DIR, cluster="test", lasting=False)}  # noqa: F405

DEBUG = False
SECRET_KEY = "for-tests-only"  # noqa: S105
# The servers that tests start read it too.
CONCERN_KEYS = [kept_secret(DATA_DIR / "test" / "concern_key", sealing_key)]  # noqa: F405
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Static files are looked up as they are asked for: nothing has been collected.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
