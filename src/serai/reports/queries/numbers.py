"""The keys of an issued report's numbers: what each is made by, and what it rests on."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from serai.base.access import NotFound, Viewer
from serai.reports.models import Run, RunNumbers
from serai.reports.queries.runs import run

ASSESSMENT = "assessment:"


@dataclass(frozen=True)
class NumberRow:
    """One number of a report.

    Attributes:
        sources: one assessment is followed by the answers, tests and files it rests on; where
            several are counted they alone are named, each with figures of its own in the list.
    """

    key: str
    value: str
    formula: str
    version: str
    facts: tuple[str, ...]
    sources: tuple[str, ...]


def run_numbers(viewer: Viewer, public_id: str) -> RunNumbers:
    """Return the numbers of an issued run that the viewer may know of.

    Raises:
        NotFound: if there is none, it is not issued, or its kind gives numbers no keys.
    """
    found = run(viewer, public_id)
    facts = json.loads(found.snapshot)["facts"] if found.snapshot else {}
    if "numbers" not in facts:
        raise NotFound(public_id)
    return RunNumbers(found, facts)


def has_numbers(found: Run) -> bool:
    """Tell whether an issued run tells where its numbers come from."""
    return '"numbers":{' in found.snapshot


def number_rows(found: RunNumbers, *, key: str = "") -> list[NumberRow]:
    """Return the numbers whose key begins so, in the order of their keys."""
    offices = {one["assessment"]: one for one in found.facts.get("offices", {}).values()}
    return [
        NumberRow(
            name, one["value"], one["formula"], one["version"], tuple(one["facts"]),
            tuple(_resolved(one["sources"], offices)),
        )
        for name, one in sorted(found.facts["numbers"].items())
        if name.startswith(key)
    ]  # fmt: skip


def _resolved(sources: list[str], offices: Mapping[str, Any]) -> Iterator[str]:
    """Yield sources; behind a sole assessment the answers, tests and files its office names."""
    named = set(sources)
    if sum(one.startswith(ASSESSMENT) for one in sources) > 1:
        yield from sources
        return
    for source in sources:
        yield source
        office = offices.get(source.removeprefix(ASSESSMENT))
        if office is None or not source.startswith(ASSESSMENT):
            continue
        beneath = [f"answer:{office['answers']}"] if office["answers"] else []
        beneath += [f"run:{number}" for number in office["tests"]]
        beneath += [f"file:{number}" for number in office["files"]]
        yield from (one for one in beneath if one not in named)
