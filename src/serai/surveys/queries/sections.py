"""One page of a response: its questions as this viewer finds them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from serai.base.access import NotFound, Viewer
from serai.base.files import stored_file
from serai.base.models import StoredFile
from serai.calc.xforms import CompiledForm, Control, Ref
from serai.members.queries import person_by_number
from serai.surveys import access
from serai.surveys.access import Place, Share
from serai.surveys.models import Answer, AnswerRequest, Remark, Response, Suggestion
from serai.surveys.queries.filling import (
    Filling,
    Stands,
    borrowed,
    env_of,
    faults_by_ref,
    given_back,
    opened,
)
from serai.surveys.queries.forms import Part, compiled, heading, narrow_of, part_of, parts_of
from serai.surveys.queries.opening import opening_of
from serai.surveys.queries.responses import response as one_response
from serai.surveys.queries.rows import (
    ChoiceRow,
    EntryRow,
    GroupRow,
    Proposal,
    QuestionRow,
    RepeatRow,
    Row,
    Theirs,
    questions_of,
    told_words,
)
from serai.surveys.states import AnswerRequestState, Reason, SuggestionState
from serai.surveys.states.words import word

LONG_APPEARANCES = frozenset({"multiline", "textarea"})
# What a question is asked by, from its control and type.
WIDGETS = {
    "select1": "one",
    "select": "many",
    "rank": "rank",
    "upload": "file",
    "trigger": "tick",
    "range": "number",
}
TYPES = {
    "int": "number",
    "decimal": "number",
    "date": "date",
    "dateTime": "moment",
    "time": "time",
    "geopoint": "place",
    "geotrace": "place",
    "geoshape": "place",
}


@dataclass
class SectionPage:
    """One page of a response.

    Attributes:
        label: its heading in the page's language.
        language: name of the form's language; `tag` its tag.
        entry: key of the entry shown; "" where the section has none.
        may_write, may_suggest: what the viewer may do here now.
        revision: of the response the page was made of.
    """

    part: Part
    label: str
    language: str
    entry: str
    rows: list[Row]
    share: Share
    filling: Filling
    may_write: bool
    may_suggest: bool
    revision: int
    number: int = 0

    @property
    def title(self) -> str:
        """Return the heading, an entry with its number."""
        return f"{self.label} {self.number}" if self.number else self.label

    def questions(self) -> "Iterator[QuestionRow]":
        """Yield every question of the page, in order."""
        return questions_of(self.rows)


def place(viewer: Viewer, public_id: str, slug: str, entry: str = "") -> Place:
    """Return one page of a response.

    Raises:
        NotFound: there is none, or the viewer may not open it.
    """
    found = one_response(viewer, public_id)
    part = next((one for one in parts_of(compiled(found.version)) if one.slug == slug), None)
    here = Place(found, slug, entry)
    if part is None or bool(entry) != bool(part.repeat_path):
        raise NotFound(slug)
    if not access.may_open_place(viewer, here):
        raise NotFound(slug)
    return here


def filling_for(viewer: Viewer, response: Response, now: datetime) -> Filling:
    """Return a response as this viewer may know it: with drafts, or as signed, or as cleared."""
    through = access.reads_through(viewer, response)
    acts = access.reads_acts(viewer, response)
    filling = (
        borrowed(response, now) if through is None
        else opened(response, now, through=through, acts=acts)
    )  # fmt: skip
    filling.state.use(env_of(response, now, language=get_language() or "en"))
    return filling


def section_page(
    viewer: Viewer, here: Place, now: datetime, filling: Filling | None = None
) -> SectionPage:
    """Return a page with its questions; of a filling handed along, which stays the caller's.

    Raises:
        NotFound: its entry is not there any more.
    """
    found = here.response
    is_borrowed = filling is None
    filling = filling or filling_for(viewer, found, now)
    part = next(one for one in parts_of(filling.form) if one.slug == here.section)
    if here.entry and here.entry not in filling.state.flow.by_key:
        raise NotFound(here.entry)
    builder = _Builder(viewer, here, part, filling)
    rows = builder.rows(part.controls, here.entry)
    label = heading(filling.state, part)
    page = SectionPage(
        part=part,
        label=label,
        language=filling.state.flow.focus.env.language,
        entry=here.entry,
        rows=rows,
        share=builder.share,
        filling=filling,
        may_write=builder.may_write,
        may_suggest=builder.may_suggest,
        revision=found.revision,
        number=_entry_number(part, filling, here.entry),
    )
    if is_borrowed and access.reads_through(viewer, found) is None:
        given_back(found, filling)
    return page


def _entry_number(part: Part, filling: Filling, entry: str) -> int:
    if not entry:
        return 0
    return filling.state.entries(part.repeat_path).index(entry) + 1


class _Builder:
    """Builds the rows of one page."""

    def __init__(self, viewer: Viewer, here: Place, part: Part, filling: Filling) -> None:
        self.response, self.slug, self.entry = here.response, part.slug, here.entry
        self.filling = filling
        self.state = filling.state
        self.share = access.share_of(viewer, self.response)
        is_open = access.is_unlocked(self.response)
        self.opening = opening_of(self.response)
        self.may_write = is_open and self.share.writes(part.slug, here.entry)
        self.may_suggest = is_open and self.share.suggests(part.slug, here.entry)
        self.lets_entries = self.may_write and self.opening.lets_entries(self.response)
        self.issues = faults_by_ref(filling.state)
        inside = (
            self.share.writes_all
            or access.is_signer(viewer, self.response)
            or any(piece.holds(part.slug, here.entry) for piece in self.share.pieces)
        )
        self.proposals = self._proposals() if inside else {}
        self.requests = self._requests()
        self.remarks = self._remarks(viewer)

    def _proposals(self) -> dict[Ref, list[Proposal]]:
        rows = Suggestion.objects.filter(
            response=self.response, state=SuggestionState.OPEN
        ).select_related("by")
        found: dict[Ref, list[Proposal]] = {}
        for row in rows:
            name = row.by.full_name if row.by else ""
            proposal = Proposal(row.public_id, row.value, row.note, name, row.at)
            found.setdefault(Ref(row.path, row.entry), []).append(proposal)
        return found

    def _requests(self) -> dict[Ref, list[AnswerRequest]]:
        live = (AnswerRequestState.ASKED, AnswerRequestState.ANSWERED)
        found: dict[Ref, list[AnswerRequest]] = {}
        for row in AnswerRequest.objects.filter(response=self.response, state__in=live):
            found.setdefault(Ref(row.path, row.entry), []).append(row)
        return found

    def _remarks(self, viewer: Viewer) -> dict[Ref, int]:
        rows = Remark.objects.filter(response=self.response).values_list(
            "path", "entry", "audience"
        )
        found: dict[Ref, int] = {}
        for path, entry, audience in rows:
            if access.may_read_remark(viewer, self.response, audience):
                ref = Ref(path, entry)
                found[ref] = found.get(ref, 0) + 1
        return found

    def rows(self, controls: Iterable[Control], entry: str) -> list[Row]:
        """Return the rows of some controls, seen from an entry."""
        return [self.row(control, entry) for control in controls]

    def row(self, control: Control, entry: str) -> Row:
        if control.kind == "repeat":
            return self.repeat(control, entry)
        if control.kind == "group":
            return self.group(control, entry)
        return self.question(control, entry)

    def group(self, control: Control, entry: str) -> Row:
        inner = [one for one in control.children if one.kind == "repeat"]
        if len(control.children) == len(inner) == 1:
            return self.repeat(inner[0], entry, label=self.state.label(control, entry))
        path = self.path(control)
        cell = self.state.cell(Ref(path, entry)) if path else None
        return GroupRow(
            ref=name_of(Ref(path, entry)),
            label=self.state.label(control, entry),
            rows=self.rows(control.children, entry),
            is_relevant=cell.relevant if cell else True,
        )

    def repeat(self, control: Control, entry: str, label: str = "") -> RepeatRow:
        path = self.path(control)
        repeat = self.filling.form.repeats[self.filling.form.spec(path).repeat]
        keys = self.state.entries(path, entry)
        return RepeatRow(
            ref=name_of(Ref(path, entry)),
            path=path,
            label=label or self.state.label(control, entry),
            entries=[
                EntryRow(key, number, self.rows(control.children, key))
                for number, key in enumerate(keys, 1)
            ],
            parent=entry,
            may_change=self.lets_entries and not repeat.is_fixed and not repeat.has_count,
        )

    def question(self, control: Control, entry: str) -> QuestionRow:
        path = self.path(control)
        ref = Ref(path, entry)
        cell = self.state.cell(ref)
        spec = cell.spec
        narrow = narrow_of(self.filling.form, path)
        if narrow and not self.share.reads(self.slug, self.entry, narrow):
            return QuestionRow(
                name_of(Ref(path, entry)), path, entry, "note", self.state.label(control, entry), "", "",
                spec.type, is_relevant=cell.relevant, is_narrow=True,
            )  # fmt: skip
        stands = self.filling.heads.get(ref)
        return QuestionRow(
            ref=name_of(Ref(path, entry)),
            path=path,
            entry=entry,
            widget=widget_of(control, spec.type, is_locked=cell.readonly),
            label=self.state.label(control, entry),
            hint=self.state.hint(control, entry),
            value=cell.text,
            type=spec.type,
            base=stands.answer_id if stands else 0,
            reason=stands.reason if stands else "",
            is_relevant=cell.relevant,
            is_required=cell.required,
            is_locked=cell.readonly or self.is_held(ref, relevant=cell.relevant),
            broken=self.state.message(ref, "constraint"),
            choices=self.choices(control, ref, cell.text),
            issues=self.issues.get(ref, []),
            proposals=self.proposals.get(ref, []),
            requests=self.requests.get(ref, []),
            remarks=self.remarks.get(ref, 0),
            appearances=control.appearances,
        )

    def is_held(self, ref: Ref, *, relevant: bool) -> bool:
        """Tell whether an answer stays as it is while others are corrected."""
        if not (self.opening.is_correction and (relevant or ref in self.filling.heads)):
            return False  # what is hidden a correction may open
        return not self.opening.takes(ref, self.filling)

    def choices(self, control: Control, ref: Ref, text: str) -> list[ChoiceRow]:
        if not (control.items or control.itemset):
            return []
        chosen = text.split() if control.kind in {"select", "rank"} else [text]
        return [
            ChoiceRow(one.value, one.label, one.value in chosen) for one in self.state.choices(ref)
        ]

    def path(self, control: Control) -> str:
        return self.filling.form.specs[control.spec].path if control.spec >= 0 else ""


def name_of(ref: Ref) -> str:
    """Return the name of a question's field on its page: the path, "@" and its entry."""
    return f"{ref.path}@{ref.entry}" if ref.entry else ref.path


