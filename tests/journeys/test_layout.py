"""Where the main boxes stand at three widths, to the pixel; why not pictures: decisions/0014."""

import pytest

PHONE, TABLET, DESK = 390, 768, 1280
# (left, width) of what the style sheet places without asking the fonts: gutters 16 to 32, page 1,216.
EDGES = {}
BOX = "e => { const b = e.getBoundingClientRect(); return [Math.round(b.left), Math.round(b.width)]; }"


@pytest.fixture
def officer(visit):
    return visit("officer")


def at(officer, width, path):
    officer.page.set_viewport_size({"width": width, "height": 900})
    officer.open(path)
    return officer.page


def box(page, selector):
    return tuple(page.locator(selector).first.evaluate(BOX))


@pytest.mark.parametrize(
    ("width", "inner"), [(PHONE, (16, 358)), (TABLET, (31, 706)), (DESK, (64, 1152))]
)
@pytest.mark.parametrize("path", ["/en/programme/", "/en/styleguide/"])
def test_head_content_and_foot_share_their_edges(officer, path, width, inner):
    page = at(officer, width, path)
    content = "main > *:first-child"

    assert {
        part: box(page, part)[0] for part in (".masthead .brand", content, ".foot .wrap > *")
    } == dict.fromkeys((".masthead .brand", content, ".foot .wrap > *"), inner[0])
    assert box(page, "main > .head")[1] == inner[1]


@pytest.mark.parametrize(("width", "is_wide"), [(PHONE, False), (TABLET, False), (DESK, True)])
def test_sections_stand_in_the_masthead_or_in_the_menu(officer, width, is_wide):
    page = at(officer, width, "/en/programme/")

    assert page.locator(".masthead .sections.wide").is_visible() is is_wide
    assert page.locator(".masthead .menu").is_visible() is not is_wide
