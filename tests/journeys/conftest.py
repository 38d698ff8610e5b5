"""One Chromium a file, a fresh profile a test, and a whole house of the sample to walk in.

Chromium lives for a file, not for the session: playwright keeps an event loop running in the thread,
in which other files' tests may not ask the database.
"""

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.journeys.house import House, prepare

SWITCHES = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NO_KEEPING = "--disable-back-forward-cache"
PATIENCE_MS = 30_000  # a busy machine is no fault of the page
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Sample roles by the names the script prints.
ROLES = {
    "administrator": "Administrator",
    "coordinator": "Coordinator",
    "officer": "Secretariat officer",
    "focal_point": "Country focal point",
    "contributor": "Contributor",
    "deputy": "Deputy focal point",
    "committee": "Committee member",
    "lead": "Agency lead",
    "expert": "Expert",
    "partner": "Partner",
    "participant": "Participant",
}


def pytest_collection_modifyitems(items):
    """A journey needs a browser; one in a house of its own is the same on every database."""
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if "house" in item.fixturenames:
                item.add_marker(pytest.mark.either_engine)


def chromium() -> str:
    """Find the installed Chromium; playwright's own download is never used."""
    for name in (os.environ.get("SERAI_CHROMIUM", ""), *NAMES):
        found = shutil.which(name) if name else None
        if found:
            return found
    raise AssertionError(
        "No Chromium: install the package chromium, or leave it out: -m 'not browser'."
    )


@pytest.fixture(scope="module")
def browser(request):
    """One Chromium for a file of journeys.

    Playwright switches off that a page left is kept as it was for the back button, which every browser
    does; a file that walks back says `KEEPS_LEFT_PAGES = True`.
    """
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as tool:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = tool.chromium.launch(
            executable_path=chromium(),
            args=SWITCHES,
            ignore_default_args=[NO_KEEPING]
            if getattr(request.module, "KEEPS_LEFT_PAGES", False)
            else None,
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """The house as the first start leaves it, made once for the whole suite.

    While only tests change, KEPT_HOUSE=folder spares a developer the twenty seconds.
    """
    if kept := os.environ.get("KEPT_HOUSE"):
        return prepare(Path(kept))
    return prepare(tmp_path_factory.getbasetemp() / "house")


@pytest.fixture(scope="module")
def house(prepared, tmp_path_factory, request):
    """A running house for one file of journeys; a file with jobs in it says `HAS_JOBS = True`."""
    asked = getattr(request.module, "HAS_JOBS", False)
    found = House(prepared, tmp_path_factory.mktemp("house") / "data").open(worker=asked)
    yield found
    found.close()


@dataclass
class Visit:
    """One person's browser: its page, and what went wrong on the way."""

    house: House
    context: object
    page: object
    faults: list[str] = field(default_factory=list)

    def open(self, path: str):
        """Open a page by its path."""
        return self.page.goto(self.house.address + path)

    def path(self) -> str:
        """Where the person stands, without the host and the mark."""
        return self.page.url.removeprefix(self.house.address).partition("#")[0]


@pytest.fixture
def visit(browser, house):
    """`visit("officer")` opens a fresh browser, signed in as that sample person."""
    begun = []

    def begin(role: str = "", **asked) -> Visit:
        found = visit_of(browser, house, role, **asked)
        begun.append(found)
        return found

    yield begin
    for each in begun:
        each.context.close()


def visit_of(browser, house, role: str = "", **asked) -> Visit:
    """Begin a visit; a role is signed in by its sample link once, and keeps the sign-in."""
    if role and role not in house.sign_ins:
        house.sign_ins[role] = sign_in(browser, house, role)
    options = {
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",  # colours change at once, so that axe does not meet them half-way
        "storage_state": house.sign_ins.get(role),
    }
    context = browser.new_context(**options | asked)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    found = Visit(house, context, page)
    page.on("console", lambda said: found.faults.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: found.faults.append(f"script: {error}"))
    return found


def sign_in(browser, house, role: str):
    """Sign a sample person in by the link the script prints; return the browser's cookies."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(house.address + house.links[ROLES.get(role, role)])
    page.locator("main button").first.click()
    page.wait_for_url(re.compile(r"/en/$"))
    kept = context.storage_state()
    context.close()
    return kept
