"""What the people of readiness do on their pages, one hand at a time."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import time

import pypdf
from tests.journeys.house import ROOT, UNTIL_OPEN, environment, free_port

MAIN = "main"
# A job of the worker is waited for by opening the page anew, as an impatient person does.
UNTIL_DONE = 90
OFFICES, PLANS = "/en/readiness/offices/", "/en/readiness/plans/"
OFFICE = (
    "SELECT office.public_id FROM readiness_office office JOIN members_organisation organisation"
    " ON organisation.id = office.organisation_id WHERE organisation.code = ? AND unit_key = ''"
)


class Point:
    """A test point beside the house: the very process that `./serai probe` starts."""

    def __init__(self, house) -> None:
        self.port = free_port()
        given = environment(house.folder, house.port) | {"SERAI_PROBE_PORT": str(self.port)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "django", "run_probe"],
            cwd=ROOT, env=given, stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + UNTIL_OPEN
        while time.monotonic() < until:
            with socket.socket() as door:
                if not door.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.1)
        raise RuntimeError("The test point did not open.")

    def close(self) -> None:
        """Stop it."""
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()


def wait_for(hands, path: str, words: str) -> None:
    """Open a page again and again until the worker has done what it shows."""
    until = time.monotonic() + UNTIL_DONE
    while time.monotonic() < until:
        hands.go(path)
        if words in hands.page.locator(MAIN).inner_text():
            return
        time.sleep(0.5)
    raise AssertionError(f"{path} never said: {words}")


# ---------------------------------------------------------------- tests
def open_a_point(officer, port: int) -> None:
    officer.go("/en/readiness/points/")
    officer.follow("New test point", MAIN)
    officer.write("Name", "Point of the walk")
    officer.write("Address", f"http://127.0.0.1:{port}")
    officer.press("Save")
    officer.sees("Point of the walk")


def run_a_test(lead, office: str, wired: str) -> None:
    """Agree to a short test, run it in the browser, read what it says."""
    lead.go(f"/en/readiness/offices/{office}/tests/")
    lead.follow("New test", MAIN)
    lead.pick("Test point", "Point of the walk")
    lead.pick("Connected", wired)
    lead.tick("I agree to this test")
    lead.press("Go on to the test")
    lead.press("Start")
    lead.page.wait_for_url("**/readiness/runs/*/", timeout=60_000)
    lead.sees("Good enough for")


# ---------------------------------------------------------------- results
def score(officer, office: str) -> None:
    officer.go(f"{OFFICES}{office}/")
    officer.press("Score it")
    officer.sees("It is scored.")


def ask_about(officer, office: str, fact: str) -> None:
    """Ask for one missing fact from its list."""
    officer.go(f"{OFFICES}{office}/")
    officer.follow("Missing facts", MAIN)
    officer.tick(fact)
    officer.press("Ask for the chosen")
    officer.sees("Asked about 1 answer.")


def confirm(officer, lead, office: str) -> None:
    """Put the results before the agency; it agrees; they hold."""
    officer.go(f"{OFFICES}{office}/")
    officer.press("Show the results to the agency")
    lead.go(f"{OFFICES}{office}/")
    lead.press("Yes, we agree")
    lead.sees("Thank you.")
    officer.go(f"{OFFICES}{office}/")
    officer.press("Confirm the results")
    officer.sees("The results are confirmed.")


def show_the_rest(officer) -> int:
    """Put all results that are scored before their agencies; return how many there were."""
    officer.go(OFFICES)
    rows = officer.page.locator("main tbody tr", has_text="Scored, not yet shown to the agency")
    found = rows.locator("a").evaluate_all("all => all.map(a => a.pathname)")
    for address in found:
        officer.go(address)
        officer.press("Show the results to the agency")
        officer.sees("The agency is asked to look at them within ten working days.")
    return len(found)


def advice(hands, rule: str):
    """Return the place of one piece of advice."""
    return hands.page.locator(f"main li:has(> p:text-matches('· {rule}( |$)'))").first


def decide(lead, office: str, taken_up: str, declined: str) -> None:
    """Take one piece of advice up, decline another with a reason."""
    lead.go(f"{OFFICES}{office}/")
    advice(lead, taken_up).get_by_role("button", name="Take it up").click()
    lead.sees("The advice is taken up.")
    advice(lead, declined).get_by_role("link", name="Decline it").click()
    lead.write("Why not?", "It is in this year's plan already.")
    lead.press("Decline it")
    lead.sees("Declined: It is in this year's plan already.")


# ---------------------------------------------------------------- plans
def plan(officer, name: str, budget: int) -> tuple[str, float, float]:
    """Plan what a budget buys; return the page and the values of plan and simple list."""
    officer.go(PLANS)
    officer.follow("Make a scenario", MAIN)
    officer.write("Name", name)
    officer.write("Budget", str(budget))
    for field in officer.page.locator("[name^=floor_]").all():
        field.evaluate("e => { e.value = '' }")
    officer.press("Save")
    officer.sees("It is saved.")
    officer.press("Ask for a plan")
    officer.page.wait_for_url("**/readiness/plans/*/**")
    address = officer.visit.path()
    wait_for(officer, address, "value of the simple list")
    figures = officer.page.locator(".figures").inner_text()
    value, simple = (
        float(re.search(rf"value of the {of}\s+([\d,.]+)", figures)[1].replace(",", ""))
        for of in ("plan", "simple list")
    )
    return address, value, simple


# ---------------------------------------------------------------- deliveries
def move(hands, address: str, verb: str, word: str, note: str = "") -> None:
    """Bring a delivery to its next state."""
    hands.go(address)
    if note:
        hands.write("Note", note)
    hands.press(verb)
    hands.sees("It is moved.")
    hands.sees(word)


# ---------------------------------------------------------------- report
def pages_of(officer, address: str) -> list[str]:
    """Download the report's draft as PDF, and return the text of each page."""
    answer = officer.page.request.get(
        f"{officer.visit.house.address}{address}draft/en.pdf", timeout=180_000
    )
    assert answer.status == 200, answer.status
    found = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    return [" ".join(page.extract_text().split()) for page in found]
