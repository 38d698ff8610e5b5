"""The page of a section: what it shows while one types, and that nothing typed is lost or sent twice."""

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import SWITCHES, chromium
from tests.surveys.browser.site import Site

SPEED, LINK, NOTE, COUNT = "/data/s/speed", "/data/s/has_link", "/data/s/note", "/data/s/n"
SOON_MS = 10_000
# Playwright itself types nothing while a page is being left.
TYPED_WHILE_LEAVING = """([ref, text]) => {
  const box = document.querySelector(`[data-ref="${ref}"] input[data-answer]`);
  location.reload();
  setTimeout(() => { box.value = text; box.dispatchEvent(new Event("input", { bubbles: true })); }, 200);
}"""


@pytest.fixture
def site():
    found = Site()
    yield found
    found.close()


@pytest.fixture
def profile(playwright_tool, tmp_path):
    """`profile()` opens the browser on a profile that stays; closing it closes the browser."""
    opened = []

    def start():
        context = playwright_tool.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium(), args=SWITCHES
        )
        context.set_default_timeout(SOON_MS)
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


@pytest.fixture
def page(profile, site):
    return visit(profile(), site)


def visit(context, site):
    page = context.new_page()
    page.goto(site.address)
    return page


def block(page, ref):
    return page.locator(f'[data-ref="{ref}"]')


def answer(page, ref):
    return block(page, ref).locator("input[data-answer]")


def saved(page):
    expect(page.locator("[data-status]")).to_have_text("All is saved.", timeout=SOON_MS)


def nothing_waits(page):
    page.wait_for_function(
        "() => Object.values(localStorage).every(one => JSON.parse(one).isSaved)"
    )


def choose(page, ref, value):
    block(page, ref).locator(f'input[value="{value}"]').check()


# ---------------------------------------------------------------------- while one types


def test_a_question_opens_and_closes_and_keeps_its_text(page):
    expect(block(page, SPEED)).to_be_hidden()

    choose(page, LINK, "yes")
    answer(page, SPEED).fill("12,5")
    answer(page, SPEED).blur()

    expect(block(page, SPEED).locator("[data-required]")).to_be_visible()
    expect(block(page, "/data/s/double").locator("output")).to_have_text("25")

    choose(page, LINK, "no")

    expect(block(page, SPEED)).to_be_hidden()
    expect(block(page, "/data/s/double")).to_be_hidden()
    assert answer(page, SPEED).input_value() == "12,5"
    assert answer(page, NOTE).get_attribute("readonly") == ""


def test_what_opens_is_announced_once(page):
    choose(page, LINK, "yes")

    expect(page.locator("[data-announce]")).to_have_text("Questions opened: 1")


def test_a_broken_constraint_is_said_when_the_field_is_left_and_taken_back(page):
    choose(page, LINK, "yes")
    issue = block(page, SPEED).locator("[data-issue]")

    answer(page, SPEED).press_sequentially("5000")

    expect(issue).to_have_text("")

    answer(page, SPEED).blur()

    expect(issue).to_have_text("Below 1,000, please.")
    expect(page.locator("[data-announce]")).to_have_text("Below 1,000, please.")
    assert answer(page, SPEED).get_attribute("aria-invalid") == "true"

    answer(page, SPEED).fill("500")
    answer(page, SPEED).blur()

    expect(issue).to_have_text("")
    assert answer(page, SPEED).get_attribute("aria-invalid") == "false"


def test_choices_follow_another_answer_but_a_chosen_one_stays(page):
    cities = block(page, "/data/s/city")

    choose(page, "/data/s/country", "kz")

    expect(cities.locator('[data-choice="almaty"]')).to_be_visible()
    expect(cities.locator('[data-choice="tashkent"]')).to_be_hidden()

    choose(page, "/data/s/city", "almaty")
    choose(page, "/data/s/country", "uz")

    expect(cities.locator('[data-choice="tashkent"]')).to_be_visible()
    expect(cities.locator('[data-choice="almaty"]')).to_be_visible()


def test_entries_hide_and_come_back_and_more_are_asked_for(page, site):
    answer(page, COUNT).fill("2")
    answer(page, COUNT).blur()

    expect(page.locator("[data-more]")).to_be_visible()

    saved(page)
    page.reload()
    entries = page.locator('[data-ref^="/data/s/r@"]')

    expect(entries).to_have_count(2)
    expect(entries.nth(0).locator("[data-required]")).to_be_hidden()

    entries.nth(1).locator("input[data-answer]").fill("second")
    answer(page, COUNT).fill("1")
    answer(page, COUNT).blur()

    expect(entries.nth(0)).to_be_visible()
    expect(entries.nth(1)).to_be_hidden()

    answer(page, COUNT).fill("2")
    answer(page, COUNT).blur()

    expect(entries.nth(1)).to_be_visible()
    assert entries.nth(1).locator("input[data-answer]").input_value() == "second"


