#!/usr/bin/env python3
"""Draw docs/access.md: who may do what (rule x role), and which rule guards which address.

python tools/draw_access.py [--check]
"""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

import django

PAGE = Path("docs/access.md")
HEAD = (
    "# Who may do what\n\n"
    "Drawn from the rules in each room's `access.py` by `./serai draw access`; do not edit by hand.\n"
    "A mark says that the role may, for a thing within its scope; the rule itself asks for the "
    "rest (*audience*: whom the thing's audience lets in; *owner*: the thing's own people), and `tests/<room>/test_access.py` proves it for every role.\n"
)
FIRST = ("visitor", "signed-in", "audience", "owner")


def register() -> dict:
    """Import every room's access and addresses, and return the register of rules."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings_test")
    django.setup()
    from django.urls import get_resolver

    import serai

    for room in sorted(m.name for m in pkgutil.iter_modules(serai.__path__) if m.ispkg):
        try:
            importlib.import_module(f"serai.{room}.access")
        except ModuleNotFoundError as error:
            if error.name != f"serai.{room}.access":
                raise
    get_resolver().url_patterns  # noqa: B018  reading it imports every view
    from serai.base.access import REGISTER

    return REGISTER


def column_order(rules: list) -> list[str]:
    """Put visitor, signed-in and owner first, then the roles in the order of members.states."""
    from serai.members.states import Role

    used = {role for rule in rules for role in rule.roles}
    order = [*FIRST, *(role.value for role in Role)]
    return [r for r in order if r in used] + sorted(used - set(order))


def page() -> str:
    """Draw the whole page."""
    from serai.base.checks import addresses

    rules = [rule for _, rule in sorted(register().items())]
    columns = column_order(rules)
    drawn = [HEAD, "## Rules", ""]
    drawn.append("| rule | lets one | " + " | ".join(c.replace("_", " ") for c in columns) + " |")
    drawn.append("|---|---|" + ":-:|" * len(columns))
    for rule in rules:
        marks = " | ".join("●" if column in rule.roles else "" for column in columns)
        drawn.append(f"| `{rule.name}` | {rule.sentence} | {marks} |")
    drawn += ["", "## Addresses", "", "| address | name | methods | rule |", "|---|---|---|---|"]
    for route, name, _view, door in sorted(addresses()):
        route = route.replace("|", "\\|").replace("/en/", "/<language>/", 1)
        drawn.append(f"| `{route}` | `{name}` | {', '.join(door.methods)} | `{door.rule_name}` |")
    return "\n".join([*drawn, ""])


def main(check: bool) -> int:
    """Write the page, or compare it with what stands there."""
    drawn = page()
    if not check:
        PAGE.write_text(drawn, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == drawn:
        return 0
    print(f"{PAGE} is not as the code says: ./serai draw access")
    return 1


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
