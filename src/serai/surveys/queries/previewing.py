"""A form as its respondents will read it, section by section."""

from dataclasses import dataclass, replace

from serai.calc.xforms import Control, FormState
from serai.surveys.models import FormVersion
from serai.surveys.queries.forms import compiled, heading, parts_of
from serai.surveys.queries.reading import QuestionView, opened, section_views


@dataclass(frozen=True)
class SectionView:
    """One section: its title, whether it is filled in once an entry, its questions.

    Attributes:
        is_worded_here: the title is not the form's: its questions stand in no group.
    """

    slug: str
    title: str
    is_repeat: bool
    condition: str
    hint: str
    questions: tuple[QuestionView, ...]
    is_untranslated: bool = False
    is_worded_here: bool = False


def preview(version: FormVersion, language: str) -> list[SectionView]:
    """Return a form's sections in one language; two queries at most.

    A title that is not translated stands in the form's own language.
    """
    form = compiled(version)
    state = opened(version, form, language)
    own = opened(version, form, "")
    found = []
    for part in parts_of(form):
        if part.label is None:
            loose = [view for one in part.controls for view in _views(state, own, one)]
            title = heading(state, part)
            found.append(
                SectionView(part.slug, title, False, "", "", tuple(loose), is_worded_here=True)
            )
            continue
        head, *questions = _views(state, own, part.label)
        found.append(
            SectionView(
                part.slug, head.label, bool(part.repeat_path), head.condition, head.hint,
                tuple(questions), head.is_untranslated,
            )
        )  # fmt: skip
    return found


def _views(state: FormState, own: FormState, control: Control) -> list[QuestionView]:
    """Return a control and all inside it; what has no title gets that of the form's own language."""
    pairs = zip(section_views(state, control), section_views(own, control), strict=True)
    return [
        replace(one, label=source.label, is_untranslated=True)
        if source.label and not one.label
        else one
        for one, source in pairs
    ]


@dataclass(frozen=True)
class SectionRow:
    """One section of the outline: its title, and how many questions it asks."""

    slug: str
    title: str
    is_repeat: bool
    questions: int
    required: int


def outline(version: FormVersion, language: str) -> list[SectionRow]:
    """Return a form's sections with the number of their questions; one query."""
    return [
        SectionRow(
            one.slug, one.title, one.is_repeat,
            sum(1 for view in one.questions if view.is_asked),
            sum(1 for view in one.questions if view.is_asked and view.required),
        )
        for one in preview(version, language)
    ]  # fmt: skip
