"""Every page that has a script, without it. A file of its own, so that two workers share the work."""

import pytest
from playwright.sync_api import BrowserContext

from tests.journeys import faults, looks
from tests.journeys.pages import PAGES, Shown

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("shown", [shown for shown in PAGES if shown.scripted], ids=str)
def test_page_has_no_fault_without_script(context: BrowserContext, axe: str, shown: Shown) -> None:
    page = context.new_page()
    found = faults.faults_in(page, shown, axe, looks.LOOKS_WITHOUT_SCRIPT, scripts=False)
    page.close()
    assert found == []
