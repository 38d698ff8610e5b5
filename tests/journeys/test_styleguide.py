"""The component page in a real Chromium: axe, nothing cut, focus, poll, print, without script."""

import pytest
from tests.journeys.looking import axe_faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either_engine]
WIDTHS = (320, 390, 768, 1280)
LOOKS = ("?theme=light", "?theme=dark", "?theme=light&direction=rtl", "?theme=dark&direction=rtl")


@pytest.fixture
def staff_address(live_server, browser_context, people, signed_in):
    """The component page, opened as an officer."""
    client = signed_in(people["officer"])
    browser_context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return f"{live_server.url}/en/styleguide/"


@pytest.fixture
def browser_context(browser):
    context = browser.new_context()
    yield context
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(staff_address, browser_context, look):
    page = browser_context.new_page()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(staff_address + look)

        assert answer.status == 200
        assert (width, axe_faults(page)) == (width, [])


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(staff_address, browser_context, width):
    page = browser_context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(staff_address)

    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_state_of_many_words_wraps_on_a_phone(staff_address, browser_context):
    page = browser_context.new_page()
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(staff_address)

    page.locator("p > .state").first.evaluate("one => one.append(' waits for its seal'.repeat(6))")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_page_breaks_no_rule_of_content(staff_address, browser_context):
    page = browser_context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(staff_address)
    page.wait_for_timeout(300)

    assert said == []


def test_error_summary_has_the_focus(staff_address, browser_context):
    page = browser_context.new_page()
    page.goto(staff_address + "form/")
    page.wait_for_function("document.activeElement.id === 'errors'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "id_speed"
    assert page.title().startswith("Error: ")
    assert axe_faults(page) == []


def test_long_job_asks_by_itself(staff_address, browser_context):
    page = browser_context.new_page()
    page.goto(staff_address)
    page.wait_for_selector("#job-example:has-text('5 of 11 members')", timeout=8_000)


def test_targets_are_large_enough(staff_address, browser_context):
    page = browser_context.new_page()
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(staff_address)
    small = page.evaluate(
        "[...document.querySelectorAll('.button, .option, summary, .todos li, select')]"
        ".filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44)"
        ".map(e => e.outerHTML.slice(0, 80))"
    )

    assert small == []


def test_phone_menu_opens_without_script(staff_address, browser_context):
    context = browser_context.browser.new_context(
        java_script_enabled=False, storage_state=browser_context.storage_state()
    )
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(staff_address)
    page.locator(".menu > summary").click()

    assert page.locator(".menu .tools summary").is_visible()


def test_print_shows_no_chrome(staff_address, browser_context):
    page = browser_context.new_page()
    page.goto(staff_address)
    page.emulate_media(media="print")

    assert [page.locator(part).first.is_visible() for part in (".masthead", ".foot", "h1")] == [
        False, False, True,
    ]  # fmt: skip
