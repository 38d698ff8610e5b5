"""Take a response to the version its wave now asks: no text is lost, twice is once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from serai.base.mail import send
from serai.base.text import TranslatedText
from serai.calc.xforms import (
    CompiledForm,
    EntryAt,
    IssueKind,
    Profile,
    Ref,
    Rules,
    carry,
    check,
    drafted_requests,
    open_form,
)
from serai.calc.xforms import Response as Carried
from serai.surveys.actions.acts import note_audit
from serai.surveys.actions.finding import index_response
from serai.surveys.actions.saving import Draft, Given, Pen, mark_entry, settle, write_draft
from serai.surveys.emails.forms import form_changed
from serai.surveys.models import (
    AnswerHead,
    AnswerRequest,
    Entry,
    Remark,
    Response,
    SectionMark,
    Suggestion,
)
from serai.surveys.queries.comparing import compared
from serai.surveys.queries.filling import Filling, Stands, entries_of, env_of, heads_of
from serai.surveys.queries.forms import compiled, parts_of
from serai.surveys.queries.opening import follows_forms
from serai.surveys.queries.responses import locked_response
from serai.surveys.queries.set_aside import ASIDE, CARRIED, MOVED
from serai.surveys.queries.versions import versions_between
from serai.surveys.states import (
    AnswerRequestState,
    EntryVerb,
    RequestReason,
    Source,
)

LONGEST_KEY = 40
CHANGED = gettext_noop(
    "This question has changed since you answered it. Please look at your answer again."
)


@dataclass(frozen=True)
class Following:
    """What following a version gave.

    Attributes:
        aside: answers that found no place; they stay as rows and are listed for the lead.
        review: answers to look at again.
    """

    response: Response
    aside: int
    review: int


def follow_wave(*, response_id: int, now: datetime) -> Following | None:
    """Carry a response that is wholly open to its wave's version; None where nothing is to do."""
    with transaction.atomic():
        response = locked_response(response_id)
        if not follows_forms(response):
            return None
        if response.version_id == response.wave.version_id:
            return None
        return _Follower(response, now).follow()


