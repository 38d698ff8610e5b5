"""Two versions of a form side by side: what happened to each question, and what that means."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from serai.calc.xforms import Change, Comparison, CompiledForm, FormState, Spec, compare
from serai.surveys.models import FormVersion
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.reading import opened, rules_of

if TYPE_CHECKING:
    from serai.calc.xforms import PathChange

# A question that nobody answers is compared like any other, but not asked to be confirmed.
META = "/meta/"
RULES = ("type", "required", "constraint", "relevant", "calculate", "choices")


@dataclass(frozen=True)
class Differing:
    """One side of what differs: the label, a rule, the choices."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangeRow:
    """One question in both versions."""

    old: str
    new: str
    old_text: str
    new_text: str
    changes: tuple[Change, ...]
    differing: tuple[Differing, ...]

    @property
    def differs_here(self) -> bool:
        """Tell whether its reader would see a difference: not of order, look or other languages."""
        is_label = self.changes == (Change.LABEL,)
        return not is_label or self.old_text != self.new_text or bool(self.differing)


@dataclass(frozen=True)
class Compared:
    """Two versions side by side.

    Attributes:
        rows: questions that changed, in the new form's order; removed ones last.
        counts: by class, those that stayed the same included.
    """

    rows: tuple[ChangeRow, ...]
    counts: Mapping[Change, int]


def compared(before: FormVersion, after: FormVersion) -> Comparison:
    """Compare two versions with the moves that an officer confirmed."""
    return compare(compiled(before), compiled(after), after.moves)


def comparison_rows(before: FormVersion, after: FormVersion, language: str) -> Compared:
    """Return every question that changed, with old and new text beside each other."""
    found = compared(before, after)
    old_side, new_side = _Side(before, found.before, language), _Side(after, found.after, language)
    shown = [one for one in found.paths if META not in f"{one.new or one.old}/"]
    rows = [
        _row(one, old_side, new_side) for one in shown if one.changes != frozenset({Change.SAME})
    ]
    counts = Counter(change for one in shown for change in one.changes)
    return Compared(tuple(rows), {change: counts[change] for change in Change if counts[change]})


def moves_to_confirm(
    before: FormVersion, after: FormVersion, language: str = "en"
) -> tuple[dict[str, str], dict[str, str]]:
    """Return new questions and gone ones by path, each with its text; confirmed moves included."""
    found = compare(compiled(before), compiled(after))
    old_side, new_side = _Side(before, found.before, language), _Side(after, found.after, language)
    paths = [one for one in found.paths if META not in f"{one.new or one.old}/"]
    return (
        {one.new: new_side.text(one.new) for one in paths if Change.ADDED in one.changes},
        {one.old: old_side.text(one.old) for one in paths if Change.REMOVED in one.changes},
    )


class _Side:
    """One version as it is read in one language."""

    def __init__(self, version: FormVersion, form: CompiledForm, language: str) -> None:
        self.form = form
        self.state: FormState = opened(version, form, language)

    def text(self, path: str) -> str:
        spec = self.spec(path)
        if spec is None or spec.control is None:
            return ""
        return self.state.label(spec.control, self.entry(spec))

    def spec(self, path: str) -> Spec | None:
        return self.form.spec(path) if path else None

    def entry(self, spec: Spec) -> str:
        return f"r{spec.repeat}" if spec.repeat >= 0 else ""

    def rules(self, path: str) -> dict[str, str]:
        """Return what rules say of a question, in words, and its choices."""
        spec = self.spec(path)
        return {} if spec is None else rules_of(self.state, spec, self.entry(spec))


def _row(one: "PathChange", before: _Side, after: _Side) -> ChangeRow:
    old_text, new_text = before.text(one.old), after.text(one.new)
    return ChangeRow(
        one.old, one.new, old_text, new_text,
        tuple(change for change in Change if change in one.changes),
        tuple(_differing(before.rules(one.old), after.rules(one.new))) if one.old and one.new
        else (),
    )  # fmt: skip


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[Differing]:
    names = {
        "type": _("Kind of answer"), "required": _("Required"), "constraint": _("Must hold"),
        "relevant": _("Asked when"), "calculate": _("Calculation"), "choices": _("Choices"),
        "hint": _("Hint"), "message": _("Said when it does not hold"),
    }  # fmt: skip
    for key, name in names.items():
        if old.get(key, "") != new.get(key, ""):
            yield Differing(name, old.get(key, ""), new.get(key, ""))
