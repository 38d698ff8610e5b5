"""A response begun, answered and handed in at once: what a wave's device brings without a fault.

Most submissions are such. Whatever is odd about one goes the careful way of `applying`, which puts
every text where it belongs by itself and ends, for a submission that is sound, with the same rows.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from serai.base import audit
from serai.base.access import Viewer
from serai.base.bulk import insert_rows, update_row
from serai.calc.xforms import (
    CompiledForm,
    EntryAt,
    FormState,
    Instance,
    Ref,
    Spec,
    asked_of,
    check,
    completeness_of,
    open_form,
)
from serai.members.states import Audience
from serai.surveys.actions.acts import note_audit, tell_rooms
from serai.surveys.actions.answers import LONGEST_ANSWER, NEVER_STORED
from serai.surveys.actions.responses import tell_ended, unwritten
from serai.surveys.actions.saving import (
    Draft,
    Given,
    Pen,
    marks_of,
    move_heads,
    note_rows,
    store_entries,
    store_rows,
    write_marks,
)
from serai.surveys.actions.steps import READ_UP_TO, Reach, let_read
from serai.surveys.actions.superseding import entry_key, text_name
from serai.surveys.models import Response, Submission, SubmissionStep, Wave
from serai.surveys.queries.filling import Filling, env_of, normal
from serai.surveys.queries.forms import KEPT_FORMS, compiled, parts_of
from serai.surveys.states import ResponseState, Source, SurveyEvent, WaveState

BEGUN, HANDED_IN = 1, 2
"""Revisions of a response that was begun with its answers, and handed in."""


@dataclass(frozen=True)
class Whole:
    """A sound instance, checked, and the response it will be."""

    response: Response
    state: FormState
    draft: Draft
    entries: list[EntryAt]
    by: Viewer


def sound(
    found: Submission, step: SubmissionStep, instance: Instance, now: datetime
) -> Whole | None:
    """Check an instance as the form would; None where the careful way must look at it."""
    wave, person = found.device_key.wave, found.device_key.person
    if wave is None or person is None or not person.is_active:
        return None
    if not _is_plain(found, step, instance, wave):
        return None
    response = unwritten(wave, person.pk, now)
    form = compiled(wave.version)
    if not _takes_only_answers(form):
        return None
    entries, keys = _entries(found, instance)
    texts = _texts(form, instance, keys)
    if texts is None:
        return None
    # What nobody is asked, such as hours and names of devices, the house fills in itself.
    state = open_form(form, texts, entries, env_of(response, now), first=True)
    if state.all_entries() != entries or check(state):
        return None
    return Whole(
        response, state, _draft(found, form, instance, keys, state),
        entries, Viewer(person_id=person.pk, is_sample=person.sample),
    )  # fmt: skip


def _is_plain(
    found: Submission, step: SubmissionStep, instance: Instance, wave: Wave
) -> bool:  # fmt: skip
    """Tell whether a submission is new, in time and of the wave's own version."""
    is_odd = found.deprecated_id or step.issues or step.response_id or instance.unknown
    return (
        not is_odd
        and wave.state == WaveState.OPEN
        and found.form_version_id == wave.version_id
        and not wave.survey.has_signature
    )


@lru_cache(maxsize=KEPT_FORMS)
def _takes_only_answers(form: CompiledForm) -> bool:
    """Tell whether all that a form holds is asked, or follows from answers alike at any hour.

    Actions run once and volatile results differ each time, so they take the careful way; so does
    what a device may not change.
    """
    return not form.actions and not any(
        rule.is_volatile or (rule.property == "readonly" and _holds_answers(form.specs[rule.spec]))
        for rule in form.rules
    )


def _holds_answers(spec: Spec) -> bool:
    return spec.control is not None or spec.is_group


def _entries(found: Submission, instance: Instance) -> tuple[list[EntryAt], dict[str, str]]:
    """Give the device's entries keys of the house: the same again for the same instance."""
    keys = {"": ""}
    entries = []
    for one in instance.entries:
        at = EntryAt(one.repeat_path, keys[one.parent], one.key)
        keys[one.key] = entry_key(found.instance_id, at)
        entries.append(EntryAt(at.repeat_path, at.parent, keys[one.key]))
    return entries, keys


def _texts(form: CompiledForm, instance: Instance, keys: dict[str, str]) -> dict[Ref, str] | None:
    """Return texts as they are stored; None where one is not as its question stores it."""
    texts = {}
    for (path, entry), text in instance.answers.items():
        spec = form.spec(path)
        if not _is_asked(form, path):
            continue
        if len(text) > LONGEST_ANSWER or NEVER_STORED.search(text):
            return None
        if text and spec.control is not None and spec.control.kind == "upload":
            return None
        stored = normal(form, path, text)
        if stored != text and spec.type in {"int", "decimal"}:
            return None
        texts[Ref(path, keys[entry])] = stored
    return texts


def _draft(
    found: Submission, form: CompiledForm, instance: Instance, keys: dict[str, str],
    state: FormState,
) -> Draft:  # fmt: skip
    """Tell what people answered from what follows; each text keeps its name for a correction."""
    stands = state.answers()
    names = {
        Ref(ref.path, keys[ref.entry]): text_name(found.instance_id, number)
        for number, (ref, _text) in enumerate(sorted(instance.answers.items()))
    }
    given = {
        ref: Given(ref, text, client_id=names[ref])
        for ref, text in stands.items()
        if ref in names and _is_asked(form, ref.path)
    }
    follows = {ref: text for ref, text in stands.items() if ref not in given}
    return Draft(given=given, calculated=follows)


def _is_asked(form: CompiledForm, path: str) -> bool:
    spec = form.spec(path)
    return spec.control is not None and "calculate" not in spec.rules and not spec.is_group


def begin_whole(whole: Whole, now: datetime) -> Response:
    """Store what was checked: response, entries, answers, marks, and that it is handed in."""
    response, pen = whole.response, Pen(whole.by, Source.COLLECT, now)
    filling = Filling(response.pk or 0, 0, whole.state.form, whole.state, noted={})
    asked = asked_of(whole.state)
    shares = completeness_of(whole.state, asked, ())
    response.completeness, response.sufficiency = shares.completeness, shares.sufficiency
    response.changed_at = None if response.wave.survey.is_anonymous else now
    response.revision = BEGUN
    let_read(response, Audience.SECRETARIAT)
    before, response.state = response.state, ResponseState.HANDED_IN.value
    insert_rows([response])
    act = store_entries(response, whole.entries, pen)
    house = Pen(None, Source.CALCULATION, now)
    follows = (Given(ref, text) for ref, text in whole.draft.calculated.items())
    rows = store_rows(response, (whole.draft.given.values(), pen), (follows, house))
    move_heads(response, rows)
    write_marks(response, marks_of(filling, parts_of(filling.form), asked, [], set()))
    with audit.together():
        note_rows(response, rows, pen, "start_response")
        note_audit("hand_in", response, by=whole.by, now=now,
                   before={"state": before}, after={"state": response.state})  # fmt: skip
    tell_rooms(response, SurveyEvent.CHANGED)
    response.revision = HANDED_IN
    reach = Reach(max((row.pk for row in rows), default=0), act)
    let_read(response, Audience.SECRETARIAT, signed=reach, cleared=reach)
    update_row(response, ("revision", *READ_UP_TO))
    tell_ended(response, whole.by, now)
    return response
