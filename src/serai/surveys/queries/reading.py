"""A form as a respondent reads it, without any answer: texts, choices, and rules in words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from serai.base.xlsform import FormLanguage
from serai.calc.xforms import (
    CompiledForm,
    Control,
    FormState,
    Ref,
    Spec,
)
from serai.calc.xforms.wording import message_text
from serai.surveys.models import FormVersion
from serai.surveys.queries.choices import every_choice
from serai.surveys.queries.conditions import Code, in_words
from serai.surveys.queries.labels import empty_state
from serai.surveys.queries.versions import form_languages

# A form is read, not filled in: neither moment nor chance says anything.
BY_KIND = {
    "select1": _("One of these"), "select": _("Any of these"), "rank": _("All of these, in order"),
    "upload": _("A file"), "trigger": _("A tick"),
}  # fmt: skip
BY_TYPE = {
    "string": _("Text"), "int": _("A whole number"), "decimal": _("A number"),
    "boolean": _("Yes or no"), "date": _("A day"), "time": _("A time of day"),
    "dateTime": _("A day and a time"), "geopoint": _("A place"), "geotrace": _("A line of places"),
    "geoshape": _("An area"), "barcode": _("A bar code"),
}  # fmt: skip


@dataclass(frozen=True)
class QuestionView:
    """One question, or a group's or repeat's head, as it is read.

    Attributes:
        kind: the control's: input, select1, group, repeat …
        choices: (value, label) of each.
        media: what accompanies the label, by kind: an image's name and so on.
        condition, constraint, required: rules in words, or their code; "" where there is none.
        depth: how many groups stand around it within its section.
        is_asked: somebody answers it: no note, no group, no calculation.
        answer: what kind of answer it takes, in words.
        is_untranslated: the language has no title; the one of the form's own language stands.
    """

    path: str
    kind: str
    type: str
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    media: tuple[tuple[str, str], ...]
    condition: str
    constraint: str
    message: str
    required: str
    is_repeat: bool
    depth: int
    is_asked: bool
    is_always_required: bool
    answer: str
    is_untranslated: bool = False


def answer_words(spec: Spec) -> str:
    """Return what kind of answer a question takes."""
    kind = spec.control.kind if spec.control is not None else ""
    return str(BY_KIND.get(kind) or BY_TYPE.get(spec.type) or BY_TYPE["string"])


def opened(version: FormVersion, form: CompiledForm, language: str) -> FormState:
    """Return an empty response with one entry in each repeat, to read the form's texts from.

    Without a language its texts are those of the form's own.
    """
    if not language:
        return empty_state(form, form.default_language)
    return empty_state(form, _name_in(form_languages(version, form), language))


def _name_in(spoken: tuple[FormLanguage, ...], code: str) -> str:
    """Return the form's name of a language; its default one where it lacks it."""
    return next((one.name for one in spoken if one.code == code), spoken[0].name)


def rules_of(state: FormState, spec: Spec, entry: str) -> dict[str, str]:
    """Return what a question asks for, rule by rule, in words."""
    control = spec.control
    found: dict[str, str] = {
        name: in_words(state, spec, spec.binds[name])
        for name in ("required", "constraint", "relevant")
        if name in spec.binds
    }
    found["type"] = answer_words(spec)
    if "calculate" in spec.binds:
        found["calculate"] = Code(spec.binds["calculate"])
    if control is not None:
        found["hint"] = state.hint(control, entry)
        said = (f"{value}: {label}" for value, label in choices_of(state, spec, entry))
        found["choices"] = "; ".join(said)
    found["message"] = message_of(state, spec, entry)
    return found


def choices_of(state: FormState, spec: Spec, entry: str) -> tuple[tuple[str, str], ...]:
    """Return what a question may offer."""
    return () if spec.control is None else every_choice(state, Ref(spec.path, entry))


def message_of(state: FormState, spec: Spec, entry: str) -> str:
    """Return what is said where the constraint does not hold."""
    written = spec.messages.get("constraint", "")
    if not written:
        return ""
    cell = state.cell(Ref(spec.path, entry))
    return message_text(written, spec.index, state.focus(cell))


def section_views(state: FormState, control: Control) -> list[QuestionView]:
    """Return a top control and all inside it, in order."""
    found: list[QuestionView] = []
    _walk(state, control, 0, found)
    return found


def _walk(state: FormState, control: Control, depth: int, found: list[QuestionView]) -> None:
    inner = control.children
    # A repeat stands in a group of its own that carries its label.
    is_repeat = len(inner) == 1 and inner[0].kind == "repeat" and inner[0].spec == control.spec
    if control.kind != "repeat":
        found.append(_view(state, control, depth, is_repeat=is_repeat))
        depth += 1
    for one in inner:
        if one.kind == "repeat" and not is_repeat:
            found.append(_view(state, one, depth, is_repeat=True))
        _walk(state, one, depth, found)


def _view(state: FormState, control: Control, depth: int, *, is_repeat: bool) -> QuestionView:
    spec = state.form.specs[control.spec] if control.spec >= 0 else state.form.specs[0]
    entry = f"r{spec.repeat}" if spec.repeat >= 0 else ""
    outer = state.form.repeats[spec.repeat].parent if spec.repeat >= 0 and is_repeat else -1
    seen_from = (f"r{outer}" if outer >= 0 else "") if is_repeat else entry
    rules = rules_of(state, spec, entry) if control.spec >= 0 else {}
    is_group = bool(control.children)
    return QuestionView(
        spec.path, control.kind, spec.type, state.label(control, seen_from).strip(),
        state.hint(control, seen_from),
        () if is_group else choices_of(state, spec, entry),
        tuple(state.media(control, seen_from).items()),
        rules.get("relevant", ""), rules.get("constraint", ""), rules.get("message", ""),
        "" if is_group else rules.get("required", ""), is_repeat, depth,
        not is_group and spec.binds.get("readonly") != "true()" and "calculate" not in spec.binds,
        spec.binds.get("required") == "true()",
        answer_words(spec),
    )  # fmt: skip