class _Follower:
    def __init__(self, response: Response, now: datetime) -> None:
        self.response = response
        self.before = response.version
        self.heads = heads_of(response)
        self.pen = Pen(None, Source.MIGRATION, now)
        self.moved: dict[str, str] = {}

    def follow(self) -> Following:
        result = self.carried()
        self.response.version = self.response.wave.version
        self.response.save(update_fields=["version"])
        form = compiled(self.response.version)
        result = self.with_entries(result)
        filling, draft = self.prepared(form, result)
        gone = [ref for ref in self.heads if not _fits(filling, ref)]
        if draft.is_empty:
            settle(self.response, filling, None, self.pen)
        else:
            write_draft(self.response, filling, draft, self.pen, "carry_answers", is_first=True)
        self.drop_heads([*gone, *(ref for ref in draft.given if not _fits(filling, ref))])
        self.drop_marks(form)
        self.move_words()
        self.finish(filling, result)
        return Following(self.response, len(result.set_aside), len(result.review))

    def carried(self) -> Carried:
        """Carry through every version that was published since."""
        entries = entries_of(self.response)
        live = {"", *(entry.key for entry in entries)}
        version = self.before
        result = Carried(
            digest=compiled(version).digest,
            answers={ref: one.value for ref, one in self.heads.items() if ref.entry in live},
            entries=tuple(entries),
        )
        rules = Rules(Profile.FORM, env_of(self.response, self.pen.now).zone)
        for after in versions_between(version, self.response.wave.version):
            comparison = compared(version, after)
            result = carry(comparison, result, rules)
            self.note_moves({one.old: one.new for one in comparison.paths if one.old and one.new})
            version = after
        return result

    def note_moves(self, pairs: dict[str, str]) -> None:
        """Follow each old path through one more version."""
        if not self.moved:
            self.moved = pairs
        else:
            self.moved = {old: pairs[via] for old, via in self.moved.items() if via in pairs}

    # ------------------------------------------------------------------ entries

    def with_entries(self, result: Carried) -> Carried:
        """Store entries that are new or stand in another repeat; long keys get short ones."""
        kept = {row.key: row for row in Entry.objects.filter(response=self.response)}
        names = {one.key: one.key if one.key in kept else _short(one.key) for one in result.entries}
        names[""] = ""
        entries = tuple(
            EntryAt(one.repeat_path, names[one.parent], names[one.key]) for one in result.entries
        )
        for place, one in enumerate(entries):
            row = kept.get(one.key)
            if row is None:
                row = Entry(response=self.response, key=one.key, position=place)
            elif (row.repeat_path, row.parent) == (one.repeat_path, one.parent):
                continue
            row.repeat_path, row.parent = one.repeat_path, one.parent
            row.save()
            verb = EntryVerb.MOVE if one.key in kept else EntryVerb.ADD
            mark_entry(row, verb, self.pen, Source.MIGRATION)
        return Carried(
            result.digest,
            {Ref(ref.path, names.get(ref.entry, ref.entry)): text
             for ref, text in result.answers.items()},
            entries,
            result.set_aside,
            tuple(Ref(ref.path, names.get(ref.entry, ref.entry)) for ref in result.review),
        )  # fmt: skip

    # ------------------------------------------------------------------ answers

    def prepared(self, form: CompiledForm, result: Carried) -> tuple[Filling, Draft]:
        """Open the carried response in the new form, and gather the rows to write."""
        env = env_of(self.response, self.pen.now)
        state = open_form(form, result.answers, result.entries, env, first=False)
        filling = Filling(self.response.pk, self.response.revision, form, state)
        draft = Draft()
        live = {"", *(entry.key for entry in entries_of(self.response))}
        aside = {one.ref for one in result.set_aside}
        for ref, text in result.answers.items():
            stands = self.heads.get(ref)
            reason = self.reason_at(ref)
            if (text, reason) == ((stands.value, stands.reason) if stands else ("", "")):
                if stands:
                    filling.heads[ref] = stands
                continue
            mark = ASIDE if ref in aside else CARRIED
            draft.given[ref] = Given(ref, text, reason, self.client_id(mark, ref))
        for ref, stands in self.heads.items():
            if ref in result.answers or ref.entry not in live:
                continue
            if stands.value or stands.reason:
                mark = ASIDE if ref in aside else MOVED
                draft.given[ref] = Given(ref, "", "", self.client_id(mark, ref))
        draft.calculated = _calculated(filling, {**filling.heads, **_as_stands(draft)})
        return filling, draft

    def reason_at(self, ref: Ref) -> str:
        """Return the reason that stood where an answer comes from."""
        origins = [old for old, new in self.moved.items() if new == ref.path] or [ref.path]
        stands = self.heads.get(Ref(origins[0], ref.entry))
        return stands.reason if stands and not stands.value else ""

    def client_id(self, mark: str, ref: Ref) -> str:
        """Name a row, so that carrying twice writes it once."""
        name = hashlib.sha256(f"{ref.path}\n{ref.entry}".encode()).hexdigest()
        origin = self.origin_at(ref) if mark == CARRIED else None
        named = (
            f"{self.response.version_id}.{origin.answer_id}" if origin else self.response.version_id
        )
        return f"{mark}:{named}:{name}"[:LONGEST_KEY]

    def origin_at(self, ref: Ref) -> Stands | None:
        """Return what stood where an answer comes from; into or out of a repeat, the sole one."""
        origins = [old for old, new in self.moved.items() if new == ref.path] or [ref.path]
        there = {place: one for place, one in self.heads.items() if place.path == origins[0]}
        sole = next(iter(there.values())) if len(there) == 1 else None
        return there.get(Ref(origins[0], ref.entry), sole)

    def drop_heads(self, refs: Iterable[Ref]) -> None:
        """Let nothing stand at places that the form no longer has; the rows stay."""
        for ref in set(refs):
            AnswerHead.objects.filter(
                response=self.response, path=ref.path, entry=ref.entry
            ).delete()

    def drop_marks(self, form: CompiledForm) -> None:
        slugs = [part.slug for part in parts_of(form)]
        SectionMark.objects.filter(response=self.response).exclude(section__in=slugs).delete()

    def move_words(self) -> None:
        """Let remarks, suggestions and requests go where their question went."""
        moved = {old: new for old, new in self.moved.items() if old != new}
        if not moved:
            return
        # At once, so that two questions that change places take their own words along.
        new_path = Case(*(When(path=old, then=Value(new)) for old, new in moved.items()))
        for model in (Remark, Suggestion, AnswerRequest):
            model.objects.filter(response=self.response, path__in=moved).update(path=new_path)

    # ------------------------------------------------------------------ what follows

    def finish(self, filling: Filling, result: Carried) -> None:
        """Draft requests for what is to be answered anew, tell the lead, leave a line."""
        broken = [
            one.ref for one in check(filling.state)
            if one.kind not in {IssueKind.REQUIRED, IssueKind.UNKNOWN}
        ]  # fmt: skip
        asked = drafted_requests(result, broken)
        for ref in asked:
            self.draft_request(ref)
        index_response(self.response, self.pen.now)
        note_audit(
            "migrate_response", self.response, by=None, now=self.pen.now,
            before={"version": self.before.pk},
            after={"version": self.response.version_id, "set_aside": len(result.set_aside),
                   "review": len(result.review), "requests": len(asked)},
        )  # fmt: skip
        for message in form_changed(
            self.response, looks=len(result.review), aside=len(result.set_aside)
        ):
            send(message)

    def draft_request(self, ref: Ref) -> None:
        open_ = [AnswerRequestState.DRAFTED, AnswerRequestState.ASKED, AnswerRequestState.ANSWERED]
        known = AnswerRequest.objects.filter(
            response=self.response, path=ref.path, entry=ref.entry, state__in=open_
        )
        if not known.exists():
            AnswerRequest.objects.create(
                response=self.response, path=ref.path, entry=ref.entry, question=_question(self.response),
                reason=RequestReason.MIGRATION, made_at=self.pen.now, sample=self.response.sample,
            )  # fmt: skip


def _question(response: Response) -> TranslatedText:
    """Return what is asked, in each language the survey offers."""
    said = TranslatedText()
    for code in response.wave.survey.languages or ["en"]:
        with override(code):
            said = said.with_text(code, _(CHANGED))
    return said


def _fits(filling: Filling, ref: Ref) -> bool:
    """Tell whether the form has a place for an answer."""
    try:
        filling.state.cell(ref)
    except KeyError:
        return False
    return True


def _as_stands(draft: Draft) -> dict[Ref, Stands]:
    return {
        ref: Stands(0, one.value, one.reason, None, "", None) for ref, one in draft.given.items()
    }


def _calculated(filling: Filling, stands: dict[Ref, Stands]) -> dict[Ref, str]:
    """Return the results of calculations that differ from what stands."""
    found = {}
    for cell in filling.state.cells():
        if "calculate" in cell.spec.rules:
            ref = Ref(cell.spec.path, cell.frame.key)
            if cell.text != (stands[ref].value if ref in stands else ""):
                found[ref] = cell.text
    return found


def _short(key: str) -> str:
    """Return a key that fits, the same for the same."""
    return f"carried-{hashlib.sha256(key.encode()).hexdigest()[:24]}"