# ---------------------------------------------------------------------- saving


def test_a_change_is_saved_once_and_what_only_the_server_knows_comes_back(page, site):
    answer(page, NOTE).press_sequentially("one line", delay=20)

    saved(page)

    assert site.arrived == [(NOTE, "one line")]
    expect(block(page, "/data/s/digest").locator("output")).to_have_text(
        site.value("/data/s/digest")
    )
    assert len(site.value("/data/s/digest")) == 32
    assert block(page, NOTE).locator("[data-base]").input_value() == "1"

    answer(page, NOTE).fill("two lines")
    saved(page)
    nothing_waits(page)

    assert site.arrived == [(NOTE, "one line"), (NOTE, "two lines")]


def test_an_answer_that_gets_lost_on_its_way_back_is_not_written_twice(page, site):
    site.mode = "mute"
    answer(page, NOTE).fill("first")
    expect(page.locator("[data-status]")).to_have_text("Not sent: 1")
    answer(page, NOTE).fill("second")

    site.mode = ""
    saved(page)

    assert site.arrived == [(NOTE, "first"), (NOTE, "second")]
    assert page.locator(".conflict").count() == 0


def test_a_cut_line_keeps_and_counts_what_is_typed_and_sends_it_when_it_is_back(page, site):
    page.context.set_offline(True)
    answer(page, NOTE).fill("offline")
    choose(page, LINK, "yes")

    expect(page.locator("[data-status]")).to_have_text("Not sent: 2")
    assert site.arrived == []

    page.context.set_offline(False)
    saved(page)

    assert sorted(site.arrived) == [(LINK, "yes"), (NOTE, "offline")]


def test_unsent_text_survives_closing_the_browser_and_is_sent_once(profile, site):
    context = profile()
    page = visit(context, site)
    site.mode = "broken"
    answer(page, NOTE).fill("before the end")
    expect(page.locator("[data-status]")).to_have_text("Not sent: 1")
    context.close()

    site.mode = ""
    again = visit(profile(), site)

    expect(answer(again, NOTE)).to_have_value("before the end")
    saved(again)
    again.reload()
    expect(answer(again, NOTE)).to_have_value("before the end")
    assert site.arrived == [(NOTE, "before the end")]


def test_closing_the_page_sends_what_was_just_typed(profile, site):
    context = profile()
    context.new_page()
    page = visit(context, site)
    answer(page, NOTE).fill("last word")

    page.close(run_before_unload=True)
    context.pages[0].wait_for_timeout(1000)

    assert site.arrived == [(NOTE, "last word")]


def test_nothing_stays_behind_on_a_shared_computer(profile, site):
    site.is_own = False
    context = profile()
    page = visit(context, site)
    site.mode = "broken"
    answer(page, NOTE).fill("for no one else")
    expect(page.locator("[data-status]")).to_have_text("Not sent: 1")

    page.reload()
    expect(answer(page, NOTE)).to_have_value("for no one else")
    context.close()
    again = visit(profile(), site)

    assert answer(again, NOTE).input_value() == ""
    assert again.evaluate("() => [localStorage.length, sessionStorage.length]") == [0, 0]


def test_another_persons_queue_is_left_alone(profile, site):
    page = visit(profile(), site)
    site.mode = "broken"
    answer(page, NOTE).fill("mine")
    expect(page.locator("[data-status]")).to_have_text("Not sent: 1")

    site.person = "8:12"
    page.reload()
    site.mode = ""

    assert answer(page, NOTE).input_value() == ""
    page.wait_for_timeout(2000)
    assert site.arrived == []


def test_two_tabs_send_once_and_know_each_others_answers(profile, site):
    context = profile()
    one, other = visit(context, site), visit(context, site)
    answer(one, NOTE).fill("from one")
    other.bring_to_front()
    saved(one)
    expect(block(other, NOTE).locator("[data-base]")).to_have_value("1")

    answer(other, NOTE).fill("from the other")
    expect(block(other, NOTE).locator("[data-base]")).to_have_value("2", timeout=SOON_MS)

    assert site.arrived == [(NOTE, "from one"), (NOTE, "from the other")]
    assert other.locator(".conflict").count() == 0


