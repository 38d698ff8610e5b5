"""Filling in a whole questionnaire as its people do: every open question, by its kind."""

import re

from playwright.sync_api import expect

SAVED = "All saved"
# The questions one sees whose place for an answer is empty, in the page's order.
EMPTY = """() => [...document.querySelectorAll("[data-ref]")].filter(box => !box.closest("[hidden]"))
  .map(box => [box, [...box.querySelectorAll("[data-answer]")].filter(one => one.closest("[data-ref]") === box)])
  .filter(([, all]) => all.length)
  .filter(([, all]) => !all.some(one => /radio|checkbox/.test(one.type) ? one.checked : one.value))
  .map(([box, all]) => ({ ref: box.dataset.ref, kind: all[0].type, number: all[0].inputMode === "decimal",
                          values: all.map(one => one.value) }))"""
# The questions one sees that take an answer.
ASKED = """() => [...document.querySelectorAll("[data-ref]")].filter(box => !box.closest("[hidden]"))
  .filter(box => box.querySelector(`[name="base:${box.dataset.ref}"]`)).map(box => box.dataset.ref)"""
MOST_ROUNDS = 8
# Where the first choice, "1" or a plain word would break a rule or open too little.
FITTING = {
    "takes_part": "attend_and_host",
    "technical_contact_email": "ict@agency.example",
    "line_currency": "GEL",
    "second_line": "second_provider",
    "outages": "2",
    "outage_minutes": "4",
}
WORD, NUMBER, DAY = "As usual here", "3", "2021-05-11"
OPENS = ("Saved. This opens %(n)d more question.", "Saved. This opens %(n)d more questions.")
# What the sample's lead has begun.
BEGUN = (
    "SELECT person.email, given.public_id FROM members_person person JOIN surveys_invitation asked"
    " ON asked.lead_id = person.id JOIN surveys_response given ON given.invitation_id = asked.id"
    " WHERE given.state = 'filling' ORDER BY given.id"
)
STANDS = (
    "SELECT answer.value, answer.source FROM surveys_answerhead head"
    " JOIN surveys_answer answer ON answer.id = head.answer_id"
    " WHERE head.response_id = ? AND head.path = ?"
)
STATE = "SELECT id, state, completeness FROM surveys_response WHERE public_id = ?"
ROWS = "SELECT count(*) FROM surveys_answer WHERE response_id = ? AND path = ?"


def begun_questionnaire(hands, house, kind: "type[Questionnaire] | None" = None) -> "Questionnaire":
    """Find it among one's own."""
    number = house.row(BEGUN)[1]
    hands.go("/en/surveys/mine/")
    hands.page.locator(f"main h2 a[href$='/{number}/']").click()
    hands.page.wait_for_url(re.compile(f"/{number}/"))
    return (kind or Questionnaire)(hands, hands.visit.path())


def sign(hands, home: str, name: str, position: str) -> None:
    """Sign what is handed in."""
    hands.go(f"{home}sign/")
    hands.write("Your name", name)
    hands.write("Your position", position)
    hands.press("Sign")
    hands.sees("Signed. The answers are locked now.")


def clear(hands, home: str) -> None:
    """Send it to the secretariat, for the country."""
    hands.go(f"{home}clear/")
    hands.press("Clear")
    hands.sees("Cleared: the secretariat reads it now.")


def ask_back(hands, home: str, ref: str) -> None:
    """Ask about an answer that says something but seems wrong."""
    hands.go(f"{home}answers{ref}/")
    hands.follow("Ask back about it", "main")
    hands.press("Ask about the chosen ones")
    hands.page.wait_for_url(f"**{home}**")


class Questionnaire:
    """One person with one response open."""

    def __init__(self, hands, home: str) -> None:
        self.hands = hands
        self.page = hands.page
        self.home = home

    def reopened(self) -> None:
        """Go on in a new tab of the same browser."""
        self.hands.visit.page = self.hands.page = self.page = self.hands.visit.context.new_page()

    def open(self, slug: str) -> None:
        """Open one section."""
        self.hands.go(f"{self.home}s/{slug}/")

    def sections(self) -> list[str]:
        """Return the sections one may open, an entry of a repeat as `room/1`, in order."""
        self.hands.go(self.home)
        found = self.page.locator("tbody th a").evaluate_all("all => all.map(a => a.pathname)")
        return [path.partition("/s/")[2].strip("/") for path in found]

    def fill(self, slug: str) -> int:
        """Answer whatever a section asks, and what its answers open; return the number of answers."""
        self.open(slug)
        answered = 0
        for _round in range(MOST_ROUNDS):
            empty = self.page.evaluate(EMPTY)
            if not empty:
                break
            for question in empty:
                self.answer(question)
            answered += len(empty)
            self.page.keyboard.press("Tab")
        self.is_saved()
        return answered

    def left(self, slug: str) -> list[str]:
        """Return what one finds unanswered on opening a section anew."""
        self.open(slug)
        return [question["ref"] for question in self.page.evaluate(EMPTY)]

    def answer(self, question) -> None:
        """Put one fitting answer."""
        ref, kind = question["ref"], question["kind"]
        fitting = FITTING.get(ref.rpartition("/")[2])
        if kind in ("radio", "checkbox"):
            self.page.check(f"[name='{ref}'][value='{fitting or question['values'][0]}']")
        elif kind == "select-one":
            self.page.locator(f"select[name='{ref}']").first.select_option(index=1)
        else:
            plain = DAY if kind == "date" else NUMBER if question["number"] else WORD
            self.write(ref, fitting or plain)

    def write(self, ref: str, text: str) -> None:
        """Write into one question."""
        self.page.fill(f"[name='{ref}']", text)

    def is_saved(self) -> None:
        """Wait until the server has everything."""
        expect(self.page.locator("[data-status]")).to_have_text(SAVED)


class WithoutScript(Questionnaire):
    """Nothing is saved as it is typed: what an answer opens is shown by saving."""

    def fill(self, slug: str, but: tuple[str, ...] = ()) -> int:
        """Answer whatever a section asks but some; save, and see how much more that opens."""
        self.open(slug)
        answered = 0
        for _round in range(MOST_ROUNDS):
            empty = [
                one for one in self.page.evaluate(EMPTY)
                if not one["ref"].partition("@")[0].endswith(but or ("//",))
            ]  # fmt: skip
            if not empty:
                break
            for question in empty:
                self.answer(question)
            answered += len(empty)
            self.save()
        return answered

    def save(self) -> None:
        """Save, and find said how many questions that opened."""
        before = set(self.page.evaluate(ASKED))
        self.hands.press("Save")
        # How the sentence begins, with what it opens or without: brackets close the pseudo-language's.
        saved = self.hands.say("Saved.").rstrip("]")
        expect(self.page.locator("main")).to_contain_text(saved)
        opened = len(set(self.page.evaluate(ASKED)) - before)
        if opened:
            expect(self.page.locator("main")).to_contain_text(self.hands.count(*OPENS, opened))

    def at(self, ref: str):
        """Return the place of one question."""
        return self.page.locator(f"[data-ref='{ref}']")
