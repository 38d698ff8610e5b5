"""Every screen each role reaches: axe, widths, themes, languages, bytes, requests, content rules."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from tests.house.walking import Links, Page, walk
from tests.journeys.conftest import ROLES, visit_of
from tests.journeys.looking import BUT_COLOURS, COLOURS, EVERYTHING, Line, axe_faults, ill_laid

pytestmark = pytest.mark.slow
COLD, AGAIN, REQUESTS = 30_000, 15_000, 4
VISITOR = "visitor"
ROOMS = ("home", "members", "programme", "reports", "surveys")
# Kinds of pages one of several roles must have met, or the walk itself is lame.
MUST_MEET = {
    VISITOR: {"home:page", "programme:overview", "programme:timeline", "programme:milestones",
              "reports:library", "members:sign_in", "home:help"},
    "officer": {"programme:complete", "programme:plan_meeting", "programme:ask", "reports:start",
                "reports:build", "home:inbox", "members:me", "surveys:board", "surveys:results",
                "surveys:by_question", "surveys:version", "surveys:preview_version"},
    "coordinator": {"members:people", "members:invite", "members:import_organisations"},
    "focal_point": {"programme:answer", "members:organisations", "members:audience"},
    "contributor": {"home:page", "members:me"},
    "deputy": {"home:page", "programme:answer", "members:audience"},
    "committee": {"home:page", "programme:meetings", "members:members"},
    "lead": {"home:page", "members:organisations", "members:invite", "surveys:response",
             "surveys:section", "surveys:delegate", "surveys:workbook"},
    "expert": {"home:page", "programme:initiative", "members:me"},
    "partner": {"home:page", "programme:initiative", "members:me"},
    "participant": {"home:page", "programme:overview", "members:me"},
    "administrator": {"home:status", "home:jobs", "home:mail", "home:audit", "members:unlock"},
}  # fmt: skip


class Kinds(HTMLParser):
    """What kinds of elements a page has: each with its class, its parent's, and how it is spoken."""

    EMPTY = frozenset({"meta", "link", "input", "img", "br", "hr", "wbr", "col", "source"})

    def __init__(self) -> None:
        super().__init__()
        self.trail = [""]
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        named = {name: value or "" for name, value in attrs}
        kept = sorted(n for n in named if n.startswith(("aria-", "hx-")) or n in {"role", "type"})
        self.trail.append(f"{tag}.{named.get('class', '')}[{','.join(kept)}]")
        self.found.add(">".join(self.trail[-2:]))
        if tag in self.EMPTY:
            self.trail.pop()

    def handle_endtag(self, tag):
        if tag not in self.EMPTY and len(self.trail) > 1:
            self.trail.pop()


def kinds_of(page: Page) -> frozenset[str]:
    parser = Kinds()
    parser.feed(page.text)
    return frozenset(parser.found)


@dataclass(frozen=True)
class Seen:
    """A page as one role meets it."""

    role: str
    page: Page
    kinds: frozenset[str]

    @property
    def room(self) -> str:
        """The room whose page it is."""
        return self.page.route.partition(":")[0]


def fewest(everything: list[Seen]) -> list[Seen]:
    """Choose pages so that each address's every kind of element is met, and no page for nothing."""
    met: set[tuple[str, str]] = set()
    chosen = []
    for one in sorted(everything, key=lambda one: (one.page.route, -len(one.kinds))):
        new = {(one.page.route, kind) for kind in one.kinds} - met
        if new:
            met |= new
            chosen.append(one)
    return chosen


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


def is_screen(page: Page) -> bool:
    """Tell a page to look at from a file, a redirect, a refusal."""
    is_file = "attachment" in page.headers.get("content-disposition", "")
    return bool(page.text) and page.status == 200 and not is_file


@pytest.fixture(scope="module")
def everything(browser, house):
    """Every page each role comes to by following links."""
    found = []
    for role in (VISITOR, *ROLES):
        visit = visit_of(browser, house, "" if role == VISITOR else role)
        visit.context.house_address = house.address
        pages = walk(visit.context, "/en/", open_over_the_line)
        found += [Seen(role, page, kinds_of(page)) for page in pages if is_screen(page)]
        visit.context.close()
    return found


@pytest.fixture(scope="module")
def coloured():
    """Kinds of elements whose contrast was looked at already, in this run."""
    return set()


def faults_of(visit, line, one: Seen, coloured: set[str]) -> list[str]:
    """Look at one page in every way; return what is wrong with it."""
    page, address, found = visit.page, one.page.address, []
    visit.faults.clear()
    has_new = not one.kinds <= coloured
    coloured |= one.kinds
    found += weight_faults(visit, line, address)
    found += [f"axe: {fault}" for fault in axe_faults(page, EVERYTHING if has_new else BUT_COLOURS)]
    found += [f"too wide {fault}" for fault in ill_laid(page)]
    if has_new:
        page.emulate_media(color_scheme="dark")
        found += [f"axe, dark: {fault}" for fault in axe_faults(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    visit.open(address.replace("/en/", "/ru/", 1))
    if has_new:
        found += [f"axe, Russian: {fault}" for fault in axe_faults(page, BUT_COLOURS)]
    found += [f"too wide in Russian {fault}" for fault in ill_laid(page)]
    visit.open(address.replace("/en/", "/xx-rtl/", 1))
    page.set_viewport_size({"width": 390, "height": 900})
    if has_new:
        found += [f"axe, right to left, 390: {fault}" for fault in axe_faults(page, BUT_COLOURS)]
    found += [f"too wide right to left {fault}" for fault in ill_laid(page)]
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
        if name == "cold" and not (load.bytes and load.requests):
            found.append("nothing was counted")
    return found


@pytest.mark.parametrize("role", [VISITOR, *ROLES])
def test_the_walk_comes_to_the_pages_of(role, everything):
    routes = {one.page.route for one in everything if one.role == role}

    assert MUST_MEET[role] - routes == set()


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_of(room, browser, house, everything, coloured):
    faults, visits = [], {}
    house.sign_ins.clear()  # a sign-in is fresh for 15 minutes; a busy machine takes longer
    for one in fewest([one for one in everything if one.room == room]):
        if one.role not in visits:
            visit = visit_of(browser, house, "" if one.role == VISITOR else one.role)
            visits[one.role] = visit, Line(visit.page)
        found = faults_of(*visits[one.role], one, coloured)
        faults += [f"{one.role}, {one.page.address}: {fault}" for fault in found]
    for visit, _line in visits.values():
        visit.context.close()

    assert visits
    assert faults == [], "\n".join(faults)


def test_every_room_is_looked_at(everything):
    assert {one.room for one in everything} == set(ROOMS)


@pytest.mark.parametrize(("path", "status"), [("/en/no-such-page/", 404), ("/en/display/", 200)])
def test_pages_no_link_leads_to(visit, path, status):
    anybody = visit()
    line = Line(anybody.page)
    answer = anybody.open(path)

    assert answer.status == status
    assert axe_faults(anybody.page) == []
    assert ill_laid(anybody.page) == []
    assert weight_faults(anybody, line, path) == []
