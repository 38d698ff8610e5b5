"""The reference cases we answer otherwise. `python -m tests.calc.xforms.exceptions` prints them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.calc.xforms import scenarios, xpath_vectors

LISTED = Path(__file__).with_name("exceptions.toml")


@dataclass(frozen=True)
class Listed:
    """One case we answer otherwise."""

    file: str
    case: str
    reason: str
    harm: str


def listed(file: str) -> dict[str, Listed]:
    """Return what is listed for one file of vectors, by the case's name."""
    found = tomllib.loads(LISTED.read_text("utf-8")).get("exception", [])
    return {one["case"]: Listed(**one) for one in found if one["file"] == file}


def table() -> str:
    """Write all exceptions as a Markdown table."""
    rows = ["| file | case | reason | harm |", "|---|---|---|---|"]
    for file in ("xpath", "scenario"):
        for one in listed(file).values():
            cells = (one.file, one.case, one.reason, one.harm)
            rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def uncounted() -> str:
    """Write what we answer to the cases that do not count, for upstream fails or skips them."""
    rows = ["| file | case | upstream | we |", "|---|---|---|---|"]
    runs = [
        ("xpath", [case for case in xpath_vectors.cases() if case.said["kind"] != "ok"],
         xpath_vectors.problem),
        ("scenario", [one for one in scenarios.scripts() if one.said["kind"] != "ok"],
         scenarios.problem),
    ]  # fmt: skip
    for file, cases, problem in runs:
        for case in cases:
            try:
                wrong = problem(case)
            except (LookupError, ValueError) as fault:
                wrong = f"raised {fault}"
            cells = (file, case.name, case.said["kind"], wrong or "as expected")
            rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(f"{table()}\n\n{uncounted()}")  # noqa: T201
