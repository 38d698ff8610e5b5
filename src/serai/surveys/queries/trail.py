"""All answer rows of one response in order, each with its place in the sealed chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.base.audit import SealedLine, lines_of
from serai.surveys import access
from serai.surveys.models import Answer, EntryAct, FormVersion, Response, SignOff
from serai.surveys.queries.forms import compiled, narrow_of
from serai.surveys.queries.let_out import rows_let_out
from serai.surveys.states import Source, Stance

STEPS = frozenset({"hand_in", "sign", "clear", "clear_directly", "return_to_agency", "accept"})
BY_SOURCE = {Source.CALCULATION: "system", Source.MIGRATION: "system", Source.SECRETARIAT: "secretariat"}  # fmt: skip


@dataclass(frozen=True)
class AnswerLine:
    """One answer row.

    Attributes:
        salt, value: none where they were erased; with them anybody works the hash out.
        role: "lead", "signer", "agency", "secretariat", "system" or "" where there is no name.
        hash: as the audit keeps it; "" where no line of the audit names the row.
        line: number of the audit's line that holds it.
    """

    number: int
    path: str
    entry: str
    value: str
    reason: str
    salt: str
    version: str
    source: str
    author: str
    role: str
    at: datetime | None
    hash: str
    line: int | None


@dataclass(frozen=True)
class EntryLine:
    """One act on an entry of a repeat."""

    repeat: str
    entry: str
    parent: str
    verb: str
    position: int
    source: str
    at: datetime | None


@dataclass(frozen=True)
class SignatureLine:
    """One signature, over all answers up to one, and what the country said of it.

    Attributes:
        letter, letter_sha256: name and sum of the letter that came with it; "" for none.
    """

    round: int
    name: str
    position: str
    at: datetime
    answers_hash: str
    last_answer: int
    stances: tuple[tuple[str, datetime], ...]
    letter: str = ""
    letter_sha256: str = ""


@dataclass(frozen=True)
class Trail:
    """What a third person needs to verify a response.

    Attributes:
        through: number of the newest row the reader reads; None for all. From outside only rows
            are read that stood when the response was let out, no draft before them.
        hidden_count: rows of questions that are too narrow for the reader.
    """

    response: str
    survey: str
    wave: str
    state: str
    through: int | None
    hidden_count: int
    answers: tuple[AnswerLine, ...]
    entries: tuple[EntryLine, ...]
    signatures: tuple[SignatureLine, ...]
    lines: tuple[SealedLine, ...]
    sample: bool


def trail(viewer: Viewer, found: Response) -> Trail:
    """Return the rows of a response as far as the viewer reads them, oldest first."""
    through = access.reads_through(viewer, found)
    reads_narrow = access.share_of(viewer, found).reads_narrow
    rows = Answer.objects.filter(response=found).select_related("author").order_by("pk")
    known = rows_let_out(viewer, found, rows)
    versions = FormVersion.objects.filter(pk__in={one.form_version_id for one in known})
    forms = {one.pk: one for one in versions.defer("xform", "sheets", "warnings")}
    read = [one for one in known if reads_narrow or not _is_narrow(forms[one.form_version_id], one)]
    lines = lines_of(f"surveys.response:{found.pk}")
    places = {int(pk): (digest, one.id) for one in lines for pk, digest in _answers(one).items()}
    answers = [_answer(found, one, forms[one.form_version_id].version, places) for one in read]
    held = {one.line for one in answers}
    signs = (
        found.signatures.select_related("letter").prefetch_related("clearances").order_by("round")
    )
    return Trail(
        response=found.public_id, survey=found.wave.survey.code, wave=found.wave.public_id,
        state=found.state, through=through, hidden_count=len(known) - len(read),
        answers=tuple(answers), entries=_entries(found, access.reads_acts(viewer, found)),
        signatures=tuple(
            _signature(one) for one in signs if through is None or one.last_answer <= through
        ),
        lines=tuple(
            one for one in lines if through is None or one.id in held or one.verb in STEPS
        ),
        sample=found.sample,
    )  # fmt: skip


def _answers(line: SealedLine) -> dict[str, str]:
    found = (line.facts.get("after") or {}).get("answers", {})  # type: ignore[attr-defined]
    return dict(found)


def _is_narrow(version: FormVersion, row: Answer) -> bool:
    form = compiled(version)
    return row.path not in form.by_path or bool(narrow_of(form, row.path))


def _answer(
    found: Response, row: Answer, version: str, places: dict[int, tuple[str, int]]
) -> AnswerLine:
    digest, line = places.get(row.pk, ("", None))
    return AnswerLine(
        number=row.pk, path=row.path, entry=row.entry, value=row.value, reason=row.reason,
        salt=row.salt, version=version, source=row.source,
        author=row.author.full_name if row.author else "", role=_role(found, row), at=row.at,
        hash=digest, line=line,
    )  # fmt: skip


def _role(found: Response, row: Answer) -> str:
    if row.source in BY_SOURCE:
        return BY_SOURCE[Source(row.source)]
    asked = found.invitation
    if row.author_id is None or asked is None:
        return ""
    if row.author_id == asked.lead_id:
        return "lead"
    return "signer" if row.author_id == asked.signer_id else "agency"


def _entries(found: Response, newest: int | None) -> tuple[EntryLine, ...]:
    acts = EntryAct.objects.filter(entry__response=found).select_related("entry").order_by("id")
    if newest is not None:
        acts = acts.filter(pk__lte=newest)
    return tuple(
        EntryLine(
            one.entry.repeat_path, one.entry.key, one.entry.parent, one.verb, one.position,
            one.source, one.at,
        )
        for one in acts
    )  # fmt: skip


def _signature(one: SignOff) -> SignatureLine:
    said: Sequence[tuple[str, datetime]] = [
        (Stance(word.stance).value, word.at) for word in one.clearances.all()
    ]
    return SignatureLine(
        one.round, one.name, one.position, one.at, one.answers_hash, one.last_answer, tuple(said),
        *((one.letter.name, one.letter.sha256) if one.letter else ()),
    )  # fmt: skip
