"""The sample's own stories, told once and walked by mouse, by keyboard, and without script.

`hands` is who walks: `hands.Mouse` or `hands.Keyboard`.
"""

import re

MAIN = "main"
SAMPLE_INITIATIVE = "/en/programme/initiatives/sample-signature-pilot/"
CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")
OFFICER = (
    "SELECT person.email FROM members_person person JOIN members_grant held"
    " ON held.person_id = person.id WHERE held.role = 'officer' ORDER BY held.id"
)
UNTIL_MADE_MS = 90_000


def sign_in_by_code(hands, house) -> None:
    """Find the way to sign in, ask for a code, read the letter, write the code."""
    (email,) = house.row(OFFICER)
    hands.go("/en/")
    hands.follow("Sign in")
    ask_and_write_the_code(hands, house, email)
    hands.page.wait_for_url(re.compile(r"/en/$"))


def ask_and_write_the_code(hands, house, email: str) -> None:
    """Sign in on the page that asks for it."""
    hands.write("E-mail address", email)
    hands.press("Send me a code")
    hands.sees("a letter with a code is on its way")
    hands.write("Code", CODE.search(house.latest_letter(email)).group())
    hands.press("Sign in")


def record_a_completion(hands) -> None:
    """An officer records that a milestone is reached; the words of the date are read back first."""
    hands.go(SAMPLE_INITIATIVE)
    hands.follow("Legal comparison drafted", MAIN)
    hands.follow("Record completion", MAIN)
    hands.write("Reached on or by", "by 25 June 2021")
    hands.press("Check the date")
    hands.sees("Read as:")
    hands.press("Save")
    # It is known from today, while the house opens at a day of 2021.
    hands.sees("The completion is recorded. You now see the programme as of today.")
    hands.sees("by 25 June 2021")


def ask_members(hands, words: str) -> None:
    """An officer asks every member for something."""
    hands.go("/en/programme/requests/")
    hands.follow("Ask members", MAIN)
    hands.write("What you ask for", words)
    hands.tick("All members")
    hands.press("Send the request")
    hands.sees("The request is sent.")


def answer_a_request(hands, words: str) -> None:
    """A focal point finds it among what is asked of the country, and answers.

    The sample's house opens at a day of 2021; what is asked today is asked on every page.
    """
    hands.go("/en/programme/requests/")
    hands.follow(f"Answer {words}", MAIN)
    hands.pick("Your answer", "Answered or done")
    hands.write("Note", f"Done: {words}")
    hands.press("Send the answer")
    hands.sees("Your answer is recorded. The secretariat sees it.")
    hands.go("/en/programme/requests/")
    hands.sees(f"Done: {words}")


def plan_a_meeting(hands, title: str = "Workshop on test lines") -> None:
    """An officer plans a meeting."""
    hands.go("/en/programme/meetings/")
    hands.follow("Plan a meeting", MAIN)
    hands.write("Title", title)
    hands.write_day("Day", "2021-09-15")
    hands.write_time("Begins at", "14:30")
    hands.press("Save")
    hands.sees("The meeting is planned.")


def start_a_report(hands) -> str:
    """An officer starts a report and sends it to review; returns its address.

    The sample has issued the report of the day the house opens with; another is built later.
    """
    hands.go("/en/reports/")
    hands.follow("Build a report", MAIN)
    hands.write_day("As of which day?", "2021-07-31")
    hands.press("Start the report")
    hands.sees("The report is started.")
    hands.press("Send to review")
    hands.sees("A coordinator who did not start this report clears it.")
    return hands.visit.path()


def issue_a_report(hands, address: str) -> None:
    """A coordinator clears and issues it; the files are made meanwhile."""
    hands.go(address)
    hands.press("Clear the report")
    hands.follow("Issue the report", MAIN)
    hands.press("Issue the report")
