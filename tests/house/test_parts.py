"""Every part htmx fetches is, sign for sign, what stands on the same page loaded fresh."""

import re
from pathlib import Path
from urllib.parse import urlencode

import lxml.html
import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "serai"
ASKS = re.compile(r'hx-get="([^"]*)"')
# Between them they open every list.
ROLES = ("visitor", "officer", "coordinator", "administrator")
# What is made anew at each opening.
FRESH = re.compile(r'(name="(?:csrfmiddlewaretoken|receipt)" value=")[^"]*')


def told_apart(text: str) -> str:
    """Bring a part into one form: white space around it and fresh tokens do not count."""
    return FRESH.sub(r"\1", text).strip()


def inside(page: str, wanted: str) -> str:
    """Return what stands in the page's element with this id, as it was sent."""
    start = re.search(rf'<(\w+)[^>]*\bid="{re.escape(wanted)}"[^>]*>', page)
    assert start, f"No element #{wanted}"
    depth, tag = 1, start.group(1)
    for found in re.finditer(rf"<(/?){tag}\b[^>]*>", page[start.end() :]):
        depth += -1 if found.group(1) else 1
        if not depth:
            return page[start.end() : start.end() + found.start()]
    raise AssertionError(f"#{wanted} does not end")


def askings(form) -> list[str]:
    """Return what a filter form may ask: each choice of each list, a word in each text field."""
    found = [""]
    for name in {field.get("name") for field in form.xpath(".//select[@name]")}:
        options = form.xpath(f".//select[@name='{name}']/option/@value")
        found += [urlencode({name: value}) for value in options]
    for name in {
        field.get("name") for field in form.xpath(".//input[@type='search' or @type='text']")
    }:
        found += [urlencode({name: word}) for word in ("a", "nobody is called so")]
    return found


@pytest.fixture(scope="module")
def swaps(walks):
    """Everything on any page that asks for a part: (client, page it stands on, the element)."""
    found = {}
    for role in ROLES:
        client = walks[role].client()
        for page in walks[role].pages:
            if "hx-get" not in page.text:
                continue
            for element in lxml.html.fromstring(page.text).xpath("//*[@hx-get]"):
                key = (role, element.get("hx-get"), element.get("hx-target") or "")
                found.setdefault(key, (client, page.address, element))
    return found


def test_every_template_that_asks_is_met(swaps):
    asking = {
        address
        for path in SRC.glob("*/templates/**/*.html")
        if "styleguide" not in path.name
        for address in ASKS.findall(path.read_text(encoding="utf-8"))
    }
    met = {re.sub(r"^/en|\?.*$", "", address) for _role, address, target in swaps if target}

    assert len(asking - {"{{ job.next_address }}"}) == len(met) >= 5


def test_each_part_equals_the_fresh_page(swaps):
    unlike, compared = [], 0
    for (role, address, target), (client, _stands_on, form) in swaps.items():
        for query in askings(form) if target else ():
            whole = f"{address}?{query}" if query else address
            part = client.get(whole, headers={"HX-Request": "true"})
            page = client.get(whole)
            compared += 1
            fresh = inside(page.content.decode(), target.removeprefix("#"))
            if "<html" in part.content.decode():
                unlike.append((role, whole, "a whole page came"))
            elif told_apart(part.content.decode()) != told_apart(fresh):
                unlike.append((role, whole))
            if "HX-Request" not in part.headers.get("Vary", ""):
                unlike.append((role, whole, "a cache would mix them up"))

    assert compared > 20
    assert unlike == []


def test_a_running_job_s_part_is_the_job_as_it_stands_on_the_page(swaps):
    jobs = [(key, found) for key, found in swaps.items() if not key[2]]
    for (_role, address, _target), (client, stands_on, element) in jobs:
        part = lxml.html.fromstring(
            client.get(address, headers={"HX-Request": "true"}).content.decode()
        )
        fresh = client.get(stands_on).content.decode()

        assert part.get("id") == element.get("id")
        assert part.get("hx-swap") == "outerHTML"
        assert words_of(part) == words_of(
            lxml.html.fromstring(fresh).get_element_by_id(part.get("id"))
        )

    assert len(jobs) >= 1


def words_of(element) -> list[str]:
    return element.text_content().split()


def test_parts_are_found_whole():
    page = '<div id="a"><div>one<div>two</div></div></div><div id="b">three</div>'

    assert inside(page, "a") == "<div>one<div>two</div></div>"
    assert inside(page, "b") == "three"
