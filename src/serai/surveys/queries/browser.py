"""What the browser's half of a questionnaire gets: a page's logic and state."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from serai.base.access import Viewer
from serai.calc.xforms import CompiledForm, Wire, server_results, wire, wire_state
from serai.surveys import access
from serai.surveys.access import Place
from serai.surveys.queries.filling import given_back
from serai.surveys.queries.forms import compiled, parts_of
from serai.surveys.queries.sections import SectionPage, filling_for

KEPT_LOGIC = 128


@lru_cache(maxsize=KEPT_LOGIC)
def _logic(form: CompiledForm, path: str) -> Wire:
    return wire(form, path or form.specs[0].path)


def logic_of(page: SectionPage) -> dict[str, Any]:
    """Return a page's logic and the response as it stands, without any label."""
    logic = _logic(page.filling.form, page.part.path)
    return {"logic": logic.json, "state": wire_state(page.filling.state, logic)}


def results_of(viewer: Viewer, here: Place, now: datetime) -> list[list[Any]]:
    """Return what the browser cannot work out of a page: [path, entry key, property, value]."""
    part = next(
        (one for one in parts_of(compiled(here.response.version)) if one.slug == here.section), None
    )
    if part is None or not access.may_open_place(viewer, here):
        return []
    logic = _logic(compiled(here.response.version), part.path)
    if not logic.server:
        return []
    filling = filling_for(viewer, here.response, now)
    found = server_results(filling.state, logic)
    if access.reads_through(viewer, here.response) is None:
        given_back(here.response, filling)
    return found
