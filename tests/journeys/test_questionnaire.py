"""The real questionnaire of readiness over a weak line: lead and delegate fill 14 sections, the line is
cut in the middle, it is signed and cleared, then one answer is asked back and corrected.
"""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys import stories
from tests.journeys.hands import Mouse
from tests.journeys.looking import Line
from tests.journeys.questionnaire import (
    BEGUN,
    ROWS,
    STANDS,
    STATE,
    ask_back,
    begun_questionnaire,
    clear,
    sign,
)

HAS_JOBS = True
FILLED = 14
PLATFORMS, ATTENDED = "/data/events/platforms_used", "/data/events/attended"
SPEED, PROVIDER = "/data/connection/contract_down", "/data/connection/provider"
HEAD = ("Nino Sample", "Head of the ICT office")


def on_a_weak_line(visit_) -> Mouse:
    """256 kbit/s, 400 ms, a slow machine."""
    hands = Mouse(visit_)
    hands.line = Line(hands.page)
    hands.line.slow_down()
    return hands


@pytest.fixture
def lead(visit, house):
    """The agency's lead, who signed in by a code on a computer of their own."""
    hands = on_a_weak_line(visit())
    hands.go("/en/")
    hands.follow("Sign in")
    hands.tick("This is my own computer")
    stories.ask_and_write_the_code(hands, house, house.row(BEGUN)[0])
    hands.page.wait_for_url(re.compile(r"/en/$"))
    return begun_questionnaire(hands, house)


def give_a_part(lead, part: str) -> None:
    lead.hands.go(f"{lead.home}delegate/")
    lead.hands.pick("Parts", part)
    lead.hands.pick("To whom", "Sample contributor (agency A, Georgia)")
    lead.hands.pick("What they may do", "Answer for us")
    lead.hands.press("Give it")
    lead.hands.sees("Sample contributor")


def fill_the_part(delegate, slug: str) -> None:
    """The delegate accepts, sees and fills the part alone, and gives it back."""
    delegate.hands.follow("See the part and answer", "main")
    delegate.hands.press("Accept")
    delegate.hands.go(delegate.home)
    assert delegate.sections() == [slug]
    delegate.fill(slug)
    delegate.hands.go(delegate.home)
    delegate.hands.follow("See the part and answer", "main")
    delegate.hands.press("Give it back, it is done")
    delegate.hands.sees("You gave your part back")


def lose_the_line(lead) -> None:
    """Type without a line, close the browser's tab, come back: the text is there and is sent."""
    lead.open("events")
    lead.hands.line.slow_down(is_cut=True)
    lead.write(ATTENDED, "17")
    lead.page.check(f"[name='{PLATFORMS}'][value='webex']")
    expect(lead.page.locator("[data-status]")).to_have_text("Not sent yet: 2")
    lead.page.close(run_before_unload=True)
    lead.reopened()
    lead.hands.line = Line(lead.page)
    lead.hands.line.slow_down()
    lead.open("events")
    expect(lead.page.locator(f"[name='{ATTENDED}']")).to_have_value("17")
    expect(lead.page.locator(f"[name='{PLATFORMS}'][value='webex']")).to_be_checked()
    lead.is_saved()


def attach(lead, slug: str, name: str, file) -> None:
    lead.open(slug)
    lead.page.set_input_files(f"[type=file][name='{name}']", file)
    lead.hands.press("Save")
    lead.hands.sees(file.name)


def correct(lead, value: str) -> None:
    """The question of the secretariat opens its answer and nothing else."""
    lead.hands.go(f"{lead.home}asked/")
    lead.hands.follow("Change the answer", "main")
    lead.page.wait_for_url(re.compile("/s/connection/"))
    takes = lead.page.locator("[data-answer]:visible")  # a hidden one a correction may yet open
    assert takes.evaluate_all("all => all.map(one => one.name)") == [SPEED]
    lead.write(SPEED, value)
    lead.page.keyboard.press("Tab")
    lead.is_saved()
    lead.hands.go(f"{lead.home}asked/")
    lead.hands.press("It is answered")
    lead.hands.sees("Answered")


def test_fourteen_sections_by_two_people(lead, visit, house, tmp_path):
    give_a_part(lead, "Connection")
    delegate = begun_questionnaire(on_a_weak_line(visit("contributor")), house)
    fill_the_part(delegate, "connection")
    lose_the_line(lead)
    sections = lead.sections()
    for slug in sections:
        lead.fill(slug)
    assert [ref for slug in sections for ref in lead.left(slug)] == []
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4 a letter of the agency")
    attach(lead, "sign_off", "/data/sign_off/letter", letter)
    lead.hands.go(f"{lead.home}hand-in/")
    lead.hands.press("Hand in")
    sign(lead.hands, lead.home, *HEAD)
    number = lead.home.strip("/").rpartition("/")[2]
    pk, state, share = house.row(STATE, number)

    assert (len(sections), state, round(share, 3)) == (FILLED, "signed", 0.994)
    assert house.row(STANDS, pk, ATTENDED) == ("17", "web")
    assert house.row(STANDS, pk, PROVIDER) == ("As usual here", "web")
    assert delegate.hands.visit.faults == []
    assert [fault for fault in lead.hands.visit.faults if "DISCONNECTED" not in fault] == []

    officer, focal_point = Mouse(visit("officer")), Mouse(visit("focal_point"))
    clear(focal_point, lead.home)
    ask_back(officer, lead.home, SPEED)
    correct(lead, "9")
    sign(lead.hands, lead.home, *HEAD)
    clear(focal_point, lead.home)

    assert house.row(STANDS, pk, SPEED) == ("9", "web")
    assert house.row(ROWS, pk, SPEED) == (2,)
    assert house.row(STATE, number)[1] == "cleared"
