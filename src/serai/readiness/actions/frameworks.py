"""Editions of the framework: begun as drafts, changed row by row, published, then fixed."""

import copy
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.calc.network.platforms import read_platforms
from serai.calc.readiness.editing import (
    CriterionEdit,
    Document,
    NoSuchRow,
    PackageEdit,
    RowEdit,
    with_criterion,
    with_event_row,
    with_package,
    with_weights,
)
from serai.readiness import access
from serai.readiness.actions.acts import Refused, note_audit
from serai.readiness.models import Framework, TierTable
from serai.readiness.queries import frameworks as queries
from serai.readiness.states import EditionState, may_follow

if TYPE_CHECKING:
    from serai.programme.models import Initiative

E = TypeVar("E", Framework, TierTable)
LARGEST_FILE = 1_000_000


class Faulty(Refused):
    """A document that cannot be used; `faults` names every row that is wrong."""

    def __init__(self, faults: tuple[str, ...], field: str = "") -> None:
        super().__init__(" ".join(faults), field)
        self.faults = faults


# ---------------------------------------------------------------- from a preset
@transaction.atomic
def put_framework(
    *, document: Mapping[str, Any], initiative: "Initiative", title: TranslatedText, now: datetime
) -> Framework | None:
    """Put a preset's framework in use; None where there is an edition already.

    Raises:
        Faulty: with every fault.
    """
    return _put(Framework, queries.faults(document), document, initiative, title, now)


@transaction.atomic
def put_tiers(
    *, document: Mapping[str, Any], initiative: "Initiative", title: TranslatedText, now: datetime
) -> TierTable | None:
    """Put a preset's table of tiers and platforms in use; None where there is one already.

    Raises:
        Faulty: with every fault.
    """
    wrong = queries.platforms(document).faults
    return _put(TierTable, wrong, document, initiative, title, now)


def _put(
    model: type[E], faults: tuple[str, ...], document: Mapping[str, Any],
    initiative: "Initiative", title: TranslatedText, now: datetime,
) -> E | None:  # fmt: skip
    if model._default_manager.exists():
        return None
    if faults:
        raise Faulty(faults)
    made = model._default_manager.create(
        number=1, initiative=initiative, title=title, document=dict(document),
        state=EditionState.IN_USE.value, made_at=now, published_at=now,
    )  # fmt: skip
    note_audit("put_edition", made, by=None, now=now, after={"number": 1})
    return made


# ---------------------------------------------------------------- drafts
@transaction.atomic
def copy_edition(*, edition: E, by: Viewer, now: datetime) -> E:
    """Begin a draft with what an edition says."""
    require(access.may_keep_framework, by, edition)
    return new_draft(edition, copy.deepcopy(edition.document), by=by, now=now)


def new_draft(edition: E, document: Mapping[str, Any], *, by: Viewer, now: datetime) -> E:
    """Make the next number's draft for the initiative and under the title of an edition."""
    model = type(edition)
    number = (model._default_manager.aggregate(most=Max("number"))["most"] or 0) + 1
    made = model._default_manager.create(
        number=number, initiative=edition.initiative, title=edition.title,
        document=dict(document), made_at=now, made_by_id=by.person_id, sample=by.is_sample,
    )  # fmt: skip
    note_audit("make_draft", made, by=by, now=now, after={"from": edition.number})
    return made


@transaction.atomic
def draft_from_file(*, edition: Framework, content: bytes, by: Viewer, now: datetime) -> Framework:
    """Begin a draft with an uploaded readiness.toml, in place of an edition's words.

    Raises:
        Faulty: with every fault, each with its row; nothing is kept.
    """
    require(access.may_keep_framework, by, edition)
    document = read_toml(content)
    if wrong := queries.faults(document):
        raise Faulty(wrong, "file")
    return new_draft(edition, document, by=by, now=now)


def read_toml(content: bytes) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        Refused: with the line that is wrong.
    """
    if len(content) > LARGEST_FILE:
        raise Refused(_("This file is larger than 1 MB. Upload readiness.toml alone."), "file")
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused(_("This file is not text in UTF-8. Save it so."), "file") from error
    except tomllib.TOMLDecodeError as error:
        said = _("This is not TOML: %(fault)s. Mend that line and upload the file again.")
        raise Refused(said % {"fault": error}, "file") from error


def _changed(
    draft: E, verb: str, what: str, change: Callable[[Document], Document],
    by: Viewer, now: datetime,
) -> E:  # fmt: skip
    """Write a draft's document anew from the one that stands now."""
    require(access.may_keep_framework, by, draft)
    row = type(draft)._default_manager.select_for_update().get(pk=draft.pk)
    if row.state != EditionState.DRAFT:
        raise Refused(_("This edition is in use or retired and stays as it is. Copy it first."))
    try:
        row.document = change(row.document)
    except NoSuchRow as error:
        raise Refused(str(error)) from error
    row.save(update_fields=["document"])
    note_audit(verb, row, by=by, now=now, after={"row": what})
    return row


