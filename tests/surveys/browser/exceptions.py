"""What the browser leaves and gets wrong. `python -m tests.surveys.browser.exceptions` prints it."""

import tomllib
from collections import Counter
from pathlib import Path

from tests.calc.xforms.exceptions import Listed
from tests.surveys.browser import vectors

LISTED = Path(__file__).with_name("exceptions.toml")


def listed(file: str) -> dict[str, Listed]:
    """Return what is listed for one file of vectors, by the case's name."""
    found = tomllib.loads(LISTED.read_text("utf-8")).get("exception", [])
    return {one["case"]: Listed(**one) for one in found if one["file"] == file}


def table() -> str:
    """Write how many expressions the browser claims, why it leaves the others, and the exceptions."""
    taken, left = vectors.claimed()
    rows = ["| left to the server for | cases |", "|---|---|"]
    rows += [f"| {reason} | {count} |" for reason, count in Counter(left.values()).most_common()]
    rows += ["", "| file | case | reason | harm |", "|---|---|---|---|"]
    for file in ("xpath", "scenario"):
        for one in listed(file).values():
            cells = (one.file, one.case, one.reason, one.harm)
            rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([f"{len(taken)} of {len(taken) + len(left)} claimed.", "", *rows])


if __name__ == "__main__":
    print(table())  # noqa: T201
