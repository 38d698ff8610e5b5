"""Compiled forms: read once a process; what a published version says never changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.utils.translation import gettext as _

from serai.base.files import place_of
from serai.calc.xforms import CompiledForm, Control, FormState, compile_form
from serai.calc.xforms.form import CALCULATE
from serai.surveys.models import FormFile, FormVersion
from serai.surveys.states import VersionState

KEPT_FORMS = 32
LIST_ENDINGS = (".csv", ".xml")


def compiled(version: FormVersion) -> CompiledForm:
    """Return a version's form, ready to be filled; the same object each time while it is the same.

    A checked version may still get lists and translations, so the sums of its files are asked.
    """
    is_open = version.state == VersionState.CHECKED
    return _compiled(version.pk, version.sha256, _sums(version.pk) if is_open else ())


def _sums(version_id: int) -> tuple[str, ...]:
    """Return the sums of a version's files by name."""
    rows = FormFile.objects.filter(version_id=version_id).order_by("name")
    return tuple(rows.values_list("sha256", flat=True))


@lru_cache(maxsize=KEPT_FORMS)
def _compiled(version_id: int, _sha256: str, _files: tuple[str, ...]) -> CompiledForm:
    xform = FormVersion.objects.values_list("xform", flat=True).get(pk=version_id)
    return compile_form(xform, lists_of(version_id))


def lists_of(version_id: int) -> dict[str, str]:
    """Return the texts of the lists that a form draws its choices from, by file name."""
    rows = FormFile.objects.filter(version_id=version_id).values_list("name", "file__storage_key")
    return {
        name: place_of(key).read_text(encoding="utf-8-sig")
        for name, key in rows
        if name.lower().endswith(LIST_ENDINGS)
    }


@dataclass(frozen=True)
class Part:
    """One page of a form.

    Attributes:
        slug: stands in addresses.
        path: of the group or repeat; "" for questions that stand in none.
        controls: what is on the page, in order.
        label: the group or repeat that gives the page its title.
        after: of questions that stand in none, the group or repeat before them.
        repeat_path: set where each entry is a page of its own.
    """

    slug: str
    path: str
    controls: tuple[Control, ...]
    label: Control | None = None
    repeat_path: str = ""
    after: Control | None = None


GROUPS = frozenset({"group", "repeat"})
LOOSE = "questions"


@lru_cache(maxsize=KEPT_FORMS)
def parts_of(form: CompiledForm) -> tuple[Part, ...]:
    """Return the pages of a form in its order: groups and repeats at the top, loose questions.

    Questions that stand in no group make one page up to the next group; its address names the
    group before, so that it stays the same when others come or go.
    """
    taken = {_name(form, one) for one in form.controls if one.kind in GROUPS}
    found: list[Part] = []
    for is_group, run in groupby(form.controls, lambda one: one.kind in GROUPS):
        if is_group:
            found += [_titled(form, one, len(found) + place) for place, one in enumerate(run, 1)]
            continue
        before = found[-1] if found else None
        slug = f"after-{before.slug}" if before else LOOSE
        while slug in taken:
            slug += "-"
        found.append(Part(slug, "", tuple(run), after=before.label if before else None))
    return tuple(found)


def _titled(form: CompiledForm, control: Control, place: int) -> Part:
    inner = _only_repeat(control)
    return Part(
        slug=_name(form, control) or f"page-{place}",
        path=_path(form, control),
        controls=tuple((inner or control).children),
        label=control,
        repeat_path=_path(form, inner) if inner else "",
    )


def _name(form: CompiledForm, control: Control) -> str:
    return _path(form, control).rpartition("/")[2]


def heading(state: FormState, part: Part) -> str:
    """Return the heading of a page: its group's title, or where its loose questions stand."""
    if part.label is not None:
        return state.label(part.label)
    if part.after is not None:
        return _("Questions after “%(section)s”") % {"section": state.label(part.after)}
    return _("First questions") if len(parts_of(state.form)) > 1 else _("Questions")


def _only_repeat(control: Control) -> Control | None:
    """Return the repeat that is all a group holds, or the control itself where it is one."""
    if control.kind == "repeat":
        return control
    inner = [one for one in control.children if one.kind == "repeat"]
    return inner[0] if len(inner) == len(control.children) == 1 else None


def _path(form: CompiledForm, control: Control) -> str:
    return form.specs[control.spec].path if control.spec >= 0 else ""


@lru_cache(maxsize=KEPT_FORMS)
def _pages(form: CompiledForm) -> dict[str, Part]:
    """Return the page of each path on one."""
    found: dict[str, Part] = {}
    for part in parts_of(form):
        for control in part.controls:
            for one in _below(control):
                if one.spec >= 0:
                    found[_path(form, one)] = part
    return found


def _below(control: Control) -> Iterator[Control]:
    yield control
    for child in control.children:
        yield from _below(child)


def part_of(form: CompiledForm, path: str) -> Part | None:
    """Return the page a question stands on; None for what no page shows."""
    return _pages(form).get(path)


@lru_cache(maxsize=KEPT_FORMS)
def _narrow(form: CompiledForm) -> dict[str, str]:
    """Return the narrower audience of each path that has one: its own, or of what it is made of."""
    found: dict[int, str] = {}
    for spec in form.specs:
        if own := spec.binds.get("serai:audience"):
            found[spec.index] = own
    for rule in form.ordered:  # in the order they run, so once is enough
        if rule.property == CALCULATE and rule.spec not in found:
            inside = (one for read in sorted(rule.reads) for one in _within(form, read))
            if narrow := next((found[one] for one in inside if one in found), ""):
                found[rule.spec] = narrow
    return {form.specs[spec].path: narrow for spec, narrow in found.items()}


def _within(form: CompiledForm, spec: int) -> Iterator[int]:
    yield spec
    for child in form.specs[spec].children:
        yield from _within(form, child)


def narrow_of(form: CompiledForm, path: str) -> str:
    """Return the narrower audience of a question; "" for none.

    What is calculated from answers for few is for the same few, unless the form says otherwise
    of the result itself.
    """
    return _narrow(form).get(path, "")


def language_of(form: CompiledForm, code: str) -> str:
    """Return the form's own name of a language, such as "Русский (ru)"; its default without one."""
    for name in form.texts:
        if tag_of(name) == code:
            return name
    short = code.partition("-")[0]
    for name in form.texts:
        if tag_of(name).partition("-")[0] == short:
            return name
    return form.default_language


def tag_of(name: str) -> str:
    """Return the tag of a form's language: "Русский (ru)" is ru; a bare name is its own."""
    inner = name.rpartition("(")[2]
    return inner.rstrip(")").strip().lower() if name.endswith(")") else name.strip().lower()
