"""A submission taken over into its response: empty places filled, other texts put beside.

A correction also replaces what the submissions before it wrote and nobody has touched since.
"""

from datetime import datetime

from django.db import transaction

from serai.base.access import Denied, Viewer
from serai.base.mail import send_all
from serai.calc.xforms import (
    CannotChange,
    EntryAt,
    Instance,
    IssueKind,
    Ref,
    check,
    open_form,
    read_instance,
)
from serai.members.queries import viewer_of_person_id
from serai.surveys import emails
from serai.surveys.actions.acts import Refused, moment_kept, note_audit, note_nameless
from serai.surveys.actions.answers import Change, Kept, write_answers
from serai.surveys.actions.entries import add_entry, remove_entry
from serai.surveys.actions.responses import (
    begin_for_wave,
    hand_in,
    open_to_device,
    start_response,
)
from serai.surveys.actions.superseding import Earlier, entry_key, text_name
from serai.surveys.actions.whole import begin_whole, sound
from serai.surveys.models import Entry, Response, Submission, SubmissionStep, Suggestion
from serai.surveys.queries.filling import env_of, heads_of
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.responses import fresh_response
from serai.surveys.states import Source, SubmissionState, SuggestionOrigin

Issue = list[str]


@transaction.atomic
def apply_submission(*, submission_id: int, now: datetime) -> SubmissionStep:
    """Take a stored submission over; once applied, again only takes files that came since."""
    step = (
        SubmissionStep.objects.select_for_update(of=("self",))
        .select_related("submission__form_version", "submission__device_key__invitation__wave",
                        "submission__device_key__wave__survey",
                        "submission__device_key__wave__version")
        .defer(*(f"submission__{way}__{text}"
                 for way in ("form_version", "device_key__wave__version")
                 for text in ("xform", "sheets", "warnings")))
        .get(submission_id=submission_id)
    )  # fmt: skip
    found = step.submission
    if step.state == SubmissionState.SUPERSEDED or not found.xml:  # what is erased says nothing
        return step
    return take_over(step, read_instance(compiled(found.form_version), bytes(found.xml)), now)


def take_over(step: SubmissionStep, instance: Instance, now: datetime) -> SubmissionStep:
    """Take over what an instance holds, under its step's lock."""
    found = step.submission
    if whole := sound(found, step, instance, now):
        return _taken(step, begin_whole(whole, now), [], [], whole.by, now)
    by = viewer_of_person_id(_person(found), now)
    response = step.response and fresh_response(step.response.pk)
    if response is not None and step.state != SubmissionState.RECEIVED:
        return _complete(step, _Taking(found, response, by, now), instance)
    response = response or _response(found, by, now)
    of_wave = found.device_key.wave_id is not None
    if of_wave:
        response, by = open_to_device(response=response, by=by, now=now)
    issues = [*step.issues, *_wrong(found, instance, response, now)]
    if step.is_late:
        issues.append(["late", "", "", ""])
    issues += _Taking(found, response, by, now).take(instance)
    if of_wave:
        _hand_in(response, by, now)
    return _taken(step, response, issues, _waiting(found, instance), by, now)


def _taken(
    step: SubmissionStep, response: Response, issues: list[Issue], waiting: list[str],
    by: Viewer, now: datetime,
) -> SubmissionStep:  # fmt: skip
    step.response, step.issues, step.waiting = response, issues, waiting
    step.state = (SubmissionState.FLAGGED if issues else SubmissionState.APPLIED).value
    step.changed_at = moment_kept(response.wave, now)
    step.save()
    note_applied(step, response, by, now)
    if step.state == SubmissionState.FLAGGED:
        send_all(emails.submission_flagged(response, step.submission_id))
    return step


def note_applied(step: SubmissionStep, response: Response, by: Viewer, now: datetime) -> None:
    """Leave the audit's line that a submission was taken over; without names, none in it."""
    after = {"state": step.state, "issues": len(step.issues), "response": response.pk}
    if response.wave.survey.is_anonymous:
        note_nameless("apply_submission", step.submission, now=now, after=after)
    else:
        note_audit("apply_submission", step.submission, by=by, now=now, after=after)


def _hand_in(response: Response, by: Viewer, now: datetime) -> None:
    """Hand in what a wave's device ended; what breaks a rule, or comes late, waits as flagged."""
    try:
        hand_in(response=response, by=by, now=now)
    except (Denied, Refused):
        return


