"""One Chromium a file, and a page that holds nothing but the questionnaire's script."""

from pathlib import Path

import pytest
from tests.journeys.conftest import SWITCHES, chromium

import serai

SCRIPT = Path(serai.__file__).parent / "surveys/static/surveys/form.js"


def pytest_collection_modifyitems(items):
    """These need a browser and no database."""
    for item in items:
        if "/surveys/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.either_engine)


@pytest.fixture(scope="module")
def playwright_tool():
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as tool:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield tool


@pytest.fixture(scope="module")
def engine(playwright_tool):
    """A page with the script and no form, at the instant of the reference cases."""
    started = playwright_tool.chromium.launch(executable_path=chromium(), args=SWITCHES)
    page = started.new_page()
    page.clock.set_fixed_time("2026-11-22T07:06:03Z")
    page.add_script_tag(path=SCRIPT, type="module")
    page.add_script_tag(path=Path(__file__).with_name("harness.js"))
    yield page
    started.close()
