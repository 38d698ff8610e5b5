"""Nothing typed is lost: double sending, back button, ended session, lost line, two editors."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys import stories
from tests.journeys.hands import Mouse

KEEPS_LEFT_PAGES = True
NEW_MEETING = "/en/programme/meetings/new/"
COUNT = "SELECT count(*) FROM programme_meeting WHERE title LIKE ?"


@pytest.fixture
def officer(visit):
    return Mouse(visit("officer"))


def write_a_meeting(hands, title: str) -> None:
    hands.go(NEW_MEETING)
    hands.write("Title", title)
    hands.write_day("Day", "2021-09-15")
    hands.write_time("Begins at", "14:30")


def kept(house, title: str) -> int:
    (count,) = house.row(COUNT, f"%{title}%")
    return count


def test_a_double_click_saves_once(officer, house):
    write_a_meeting(officer, "Clicked twice")
    officer.button("Save").dblclick()
    officer.sees("Clicked twice")
    officer.page.wait_for_load_state()

    assert kept(house, "Clicked twice") == 1


def test_the_back_button_and_save_again_show_the_first_result(officer, house):
    write_a_meeting(officer, "Sent and back")
    officer.press("Save")
    officer.sees("The meeting is planned.")
    officer.page.evaluate("history.back()")
    expect(officer.field("Title")).to_have_value("Sent and back")
    officer.press("Save")
    officer.sees("This was sent before. Here is the first result.")

    assert kept(house, "Sent and back") == 1


def test_text_is_back_after_the_session_ended(officer, house):
    write_a_meeting(officer, "Typed for an hour")
    officer.visit.context.clear_cookies(name="sessionid")
    officer.press("Save")
    officer.page.wait_for_url(re.compile("/members/sign-in/"))
    (email,) = house.row(stories.OFFICER)
    stories.ask_and_write_the_code(officer, house, email)
    officer.page.wait_for_url(re.compile(NEW_MEETING))
    officer.sees("Your text is back in the form. It is not saved yet.")
    expect(officer.field("Title")).to_have_value("Typed for an hour")
    expect(officer.field("Day")).to_have_value("2021-09-15")
    before = kept(house, "Typed for an hour")
    officer.press("Save")
    officer.sees("The meeting is planned.")

    assert (before, kept(house, "Typed for an hour")) == (0, 1)


def test_a_form_sent_without_a_line_arrives_once_when_it_is_back(officer, house):
    write_a_meeting(officer, "Sent into the dark")
    officer.visit.context.set_offline(True)
    officer.button("Save").click(no_wait_after=True)
    officer.page.wait_for_url(re.compile("chrome-error|/new/"))
    officer.page.wait_for_timeout(500)
    before = kept(house, "Sent into the dark")
    officer.visit.context.set_offline(False)
    officer.page.reload()
    officer.sees("The meeting is planned.")

    assert (before, kept(house, "Sent into the dark")) == (0, 1)


def test_what_is_typed_without_a_line_stays_and_is_sent_later(officer, house):
    officer.go(NEW_MEETING)
    officer.visit.context.set_offline(True)
    officer.write("Title", "Typed in a tunnel")
    officer.write_day("Day", "2021-09-15")
    officer.write_time("Begins at", "14:30")
    officer.visit.context.set_offline(False)
    officer.press("Save")
    officer.sees("The meeting is planned.")

    assert kept(house, "Typed in a tunnel") == 1


def test_two_editors_see_both_texts(visit, house):
    (run,) = house.row("SELECT public_id FROM reports_run WHERE state = 'draft' ORDER BY id")
    first, second = Mouse(visit("officer")), Mouse(visit("coordinator"))
    for hands in (first, second):
        hands.go(f"/en/reports/{run}/")
        hands.page.locator("#narrative a").first.click()
    first.page.locator("#id_text_en").fill("The first editor's sentence.")
    second.page.locator("#id_text_en").fill("The second editor's sentence.")
    first.press("Save the text")
    first.sees("The text is saved.")
    second.press("Save the text")
    second.sees("Somebody saved this text while you were writing")
    second.sees("The first editor's sentence.")

    expect(second.page.locator("#id_text_en")).to_have_value("The second editor's sentence.")
    second.press("Save the text")
    second.sees("The text is saved.")
