"""256 kbit/s, 400 ms, a slow machine: what travels. Seconds are measured by `./serai bench pages`."""

import pytest
from tests.journeys.looking import Line

COLD, AGAIN, REQUESTS = 30_000, 15_000, 4
PAGES = {
    "home": ("", "/en/"),
    "home of an officer": ("officer", "/en/"),
    "overview": ("officer", "/en/programme/"),
    "timeline": ("officer", "/en/programme/timeline/"),
    "milestones": ("officer", "/en/programme/milestones/"),
    "form": ("officer", "/en/programme/meetings/new/"),
    "reports": ("officer", "/en/reports/"),
    "report in words": ("officer", "/en/reports/{issued}/read/"),
}
ISSUED = "SELECT public_id FROM reports_run WHERE state = 'issued' ORDER BY id"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_over_the_slow_line(visit, house, name):
    role, path = PAGES[name]
    path = path.format(issued=house.row(ISSUED)[0])
    somebody = visit(role)
    line = Line(somebody.page)
    line.slow_down()
    line.forget()
    with line.counting() as cold:
        somebody.open(path)
    with line.counting() as again:
        somebody.open(path)

    assert cold.bytes <= COLD
    assert again.bytes <= AGAIN
    assert 1 <= len(cold.requests) <= REQUESTS
    assert 1 <= len(again.requests) <= REQUESTS


def test_pages_travel_packed_and_files_are_kept(visit):
    somebody = visit()
    answers = {}
    somebody.page.on("response", lambda answer: answers.setdefault(answer.url, answer))
    somebody.open("/en/programme/")
    kinds = {
        address.rpartition(".")[2] if "/static/" in address else "page": answer.all_headers()
        for address, answer in answers.items()
    }

    assert {kinds[kind]["content-encoding"] for kind in ("page", "css", "js")} == {"gzip"}
    assert {kinds[kind]["cache-control"] for kind in ("css", "js")} == {
        "max-age=315360000, public, immutable"
    }


def test_a_page_that_did_not_change_does_not_travel_again(visit):
    officer = visit("officer")
    line = Line(officer.page)
    officer.open("/en/programme/timeline/")
    with line.counting() as again:
        officer.open("/en/programme/timeline/")

    assert again.bytes < 2_000
