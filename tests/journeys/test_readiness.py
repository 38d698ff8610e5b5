"""Readiness in one walk by all its roles, by hand from the questionnaire to the report.

A round is answered and cleared, a line tested, the office scored, asked back about, agreed and
confirmed; advice is taken up, three budgets are planned, one thing is delivered, proved by new
answers and a new test; the report has a page for each of more than forty offices.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.journeys import readiness
from tests.journeys.hands import Mouse
from tests.journeys.questionnaire import ask_back, begun_questionnaire, clear, sign

HAS_JOBS = True
MANILA = ZoneInfo("Asia/Manila")
HEAD = ("Nino Sample", "Head of the ICT office")
AGENCY = "sample-agency-a-geo"
LEFT_OUT, BY_PHONE = "/data/people/operator_kind", "/data/seats/phone_only_share"
TAKEN_UP, DECLINED = "EQP-4", "PLB-4"
BUDGETS = (5_000, 20_000, 60_000)
LEFT_TO_SHOW, OFFICES_IN_REPORT = 2, 40
NAME = "As usual here"
OF_AN_OFFICE, NOT_FOUND = "Results as of", "404"
RUNS_OF_THE_WALK = 2
SLOW_MS = 180_000  # a report of so many offices is counted anew when it is started
RUNS = (
    "SELECT count(*) FROM readiness_proberun run JOIN readiness_office office"
    " ON office.id = run.office_id WHERE office.public_id = ? AND ticket_id IS NOT NULL"
)
DELIVERED = "SELECT state, verified_by_id IS NOT NULL FROM readiness_provision WHERE public_id = ?"


@pytest.fixture
def point(house):
    """A test point beside the house."""
    found = readiness.Point(house)
    yield found
    found.close()


@pytest.fixture
def people(visit):
    """Everybody of the walk, each in a browser of their own."""
    roles = {
        "officer": "officer", "lead": "lead", "focal_point": "focal_point", "expert": "expert",
        "partner": "partner", "administrator": "administrator", "coordinator": "coordinator",
        "supplier": "Sample supplier",
    }  # fmt: skip
    return {name: Mouse(visit(role)) for name, role in roles.items()}


def answered(lead, tmp_path) -> None:
    """The agency answers the round, but for one question."""
    for slug in lead.sections():
        lead.fill(slug, but=(LEFT_OUT,))
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4 a letter of the agency")
    lead.attach("sign_off", "/data/sign_off/letter", letter)
    lead.hands.go(f"{lead.home}hand-in/")
    lead.hands.press("Hand in")


def signed_and_cleared(lead, focal_point) -> None:
    sign(lead.hands, lead.home, *HEAD)
    clear(focal_point, lead.home)


def planned(officer) -> list[tuple[str, float, float]]:
    """Plan three budgets: more money never buys less, and the simple list is never better."""
    plans = [readiness.plan(officer, f"Walk, {one}", one) for one in BUDGETS]
    values = [value for _address, value, _simple in plans]
    assert values == sorted(values)
    assert values[-1] > values[0]
    assert all(value >= simple for _address, value, simple in plans)
    officer.go(plans[0][0])
    officer.sees("What each budget buys")
    officer.sees("Hosts by the simple list")
    return plans


def delivered(people, office: str) -> str:
    """Have what was advised delivered and installed; return the delivery's address."""
    officer = people["officer"]
    officer.go(f"{readiness.OFFICES}{office}/")
    readiness.advice(officer, TAKEN_UP).get_by_role("link", name="Have it delivered").click()
    officer.press("Propose it")
    officer.go(f"{readiness.OFFICES}{office}/")
    officer.follow("Wired computers for speakers", "main section:has(h2:text-is('Deliveries'))")
    officer.sees("Proposed")
    address = officer.visit.path()
    officer.follow("Supplier and serial numbers", "main")
    officer.choose("Supplier", "Sample supplier")
    officer.write("Serial numbers", "PC-0001")
    officer.press("Save")
    for who, verb, word in (
        ("focal_point", "The country agrees", "Agreed"),
        ("officer", "It is ordered", "Ordered"),
        ("supplier", "It is delivered", "Delivered"),
        ("officer", "It is installed", "Installed"),
    ):
        readiness.move(people[who], address, verb, word)
    return address


