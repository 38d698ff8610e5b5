"""Every screen each role reaches: axe, widths, themes, languages, bytes, requests, content rules."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from tests.house.walking import Links, Page, walk
from tests.journeys.conftest import ROLES, visit_of
from tests.journeys.looking import BUT_COLOURS, COLOURS, Line, axe_faults, too_wide

pytestmark = pytest.mark.slow
COLD, AGAIN, REQUESTS = 30_000, 15_000, 4
VISITOR = "visitor"
MOST_PAGES = 300
# Kinds of pages one of several roles must have met, or the walk itself is lame.
MUST_MEET = {
    VISITOR: {"home:page", "programme:overview", "programme:timeline", "programme:milestones",
              "reports:library", "members:sign_in", "home:help"},
    "officer": {"programme:complete", "programme:plan_meeting", "programme:ask", "reports:start",
                "reports:build", "home:inbox", "members:me"},
    "coordinator": {"members:people", "members:invite", "members:import_organisations"},
    "focal_point": {"programme:answer", "members:organisations", "members:audience"},
    "contributor": {"home:page", "members:me"},
    "administrator": {"home:status", "home:jobs", "home:mail", "home:audit", "members:unlock"},
}  # fmt: skip


class Shape(HTMLParser):
    """What kinds of elements a page has, and where: two pages of one shape look alike to a checker."""

    EMPTY = frozenset({"meta", "link", "input", "img", "br", "hr", "wbr", "col", "source"})

    def __init__(self) -> None:
        super().__init__()
        self.trail: list[str] = []
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        named = {name: value or "" for name, value in attrs}
        kept = sorted(n for n in named if n.startswith(("aria-", "hx-")) or n in {"role", "type"})
        self.trail.append(f"{tag}.{named.get('class', '')}[{','.join(kept)}]")
        self.found.add(">".join(self.trail))
        if tag in self.EMPTY:
            self.trail.pop()

    def handle_endtag(self, tag):
        if tag not in self.EMPTY and self.trail:
            self.trail.pop()


def shape_of(page: Page) -> tuple[str, frozenset[str]]:
    parser = Shape()
    parser.feed(page.text)
    return page.route, frozenset(parser.found)


def open_over_the_line(context, address):
    """Open one address with the browser's own sign-in, without drawing it."""
    answer = context.request.get(context.house_address + address)
    kind = answer.headers.get("content-type", "")
    is_page = kind.startswith("text/html")
    parser = Links()
    if is_page:
        parser.feed(answer.text())
    stands_at = urlsplit(answer.url)
    page = Page(
        address=address,
        route=resolve(urlsplit(address).path).view_name,
        status=answer.status,
        text=answer.text() if is_page else "",
        writes=[],
        loaded=parser.loaded,
        content_type=kind,
        headers=answer.headers,
    )
    return page, [urljoin(stands_at.path, link) for link in parser.links]


@pytest.fixture(scope="module")
def looked_at():
    """Shapes already looked at as another role, in this run."""
    return set()


@pytest.fixture
def visit_to_look(browser, house, request):
    role = request.getfixturevalue("role")
    found = visit_of(browser, house, "" if role == VISITOR else role)
    found.context.house_address = house.address
    yield found
    found.context.close()


def faults_of(visit, line, address) -> list[str]:
    """Look at one page in every way; return what is wrong with it."""
    page, found = visit.page, []
    visit.faults.clear()
    page.emulate_media(color_scheme="light")
    found += weight_faults(visit, line, address)
    found += [f"axe, light: {fault}" for fault in axe_faults(page)]
    found += [f"too wide {fault}" for fault in too_wide(page)]
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 900})
    found += [f"axe, dark, 390: {fault}" for fault in axe_faults(page, COLOURS)]
    for language in ("ru", "xx-rtl"):
        visit.open(address.replace("/en/", f"/{language}/", 1))
        found += [f"axe, {language}: {fault}" for fault in axe_faults(page, BUT_COLOURS)]
        found += [f"too wide in {language} {fault}" for fault in too_wide(page)]
    if page.evaluate("getComputedStyle(document.body).direction") != "rtl":
        found.append("not right to left")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found + [f"the browser said {said}" for said in visit.faults]


def weight_faults(visit, line, address) -> list[str]:
    """Open it as somebody new and again; judge bytes and requests."""
    found = []
    line.forget()
    for name, most in (("cold", COLD), ("again", AGAIN)):
        with line.counting() as load:
            visit.open(address)
        if load.bytes > most:
            found.append(f"{load.bytes} bytes {name}")
        if len(load.requests) > REQUESTS:
            found.append(f"{len(load.requests)} requests {name}: {load.requests}")
        if not load.bytes or not load.requests:
            found.append("nothing was counted")
    return found


@pytest.mark.parametrize("role", [VISITOR, *ROLES])
def test_every_page_of(role, visit_to_look, looked_at):
    line = Line(visit_to_look.page)
    pages = [
        page
        for page in walk(visit_to_look.context, "/en/", MOST_PAGES, open_over_the_line)
        if page.text and page.status == 200 and page.address.startswith("/en/")
    ]

    faults = {}
    for page in pages:
        shape = shape_of(page)
        if shape in looked_at:
            continue
        looked_at.add(shape)
        found = faults_of(visit_to_look, line, page.address)
        if found:
            faults[page.address] = found

    assert {page.route for page in pages} >= MUST_MEET[role]
    assert faults == {}


@pytest.mark.parametrize(("path", "status"), [("/en/no-such-page/", 404)])
def test_pages_of_failure(visit, path, status):
    anybody = visit()
    line = Line(anybody.page)
    answer = anybody.open(path)

    assert answer.status == status
    assert axe_faults(anybody.page) == []
    assert too_wide(anybody.page) == []
    assert weight_faults(anybody, line, path) == []
