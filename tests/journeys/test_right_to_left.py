"""Right to left: the page is the mirror of itself, tables begin on the right, charts stay as drawn."""

import pytest
from tests.journeys.hands import InLanguage
from tests.journeys.looking import ill_laid
from tests.journeys.questionnaire import STATE, WithoutScript, begun_questionnaire

WIDTHS = (390, 1280)
SECTIONS = ("about_office", "power", "seats")
ANSWERS = "SELECT count(*) FROM surveys_answerhead WHERE response_id = ?"
# Boxes whose place the style sheet decides; words inside a line keep their own direction.
BOXES = (
    ".masthead > .wrap, main, main > *, .columns > *, .field, .field > label, .savebar, .button,"
    " table, th, td, .callout, .figures > *, .todos > li, .sheet, .foot .wrap > *, figure.chart"
)
PLACES = """(wanted) => [...document.querySelectorAll(wanted)]
  .filter(e => e.getClientRects().length && !e.closest("svg, bdi, p, .row, .scroll th, .scroll td"))
  .map(e => { const b = e.getBoundingClientRect();
              return [e.tagName + "." + e.className, b.left, b.right]; })"""


def places(page) -> list[tuple[str, float, float]]:
    return [tuple(found) for found in page.evaluate(PLACES, BOXES)]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_box_of_the_component_page_is_mirrored(visit, width):
    officer = visit("officer")
    officer.page.set_viewport_size({"width": width, "height": 900})
    officer.open("/en/styleguide/?direction=ltr")
    there = places(officer.page)
    officer.open("/en/styleguide/?direction=rtl")
    here = places(officer.page)

    askew = [
        (before, after)
        for before, after in zip(there, here, strict=True)
        if abs(before[1] - (width - after[2])) > 1.5 or abs(before[2] - (width - after[1])) > 1.5
    ]
    assert len(there) > 60
    assert askew == []


@pytest.mark.parametrize(
    "path", ["/xx-rtl/programme/", "/xx-rtl/programme/milestones/", "/xx-rtl/reports/"]
)
def test_a_page_says_and_runs_right_to_left(visit, path):
    officer = visit("officer")
    officer.open(path)
    brand, tools = (
        officer.page.locator(f".masthead {part}").first.bounding_box()
        for part in (".brand", ".tools")
    )

    assert officer.page.locator("html").get_attribute("dir") == "rtl"
    assert brand["x"] > tools["x"]
    assert ill_laid(officer.page) == []


WORDS = """(pattern) => {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const words = walk.currentNode.data.match(new RegExp(pattern));
    if (!words) continue;
    const range = document.createRange();
    let at = words.index;
    found.push(words.slice(1).map(word => {
      at = walk.currentNode.data.indexOf(word, at);
      range.setStart(walk.currentNode, at);
      range.setEnd(walk.currentNode, at += word.length);
      return range.getBoundingClientRect().left;
    }));
  }
  return found;
}"""


def test_a_sentence_without_translation_keeps_its_leading_number_in_front(visit):
    officer = visit("officer")
    officer.open("/xx-rtl/programme/")

    places = officer.page.evaluate(WORDS, r"(\d+) (of) (\d+) (milestones) (done)")

    assert len(places) > 2
    assert places == [sorted(one) for one in places]


def test_tables_begin_on_the_right(visit):
    officer = visit("officer")
    officer.open("/xx-rtl/programme/milestones/")
    edges = officer.page.locator("#list > .scroll thead th").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().right)"
    )

    assert len(edges) > 3
    assert edges == sorted(edges, reverse=True)


@pytest.mark.parametrize("path", ["programme/timeline/", "programme/milestones/", ""])
def test_charts_are_drawn_as_in_english(visit, path):
    officer = visit("officer")
    drawn = {}
    for language in ("en", "xx-rtl"):
        officer.open(f"/{language}/{path}")
        drawn[language] = officer.page.locator("figure.chart svg").evaluate_all(
            "all => all.filter(e => e.getClientRects().length)"
            ".map(e => [getComputedStyle(e).direction, e.getAttribute('viewBox'),"
            " e.querySelectorAll('rect, line, path, circle, polygon').length])"
        )

    assert drawn["en"]
    assert {direction for direction, _box, _marks in drawn["xx-rtl"]} == {"ltr"}
    assert [marks for _direction, _box, marks in drawn["en"]] == [
        marks for _direction, _box, marks in drawn["xx-rtl"]
    ]


@pytest.mark.parametrize("path", ["programme/timeline/", "programme/milestones/"])
def test_no_word_of_a_chart_is_cut_off(visit, path):
    officer = visit("officer")
    officer.open(f"/xx-rtl/{path}")
    outside = officer.page.evaluate(
        """() => [...document.querySelectorAll("figure.chart svg")]
          .filter(e => e.getClientRects().length)
          .flatMap(svg => [...svg.querySelectorAll("text")].filter(text => {
            const box = text.getBoundingClientRect();
            return box.left < 0 || box.right > document.documentElement.clientWidth + 1;
          }).map(text => text.textContent))"""
    )

    assert outside == []


def test_sections_are_answered_right_to_left_without_script_on_a_phone(visit, house):
    phone = {"width": 390, "height": 844}
    hands = InLanguage(visit("lead", java_script_enabled=False, viewport=phone), "xx-rtl")
    lead = begun_questionnaire(hands, house, WithoutScript)
    (pk, *_rest) = house.row(STATE, lead.home.strip("/").rpartition("/")[2])
    before, answered, faults = house.row(ANSWERS, pk)[0], 0, []
    for slug in SECTIONS:
        answered += lead.fill(slug)
        assert lead.page.locator("html").get_attribute("dir") == "rtl"
        faults += ill_laid(lead.page)
    hands.go(lead.home)
    faults += ill_laid(lead.page)

    assert faults == []
    assert answered > 15
    assert house.row(ANSWERS, pk)[0] - before == answered