def proved(people, form, office: str, address: str) -> None:
    """What was answered before does not prove it; new answers and a new test do."""
    officer, lead = people["officer"], people["lead"]
    ask_back(officer, form.home, BY_PHONE)
    form.correct(BY_PHONE, "0")
    signed_and_cleared(form, people["focal_point"])
    readiness.run_a_test(lead, office, "By Wi-Fi")
    readiness.wait_for(officer, f"{readiness.OFFICES}{office}/", "Score it")
    readiness.score(officer, office)
    readiness.confirm(officer, lead, office)
    officer.go(address)
    officer.press("Check the promise")
    officer.sees("The new test shows what was promised.")
    readiness.move(officer, address, "Close it", "Closed")


def looked_at(people, office: str) -> None:
    """An expert of the country reads the results; partner and administrator find no such page."""
    address = f"{readiness.OFFICES}{office}/"
    expert = people["expert"]
    expert.go(address)
    expert.sees("Confirmed")
    expert.sees("Four dimensions")
    for who in ("partner", "administrator"):
        assert people[who].visit.open(address).status == 404, who


def reported(people) -> list[str]:
    """Build the report for the secretariat; a coordinator reads it; return the text of each page."""
    officer, coordinator = people["officer"], people["coordinator"]
    officer.page.set_default_timeout(SLOW_MS)
    coordinator.page.set_default_timeout(SLOW_MS)
    officer.go("/en/reports/")
    officer.follow("Build a report", "main")
    officer.pick("Which report?", "Assessment report on virtual events")
    officer.write_day("As of which day?", datetime.now(MANILA).date().isoformat())
    officer.pick("Who will read it?", "Secretariat only")
    officer.press("Start the report")
    officer.sees("The report is started.")
    address = officer.visit.path()
    officer.press("Send to review")
    coordinator.go(address)
    coordinator.sees("Clear the report")
    return readiness.pages_of(officer, address)


def test_from_the_questionnaire_to_the_report(people, house, point, tmp_path):
    officer, focal_point, lead = people["officer"], people["focal_point"], people["lead"]
    form = begun_questionnaire(lead, house)
    answered(form, tmp_path)
    signed_and_cleared(form, focal_point)
    readiness.wait_for(officer, f"{readiness.OFFICES}?country=GEO", NAME)
    (office,) = house.row(readiness.OFFICE, AGENCY)

    readiness.open_a_point(officer, point.port)
    readiness.run_a_test(lead, office, "By cable")
    readiness.score(officer, office)
    readiness.ask_about(officer, office, "How are they assigned?")
    form.correct(LEFT_OUT, "named")
    signed_and_cleared(form, focal_point)
    readiness.wait_for(officer, f"{readiness.OFFICES}{office}/", "Score it")
    readiness.score(officer, office)
    readiness.confirm(officer, lead, office)
    officer.press("Put the chosen advice before the agency")
    readiness.decide(lead, office, TAKEN_UP, DECLINED)
    planned(officer)
    address = delivered(people, office)
    proved(people, form, office, address)
    looked_at(people, office)
    assert readiness.show_the_rest(officer) == LEFT_TO_SHOW
    pages = reported(people)

    number = address.strip("/").rpartition("/")[2]
    assert house.row(DELIVERED, number) == ("closed", 1)
    assert house.row(RUNS, office) == (RUNS_OF_THE_WALK,)
    assert len(pages) >= OFFICES_IN_REPORT
    assert sum(OF_AN_OFFICE in page for page in pages) >= OFFICES_IN_REPORT
    assert any(NAME in page for page in pages)
    assert [
        fault for one in people.values() for fault in one.visit.faults if NOT_FOUND not in fault
    ] == []
