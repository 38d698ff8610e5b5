"""What may be asked back, what was, and the history of one answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.xforms import Ref, check, completeness
from serai.surveys import access
from serai.surveys.models import Answer, AnswerRequest, Remark, RequestTurn, Response, Wave
from serai.surveys.queries.changes import answer_words, question_label
from serai.surveys.queries.filling import given_back, page_entry
from serai.surveys.queries.forms import compiled, heading, part_of
from serai.surveys.queries.let_out import rows_let_out
from serai.surveys.queries.responses import fresh_response, whole_responses
from serai.surveys.queries.responses import response as one_response
from serai.surveys.queries.sections import filling_for, is_read, name_of, reads_place, ref_of
from serai.surveys.states import (
    AnswerRequestState,
    RequestReason,
    Source,
)
from serai.surveys.states.words import word


@dataclass(frozen=True)
class Askable:
    """One answer that says too little, heaviest first.

    Attributes:
        name: its field: path, and "@" with the entry.
        reason: what a question about it would say.
    """

    name: str
    section: str
    question: str
    words: str
    reason: RequestReason
    weight: float


@dataclass(frozen=True)
class RequestRow:
    """One question asked back, and what became of it; `turns` were asked and replied before."""

    found: AnswerRequest
    question: str
    before: str
    after: str
    slug: str
    entry: str
    turns: tuple[RequestTurn, ...] = ()


@dataclass(frozen=True)
class Given:
    """One answer in a place's history, newest first."""

    words: str
    who: str
    how: str
    at: datetime | None
    is_now: bool


@dataclass(frozen=True)
class AnswerPlace:
    """One question of a response."""

    response: Response
    ref: Ref


def answer_place(viewer: Viewer, public_id: str, name: str) -> AnswerPlace:
    """Return one question of a response that the viewer reads.

    Raises:
        NotFound: there is none, or it is not theirs to read.
    """
    found, ref = one_response(viewer, public_id), ref_of(f"/{name}")
    if not reads_place(viewer, found, ref):
        raise NotFound(name)
    return AnswerPlace(found, ref)


def history(viewer: Viewer, at: AnswerPlace, now: datetime) -> tuple[str, list[Given]]:
    """Return a question's label and what was answered, newest first, as far as the viewer reads."""
    found, ref = at.response, at.ref
    filling = filling_for(viewer, found, now)
    through = access.reads_through(viewer, found)
    rows = Answer.objects.filter(response=found, path=ref.path, entry=ref.entry)
    read = rows_let_out(viewer, found, rows.select_related("author").order_by("pk"))
    stands = filling.heads.get(ref)
    given = [
        Given(
            words=answer_words(filling, ref, one.value, one.reason),
            who=one.author.full_name if one.author else "",
            how=word(Source(one.source)),
            at=one.at,
            is_now=stands is not None and stands.answer_id == one.pk,
        )
        for one in reversed(read)
    ]
    label = question_label(filling, ref)
    if through is None:
        given_back(found, filling)
    return label, given


def remarks(viewer: Viewer, at: AnswerPlace) -> list[Remark]:
    """Return the remarks beside an answer that are for the viewer, oldest first."""
    rows = Remark.objects.filter(
        response=at.response, path=at.ref.path, entry=at.ref.entry
    ).select_related("by")
    return [one for one in rows if access.may_read_remark(viewer, at.response, one.audience)]


def askable(
    viewer: Viewer, found: Response, now: datetime, about: Iterable[str] = ()
) -> list[Askable]:
    """Return the answers named in `about`, then those that say too little, heaviest first."""
    filling = filling_for(viewer, found, now)
    issues = check(filling.state)
    live = (AnswerRequestState.ASKED, AnswerRequestState.ANSWERED)
    asked = {
        Ref(path, entry)
        for path, entry in found.requests.filter(state__in=live).values_list("path", "entry")
    }
    share = access.share_of(viewer, found)
    thin = completeness(filling.state, issues, filling.reasons).insubstantive
    named = [
        ref
        for name in about
        if (ref := ref_of(name)) in filling.heads
        and ref.path in filling.form.by_path
        and "calculate" not in filling.form.spec(ref.path).rules
    ]
    rows = []
    for ref in dict.fromkeys((*named, *thin)):
        part = part_of(filling.form, ref.path)
        page = page_entry(filling, ref.entry)
        if part is None or ref in asked or not is_read(share, filling.form, ref, page):
            continue
        stands = filling.heads.get(ref)
        value, reason = (stands.value, stands.reason) if stands else ("", "")
        rows.append(
            Askable(
                name=name_of(ref),
                section=heading(filling.state, part),
                question=question_label(filling, ref),
                words=answer_words(filling, ref, value, reason),
                reason=_usual_reason(value, ref in thin),
                weight=filling.form.spec(ref.path).weight,
            )
        )
    return rows


def _usual_reason(value: str, is_thin: bool) -> RequestReason:
    if not value:
        return RequestReason.MISSING
    return RequestReason.NO_INFORMATION if is_thin else RequestReason.UNCLEAR


