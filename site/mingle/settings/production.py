"""For the real thing, behind a proxy that speaks https. What is missing stops the start, in words."""

import os

from mingle.settings.base import *  # noqa: F403
from mingle.settings.environment import Environment
from mingle.settings.logs import ERRORS_TO_THE_SCREEN

given = Environment(os.environ)

DEBUG = False
LOGGING = ERRORS_TO_THE_SCREEN
SECRET_KEY = given.secret("SECRET_KEY")
CONCERN_KEYS = given.sealing_keys("MINGLE_CONCERN_KEYS")
SECRET_KEY_FALLBACKS = given.secrets("SECRET_KEY_BEFORE")
PUBLIC_ADDRESS = given.address("MINGLE_ADDRESS")
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS
ALLOWED_HOSTS = given.hosts("ALLOWED_HOSTS", PUBLIC_ADDRESS)
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]

given.text("DATABASE_URL", "the PostgreSQL server, 15 or newer, such as postgres://user:password@host/mingle")

DEFAULT_FROM_EMAIL = given.text("MINGLE_MAIL_FROM", "who mail comes from, Mingle <hello@place.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
globals().update(given.mail("MINGLE_MAIL"))
TILES = given.tiles("MINGLE_TILES")

CACHES["default"] = given.cache("MINGLE_CACHE", CACHES["default"])  # noqa: F405

# The proxy must set this header itself, whatever a visitor sends: docs/running.md has a sample.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Without the number of proxies every visitor has the proxy's address, and limits count them as one.
ALLAUTH_TRUSTED_PROXY_COUNT = given.number("MINGLE_PROXIES", 1)
SECURE_SSL_REDIRECT = True
# Watchers ask from within, past the proxy.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = given.number("MINGLE_HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

given.stop_if_incomplete()
