"""Filling in a whole questionnaire as its people do: every open question, by its kind."""

from playwright.sync_api import expect

SAVED = "All saved"
# The questions one sees whose place for an answer is empty, in the page's order.
EMPTY = """() => [...document.querySelectorAll("[data-ref]")].filter(box => !box.closest("[hidden]"))
  .map(box => [box, [...box.querySelectorAll("[data-answer]")].filter(one => one.closest("[data-ref]") === box)])
  .filter(([, all]) => all.length)
  .filter(([, all]) => !all.some(one => /radio|checkbox/.test(one.type) ? one.checked : one.value))
  .map(([box, all]) => ({ ref: box.dataset.ref, kind: all[0].type, number: all[0].inputMode === "decimal",
                          values: all.map(one => one.value) }))"""
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
