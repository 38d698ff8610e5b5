#!/usr/bin/env python3
"""Draw docs/states/<room>.md from each room's states.py: what may follow what, and who moves it.

python tools/draw_states.py [--check]
"""

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import django

import serai

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings_test")
django.setup()

from serai.base import models  # noqa: E402  the base keeps its states beside its models

FOLDER = Path("docs/states")
HEAD = (
    "# States of {room}\n\n"
    "Drawn from `src/serai/{room}/{place}` by `./serai draw states`; do not edit by hand.\n"
    "Beside each state stands who may move a thing out of it.\n"
)
Moves = Mapping[StrEnum, Iterable[StrEnum]]


def tables(allowed: Mapping[object, object]) -> Iterator[tuple[type[StrEnum], Moves]]:
    """Yield each kind of thing with its moves, whether a room keeps one table or several."""
    if all(isinstance(key, StrEnum) for key in allowed):
        yield type(next(iter(allowed))), allowed  # type: ignore[misc]
        return
    yield from allowed.items()  # type: ignore[misc]


def owner_of(owner: Mapping[object, object], kind: type[StrEnum], state: StrEnum) -> str:
    """Return who moves a thing out of a state."""
    table = owner.get(kind, owner)
    return str(table.get(state, "")) if isinstance(table, Mapping) else ""


def title(kind: type[StrEnum]) -> str:
    """Write a state's class as words: RequestAddresseeState as `Request addressee`."""
    name = kind.__name__.removesuffix("State").removesuffix("Status")
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return words[:1].upper() + words[1:]


def diagram(kind: type[StrEnum], moves: Moves, owner: Mapping[object, object], room: str) -> str:
    """Draw one kind of thing as a Mermaid diagram and a table."""
    order = list(kind)
    drawn = [f"## {title(kind)}", "", "```mermaid", "stateDiagram-v2"]
    if order:
        drawn.append(f"  [*] --> {order[0].value}")
    table = ["| state | may become | moved by |", "|---|---|---|"]
    for state in order:
        following = sorted(moves.get(state, ()), key=order.index)
        drawn += [f"  {state.value} --> {after.value}" for after in following]
        if not following:
            drawn.append(f"  {state.value} --> [*]")
        after = ", ".join(f"`{s.value}`" for s in following) or "-"
        # What the base holds is moved by workers and their watchers, not by roles.
        mover = owner_of(owner, kind, state) or ("worker" if room == "base" else "-")
        table.append(f"| `{state.value}` | {after} | {mover} |")
    return "\n".join([*drawn, "```", "", *table, ""])


def modules(room: str) -> Iterator[ModuleType]:
    """Yield where a room keeps its states: states.py, in the base beside its models."""
    places = [f"serai.{room}.states"]
    if room == "base":
        places = [f"serai.base.models.{m.name}" for m in pkgutil.iter_modules(models.__path__)]
    for place in places:
        try:
            yield importlib.import_module(place)
        except ModuleNotFoundError as error:
            if error.name != place:
                raise


def drawings() -> dict[str, str]:
    """Return each room's page."""
    found = {}
    for room in sorted(m.name for m in pkgutil.iter_modules(serai.__path__) if m.ispkg):
        parts = []
        for module in modules(room):
            owner = getattr(module, "OWNER", {})
            for name, allowed in sorted(vars(module).items()):
                if name == "ALLOWED" or name.endswith("_ALLOWED"):
                    kinds = tables(allowed)
                    parts += [diagram(k, moves, owner, room) for k, moves in kinds]
        if parts:
            place = "models" if room == "base" else "states.py"
            found[room] = "\n".join([HEAD.format(room=room, place=place), *parts])
    return found


def main(check: bool) -> int:
    """Write the pages, or compare them with what stands there."""
    drawn = drawings()
    if not check:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for room, page in drawn.items():
            (FOLDER / f"{room}.md").write_text(page, encoding="utf-8")
        return 0
    present = {p.stem: p.read_text(encoding="utf-8") for p in FOLDER.glob("*.md")}
    differing = sorted(r for r in drawn.keys() | present.keys() if drawn.get(r) != present.get(r))
    if differing:
        print(f"docs/states is not as the code says ({', '.join(differing)}): ./serai draw states")
    return bool(differing)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
