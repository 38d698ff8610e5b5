"""Takes a response from one version of its form to the next; no text is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from serai.calc.xforms.answers import fits
from serai.calc.xforms.diff import Change, Comparison, PathChange, sort_of
from serai.calc.xforms.flow import EntryAt, Ref
from serai.calc.xforms.form import CompiledForm, Spec
from serai.calc.xforms.values import Rules


@dataclass(frozen=True, slots=True)
class SetAside:
    """An answer that the new form has no place for; it stays a row, listed for the lead.

    Attributes:
        ref: where it stood in the version it was given to.
        text: the answer.
        change: why it was set aside.
    """

    ref: Ref
    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Response:
    """A response as stored.

    Attributes:
        digest: names the form that the answers belong to.
        answers: texts by path and entry.
        entries: the entries there are, outer ones first.
        set_aside: answers that found no place so far.
        review: answers to look at anew, in the new form's paths.
    """

    digest: str
    answers: dict[Ref, str] = field(default_factory=dict)
    entries: tuple[EntryAt, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    review: tuple[Ref, ...] = ()


def carry(comparison: Comparison, response: Response, rules: Rules) -> Response:
    """Carry a response over to a new version of its form.

    Args:
        comparison: the versions side by side.
        response: answers to the old version; one that belongs to the new version already is
            given back unchanged, so carrying twice is carrying once.
        rules: profile and zone, to read answers whose type changed.
    Returns:
        The response in the new form. Recalculate and check it: `review` names what a person
        should look at.
    Raises:
        ValueError: the response belongs to neither version.
    Source: docs/methods/xforms.md, "Comparing versions".
    """
    if response.digest == comparison.after.digest:
        return response
    if response.digest != comparison.before.digest:
        raise ValueError("The response belongs to neither version of the form.")
    return _Carrier(comparison, response, rules).carried()


class _Carrier:
    def __init__(self, comparison: Comparison, response: Response, rules: Rules) -> None:
        self.before, self.after = comparison.before, comparison.after
        self.by_old = comparison.by_old()
        self.response = response
        self.rules = rules
        self.entries = self.carried_entries()
        self.keys = {entry.key: entry for entry in self.entries}
        self.answers: dict[Ref, str] = {}
        self.aside = list(response.set_aside)
        self.review = dict.fromkeys(response.review)

    def carried(self) -> Response:
        for ref, text in self.response.answers.items():
            change = self.by_old.get(ref.path)
            if change is None or Change.REMOVED in change.changes:
                if text:
                    self.aside.append(SetAside(ref, text, Change.REMOVED))
                continue
            self.place(ref, text, change)
        return Response(
            self.after.digest,
            self.answers,
            self.entries,
            tuple(dict.fromkeys(self.aside)),
            tuple(ref for ref in self.review if ref in self.answers),
        )

    def carried_entries(self) -> tuple[EntryAt, ...]:
        """Return the entries of repeats that the new form has, under their old or moved path."""
        moved = self.moved_repeats()
        found: list[EntryAt] = []
        for entry in self.response.entries:
            path = moved.get(entry.repeat_path, entry.repeat_path)
            spec = self.after.by_path.get(path)
            repeat = self.after.specs[spec].repeat if spec is not None else -1
            if repeat >= 0 and self.after.repeats[repeat].spec == spec:
                known = {one.key for one in found}
                if not entry.parent or entry.parent in known:
                    found.append(EntryAt(path, entry.parent, entry.key))
        return self.with_new_entries(found)

    def moved_repeats(self) -> dict[str, str]:
        """Return the new path of each repeat all of whose moved questions went to one repeat."""
        goals: dict[str, set[str]] = {}
        for change in self.by_old.values():
            if not change.new:
                continue
            old = _repeat_path(self.before, self.before.spec(change.old))
            new = _repeat_path(self.after, self.after.spec(change.new))
            if old and new:
                goals.setdefault(old, set()).add(new)
        return {old: next(iter(new)) for old, new in goals.items() if len(new) == 1}

    def with_new_entries(self, found: list[EntryAt]) -> tuple[EntryAt, ...]:
        """Add a first entry where a question went into a repeat that had none."""
        for change in self.by_old.values():
            if Change.REPEAT_CHANGED not in change.changes:
                continue
            spec = self.after.spec(change.new)
            if self.before.spec(change.old).repeat >= 0 or spec.repeat < 0:
                continue
            chain = self.after.chain(spec.index)
            parent = ""
            for repeat in chain:
                path = self.after.specs[self.after.repeats[repeat].spec].path
                here = [one for one in found if one[:2] == (path, parent)]
                if not here:
                    here = [EntryAt(path, parent, f"{parent or 'new'}:{path}")]
                    found.append(here[0])
                parent = here[0].key
        return tuple(found)

    def place(self, ref: Ref, text: str, change: PathChange) -> None:
        """Put one answer where it belongs now, or aside."""
        old, new = self.before.spec(change.old), self.after.spec(change.new)
        goal = self.goal(ref, old, new)
        if goal is None or goal in self.answers:
            if text:
                self.aside.append(SetAside(ref, text, Change.REPEAT_CHANGED))
            return
        if Change.TYPE_CHANGED in change.changes and text and not self.reads_back(new, text):
            self.aside.append(SetAside(ref, text, Change.TYPE_CHANGED))
            self.review[goal] = None
            self.answers[goal] = ""
            return
        self.answers[goal] = text
        if change.changes & {Change.NARROWED, Change.TYPE_CHANGED, Change.REPEAT_CHANGED}:
            self.review[goal] = None

    def goal(self, ref: Ref, old: Spec, new: Spec) -> Ref | None:
        """Return where an answer goes: the same entry, entry 1, or out of a single entry."""
        if new.repeat < 0:
            if old.repeat < 0:
                return Ref(new.path)
            siblings = {
                one.entry
                for one, text in self.response.answers.items()
                if one.path == ref.path and text
            }
            return Ref(new.path) if siblings <= {ref.entry} else None
        wanted = _repeat_path(self.after, new)
        if old.repeat >= 0:
            entry = self.keys.get(ref.entry)
            fits_in = entry is not None and entry.repeat_path == wanted
            return Ref(new.path, ref.entry) if fits_in else None
        first = [entry.key for entry in self.entries if entry.repeat_path == wanted]
        return Ref(new.path, first[0]) if first else None

    def reads_back(self, spec: Spec, text: str) -> bool:
        """Tell whether a text is an answer of the field's new type as it stands."""
        if sort_of(spec) == "one":
            return len(text.split()) == 1
        return spec.type == "string" or fits(text, spec.type, self.rules)


def _repeat_path(form: CompiledForm, spec: Spec) -> str:
    if spec.repeat < 0:
        return ""
    return form.specs[form.repeats[spec.repeat].spec].path


def drafted_requests(response: Response, broken: Sequence[Ref]) -> list[Ref]:
    """Return the questions to ask again after carrying: reviewed ones that are empty or broken."""
    unfit = set(broken)
    return [ref for ref in response.review if ref in unfit or not response.answers.get(ref)]
