"""One row of a draft, as its form edits it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from serai.base.access import NotFound, Viewer
from serai.calc.network.platforms import Platform
from serai.calc.readiness.editing import Fields, NoSuchRow, row_of, rows_of
from serai.readiness.models import Framework, TierTable
from serai.readiness.queries.frameworks import draft as draft_of
from serai.readiness.queries.frameworks import platforms, tier_draft
from serai.readiness.queries.ladders import LadderRow, ladder

if TYPE_CHECKING:
    from serai.programme.models import Initiative


@dataclass(frozen=True)
class Part:
    """A draft with the row of it that is edited, and the row of its fact key."""

    draft: Framework
    row: Fields
    fact: Fields

    @property
    def initiative(self) -> "Initiative | None":
        """Return whose officers may edit it: the draft's."""
        return self.draft.initiative


@dataclass(frozen=True)
class Rung:
    """A draft with a requirement of one of its events."""

    draft: Framework
    event: str
    row: LadderRow
    fact: Fields

    @property
    def initiative(self) -> "Initiative | None":
        """Return whose officers may edit it: the draft's."""
        return self.draft.initiative


@dataclass(frozen=True)
class Body:
    """A draft of a table with one of its platforms."""

    draft: TierTable
    platform: Platform

    @property
    def initiative(self) -> "Initiative | None":
        """Return whose officers may edit it: the draft's."""
        return self.draft.initiative


def platform_of(viewer: Viewer, public_id: str, code: str) -> Body:
    """Return a platform of a draft.

    Raises:
        NotFound: if there is none.
    """
    found = tier_draft(viewer, public_id)
    for one in platforms(found.document).platforms:
        if one.code == code:
            return Body(found, one)
    raise NotFound(code)


def criterion_of(viewer: Viewer, public_id: str, code: str) -> Part:
    """Return a criterion of a draft.

    Raises:
        NotFound: if there is none.
    """
    return _part(viewer, public_id, "criteria", code)


def package_of(viewer: Viewer, public_id: str, code: str) -> Part:
    """Return a package of a draft.

    Raises:
        NotFound: if there is none.
    """
    return _part(viewer, public_id, "packages", code)


def _part(viewer: Viewer, public_id: str, table: str, code: str) -> Part:
    draft = draft_of(viewer, public_id)
    try:
        row = row_of(draft.document, table, code)
    except NoSuchRow as error:
        raise NotFound(code) from error
    return Part(draft, row, fact_of(draft.document, str(row.get("fact", ""))))


def rung_of(viewer: Viewer, public_id: str, event: str, role: str, fact: str) -> Rung:
    """Return a requirement of an event of a draft.

    Raises:
        NotFound: if there is none.
    """
    draft = draft_of(viewer, public_id)
    for row in ladder(draft.document):
        if (row.role, row.fact) == (role, fact) and event in row.cells:
            return Rung(draft, event, row, fact_of(draft.document, fact))
    raise NotFound(fact)


def fact_of(document: Mapping[str, object], key: str) -> Fields:
    """Return a fact key's row; empty where it is not known."""
    return next((one for one in rows_of(document, "facts") if one.get("key") == key), {})
