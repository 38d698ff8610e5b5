"""The index of a published form: its sections in order, and the questions in each."""

from serai.calc.xforms import CompiledForm, Spec
from serai.surveys.models import FormVersion, Question, Section
from serai.surveys.queries.forms import Part, part_of, parts_of

META = "/meta/"
NOTE, CALCULATE = "note", "calculate"


def write_index(version: FormVersion, form: CompiledForm) -> None:
    """Write the rows of a version's sections and questions."""
    questions: dict[str, list[Spec]] = {}
    for spec in form.specs:
        if not spec.is_group and META not in spec.path and _says(spec):
            questions.setdefault(_part(form, spec).slug, []).append(spec)
    for order, part in enumerate(parts_of(form), 1):
        section = Section.objects.create(
            version=version,
            path=part.path or (part.slug if part.after else ""),
            order=order,
            is_repeat=bool(part.repeat_path),
        )
        Question.objects.bulk_create(
            Question(
                version=version, section=section, path=spec.path,
                repeat_path=repeat_path(form, spec), type=spec.type, kind=kind_of(spec),
                order=spec.index, weight=spec.weight,
                audience=spec.binds.get("serai:audience", ""),
            )
            for spec in questions.get(part.slug, ())
        )  # fmt: skip


def _says(spec: Spec) -> bool:
    return spec.control is not None or CALCULATE in spec.rules


def _part(form: CompiledForm, spec: Spec) -> Part:
    """Return the section of a question; a calculation on no page joins the group around it.

    One that stands in no group joins the first section.
    """
    on_page = part_of(form, spec.path)
    if on_page is not None:
        return on_page
    around = (part for part in parts_of(form) if part.path and _is_below(spec.path, part.path))
    return next(around, parts_of(form)[0])


def _is_below(path: str, group: str) -> bool:
    return path.startswith(f"{group}/")


def kind_of(spec: Spec) -> str:
    """Return how a question is asked: its control, a note, or a calculation nobody sees."""
    if spec.control is None:
        return CALCULATE
    is_note = spec.control.kind == "input" and spec.binds.get("readonly") == "true()"
    return NOTE if is_note and CALCULATE not in spec.rules else spec.control.kind


def repeat_path(form: CompiledForm, spec: Spec) -> str:
    """Return the path of the innermost repeat around a question; "" outside."""
    return form.specs[form.repeats[spec.repeat].spec].path if spec.repeat >= 0 else ""
