"""What a form's questions are called, for lists that know their paths alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from serai.calc.xforms import CompiledForm, Control, EntryAt, Env, FormState, open_form
from serai.surveys.queries.forms import KEPT_FORMS, language_of

MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
NOBODY = "00000000-0000-0000-0000-000000000000"


def empty_state(form: CompiledForm, language: str) -> FormState:
    """Return an empty response with one entry in each repeat, to read the form's texts from.

    An entry's key is "r" and the number of its repeat.

    Args:
        form: the form.
        language: by the form's own name of it.
    """
    entries = [
        EntryAt(form.specs[one.spec].path, f"r{one.parent}" if one.parent >= 0 else "",
                f"r{one.index}")
        for one in form.repeats
    ]  # fmt: skip
    env = Env(
        now=MOMENT, zone=UTC, language=language, random=lambda: 0.0, new_uuid=lambda: NOBODY,
        user={},
    )  # fmt: skip
    return open_form(form, {}, entries, env, first=False)


@lru_cache(maxsize=4 * KEPT_FORMS)
def labels_of(form: CompiledForm, language: str) -> Mapping[str, str]:
    """Return the labels of a form's questions, groups and repeats by path, as an empty form shows them.

    What has no label of its own is left out.
    """
    state = empty_state(form, language_of(form, language))
    found: dict[str, str] = {}
    for control in _all(form.controls):
        # A repeat's label stands on the group around it, which has the same path.
        if control.spec >= 0 and (label := _label(state, control)):
            found.setdefault(form.specs[control.spec].path, label)
    return found


def _all(controls: Sequence[Control]) -> Iterator[Control]:
    for one in controls:
        yield one
        yield from _all(one.children)


def _label(state: FormState, control: Control) -> str:
    spec = state.form.specs[control.spec]
    around = spec.repeat
    is_repeat = around >= 0 and state.form.repeats[around].spec == control.spec
    if is_repeat:
        around = state.form.repeats[around].parent
    return state.label(control, f"r{around}" if around >= 0 else "").strip()
