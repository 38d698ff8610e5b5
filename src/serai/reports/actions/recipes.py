"""What a run's files were made with, and how that differs from what stands here today."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from serai import __version__
from serai.base.recipe import recipe
from serai.reports.actions.documents import documents_in


def recipe_of(snapshot_text: str, fonts: tuple[Path, ...]) -> dict[str, Any]:
    """Return the recipe of a snapshot's documents as plain JSON, by the names of its parts."""
    found = {lang: recipe(tree, fonts=fonts) for lang, tree in documents_in(snapshot_text).items()}
    some = next(iter(found.values()))
    return {
        "serai": __version__,
        "templates": some.templates,
        "fonts": some.fonts,
        "wording": {language: one.wording for language, one in sorted(found.items())},
        "engines": dict(some.engines),
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of the parts that differ: "fonts", "engines typst", "wording ru"."""
    old, new = _flat(before), _flat(after)
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))


def _flat(kept: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in kept.items():
        if isinstance(value, Mapping):
            found |= {f"{name} {part}": str(one) for part, one in value.items()}
        else:
            found[name] = str(value)
    return found
