"""The stories by keyboard alone: everything is reached, the focus is always seen."""

import pytest
from tests.journeys import stories
from tests.journeys.hands import Keyboard

HAS_JOBS = True


@pytest.fixture
def at_keyboard(visit):
    """`at_keyboard("officer")`: somebody without a mouse."""

    def begin(role=""):
        return Keyboard(visit(role))

    return begin


def test_skip_link_is_the_first_stop_and_leads_to_the_content(at_keyboard):
    hands = at_keyboard("officer")
    hands.go("/en/programme/")
    hands.page.keyboard.press("Tab")
    hands.look()
    first = hands.page.evaluate("document.activeElement.className")
    hands.page.keyboard.press("Enter")
    hands.page.keyboard.press("Tab")

    assert first == "skip"
    assert hands.page.evaluate("document.activeElement.closest('main') !== null")
    assert hands.unseen == []


def test_sign_in_by_code(at_keyboard, house):
    hands = at_keyboard()
    stories.sign_in_by_code(hands, house)

    assert hands.unseen == []
    assert hands.visit.faults == []


def test_record_a_completion(at_keyboard):
    hands = at_keyboard("officer")
    stories.record_a_completion(hands)

    assert hands.unseen == []


def test_answer_a_request(at_keyboard):
    officer, focal_point = at_keyboard("officer"), at_keyboard("focal_point")
    stories.ask_members(officer, "Name a contact")
    stories.answer_a_request(focal_point, "Name a contact")

    assert officer.unseen + focal_point.unseen == []


def test_plan_a_meeting(at_keyboard):
    hands = at_keyboard("officer")
    stories.plan_a_meeting(hands)

    assert hands.unseen == []


def test_start_and_issue_a_report(at_keyboard):
    officer, coordinator = at_keyboard("officer"), at_keyboard("coordinator")
    address = stories.start_a_report(officer)
    stories.issue_a_report(coordinator, address)
    # The page loads itself anew when the files are made.
    said = coordinator.page.get_by_text("Issued. Nothing in it changes any more").first
    said.wait_for(timeout=stories.UNTIL_MADE_MS)

    assert officer.unseen + coordinator.unseen == []


def test_error_summary_has_the_focus_and_leads_to_the_field(at_keyboard):
    hands = at_keyboard("officer")
    hands.go("/en/programme/meetings/new/")
    hands.press("Save")
    hands.page.wait_for_function("document.activeElement.id === 'errors'")
    hands.page.keyboard.press("Tab")
    hands.look()
    hands.page.keyboard.press("Enter")
    hands.look()

    assert hands.page.title().startswith("Error: ")
    assert hands.page.evaluate("document.activeElement.id") == "id_title"
    assert hands.unseen == []


@pytest.mark.parametrize(
    ("role", "path"),
    [("officer", "/en/"), ("officer", "/en/programme/timeline/"), ("officer", "/en/reports/new/"),
     ("coordinator", "/en/members/people/"), ("focal_point", "/en/programme/requests/"),
     ("administrator", "/en/status/")],
)  # fmt: skip
def test_every_stop_on_the_way_through_a_page_is_seen(at_keyboard, role, path):
    hands = at_keyboard(role)
    hands.go(path)
    stops = 0
    hands.page.keyboard.press("Tab")
    while hands.page.evaluate("document.activeElement !== document.body") and stops < 200:
        hands.look()
        stops += 1
        hands.page.keyboard.press("Tab")

    assert 5 < stops < 200
    assert hands.unseen == []
