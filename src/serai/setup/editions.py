"""Load a preset's readiness framework and its table of tiers, each once."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from serai.base.text import TranslatedText
from serai.readiness import actions as readiness
from serai.setup.reading import InitiativeRow, PresetFault

if TYPE_CHECKING:
    from serai.programme.models import Initiative

FRAMEWORK = TranslatedText.of("Readiness framework").with_text("ru", "Система оценки готовности")
TIERS = TranslatedText.of("Tiers and platforms").with_text("ru", "Уровни и платформы")
Put = Callable[..., object | None]


def put_editions(
    row: InitiativeRow, folder: Path, initiative: "Initiative", *, now: datetime
) -> dict[str, int]:
    """Put in use what the initiative's row names; return what was added.

    Raises:
        PresetFault: with every fault of the files, each with its row.
    """
    parts: tuple[tuple[str, TranslatedText, Put, str], ...] = (
        (row.framework, FRAMEWORK, readiness.put_framework, "frameworks"),
        (row.tiers, TIERS, readiness.put_tiers, "tables of tiers"),
    )
    added = {}
    for name, title, put, noun in parts:
        if not name:
            continue
        try:
            made = put(document=_read(folder / name), initiative=initiative, title=title, now=now)
        except readiness.Faulty as wrong:
            raise PresetFault(f"{name}: {one}" for one in wrong.faults) from wrong
        if made is not None:
            added[noun] = 1
    return added


def _read(place: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PresetFault([f"{place.name}: {error}. Mend this line."]) from error
