"""Walk the house as somebody: follow every link that leads to another kind of page."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE)\b", re.I)
# What a reading may leave behind: counts of requests, the cache, when a feed was read, and for an
# organisation that somebody from outside read its answers.
PASSING = re.compile(r'"(base_ratewindow|serai_cache|members_signin|surveys_reading)"')
# A page of each kind, and two more with other things in it.
PAGES_A_KIND = 2
# A walk that has not ended by then goes in circles: kinds of pages are fewer.
MOST_PAGES = 400
# These end the walk or change who walks.
LEFT_OUT = {"members:sign_out", "members:sample_enter", "base:display"}


class Links(HTMLParser):
    """Collects a page's links and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.links, self.loaded = [], []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag == "script" and found.get("src"):
            self.loaded.append(found["src"])
        if tag == "img" and found.get("src") and found.get("loading") != "lazy":
            self.loaded.append(found["src"])
        if tag == "link" and found.get("rel") in {"stylesheet", "icon", "preload", "manifest"}:
            self.loaded.append(found["href"])


@dataclass
class Page:
    """One page as somebody saw it."""

    address: str
    route: str
    status: int
    text: str
    writes: list[str]
    loaded: list[str]
    content_type: str
    headers: dict = field(default_factory=dict)


Opening = Callable[[object, str], tuple[Page, list[str]]]


def open_page(client: Client, address: str) -> tuple[Page, list[str]]:
    """Open one address; return the page and its links."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    is_page = kind.startswith("text/html")
    parser = Links()
    if is_page:
        parser.feed(body.decode())
    links = [*parser.links, *([answer.headers["Location"]] if "Location" in answer.headers else [])]
    writes = [
        query["sql"]
        for query in asked.captured_queries
        if WRITES.match(query["sql"]) and not PASSING.search(query["sql"])
    ]
    page = Page(
        address=address,
        route=resolve(urlsplit(address).path).view_name,
        status=answer.status_code,
        text=body.decode() if is_page else "",
        writes=writes,
        loaded=sorted(set(parser.loaded)),
        content_type=kind,
        headers=dict(answer.headers),
    )
    return page, [urljoin(address, link) for link in links]


def walk(client: object, start: str, opening: Opening = open_page) -> list[Page]:
    """Open pages from a start on, a few of each kind; `opening` is how this client opens one."""
    waiting, seen, kinds, pages = deque([start]), {start}, {}, []
    while waiting:
        assert len(pages) < MOST_PAGES, f"The walk does not end: {[page.address for page in pages]}"
        address = waiting.popleft()
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path.startswith("/"):
            continue
        try:
            name = resolve(parts.path).view_name
        except Resolver404:
            continue
        if name in LEFT_OUT or kinds.get(name, 0) >= PAGES_A_KIND:
            continue
        kinds[name] = kinds.get(name, 0) + 1
        page, links = opening(client, address)
        pages.append(page)
        for link in links:
            link = link.partition("#")[0]
            if link and link not in seen:
                seen.add(link)
                waiting.append(link)
    return pages


def sample_viewers() -> dict[str, object]:
    """Return a visitor and one sample person of each role."""
    from datetime import UTC, datetime

    from serai.members import queries
    from serai.members.models import Person

    rows = queries.sample_people(datetime.now(UTC))
    found = {}
    for row in rows:
        found.setdefault(str(row.role), Person.objects.get(public_id=row.public_id))
    return {"visitor": None, **found}


def client_of(person) -> Client:
    """Return a signed-in browser of somebody; a visitor's for None."""
    client = Client()
    if person is not None:
        client.force_login(person, "serai.config.accounts.SignIn")
    return client