def requests_of(viewer: Viewer, found: Response, now: datetime) -> list[RequestRow]:
    """Return the questions asked back about what the viewer reads, newest first.

    Each has the answer before and after.
    """
    filling = filling_for(viewer, found, now)
    share = access.share_of(viewer, found)
    asked = [
        one
        for one in found.requests.exclude(state=AnswerRequestState.DRAFTED)
        .prefetch_related("turns")
        .order_by("-id")
        if is_read(share, filling.form, Ref(one.path, one.entry), page_entry(filling, one.entry))
    ]
    through = access.reads_through(viewer, found)
    given = _given_at(found, asked, through)
    rows = []
    for one in asked:
        ref = Ref(one.path, one.entry)
        part = part_of(filling.form, one.path)
        stands = filling.heads.get(ref)
        before = next((row for row in given.get(ref, ()) if _is_earlier(row, one)), None)
        rows.append(
            RequestRow(
                found=one,
                question=question_label(filling, ref),
                before=answer_words(filling, ref, before.value, before.reason) if before else "",
                after=answer_words(filling, ref, stands.value, stands.reason) if stands else "",
                slug=part.slug if part else "",
                entry=page_entry(filling, one.entry) if part and part.repeat_path else "",
                turns=tuple(one.turns.all()),
            )
        )
    if through is None:
        given_back(found, filling)
    return rows


def _given_at(
    found: Response, asked: Iterable[AnswerRequest], through: int | None = None
) -> dict[Ref, list[Answer]]:
    """Return what was answered where questions were asked back, newest first; one query.

    `through` leaves out what came after the newest answer that its reader reads.
    """
    given: dict[Ref, list[Answer]] = {}
    rows = Answer.objects.filter(response=found, path__in={one.path for one in asked})
    if through is not None:
        rows = rows.filter(pk__lte=through)
    for row in rows.order_by("-pk"):
        given.setdefault(Ref(row.path, row.entry), []).append(row)
    return given


def _is_earlier(row: Answer, asked: AnswerRequest) -> bool:
    return row.at is not None and asked.asked_at is not None and row.at <= asked.asked_at


@dataclass(frozen=True)
class AskedOf:
    """What is asked back about a response and not said to be answered.

    Attributes:
        changed: the answer is another one since; waiting: it is as it was.
    """

    changed: list[AnswerRequest]
    waiting: list[AnswerRequest]


def asked_of(found: Response) -> AskedOf:
    """Return the questions that are asked, by whether their answers changed since; two queries."""
    asked = list(found.requests.filter(state=AnswerRequestState.ASKED).order_by("id"))
    given = _given_at(found, asked) if asked else {}
    changed = [one for one in asked if _has_changed(given.get(Ref(one.path, one.entry), []), one)]
    return AskedOf(changed, [one for one in asked if one not in changed])


def _has_changed(rows: list[Answer], asked: AnswerRequest) -> bool:
    """Tell whether the newest answer says something else than the one that was asked about."""
    before = next((row for row in rows if _is_earlier(row, asked)), None)
    was, now = (
        (row.value, row.reason) if row else ("", "") for row in (before, rows[0] if rows else None)
    )
    return was != now


def still_asked(viewer: Viewer, found: Response, now: datetime) -> list[RequestRow]:
    """Return the questions that keep a response from being handed in or signed again."""
    waiting = {one.pk for one in asked_of(found).waiting}
    if not waiting:
        return []
    return [row for row in requests_of(viewer, found, now) if row.found.pk in waiting]


@dataclass(frozen=True)
class RequestKnown:
    """One question asked back in a wave, without the answer."""

    public_id: str
    of: Response
    path: str
    entry: str
    question: TranslatedText
    reason: RequestReason
    due_on: date | None
    reply: str
    state: AnswerRequestState
    asked_at: datetime | None
    answered_at: datetime | None
    sample: bool


def requests_in(viewer: Viewer, wave: Wave) -> list[RequestKnown]:
    """Return what was asked back in a wave about answers that the viewer reads; three queries."""
    rows = (
        AnswerRequest.objects.filter(response__wave=wave)
        .exclude(state=AnswerRequestState.DRAFTED)
        .order_by("public_id")
    )
    asked = list(rows)
    found = whole_responses().filter(pk__in={one.response_id for one in asked})
    shares = {
        one.pk: (one, access.share_of(viewer, one)) for one in found.prefetch_related("delegations")
    }
    known = []
    for one in asked:
        response, share = shares[one.response_id]
        form = compiled(response.version)
        part = part_of(form, one.path)
        narrow = form.spec(one.path).binds.get("serai:audience", "") if part else ""
        if share.reads_all and (not narrow or share.reads_narrow):
            known.append(_known(one, response))
    return known


def _known(one: AnswerRequest, response: Response) -> RequestKnown:
    return RequestKnown(
        one.public_id, response, one.path, one.entry, one.question, RequestReason(one.reason),
        one.due_on, one.reply, AnswerRequestState(one.state), one.asked_at, one.answered_at,
        one.sample,
    )  # fmt: skip


def answer_request(viewer: Viewer, public_id: str) -> AnswerRequest:
    """Return one question asked back, for those who read the response.

    Raises:
        NotFound: there is none.
    """
    row = AnswerRequest.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotFound(public_id)
    row.response = fresh_response(row.response_id)
    if not access.may_read_response(viewer, row.response):
        raise NotFound(public_id)
    return row
