import re
import urllib.request

import pytest
from django.utils import timezone

from jobs.models import LastSuccess

pytestmark = pytest.mark.slow


def read(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


def test_live_site_sees_what_the_test_writes(live_site) -> None:
    assert read(f"{live_site.url}/readyz") == "ok, but nightly has not succeeded for 36 hours\n"
    LastSuccess.objects.create(name="nightly", at=timezone.now(), seconds=1, done=0)
    assert read(f"{live_site.url}/readyz") == "ok\n"


def test_live_site_serves_style_sheets_under_names_that_change_with_them(live_site) -> None:
    page = read(f"{live_site.url}/accounts/login/")
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert sheets
    assert all(re.search(r"\.[0-9a-f]{12}\.css$", sheet) for sheet in sheets)
    assert all(read(f"{live_site.url}{sheet}") for sheet in sheets)
