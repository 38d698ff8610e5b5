"""Two ways to use a page: with a mouse, and by keyboard alone with the focus always in sight."""

import re
from pathlib import Path

from django.utils import translation
from playwright.sync_api import expect

MOST_TABS = 250
# The element that shows the focus is the focused one, or the whole row of a choice around it.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return {at: ""};
  const shows = at.closest(".option") || at;
  const style = getComputedStyle(shows), box = shows.getBoundingClientRect();
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const seen = document.elementFromPoint(x, y);
  return {
    at: at.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(seen && (shows.contains(seen) || seen.contains(shows)
               || (at.labels && [...at.labels].some(label => label.contains(seen))))),
  };
}"""


def beginning(name: str) -> re.Pattern[str]:
    """Match a name that begins so; a longer one carries words for screen readers."""
    return re.compile(rf"^\s*{re.escape(name)}".replace(r"\ ", r"\s+"))


class Mouse:
    """Clicks and types."""

    def __init__(self, visit) -> None:
        self.visit = visit
        self.page = visit.page

    def go(self, path: str) -> None:
        """Open an address, as from a bookmark."""
        self.visit.open(path)

    def link(self, name: str, within: str = "body"):
        return self.page.locator(within).get_by_role("link", name=beginning(name)).first

    def button(self, name: str):
        return self.page.locator("main").get_by_role("button", name=name, exact=True).first

    def field(self, label: str):
        return self.page.locator("main").get_by_label(beginning(label)).first

    def option(self, group: str, label: str):
        return (
            self.page.get_by_role("group", name=beginning(group))
            .get_by_label(beginning(label))
            .first
        )

    def follow(self, name: str, within: str = "body") -> None:
        self.link(name, within).click()

    def press(self, name: str) -> None:
        self.button(name).click()

    def write(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def write_day(self, label: str, day: str) -> None:
        self.write(label, day)

    def write_time(self, label: str, time: str) -> None:
        self.write(label, time)

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def pick(self, group: str, label: str) -> None:
        self.option(group, label).check()

    def tick(self, label: str) -> None:
        self.field(label).check()

    def give(self, label: str, file: Path) -> None:
        self.field(label).set_input_files(file)

    def sees(self, words: str) -> None:
        """Wait until the page says so."""
        expect(self.page.locator("main")).to_contain_text(words)


class InLanguage(Mouse):
    """Clicks and types on pages of another language; is told the English words."""

    def __init__(self, visit, language: str) -> None:
        super().__init__(visit)
        self.language = language

    def say(self, words: str, **facts: object) -> str:
        """Return words as the page says them."""
        with translation.override(self.language):
            return translation.gettext(words) % facts if facts else translation.gettext(words)

    def count(self, one: str, many: str, n: int) -> str:
        """Return words with a number as the page says them."""
        with translation.override(self.language):
            return translation.ngettext(one, many, n) % {"n": n}

    def go(self, path: str) -> None:
        super().go(path.replace("/en/", f"/{self.language}/", 1))

    def link(self, name: str, within: str = "body"):
        return super().link(self.say(name), within)

    def button(self, name: str):
        return super().button(self.say(name))

    def field(self, label: str):
        return super().field(self.say(label))

    def option(self, group: str, label: str):
        return super().option(self.say(group), self.say(label))

    def sees(self, words: str) -> None:
        super().sees(self.say(words))


class Keyboard(Mouse):
    """Tab, arrows, space and enter; notes every stop where the focus cannot be seen."""

    def __init__(self, visit) -> None:
        super().__init__(visit)
        self.unseen: list[str] = []

    def reach(self, target) -> None:
        """Press Tab until the target has the focus."""
        target.wait_for(state="attached")
        for _step in range(MOST_TABS):
            if target.evaluate("e => e === document.activeElement"):
                self.look()
                return
            self.page.keyboard.press("Tab")
            self.look()
        raise AssertionError(f"{target} cannot be reached by Tab from {self.page.url}.")

    def look(self) -> None:
        focus = self.page.evaluate(FOCUS)
        if focus["at"] and (not focus["ring"] or not focus["inside"] or focus["covered"]):
            self.unseen.append(f"{self.page.url}: {focus}")

    def follow(self, name: str, within: str = "body") -> None:
        self.reach(self.link(name, within))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        self.reach(self.button(name))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        self.reach(self.field(label))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def write_day(self, label: str, day: str) -> None:
        year, month, date = day.split("-")
        self.reach(self.field(label))
        self.page.keyboard.type(f"{month}{date}{year}")

    def write_time(self, label: str, time: str) -> None:
        hour, minute = (int(part) for part in time.split(":"))
        self.reach(self.field(label))
        self.page.keyboard.type(f"{hour % 12 or 12:02}{minute:02}{'AP'[hour >= 12]}M")

    def choose(self, label: str, option: str) -> None:
        self.reach(self.field(label))
        self.page.keyboard.type(option)

    def pick(self, group: str, label: str) -> None:
        wanted = self.option(group, label)
        kind = self.page.get_by_role("group", name=beginning(group)).locator("input[type=radio]")
        in_group = kind.evaluate_all("all => (all.find(e => e.checked) || all[0]).value")
        self.reach(
            self.page.locator(f"input[name='{wanted.get_attribute('name')}'][value='{in_group}']")
        )
        self.page.keyboard.press("Space")
        for _step in range(kind.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
            self.look()
        raise AssertionError(f"{label} cannot be chosen by arrows.")

    def tick(self, label: str) -> None:
        self.reach(self.field(label))
        self.page.keyboard.press("Space")

    def give(self, label: str, file: Path) -> None:
        target = self.field(label)
        self.reach(target)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(file)
