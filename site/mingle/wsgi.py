"""The WSGI application that the production server loads."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingle.settings.production")

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

from mingle.loopback import loopback_only  # noqa: E402

application = get_wsgi_application()
if settings.DEMO:
    application = loopback_only(application)