def _complete(step: SubmissionStep, taking: "_Taking", instance: Instance) -> SubmissionStep:
    """Let answers name the files that came since they were taken over."""
    waiting = _waiting(step.submission, instance)
    came = {*step.waiting} - {*waiting}
    if came:
        issues = taking.take_files(instance, came)
        step.issues, step.waiting = [*step.issues, *issues], waiting
        step.changed_at = taking.moment
        if issues:
            step.state = SubmissionState.FLAGGED.value
        step.save(update_fields=["issues", "waiting", "changed_at", "state"])
    return step


def _person(found: Submission) -> int:
    key = found.device_key
    lead = key.invitation.lead_id if key.invitation is not None else None
    return key.person_id or lead or 0


def _response(found: Submission, by: Viewer, now: datetime) -> Response:
    key = found.device_key
    if key.invitation is not None:
        return start_response(invitation=key.invitation, by=by, now=now, is_late=True)
    if key.wave is None:
        raise Refused("A device key of nothing.")
    return begin_for_wave(wave=key.wave, person_id=key.person_id, now=now)


def _wrong(found: Submission, instance: Instance, response: Response, now: datetime) -> list[Issue]:
    """Check the instance by itself, as the form would have."""
    form = compiled(found.form_version)
    state = open_form(form, instance.answers, instance.entries, env_of(response, now), first=False)
    found_issues = [
        [one.kind.value, one.ref.path, one.ref.entry, one.message] for one in check(state)
    ]
    unknown = [["unknown", ref.path, ref.entry, ""] for ref in instance.unknown]
    return found_issues + unknown


def _waiting(found: Submission, instance: Instance) -> list[str]:
    """Return the files that the instance names and that have not come yet."""
    form = compiled(found.form_version)
    named = {
        text
        for ref, text in instance.answers.items()
        if text and (control := form.spec(ref.path).control) and control.kind == "upload"
    }
    return sorted(named - set(found.files.values_list("name", flat=True)))