def widget_of(control: Control, sort: str, *, is_locked: bool) -> str:
    """Return what a question is asked by."""
    if control.kind in WIDGETS:
        return WIDGETS[control.kind]
    if is_locked:
        return "result"
    if sort == "string" and LONG_APPEARANCES & set(control.appearances):
        return "long"
    return TYPES.get(sort, "text")


def ref_of(name: str) -> Ref:
    """Return the place that a field of a page names."""
    path, _, entry = name.partition("@")
    return Ref(path, entry)


def theirs(row: QuestionRow, stands: Stands) -> Theirs:
    """Return what another wrote at a question, in its words."""
    labels = {one.value: one.label for one in row.choices}
    words = told_words(stands.value, row.type)
    if labels:
        words = ", ".join(labels.get(one, one) for one in stands.value.split())
    if stands.reason:
        words = word(Reason(stands.reason))
    return Theirs(words, author_name(stands.author_id), stands.at)


@dataclass(frozen=True)
class AnswerFile:
    """A file that an answer names."""

    response: Response
    stored: StoredFile


def answer_file(viewer: Viewer, public_id: str, number: str) -> AnswerFile:
    """Return a file that an answer names which the viewer reads.

    Raises:
        NotFound: there is none, or it is not theirs to read.
    """
    found, stored = one_response(viewer, public_id), stored_file(number)
    through = access.reads_through(viewer, found)
    rows = Answer.objects.filter(response=found, value__startswith=f"{number} ")
    if through is not None:
        rows = rows.filter(pk__lte=through)
    is_ours = stored.thing == f"surveys.response:{found.pk}"
    places = rows.values_list("path", "entry") if is_ours else ()
    if any(
        _takes_file(found, path) and reads_place(viewer, found, Ref(path, entry))
        for path, entry in places
    ):
        return AnswerFile(found, stored)
    raise NotFound(number)


def _takes_file(found: Response, path: str) -> bool:
    """Tell whether a question is answered by a file: a text that looks like one's number is none."""
    form = compiled(found.version)
    control = form.spec(path).control if path in form.by_path else None
    return control is not None and control.kind == "upload"


def reads_place(viewer: Viewer, found: Response, ref: Ref) -> bool:
    """Tell whether the viewer reads the answer at a place, which the form still has."""
    return is_read(
        access.share_of(viewer, found), compiled(found.version), ref, _outermost(found, ref.entry)
    )


def is_read(share: Share, form: CompiledForm, ref: Ref, page: str) -> bool:
    """Tell whether a share reads a place; `page` is the entry at the top that holds it."""
    part = part_of(form, ref.path)
    if part is None:
        return False
    narrow = narrow_of(form, ref.path)
    return share.reads(part.slug, page if part.repeat_path else "", narrow)


def _outermost(found: Response, key: str) -> str:
    parents = dict(found.entries.values_list("key", "parent")) if key else {}
    while parents.get(key):
        key = parents[key]
    return key


def author_name(person_id: int | None) -> str:
    """Return who wrote an answer; "" for the house itself."""
    found = person_by_number(person_id) if person_id is not None else None
    return found.full_name if found else ""