@pytest.mark.parametrize("newest", ["second", "from another"])
def test_a_page_asked_for_before_an_answer_was_saved_shows_it(page, site, newest):
    answer(page, NOTE).fill("first")
    saved(page)
    with site.written_but_held():
        page.evaluate(TYPED_WHILE_LEAVING, [NOTE, "second"])
        site.has_saved("second")
        if newest != "second":
            site.write(NOTE, newest)
            site.rewrite()
    expect(answer(page, NOTE)).to_have_value(newest)
    expect(block(page, NOTE).locator("[data-base]")).to_have_value(str(site.bases[NOTE]))
    assert page.evaluate("() => localStorage.length") == 0

    answer(page, NOTE).fill("third")
    saved(page)

    assert site.arrived == [(NOTE, "first"), (NOTE, "second"), (NOTE, "third")]
    assert page.locator(".conflict").count() == 0


def test_what_is_saved_is_forgotten_after_a_minute(profile, site):
    context = profile()
    context.clock.install()
    page = visit(context, site)
    answer(page, NOTE).fill("once")
    page.clock.run_for(1500)
    saved(page)
    assert page.evaluate("() => localStorage.length") == 1

    page.clock.run_for(60_000)

    assert page.evaluate("() => localStorage.length") == 0


def test_a_lost_sign_in_is_said_and_nothing_is_lost(page, site):
    site.mode = "signed out"
    answer(page, NOTE).fill("kept")

    expect(page.locator("[data-status]")).to_have_text("Sign in again.", timeout=SOON_MS)

    site.mode = ""
    page.reload()
    expect(answer(page, NOTE)).to_have_value("kept")
    saved(page)
    assert site.arrived == [(NOTE, "kept")]


@pytest.mark.parametrize(("decide", "left"), [("mine", "my text"), ("theirs", "their text")])
def test_a_conflict_stands_beside_the_question_until_it_is_decided(page, site, decide, left):
    site.write(NOTE, "their text")
    answer(page, NOTE).fill("my text")
    box = block(page, NOTE).locator(".conflict")

    expect(box).to_be_visible(timeout=SOON_MS)
    assert box.locator("[data-slot]").all_text_contents() == [
        "my text", "their text", "Aigul", "today",
    ]  # fmt: skip
    assert site.value(NOTE) == "their text"
    expect(page.locator("[data-status]")).to_have_text("Not sent: 1")

    box.locator(f'[data-decide="{decide}"]').click()

    expect(box).to_have_count(0)
    expect(answer(page, NOTE)).to_have_value(left)
    nothing_waits(page)
    assert site.value(NOTE) == left


@pytest.mark.parametrize(
    ("mode", "why"),
    [("", "“about 20” is not a number."), ("locked", "The form is signed.")],
)
def test_a_refused_answer_stays_in_its_box_with_the_reason(page, site, mode, why):
    site.mode = mode

    answer(page, COUNT).fill("about 20")

    expect(block(page, COUNT).locator("[data-issue]")).to_have_text(why, timeout=SOON_MS)
    assert answer(page, COUNT).input_value() == "about 20"
    assert answer(page, COUNT).get_attribute("aria-invalid") == "true"


def test_a_refused_text_waits_with_its_reason_over_a_reload_until_it_is_typed_anew(page, site):
    answer(page, COUNT).fill("about 20")
    issue, why = block(page, COUNT).locator("[data-issue]"), "“about 20” is not a number."
    expect(issue).to_have_text(why, timeout=SOON_MS)
    expect(page.locator("[data-status]")).to_have_text("Not sent: 1")

    page.reload()

    expect(issue).to_have_text(why)
    assert answer(page, COUNT).input_value() == "about 20"
    answer(page, COUNT).fill("20")
    nothing_waits(page)
    assert site.value(COUNT) == "20"
    assert answer(page, COUNT).input_value() == "20"


def test_what_breaks_a_rule_is_still_said_after_a_reload_before_it_was_sent(page, site):
    choose(page, LINK, "yes")
    saved(page)
    site.mode = "broken"
    answer(page, SPEED).fill("5000")
    expect(page.locator("[data-status]")).to_have_text("Not sent: 1")

    page.reload()

    expect(block(page, SPEED).locator("[data-issue]")).to_have_text("Below 1,000, please.")
    assert answer(page, SPEED).get_attribute("aria-invalid") == "true"
