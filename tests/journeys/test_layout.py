"""Where the main boxes stand at three widths, to the pixel; why not pictures: decisions/0014."""

import pytest

PHONE, TABLET, DESK = 390, 768, 1280
# (left, width) inside the gutters: 16 on a phone, 32 from 768 on; the page is 1,216 wide at most.
INNER = {PHONE: (16, 358), TABLET: (32, 704), DESK: (64, 1152)}
BOX = "e => { const b = e.getBoundingClientRect(); return [Math.round(b.left), Math.round(b.width)]; }"
TOPS = "all => all.map(e => Math.round(e.getBoundingClientRect().top))"
LEFTS = "all => all.map(e => Math.round(e.getBoundingClientRect().left))"
PAGES = ["/en/programme/", "/en/styleguide/"]


@pytest.fixture
def officer(visit):
    return visit("officer")


def at(officer, width, path):
    officer.page.set_viewport_size({"width": width, "height": 900})
    officer.open(path)
    return officer.page


def box(page, selector):
    return tuple(page.locator(selector).first.evaluate(BOX))


@pytest.mark.parametrize("width", INNER)
@pytest.mark.parametrize("path", PAGES)
def test_head_content_and_foot_share_their_edges(officer, path, width):
    page = at(officer, width, path)
    left, inner = INNER[width]

    assert box(page, "main > .head") == (left, inner)
    assert box(page, ".masthead .brand")[0] == left
    assert box(page, ".foot > div > *")[0] == left


@pytest.mark.parametrize(("width", "is_wide"), [(PHONE, False), (TABLET, True), (DESK, True)])
def test_sections_stand_in_the_masthead_or_in_the_menu(officer, width, is_wide):
    page = at(officer, width, "/en/programme/")

    assert page.locator(".masthead .sections.wide").is_visible() is is_wide
    assert page.locator(".masthead .menu > summary").is_visible() is not is_wide


@pytest.mark.parametrize(("width", "is_beside"), [(PHONE, False), (TABLET, False), (DESK, True)])
def test_columns_stand_side_by_side_where_there_is_room(officer, width, is_beside):
    page = at(officer, width, "/en/styleguide/")
    columns = page.locator(".columns").first.locator("> *")
    tops, lefts = columns.evaluate_all(TOPS), columns.evaluate_all(LEFTS)

    assert len(tops) >= 2
    assert (len(set(tops)) == 1) is is_beside
    assert (len(set(lefts)) == 1) is not is_beside


@pytest.mark.parametrize(
    ("width", "display"), [(PHONE, "grid"), (TABLET, "table-row"), (DESK, "table-row")]
)
def test_a_table_is_a_list_on_a_phone(officer, width, display):
    page = at(officer, width, "/en/programme/milestones/")
    row = page.locator("#list > .scroll tbody tr").first

    assert row.evaluate("e => getComputedStyle(e).display") == display
    assert box(page, "#list > .scroll")[0] == INNER[width][0]


@pytest.mark.parametrize("width", INNER)
def test_the_way_from_head_to_content_is_even(officer, width):
    """The blocks of a page follow one another at one distance."""
    page = at(officer, width, "/en/programme/milestones/")
    gaps = page.locator("main > *").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect())"
        ".map((box, n, boxes) => n ? Math.round(box.top - boxes[n - 1].bottom) : null).slice(1)"
    )

    assert len(gaps) >= 3
    assert len(set(gaps)) == 1