@transaction.atomic
def edit_criterion(
    *, draft: Framework, code: str, edit: CriterionEdit, by: Viewer, now: datetime
) -> Framework:
    """Change a criterion's weight, thresholds, words, lever or source."""

    def change(document: Document) -> Document:
        return with_criterion(document, code, edit)

    return _changed(draft, "edit_criterion", code, change, by, now)


@transaction.atomic
def edit_weights(
    *, draft: Framework, weights: Mapping[str, float], by: Viewer, now: datetime
) -> Framework:
    """Change the weights of the dimensions; they make 100 when the edition is published."""

    def change(document: Document) -> Document:
        return with_weights(document, weights)

    return _changed(draft, "edit_weights", ", ".join(weights), change, by, now)


@transaction.atomic
def edit_event_row(
    *, draft: Framework, event: str, edit: RowEdit, by: Viewer, now: datetime
) -> Framework:
    """Change what an event asks of one fact in one role."""

    def change(document: Document) -> Document:
        return with_event_row(document, event, edit)

    said = f"{event} {edit.role} {edit.fact}"
    return _changed(draft, "edit_event_row", said, change, by, now)


@transaction.atomic
def edit_package(
    *, draft: Framework, code: str, edit: PackageEdit, by: Viewer, now: datetime
) -> Framework:
    """Change what a package brings about, how soon, for how long."""

    def change(document: Document) -> Document:
        return with_package(document, code, edit)

    return _changed(draft, "edit_package", code, change, by, now)


@transaction.atomic
def replace_tiers(
    *, draft: TierTable, tiers: list[dict[str, Any]], by: Viewer, now: datetime
) -> TierTable:
    """Put the rows of a sheet in place of a draft's tiers; the platforms stay."""

    def change(document: Document) -> Document:
        return {**document, "tiers": tiers}

    return _changed(draft, "replace_tiers", f"{len(tiers)}", change, by, now)


@transaction.atomic
def edit_platform(
    *, draft: TierTable, row: Mapping[str, object], is_new: bool, by: Viewer, now: datetime
) -> TierTable:
    """Change what is known of a platform in a draft, or add one.

    Raises:
        Faulty: with what is wrong with the row.
        Refused: a new one's code is there already, or the one to change is not.
    """
    code = str(row.get("code", ""))

    def change(document: Document) -> Document:
        rows = document.get("platforms")
        held = rows if isinstance(rows, list) else []
        is_there = any(one.get("code") == code for one in held)
        if is_new == is_there:
            raise Refused(
                _("The code “%(code)s” is there already. Choose another.") % {"code": code}
                if is_new
                else _("There is no platform “%(code)s” in this table.") % {"code": code},
                "code" if is_new else "",
            )
        kept = [dict(row) if one.get("code") == code else one for one in held]
        return {**document, "platforms": [*held, dict(row)] if is_new else kept}

    if wrong := read_platforms([row])[1]:
        raise Faulty(tuple(wrong))
    return _changed(draft, "edit_platform", code, change, by, now)


@transaction.atomic
def delete_draft(*, draft: Framework | TierTable, by: Viewer, now: datetime) -> None:
    """Throw a draft away."""
    require(access.may_keep_framework, by, draft)
    if draft.state != EditionState.DRAFT:
        raise Refused(_("Only a draft can be deleted: what was in use stays."))
    note_audit("delete_draft", draft, by=by, now=now, before={"number": draft.number})
    draft.delete()


# ---------------------------------------------------------------- publishing
@transaction.atomic
def publish(*, draft: E, change_note: str, by: Viewer, now: datetime) -> E:
    """Put a draft in use; the edition in use until now is retired, and both stay as they are.

    Raises:
        Faulty: with every fault, each with its row.
    """
    require(access.may_keep_framework, by, draft)
    model = type(draft)
    row = model._default_manager.select_for_update().get(pk=draft.pk)
    if row.state != EditionState.DRAFT or not may_follow(EditionState.DRAFT, EditionState.IN_USE):
        raise Refused(_("This edition is in use or retired already."))
    if isinstance(row, Framework):
        wrong = queries.faults(row.document)
    else:
        wrong = queries.platforms(row.document).faults
    if wrong:
        raise Faulty(wrong)
    if not change_note.strip():
        raise Refused(_("Say what is different from the edition before."), "change_note")
    model._default_manager.filter(state=EditionState.IN_USE.value).update(
        state=EditionState.RETIRED.value
    )
    row.state, row.change_note = EditionState.IN_USE.value, change_note.strip()
    row.published_at, row.published_by_id = now, by.person_id
    row.save(update_fields=["state", "change_note", "published_at", "published_by"])
    note_audit("publish_edition", row, by=by, now=now, after={"number": row.number})
    return row
