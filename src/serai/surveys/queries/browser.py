"""What the browser's half of a questionnaire gets: a page's logic and state."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from serai.base.access import Viewer
from serai.calc.xforms import CompiledForm, Wire, server_results, wire, wire_state
from serai.surveys import access
from serai.surveys.access import Place, Share
from serai.surveys.queries.filling import given_back
from serai.surveys.queries.forms import Part, compiled, part_of, parts_of
from serai.surveys.queries.sections import SectionPage, filling_for

KEPT_LOGIC = 128


@lru_cache(maxsize=KEPT_LOGIC)
def _logic(form: CompiledForm, part: Part, is_alone: bool, is_entry: bool) -> Wire:
    own = [spec.path for spec in form.specs if is_alone and _is_on(form, part, spec.path)]
    return wire(
        form, part.path or form.specs[0].path, alone=frozenset(own), is_entry=is_entry
    )  # fmt: skip


def _is_on(form: CompiledForm, part: Part, path: str) -> bool:
    """Tell whether a field belongs to a page; what is only worked out, to that of its group."""
    if part.path:
        return path == part.path or path.startswith(f"{part.path}/")
    return part_of(form, path) == part


def _of_share(form: CompiledForm, part: Part, share: Share, entry: str) -> tuple[Wire, str]:
    """Return a page's logic for a share, and the entry that is all they know of its repeat.

    Who reads a part alone gets nothing that others work out, and no other entry.
    """
    only = "" if share.reads(part.slug, "") else entry
    return _logic(form, part, not share.reads_all, bool(only)), only


def logic_of(page: SectionPage) -> dict[str, Any]:
    """Return a page's logic and the response as it stands, without any label."""
    logic, only = _of_share(page.filling.form, page.part, page.share, page.entry)
    return {"logic": logic.json, "state": wire_state(page.filling.state, logic, only)}


def results_of(viewer: Viewer, here: Place, now: datetime) -> list[list[Any]]:
    """Return what the browser cannot work out of a page: [path, entry key, property, value]."""
    part = next(
        (one for one in parts_of(compiled(here.response.version)) if one.slug == here.section), None
    )
    if part is None or not access.may_open_place(viewer, here):
        return []
    share = access.share_of(viewer, here.response)
    logic, only = _of_share(compiled(here.response.version), part, share, here.entry)
    if not logic.server:
        return []
    filling = filling_for(viewer, here.response, now)
    found = server_results(filling.state, logic, only)
    if access.reads_through(viewer, here.response) is None:
        given_back(here.response, filling)
    return found