class _Taking:
    """Takes the texts of one instance into one response."""

    def __init__(self, found: Submission, response: Response, by: Viewer, now: datetime) -> None:
        self.found, self.response, self.by, self.now = found, response, by, now
        self.moment = moment_kept(response.wave, now)
        self.heads = heads_of(response)
        self.earlier = Earlier(response, found)
        self.is_nameless = response.wave.survey.is_anonymous
        self.issues: list[Issue] = []

    def take(self, instance: Instance) -> list[Issue]:
        keys = self.entries(instance)
        self.remove_entries({*keys.values()})
        self.earlier.close_texts(self.moment)
        changes = []
        for number, (ref, text) in enumerate(sorted(instance.answers.items())):
            place = Ref(ref.path, keys.get(ref.entry, ""))
            if ref.entry and ref.entry not in keys:
                self.issues.append(["entry", ref.path, ref.entry, text])
            elif place.path not in compiled(self.response.version).by_path:
                # A later version asks this no more; the text stays in what came.
                if text:
                    self.issues.append([IssueKind.UNKNOWN.value, ref.path, ref.entry, ""])
            elif self.is_asked(place):
                changes.append(self.change(number, place, text))
        given = [one for one in changes if one is not None]
        if given:
            self.write(given)
        return self.issues

    def take_files(self, instance: Instance, came: set[str]) -> list[Issue]:
        """Name files in the answers that waited for them, where these stand as they were taken."""
        changes = []
        for number, (ref, text) in enumerate(sorted(instance.answers.items())):
            value = self.file_answer(ref, text) if text in came else text
            if value == text:
                continue
            name = self.name(number)
            self.response.suggestions.filter(client_id=name).update(value=value)
            row = self.response.answers.filter(client_id=name).first()
            place = Ref(row.path, row.entry) if row else ref
            if row and (stands := self.heads.get(place)) and stands.answer_id == row.pk:
                changes.append(Change(self.name(f"{number} file"), place, row.pk, value))
        if changes:
            self.write(changes)
        return self.issues

    def name(self, number: object) -> str:
        return text_name(self.found.instance_id, number)

    def is_asked(self, ref: Ref) -> bool:
        spec = compiled(self.response.version).spec(ref.path)
        return spec.control is not None and "calculate" not in spec.rules and not spec.is_group

    def change(self, number: int, ref: Ref, text: str) -> Change | None:
        """Return a change for what is empty, begun by the form or corrected; else it goes beside."""
        name = self.name(number)
        value = self.file_answer(ref, text)
        stands = self.heads.get(ref)
        before = (stands.value or stands.reason) if stands else ""
        is_begun = bool(value and stands and stands.source == Source.CALCULATION)
        if stands is None or not before or is_begun or self.earlier.wrote(stands):
            is_same = value == (stands.value if stands else "")
            return None if is_same else Change(name, ref, stands.answer_id if stands else 0, value)
        if value and stands.value != value:
            self.beside(name, ref, value)
        return None

    def file_answer(self, ref: Ref, text: str) -> str:
        """Name a file that came as an answer names it; the others stay as the device wrote them."""
        control = compiled(self.response.version).spec(ref.path).control
        if control is None or control.kind != "upload":
            return text
        row = self.found.files.filter(name=text).select_related("file").first()
        return f"{row.file.public_id} {row.file.name}" if row else text

    def beside(self, name: str, ref: Ref, value: str) -> None:
        Suggestion.objects.get_or_create(
            response=self.response, client_id=name,
            defaults={
                "path": ref.path, "entry": ref.entry, "value": value,
                "by_id": None if self.is_nameless else self.by.person_id,
                "at": self.moment, "origin": SuggestionOrigin.COLLECT.value,
                "sample": self.response.sample,
            },
        )  # fmt: skip

    def write(self, changes: list[Change]) -> None:
        try:
            written = write_answers(
                response=self.response, changes=changes, by=self.by, now=self.now,
                source=Source.COLLECT,
            )  # fmt: skip
        except (Denied, Refused):
            self.issues.append(["denied", "", "", ""])
            return
        texts = {one.client_id: one for one in changes}
        for one in written.outcomes:
            text = texts[one.client_id].value
            if text and one.kept in {Kept.LOCKED, Kept.CONFLICT}:
                self.beside(one.client_id, one.ref, text)
            if one.kept in {Kept.LOCKED, Kept.REFUSED}:
                self.issues.append([one.kept.value, one.ref.path, one.ref.entry, one.why])

    def entries(self, instance: Instance) -> dict[str, str]:
        """Match the device's entries with those of the response, in order; add what is missing."""
        keys = {"": ""}
        used: dict[tuple[str, str], int] = {}
        for one in instance.entries:
            parent = keys.get(one.parent)
            if parent is None:
                continue
            place = used.get((one.repeat_path, parent), 0)
            used[one.repeat_path, parent] = place + 1
            key = self.entry(EntryAt(one.repeat_path, parent, one.key), place)
            if key:
                keys[one.key] = key
        return keys

    def entry(self, at: EntryAt, place: int) -> str:
        rows = self.response.entries.filter(
            repeat_path=at.repeat_path, parent=at.parent, is_removed=False
        )
        known = list(rows.order_by("position", "id").values_list("key", flat=True)[: place + 1])
        if place < len(known):
            return known[place]
        key = entry_key(self.found.instance_id, at)
        try:
            return add_entry(
                response=self.response, repeat_path=at.repeat_path, parent=at.parent, key=key,
                by=self.by, now=self.now, source=Source.COLLECT,
            )  # fmt: skip
        except (Denied, Refused, CannotChange):
            return ""

    def remove_entries(self, kept: set[str]) -> None:
        """Take out what a correction has no more; never an entry in which others wrote."""
        for row in self.earlier.entries_without(kept):
            try:
                if self.is_touched(row):
                    raise Refused(row.key)
                remove_entry(
                    response=self.response, key=row.key, by=self.by, now=self.now,
                    source=Source.COLLECT,
                )  # fmt: skip
            except (Denied, Refused):
                self.issues.append(["entry_kept", row.repeat_path, row.key, ""])

    def is_touched(self, row: Entry) -> bool:
        """Tell whether somebody answered in an entry, or within it, since it came."""
        inside = {row.key}
        for one in self.response.entries.order_by("id"):
            if one.parent in inside:
                inside.add(one.key)
        return any(
            (stands.value or stands.reason)
            and self.is_asked(ref)
            and not self.earlier.wrote(stands)
            for ref, stands in self.heads.items()
            if ref.entry in inside
        )
