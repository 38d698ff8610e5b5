"""The memory of a survey's translations: every text with what it says in each other language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.surveys import access
from serai.surveys.actions.acts import Refused, note_audit
from serai.surveys.models import FormVersion, Phrase, Survey
from serai.surveys.queries.phrases import quotes, seen_mark, source_hash, texts_by_language
from serai.surveys.states import PhraseState


@dataclass(frozen=True)
class Written:
    """One text as a translator sends it.

    Attributes:
        seen: what it was when the page was opened, as `seen_mark` writes it.
    """

    text: str
    is_checked: bool
    seen: str


class OthersText(Refused):
    """Somebody else has changed a text meanwhile; `theirs` holds those texts by source hash."""

    def __init__(self, theirs: Mapping[str, str]) -> None:
        super().__init__(
            _("Somebody else has changed some of these texts. Theirs stand beside yours.")
        )
        self.theirs = theirs


class OtherQuotes(Refused):
    """A translation quotes other answers than its source; `hashes` names the sources."""

    def __init__(self, hashes: Collection[str]) -> None:
        super().__init__(
            _("A translation must quote the same answers as the original, such as ${name}.")
        )
        self.hashes = frozenset(hashes)


def remember_phrases(version: FormVersion, *, by: Viewer, now: datetime) -> None:
    """Enter a new version's texts in every offered language into the memory.

    What the sheets say counts; where they say nothing, an earlier version's text is proposed.
    """
    known = {(one.language, one.source_hash): one for one in _locked(version.survey)}
    made: list[Phrase] = []
    changed: list[Phrase] = []
    for language, texts in texts_by_language(version).items():
        for source, text in texts.items():
            kept = known.get((language, source_hash(source)))
            if kept is None:
                made.append(_new(version.survey, language, source, text, by, now))
            elif _follow(kept, text, by, now):
                changed.append(kept)
    Phrase.objects.bulk_create(made)
    Phrase.objects.bulk_update(changed, ["text", "state", "changed_at", "changed_by"])


def _locked(survey: Survey) -> list[Phrase]:
    return list(survey.phrases.select_for_update().order_by("id"))


def _new(
    survey: Survey, language: str, source: str, text: str, by: Viewer, now: datetime
) -> Phrase:
    state = PhraseState.DRAFT if text else PhraseState.MISSING
    return Phrase(
        survey=survey, source=source, source_hash=source_hash(source), language=language,
        text=text, state=state.value, changed_at=now, changed_by_id=by.person_id,
    )  # fmt: skip


def _follow(kept: Phrase, text: str, by: Viewer, now: datetime) -> bool:
    """Bring a known text up to what a new version says; tell whether anything changed."""
    if text == kept.text:
        return False
    if text:
        _write(kept, text, PhraseState.DRAFT, by, now)
    elif kept.state == PhraseState.MEMORY:
        return False
    else:
        kept.state = PhraseState.MEMORY.value
    return True


def _write(row: Phrase, text: str, state: PhraseState, by: Viewer, now: datetime) -> None:
    row.text, row.state = text, (state if text else PhraseState.MISSING).value
    row.changed_at, row.changed_by_id = now, by.person_id


def write_phrases(
    *, survey: Survey, language: str, written: Mapping[str, Written], by: Viewer, now: datetime
) -> int:
    """Write texts of one language, by the hash of their source; return how many changed.

    Raises:
        OthersText: somebody changed one of them meanwhile; nothing is written.
        OtherQuotes: one of them quotes other answers; nothing is written.
    """
    require(access.may_translate, by, survey, language)
    with transaction.atomic():
        rows = list(
            survey.phrases.select_for_update()
            .filter(language=language, source_hash__in=list(written))
            .order_by("id")
        )
        wrong = [one.source_hash for one in rows if misquotes(one.source, written[one.source_hash])]
        if wrong:
            raise OtherQuotes(wrong)
        changed, theirs = [], {}
        for row in rows:
            wish = written[row.source_hash]
            state = PhraseState.CHECKED if wish.is_checked else _unchecked(row, wish.text)
            if (wish.text, state.value if wish.text else PhraseState.MISSING) == (
                row.text, row.state,
            ):  # fmt: skip
                continue
            if wish.seen != seen_mark(row.text, row.state):
                theirs[row.source_hash] = row.text
                continue
            _write(row, wish.text, state, by, now)
            changed.append(row)
        if theirs:
            raise OthersText(theirs)
        Phrase.objects.bulk_update(changed, ["text", "state", "changed_at", "changed_by"])
        if changed:
            note_audit(
                "write_phrases", survey, by=by, now=now,
                after={"language": language, "texts": len(changed)},
            )  # fmt: skip
    return len(changed)


def misquotes(source: str, wish: Written) -> bool:
    """Tell whether a translation quotes other answers than its source."""
    return bool(wish.text) and quotes(wish.text) != quotes(source)


def _unchecked(row: Phrase, text: str) -> PhraseState:
    """Return the state of a text that its writer does not call checked."""
    is_proposed = text == row.text and row.state == PhraseState.MEMORY
    return PhraseState.MEMORY if is_proposed else PhraseState.DRAFT


def import_phrases(
    *, survey: Survey, language: str, texts: Mapping[str, str], seen: Mapping[str, str],
    by: Viewer, now: datetime,
) -> dict[str, tuple[str, str]]:  # fmt: skip
    """Write all texts of a table, or none; return what stood before, for undoing.

    `texts` are by the hash of their source and become drafts; `seen` is what each was when the
    preview was shown.

    Raises:
        OthersText: one of them has changed since the preview.
    """
    before = {
        row.source_hash: (row.text, row.state)
        for row in survey.phrases.filter(language=language, source_hash__in=list(texts))
    }
    written = {one: Written(text, False, seen[one]) for one, text in texts.items()}
    write_phrases(survey=survey, language=language, written=written, by=by, now=now)
    return {one: was for one, was in before.items() if was[0] != texts[one]}


def undo_import(
    *, survey: Survey, language: str, before: Mapping[str, tuple[str, str]],
    texts: Mapping[str, str], by: Viewer, now: datetime,
) -> int:  # fmt: skip
    """Put every text of an import back as it was, or none; return how many.

    Raises:
        Refused: one of them was changed after the import.
    """
    require(access.may_translate, by, survey, language)
    with transaction.atomic():
        rows = list(
            survey.phrases.select_for_update()
            .filter(language=language, source_hash__in=list(before))
            .order_by("id")
        )
        if any(row.text != texts[row.source_hash] for row in rows) or len(rows) != len(before):
            raise Refused(
                _("Some of these texts were changed after the import, so nothing is undone.")
            )
        for row in rows:
            text, state = before[row.source_hash]
            _write(row, text, PhraseState(state), by, now)
        Phrase.objects.bulk_update(rows, ["text", "state", "changed_at", "changed_by"])
        note_audit(
            "undo_phrases", survey, by=by, now=now,
            after={"language": language, "texts": len(rows)},
        )  # fmt: skip
    return len(rows)
