"""What changed between two sets of facts: added, done, moved, asked, and texts rewritten."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from serai.base.blocks import Document, Heading, heading_text
from serai.base.text import TranslatedText
from serai.reports.actions.documents import build, canonical, documents_in, snapshot
from serai.reports.models import Run

DECISIONS = "decisions"
COVER, COLOPHON = "", "about"
Table = Mapping[str, Mapping[str, Any]]
Parts = dict[str, tuple[str, list[object]]]
NO_PART: tuple[str, list[object]] = ("", [])


@dataclass(frozen=True)
class ChangeGroup:
    """Changes of one kind, a sentence each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two reports' facts.

    Attributes:
        notes: what could not be compared, a sentence each.
    """

    groups: tuple[ChangeGroup, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing differs."""
        return not any(group.lines for group in self.groups)


def compare_with_previous(run: Run, *, today: date) -> Changes | None:
    """Compare a run with the issued one before it; None if there is none."""
    previous = run.previous_run
    if previous is None or not previous.snapshot:
        return None
    return compare(facts_of(previous), facts_of(run) if run.snapshot else facts_now(run, today))


def compare_with_now(run: Run, *, today: date) -> Changes:
    """Compare an issued run with the same day asked again now.

    Where the facts are equal, what is written of them still may not be, such as a purpose: then
    the parts that read otherwise are named, so that no difference means the same data.
    """
    before, after = facts_of(run), facts_now(run, today)
    found = compare(before, after)
    if not found.is_empty:
        return found
    parts = _parts_otherwise(run)
    if not (parts or found.notes) and before != after:
        parts = (_("The records behind it, not its words"),)
    return Changes((*found.groups, ChangeGroup(_("Parts that read otherwise"), parts)), found.notes)


def facts_of(run: Run) -> Mapping[str, Any]:
    """Return the facts frozen in an issued run."""
    facts: Mapping[str, Any] = json.loads(run.snapshot)["facts"]
    return facts


def facts_now(run: Run, today: date) -> Mapping[str, Any]:
    """Return the facts as the run's readers would be told today."""
    facts = build(run, language=run.languages[0], dated=today).facts
    plain: Mapping[str, Any] = json.loads(canonical(facts))
    return plain


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """Return what differs, in the reader's language."""
    old, new = before.get("milestones", {}), after.get("milestones", {})
    return Changes(
        (
            ChangeGroup(_("Milestones added"), _added(old, new)),
            ChangeGroup(_("Milestones no longer shown"), _added(new, old)),
            ChangeGroup(_("Done"), _done(old, new)),
            ChangeGroup(_("Dates moved"), _moved(old, new)),
            ChangeGroup(_("Renamed"), _renamed(before, after)),
            ChangeGroup(_("Decided"), _decided(before, after)),
            ChangeGroup(_("Requests opened"), _asked(before, after)),
            ChangeGroup(_("Requests closed"), _asked(after, before)),
            ChangeGroup(_("Answers to requests"), _answered(before, after)),
            ChangeGroup(_("Texts rewritten"), _rewritten(before, after)),
        ),
        _not_recorded(before, after),
    )


def _said(stored: Mapping[str, Mapping[str, str]]) -> str:
    return TranslatedText.from_json(stored).pick(get_language() or "en")[0]


def _name(key: str, row: Mapping[str, Any]) -> str:
    number = key.rpartition("/")[2]
    return f"{number}. {_said(row['name'])}"


def _added(old: Table, new: Table) -> tuple[str, ...]:
    return tuple(
        f"{_name(k, row)}: {_said(row['words'])}" for k, row in new.items() if k not in old
    )


def _done(old: Table, new: Table) -> tuple[str, ...]:
    return tuple(
        f"{_name(key, row)}: {_said(row['completed'])}"
        for key, row in new.items()
        if key in old and row["status"] == "done" and old[key]["status"] != "done"
    )


def _moved(old: Table, new: Table) -> tuple[str, ...]:
    lines = []
    for key, row in new.items():
        if key not in old or row["words"] == old[key]["words"]:
            continue
        moved = _("%(name)s: from “%(before)s” to “%(after)s”") % {
            "name": _name(key, row),
            "before": _said(old[key]["words"]),
            "after": _said(row["words"]),
        }
        lines.append(moved + _by_days(old[key]["end_latest"], row["end_latest"]))
    return tuple(lines)


