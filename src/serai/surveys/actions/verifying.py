"""Hold stored answers and signatures against what the audit keeps of them; erase by its leave."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from serai.base.access import NotFound
from serai.base.files import files_of, remove_file
from serai.base.models import AuditEntry
from serai.calc.xforms import read_instance
from serai.surveys.actions.acts import Refused, label, note_audit
from serai.surveys.actions.finding import index_releases_of
from serai.surveys.actions.made_files import remove_made_of
from serai.surveys.actions.proofs import (
    RECIPE,
    Kept,
    digest,
    first_total,
    is_kept,
    kept_of,
    signed_total,
)
from serai.surveys.models import Answer, AnswerHead, Response, SignOff, Submission, Suggestion
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import Source

PREFIX = "surveys.response:"


def altered_rows() -> list[str]:
    """Return every row that is gone, added or differs from its line in the audit.

    Answers by value, place, reason, way and author; signatures by what they were given over; heads
    where they do not name the newest answer of their place. What was erased with a line of its own
    is compared by what is left of it.
    """
    there = set(Response.objects.values_list("pk", flat=True))
    lines = AuditEntry.objects.filter(thing__startswith=PREFIX).order_by()
    told = {
        int(thing.removeprefix(PREFIX))
        for thing in lines.values_list("thing", flat=True).distinct().iterator()
    }
    return [one for pk in sorted(there | told) for one in _altered(pk, pk in there)]


def _altered(pk: int, is_there: bool) -> Iterator[str]:
    kept = kept_of(pk)
    if not is_there and kept.is_sample:
        return
    rows = {row.pk: row for row in Answer.objects.filter(response=pk).order_by("pk")}
    for number in sorted({*kept.answers, *rows}):
        if number not in rows or not _is_as_kept(rows[number], kept):
            yield f"surveys.answer:{number}"
    yield from _altered_heads(pk, rows, kept)
    yield from _altered_signatures(pk, rows, kept)


def _is_as_kept(row: Answer, kept: Kept) -> bool:
    """Tell whether a row is as written, or erased with a line that says so."""
    if row.pk not in kept.answers:
        return False
    told, by = kept.answers[row.pk]
    author = None if row.source == Source.CALCULATION else by
    if row.author_id != author:
        return False
    if row.pk in kept.erased:
        return not row.salt and kept.erased[row.pk] == digest(row)
    return is_kept(row, told)


def _altered_heads(pk: int, rows: dict[int, Answer], kept: Kept) -> Iterator[str]:
    newest = _newest(rows, max(rows, default=0))
    heads = AnswerHead.objects.filter(response=pk).order_by("pk")
    for head in heads:
        stands = newest.pop((head.path, head.entry), None)
        if stands is None or stands.pk != head.answer_id:
            yield label(head)
    if not kept.is_carried:  # a new version may have left places out
        yield from (label(row) for row in newest.values())


def _altered_signatures(pk: int, rows: dict[int, Answer], kept: Kept) -> Iterator[str]:
    signs = {one.pk: one for one in SignOff.objects.filter(response=pk)}
    for number in sorted({*kept.signed, *signs}):
        if number not in signs or number not in kept.signed:
            yield f"surveys.signoff:{number}"
            continue
        one, (told, recipe, by) = signs[number], kept.signed[number]
        if (one.answers_hash, one.by_id) != (told, by):
            yield label(one)
        elif recipe == RECIPE:
            if signed_total(pk, kept, one.last_answer)[0] != told:
                yield label(one)
        elif not (kept.is_carried or kept.erased) and first_total(
            _newest(rows, one.last_answer)
        ) != told:  # fmt: skip
            yield label(one)


def _newest(rows: dict[int, Answer], through: int) -> dict[tuple[str, str], Answer]:
    """Return the newest row of each place, up to a number."""
    return {(row.path, row.entry): row for number, row in rows.items() if number <= through}


@transaction.atomic
def erase_answer(*, number: int, now: datetime) -> Answer:
    """Empty value and salt of one row for good, with a line in the audit: personal data goes.

    With it go the same text where it waits or was taken beside the answer, the file that it names
    if no other answer does, what devices handed in with it, the copies of the response, and
    the exports of its wave.

    For whoever keeps the installation, asked by the person concerned. The line keeps a hash of what
    is left, so that neither the erasure nor the rest can be forged.

    Raises:
        NotFound: there is no such row.
        Refused: it is erased already.
    """
    row = Answer.objects.filter(pk=number).first()
    if row is None:
        raise NotFound("surveys.answer")
    found = locked_response(row.response_id)
    row.refresh_from_db()
    if not row.salt:
        raise Refused(_("This answer is erased already."))
    erased, suggestions = row.value, _empty_suggestions(found, row)
    row.value = row.salt = ""
    row.save(update_fields=["value", "salt"])
    files = _remove_files(found, erased)
    submissions = _empty_submissions(found, row.path, erased)
    found.revision += 1  # what is kept open of it is read anew
    found.save(update_fields=["revision"])
    index_releases_of(found, now)
    note_audit(
        "erase_answer", found, by=None, now=now,
        after={
            "erased": {str(row.pk): digest(row)}, "suggestions": suggestions, "files": files,
            "submissions": submissions,
        },
    )  # fmt: skip
    return row


def _empty_suggestions(found: Response, row: Answer) -> list[int]:
    """Empty what was proposed in an answer's words, or taken as it; return the rows."""
    rows = Suggestion.objects.filter(response=found, path=row.path, entry=row.entry)
    rows = rows.filter(Q(taken_as=row) | Q(value=row.value)).exclude(value="", note="")
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    Suggestion.objects.filter(pk__in=numbers).update(value="", note="")
    return numbers


def _remove_files(found: Response, value: str) -> list[int]:
    """Remove the file that an answer named, if no other does, and what was made of the response."""
    number = value.partition(" ")[0]
    others = Answer.objects.filter(response=found, value__startswith=f"{number} ")
    came = [label(one) for one in Submission.objects.filter(step__response=found).order_by("pk")]
    held = [one for thing in (label(found), *came) for one in files_of(thing)]
    named = [one for one in held if one.public_id == number]
    gone = named if not others.exists() else []
    for stored in gone:
        remove_file(stored=stored)
    return [*(one.pk for one in gone), *remove_made_of(found)]


def _empty_submissions(found: Response, path: str, value: str) -> list[int]:
    """Empty what devices handed in at an answer's place or in its words; return the rows.

    The sum goes with the text, as the salt does with an answer: the rest of the text is known, so
    the sum would tell the word that was erased.
    """
    rows = Submission.objects.filter(step__response=found).exclude(sha256="")
    gone = []
    for one in rows.select_related("form_version", "step").order_by("pk"):
        told = read_instance(compiled(one.form_version), bytes(one.xml)).answers
        if not any(text and (ref.path == path or text == value) for ref, text in told.items()):
            continue
        one.xml, one.sha256 = b"", ""
        one.save(update_fields=["xml", "sha256"])
        one.step.issues = [
            [kind, at, entry, "" if text == value else text]
            for kind, at, entry, text in one.step.issues
        ]
        one.step.save(update_fields=["issues"])
        gone.append(one.pk)
    return gone
