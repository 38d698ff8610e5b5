#!/usr/bin/env python3
"""Draw docs/states/<room>.md from each room's states.py: what may follow what, and who moves it.

python tools/draw_states.py [--check]
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import serai

FOLDER = Path("docs/states")
HEAD = (
    "# States of {room}\n\n"
    "Drawn from `src/serai/{room}/states.py` by `./serai draw states`; do not edit by hand.\n"
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


def diagram(kind: type[StrEnum], moves: Moves, owner: Mapping[object, object]) -> str:
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
        table.append(f"| `{state.value}` | {after} | {owner_of(owner, kind, state) or '-'} |")
    return "\n".join([*drawn, "```", "", *table, ""])


def drawings() -> dict[str, str]:
    """Return each room's page."""
    found = {}
    for room in sorted(m.name for m in pkgutil.iter_modules(serai.__path__) if m.ispkg):
        try:
            states = importlib.import_module(f"serai.{room}.states")
        except ModuleNotFoundError:
            continue
        allowed = getattr(states, "ALLOWED", None)
        if not allowed:
            continue
        owner = getattr(states, "OWNER", {})
        parts = [diagram(kind, moves, owner) for kind, moves in tables(allowed)]
        found[room] = "\n".join([HEAD.format(room=room), *parts])
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
