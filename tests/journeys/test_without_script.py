"""The stories with JavaScript off: nothing needs it."""

import io

import openpyxl
import pytest
from tests.journeys import stories
from tests.journeys.hands import Mouse

HAS_JOBS = True
ASKINGS = 60


@pytest.fixture
def plain(visit):
    """`plain("officer")`: somebody whose browser runs no script."""

    def begin(role=""):
        return Mouse(visit(role, java_script_enabled=False))

    return begin


def test_sign_in_by_code(plain, house):
    stories.sign_in_by_code(plain(), house)


def test_record_a_completion(plain):
    stories.record_a_completion(plain("officer"))


def test_answer_a_request(plain):
    stories.ask_members(plain("officer"), "Name an office")
    stories.answer_a_request(plain("focal_point"), "Name an office")


def test_plan_a_meeting(plain):
    stories.plan_a_meeting(plain("officer"))


def test_issue_a_report_and_check_how_far_it_is(plain):
    officer, coordinator = plain("officer"), plain("coordinator")
    address = stories.start_a_report(officer)
    stories.issue_a_report(coordinator, address)
    page, asked = coordinator.page, 0
    while page.get_by_role("link", name="Check now").count():
        asked += 1
        assert asked < ASKINGS, "The report is not made."
        page.wait_for_timeout(1_000)
        coordinator.follow("Check now", "main")
    coordinator.go(address)

    coordinator.sees("Issued. Nothing in it changes any more")


def test_a_filter_answers_with_the_whole_page(plain):
    hands = plain("officer")
    hands.go("/en/programme/milestones/")
    before = hands.page.locator("#list tbody tr").count()
    hands.choose("Status", "Done")
    hands.press("Show")

    assert hands.page.locator(".masthead").count() == 1
    assert 0 < hands.page.locator("#list tbody tr").count() < before


def test_a_sheet_is_previewed_before_it_is_entered(plain, tmp_path):
    hands, sheet = plain("coordinator"), tmp_path / "organisations.xlsx"
    sheet.write_bytes(
        workbook([("name_en", "kind", "member"), ("Example agency", "government", "GEO")])
    )
    hands.go("/en/members/organisations/import/")
    hands.give("Sheet", sheet)
    hands.press("Show the preview")
    hands.sees("New: 1.")
    hands.sees("Example agency")
    hands.press("Enter the organisations")
    hands.go("/en/members/organisations/")

    hands.sees("Example agency")


def workbook(rows) -> bytes:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


def test_the_menu_and_the_choice_of_language_open_on_a_phone(plain):
    hands = plain("officer")
    hands.page.set_viewport_size({"width": 390, "height": 800})
    hands.go("/en/programme/")
    hands.page.locator(".menu > summary").click()
    hands.page.locator(".menu .choice summary").click()
    hands.page.locator(".menu .choice a[hreflang=ru]").click()

    assert hands.visit.path() == "/ru/programme/"
    assert hands.page.locator("html").get_attribute("lang") == "ru"
