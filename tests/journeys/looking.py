"""What every page must be: axe silent, nothing cut, light on the line, no rule of content broken."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import axe_playwright_python

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# 640 is a desk's 1280 at 200 %.
WIDTHS = (1280, 640, 390, 320)
CONTRAST = "color-contrast"
# The pseudo-language is no language: fields written in it are the one fault that is none.
ASK = """asked => axe.run(document, {resultTypes: ["violations"], ...asked}).then(found =>
  found.violations
    .map(v => [v.id, v.nodes.filter(n => v.id !== "valid-lang" || !n.html.includes('"xx-rtl"'))])
    .filter(([, nodes]) => nodes.length)
    .map(([id, nodes]) => id + ": " + nodes[0].html.slice(0, 160)))"""
EVERYTHING: dict[str, object] = {}
# Contrast is the dear rule: it is asked once in each theme, the others once in each language.
COLOURS = {"runOnly": [CONTRAST]}
BUT_COLOURS = {"rules": {CONTRAST: {"enabled": False}}}
WIDER = """() => {
  const all = document.documentElement;
  return all.scrollWidth <= all.clientWidth ? [] : [...document.body.querySelectorAll("*")]
    .filter(e => { const box = e.getBoundingClientRect();
                   return box.width && (box.right > all.clientWidth + 1 || box.left < -1); })
    .map(e => e.outerHTML.slice(0, 120)).slice(0, 3).concat(`${all.scrollWidth} wide`);
}"""

# A figure without its picture, and words that stand out of their box at the foot.
BROKEN = """() => [
  ...[...document.querySelectorAll(".chart")].filter(e => e.getBoundingClientRect().height
    && ![...e.querySelectorAll("svg")].some(s => s.getBoundingClientRect().height)),
  ...[...document.querySelectorAll(".option, .button, .state")]
    .filter(e => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).display !== "inline"),
].map(e => e.outerHTML.slice(0, 120)).slice(0, 3)"""


@cache
def axe_source() -> str:
    """Return the checker's own text."""
    return AXE.read_text(encoding="utf-8")


def axe_faults(page, asked: dict[str, object] = EVERYTHING) -> list[str]:
    """Ask axe what it finds."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    return page.evaluate(ASK, asked)


def ill_laid(page) -> list[str]:
    """Return what stands out of page or box, or shows nothing, at each width; the page stays as it was."""
    before, found = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        seen = page.evaluate(WIDER) + page.evaluate(BROKEN)
        found += [f"at {width}: {element}" for element in seen]
    page.set_viewport_size(before)
    return found


@dataclass
class Load:
    """What one opening of a page took from the line."""

    requests: list[str] = field(default_factory=list)
    bytes: int = 0


class Line:
    """Counts requests and bytes as they travel, packed."""

    def __init__(self, page) -> None:
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.send("Network.enable")
        self.load = Load()
        self.devtools.on("Network.requestWillBeSent", self._asked)
        self.devtools.on("Network.loadingFinished", self._came)

    def _asked(self, event) -> None:
        address = event["request"]["url"]
        if not address.startswith("data:"):
            self.load.requests.append(address)

    def _came(self, event) -> None:
        self.load.bytes += int(event["encodedDataLength"])

    def forget(self) -> None:
        """Empty the browser's cache, as for somebody who was never here."""
        self.devtools.send("Network.clearBrowserCache")

    def slow_down(
        self, *, kilobits: int = 256, latency_ms: int = 400, slower: int = 4, is_cut: bool = False
    ) -> None:
        """Make the line and the machine those of a ministry far away, or cut the line."""
        self.devtools.send(
            "Network.emulateNetworkConditions",
            {
                "offline": is_cut,
                "latency": latency_ms,
                "downloadThroughput": kilobits * 1000 / 8,
                "uploadThroughput": kilobits * 1000 / 8,
            },
        )
        self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})

    @contextmanager
    def counting(self) -> Iterator[Load]:
        """Count anew."""
        self.load = Load()
        yield self.load
