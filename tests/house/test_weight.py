"""Bytes: every page in its budget, cold and again; the style sheet and htmx in theirs."""

import gzip
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

COLD, AGAIN, REQUESTS = 30_000, 15_000, 4
STYLE, HTMX = 7_000, 14_000
READING = {"home", "programme", "reports", "members"}


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@cache
def weight_of(address: str) -> int:
    path = finders.find(address.partition("/static/")[2].partition("?")[0])
    assert path, f"{address} is not one of our files"
    content = Path(path).read_bytes()
    return len(content) if Path(path).suffix in {".png", ".jpg"} else packed(content)


def test_the_style_sheet_is_light():
    assert weight_of("/static/serai/app.css") <= STYLE


def test_htmx_is_light_and_the_released_file():
    sheet = Path(finders.find("serai/htmx.min.js"))
    said = sheet.with_name("htmx.min.js.sha256").read_text().split()[0]
    import hashlib

    assert weight_of("/static/serai/htmx.min.js") <= HTMX
    assert hashlib.sha256(sheet.read_bytes()).hexdigest() == said


@pytest.fixture(scope="module")
def pages(walks):
    return {
        (role, page.address): page
        for role, walk in walks.items()
        for page in walk.pages
        if page.status == 200 and page.text
    }


def test_no_page_is_heavier_than_its_budget_when_it_comes_again(pages):
    heavy = {
        key: packed(page.text.encode())
        for key, page in pages.items()
        if packed(page.text.encode()) > AGAIN
    }

    assert heavy == {}


def test_no_page_is_heavier_than_its_budget_when_it_comes_first(pages):
    heavy = {}
    for key, page in pages.items():
        weight = packed(page.text.encode()) + sum(map(weight_of, page.loaded))
        if weight > COLD:
            heavy[key] = weight

    assert heavy == {}


def test_no_page_asks_more_than_four_times(pages):
    asking = {key: page.loaded for key, page in pages.items() if 1 + len(page.loaded) > REQUESTS}

    assert asking == {}
