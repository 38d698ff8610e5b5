"""Editions of the framework and of the tables of tiers; the one in use, compiled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.network.platforms import Platform, read_platforms
from serai.calc.network.tiers import Tier, read_tiers
from serai.calc.readiness.definition import DefinitionFault, read_definition
from serai.readiness import access
from serai.readiness.models import Framework, TierTable
from serai.readiness.states import EditionState


@dataclass(frozen=True)
class EditionRow:
    """One edition as the list shows it."""

    public_id: str
    number: int
    title: TranslatedText
    state: str
    made_at: datetime
    published_at: datetime | None
    change_note: str
    sample: bool


@dataclass(frozen=True)
class Platforms:
    """One table of tiers, read.

    Attributes:
        faults: what is wrong with a draft, each with its row.
    """

    tiers: tuple[Tier, ...]
    platforms: tuple[Platform, ...]
    faults: tuple[str, ...] = ()


def framework_editions(viewer: Viewer) -> list[EditionRow]:
    """Return the editions of the framework that the viewer may read, latest first."""
    return _rows(viewer, list(Framework.objects.select_related("initiative").defer("document")))


def tier_editions(viewer: Viewer) -> list[EditionRow]:
    """Return the tables of tiers that the viewer may read, latest first."""
    return _rows(viewer, list(TierTable.objects.select_related("initiative").defer("document")))


def _rows(viewer: Viewer, found: Sequence[Framework | TierTable]) -> list[EditionRow]:
    return [
        EditionRow(
            one.public_id, one.number, one.title, one.state, one.made_at, one.published_at,
            one.change_note, one.sample,
        )
        for one in sorted(found, key=lambda one: -one.number)
        if access.may_read_framework(viewer, one)
    ]  # fmt: skip


def framework(viewer: Viewer, public_id: str) -> Framework:
    """Return one edition.

    Raises:
        NotFound: if there is none this viewer may read.
    """
    found = Framework.objects.select_related("initiative").filter(public_id=public_id).first()
    if found is None or not access.may_read_framework(viewer, found):
        raise NotFound(public_id)
    return found


def draft(viewer: Viewer, public_id: str) -> Framework:
    """Return one edition that may still be changed.

    Raises:
        NotFound: if there is no such draft for this viewer.
    """
    found = framework(viewer, public_id)
    if found.state != EditionState.DRAFT:
        raise NotFound(public_id)
    return found


def tier_table(viewer: Viewer, public_id: str) -> TierTable:
    """Return one table of tiers.

    Raises:
        NotFound: if there is none this viewer may read.
    """
    found = TierTable.objects.select_related("initiative").filter(public_id=public_id).first()
    if found is None or not access.may_read_framework(viewer, found):
        raise NotFound(public_id)
    return found


def tier_draft(viewer: Viewer, public_id: str) -> TierTable:
    """Return one table of tiers that may still be changed.

    Raises:
        NotFound: if there is no such draft for this viewer.
    """
    found = tier_table(viewer, public_id)
    if found.state != EditionState.DRAFT:
        raise NotFound(public_id)
    return found


def tiers_in_use() -> TierTable | None:
    """Return the table of tiers in use; None before the first."""
    found = TierTable.objects.select_related("initiative").filter(state=EditionState.IN_USE.value)
    return found.order_by("id").first()


def faults(document: Mapping[str, object]) -> tuple[str, ...]:
    """Return what is wrong with a framework's document, each fault with its row."""
    try:
        read_definition(document)
    except DefinitionFault as error:
        return error.faults
    return ()


def platforms(document: Mapping[str, object]) -> Platforms:
    """Read a table of tiers; what is not understood is named."""
    rows, bodies = document.get("tiers"), document.get("platforms")
    read = read_tiers(rows if isinstance(rows, list) else [], first_row=1)
    known, wrong = read_platforms(bodies if isinstance(bodies, list) else [])
    said = [f"tiers: {one.said}" for one in read.refused]
    codes = {one.code for one in known}
    said += sorted(
        {
            f"tiers: platform '{one.platform}' is not among the platforms."
            for one in read.tiers
            if one.platform not in codes
        }
    )
    said += [
        f"'{name}' is not known here." for name in document if name not in ("tiers", "platforms")
    ]
    return Platforms(read.tiers, known, (*said, *wrong))