def _renamed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the initiatives and milestones whose names differ."""
    lines = []
    for table in ("initiatives", "milestones"):
        old, new = before.get(table, {}), after.get(table, {})
        lines += [
            _("From “%(before)s” to “%(after)s”")
            % {"before": _named(key, old[key]), "after": _named(key, row)}
            for key, row in new.items()
            if key in old and old[key]["name"] != row["name"]
        ]
    return tuple(lines)


def _named(key: str, row: Mapping[str, Any]) -> str:
    """Return a milestone's number and name, or an initiative's name."""
    return _name(key, row) if "/" in key else _said(row["name"])


def _parts_otherwise(run: Run) -> tuple[str, ...]:
    """Return the headings of the parts that would read otherwise if the run were issued again."""
    held = documents_in(run.snapshot)
    dated = date.fromisoformat(json.loads(run.snapshot)["dated"])
    again = documents_in(snapshot(run, dated=dated))
    names = [
        name
        for language, document in held.items()
        for name in _differing(_parts(document), _parts(again[language]))
    ]
    return tuple(dict.fromkeys(names))


def _differing(old: Parts, new: Parts) -> list[str]:
    """Return the titles of the parts of which one side alone has what it says."""
    return [
        (new.get(key) or old[key])[0]
        for key in {**old, **new}
        if old.get(key, NO_PART)[1] != new.get(key, NO_PART)[1]
    ]


def _parts(document: Document) -> Parts:
    """Return a document's cover and parts by key, each with its title and what it says."""
    key = COVER
    parts: Parts = {key: (document.title, [replace(document, blocks=())])}
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            key = block.key
            parts[key] = (heading_text(block), [])
        parts[key][1].append(block)
    del parts.get(COLOPHON, ("", []))[1][-1:]  # the seal of the log, of the day of issue
    return parts


def _by_days(before: str | None, after: str | None) -> str:
    """Return ", 14 days later" for two latest days; nothing where one is not known."""
    if not before or not after or before == after:
        return ""
    days = (date.fromisoformat(after) - date.fromisoformat(before)).days
    if days > 0:
        return ngettext(", %(n)s day later", ", %(n)s days later", days) % {"n": days}
    return ngettext(", %(n)s day earlier", ", %(n)s days earlier", -days) % {"n": -days}


def _decided(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the decisions that stand in the later facts alone; none where one side has no record."""
    if DECISIONS not in before or DECISIONS not in after:
        return ()
    old, new = before[DECISIONS], after[DECISIONS]
    return tuple(f"{key}: {_said(row['text'])}" for key, row in new.items() if key not in old)


def _not_recorded(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Say that a report issued before decisions were frozen cannot be compared in them."""
    if (DECISIONS in before) == (DECISIONS in after):
        return ()
    return (_("Decisions were not recorded in the earlier report, so they are not compared."),)


def _asked(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    old, new = before.get("requests", {}), after.get("requests", {})
    return tuple(_said(row["text"]) for key, row in new.items() if key not in old)


def _answered(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    old, new = before.get("requests", {}), after.get("requests", {})
    return tuple(
        _("%(text)s Waiting for %(after)s of %(all)s, before for %(before)s.")
        % {
            "text": _said(row["text"]),
            "after": row["waiting"],
            "before": old[key]["waiting"],
            "all": row["asked"],
        }
        for key, row in new.items()
        if key in old and old[key]["waiting"] != row["waiting"]
    )


def _rewritten(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    old, new = before.get("narratives", {}), after.get("narratives", {})
    names = {code: _said(row["name"]) for code, row in after.get("initiatives", {}).items()}
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return tuple(
        f"{names.get(key.partition('/')[0], key)}: {part_words(key.partition('/')[2])}"
        for key in sorted(changed)
    )


def part_words(part: str) -> str:
    """Return a narrative part in words."""
    return {
        "objective": _("Objective"),
        "approach": _("Approach"),
        "current_status": _("Current status"),
        "next_steps": _("Next steps"),
    }.get(part, part)
