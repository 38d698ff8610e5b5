"""Answers given: each change is saved, the same, in conflict, refused or locked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache, partial

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Denied, Viewer
from serai.base.ready import ANY_NUMBER, ANY_TEXT, Ready
from serai.calc.xforms import CannotChange, Delta, NeverSettles, Ref
from serai.surveys import access
from serai.surveys.actions.acts import Refused
from serai.surveys.actions.saving import Draft, Given, Pen, write_draft
from serai.surveys.models import Answer, Response, Suggestion
from serai.surveys.queries.filling import (
    Filling,
    Stands,
    borrowed,
    given_back,
    normal,
    page_entry,
)
from serai.surveys.queries.forms import part_of
from serai.surveys.queries.opening import opening_of
from serai.surveys.queries.responses import has_begun, locked_response
from serai.surveys.states import Source, SuggestionOrigin

LONGEST_ANSWER = 20_000
LONGEST_CLIENT_ID = 40
MOST_CHANGES = 500
LONGEST_BASE = 18
# No database keeps these: the null sign, and halves of pairs.
NEVER_STORED = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Change:
    """One change as its sender means it.

    Attributes:
        client_id: the sender's own name for it; sent again it does nothing.
        base: number of the answer its writer saw; 0 for none.
    """

    client_id: str
    ref: Ref
    base: int
    value: str = ""
    reason: str = ""


class Kept(StrEnum):
    """What became of a change."""

    SAVED = "saved"
    SAME = "same"
    SUGGESTED = "suggested"
    CONFLICT = "conflict"
    REFUSED = "refused"
    LOCKED = "locked"


@dataclass(frozen=True)
class Outcome:
    """What became of one change.

    Attributes:
        stands: the answer that stands now; None where there is none.
        why: what to say where it was not taken.
    """

    client_id: str
    ref: Ref
    kept: Kept
    stands: Stands | None = None
    why: str = ""


@dataclass
class Written:
    """What became of a set of changes, and all that followed.

    Attributes:
        delta: what differs now, by place.
        response: as it is stored by now.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    delta: Delta = field(default_factory=Delta)
    response: Response | None = None


@transaction.atomic
def write_answers(
    *,
    response: Response,
    changes: Sequence[Change],
    by: Viewer,
    now: datetime,
    source: Source = Source.WEB,
    on_behalf_of: int | None = None,
) -> Written:
    """Store what somebody answered; a change made on a stale answer overwrites nothing.

    Args:
        response: whose answers; read again and locked.
        changes: at most 500.
        by: who answers.
        now: the moment.
        source: by which way the answers came.
        on_behalf_of: number of the organisation for which the secretariat writes.
    Returns:
        What became of each change, in their order, and what followed in the form.
    Raises:
        Denied: the viewer answers nothing here.
        Refused: the secretariat writes where the agency has begun to answer itself.
    """
    return Writing(locked_response(response.pk, response), by, now, source, on_behalf_of).take(
        changes
    )


def _sent_before(response_id: int, ids: list[str]) -> Iterable[str]:
    """Return which changes a response has by their sender's names; a page sends mostly one."""
    if len(ids) == 1 and len(ids[0]) <= LONGEST_CLIENT_ID:
        return _one_sent().rows(number=response_id, text=ids[0])
    answers = Answer.objects.filter(response_id=response_id, client_id__in=ids)
    return answers.order_by().values_list("client_id", flat=True)


@lru_cache(maxsize=1)
def _one_sent() -> "Ready[str]":
    answers = Answer.objects.filter(response_id=ANY_NUMBER, client_id=ANY_TEXT)
    return Ready(answers.order_by().values_list("client_id", flat=True))


class Writing:
    """One set of changes to one response, under its lock."""

    def __init__(
        self, response: Response, by: Viewer, now: datetime, source: Source,
        on_behalf_of: int | None,
    ) -> None:  # fmt: skip
        self.response = response
        self.by = by
        self.pen = Pen(by, source, now, on_behalf_of)
        self.share = access.share_of(by, response)
        self.acts_for = access.acts_on_behalf(by, response) and bool(
            on_behalf_of or response.is_on_behalf
        )
        if self.acts_for and response.invitation is not None:
            self.pen = Pen(by, Source.SECRETARIAT, now, response.invitation.organisation_id)
        if not (self.acts_for or access.may_answer(by, response)):
            raise Denied("surveys.may_answer")
        if self.acts_for and has_begun(response):
            raise Refused(
                _("The agency has begun to answer itself. Send it the letter or workbook back.")
            )
        self.filling: Filling = borrowed(response, now)
        self.draft = Draft()
        self.written = Written()
        self.opening = opening_of(response)
        self.names: set[str] = set()

    def take(self, changes: Sequence[Change]) -> Written:
        known = self._known(changes)
        for change in changes[:MOST_CHANGES]:
            outcome = (
                Outcome(change.client_id, change.ref, Kept.SAME, self.stands(change.ref))
                if change.client_id in known
                else self.one(change)
            )
            self.written.outcomes.append(outcome)
        if not self.draft.is_empty:
            # From now on it is the body's own again: the secretariat reads no draft of theirs.
            self.response.is_on_behalf = self.acts_for
            stands = write_draft(self.response, self.filling, self.draft, self.pen)
            self.written.outcomes = [
                Outcome(one.client_id, one.ref, one.kept, stands.get(one.ref, one.stands), one.why)
                for one in self.written.outcomes
            ]
        self.written.response = self.response
        transaction.on_commit(partial(given_back, self.response, self.filling))
        return self.written

    def _known(self, changes: Iterable[Change]) -> set[str]:
        """Return which changes were taken before."""
        ids = [change.client_id for change in changes]
        known = set(_sent_before(self.response.pk, ids))
        if self.share.pieces:  # only who holds a part of it proposes
            texts = Suggestion.objects.filter(response=self.response, client_id__in=ids)
            known |= {*texts.order_by().values_list("client_id", flat=True)}
        return known

    def stands(self, ref: Ref) -> Stands | None:
        """Return the answer that stands at a place."""
        return self.filling.heads.get(ref)

    def one(self, change: Change) -> Outcome:
        """Decide on one change, and take it into the draft where it is good."""
        refuse = partial(Outcome, change.client_id, change.ref, Kept.REFUSED)
        if why := self.misfit(change):
            return refuse(why=why)
        part = part_of(self.filling.form, change.ref.path)
        slug, entry = (part.slug if part else ""), page_entry(self.filling, change.ref.entry)
        writes = self.acts_for or self.share.writes(slug, entry)
        if not (writes or self.share.suggests(slug, entry)):
            return refuse(why=_("This question is not in your hands."))
        is_open = self.is_open(change.ref)
        if not (writes and is_open) and self.means_nothing(change):
            return Outcome(change.client_id, change.ref, Kept.SAME, self.stands(change.ref))
        if not is_open:
            return Outcome(
                change.client_id, change.ref, Kept.LOCKED, self.stands(change.ref),
                _("The answers are locked. You can leave a remark beside this one."),
            )  # fmt: skip
        return self.store(change) if writes else self.suggest(change)

    def misfit(self, change: Change) -> str:
        """Say why a change cannot be an answer here; "" where it can."""
        if not 0 < len(change.client_id) <= LONGEST_CLIENT_ID or change.client_id in self.names:
            return _("The change has no name of its own. Load the page again.")
        self.names.add(change.client_id)
        try:
            cell = self.filling.state.cell(change.ref)
        except KeyError:
            return _("This question, or its entry, is not in the form any more.")
        if cell.spec.is_group or cell.spec.control is None or cell.readonly:
            return _("This answer is calculated; it cannot be written.")
        if len(change.value) > LONGEST_ANSWER:
            return _("The answer is longer than %(most)d letters. Shorten it.") % {
                "most": LONGEST_ANSWER
            }
        if NEVER_STORED.search(change.value):
            return _("The answer holds a sign that cannot be stored. Write it anew.")
        if change.reason and change.reason not in self.response.wave.survey.reasons:
            return _("This reason is not offered here. Choose another.")
        if change.reason and change.value:
            return _("Give either an answer or a reason, not both.")
        return ""

    def is_open(self, ref: Ref) -> bool:
        """Tell whether an answer may change now; once the wave has closed, still as a draft."""
        return self.opening.takes(ref, self.filling)

    def store(self, change: Change) -> Outcome:
        """Take a change over unless its writer has not seen what stands."""
        ref, stands = change.ref, self.stands(change.ref)
        value = self.normal(change)
        now = (stands.value, stands.reason) if stands else ("", "")
        outcome = partial(Outcome, change.client_id, ref)
        if ref not in self.draft.given and now == (value, change.reason):
            return outcome(Kept.SAME, stands)
        if ref not in self.draft.given and (stands.answer_id if stands else 0) != change.base:
            if self.was(change, value):
                return outcome(Kept.SAME, stands)
            return outcome(Kept.CONFLICT, stands, _("Somebody changed this answer meanwhile."))
        try:
            delta = self.filling.state.set(ref, value)
        except CannotChange as error:
            return outcome(Kept.REFUSED, stands, str(error))
        except NeverSettles as error:
            # What is open now is good for nothing: nothing of this set is kept, nor the state.
            raise Refused(
                _(
                    "With this answer the form never comes to rest at %(path)s. Tell the secretariat."
                )
                % {"path": error.path}
            ) from error
        text = self.filling.state.cell(ref).text
        self.draft.given[ref] = Given(ref, text, change.reason, change.client_id)
        self.follow(delta)
        return outcome(Kept.SAVED)

    def means_nothing(self, change: Change) -> bool:
        """Tell whether a change says what stands or was seen: a page is sent with all its fields."""
        stands, value = self.stands(change.ref), self.normal(change)
        now = (stands.value, stands.reason) if stands else ("", "")
        return now == (value, change.reason) or self.was(change, value)

    def was(self, change: Change, value: str) -> bool:
        """Tell whether the writer left the answer as they had seen it, so that nothing was meant."""
        if not change.base:
            return not value and not change.reason
        seen = Answer.objects.filter(
            response=self.response, pk=change.base, path=change.ref.path, entry=change.ref.entry
        )
        return (value, change.reason) in seen.values_list("value", "reason")

    def normal(self, change: Change) -> str:
        """Return the text as it is stored."""
        return normal(self.filling.form, change.ref.path, change.value)

    def follow(self, delta: Delta) -> None:
        """Take over what a change brought about."""
        for ref, text in delta.values.items():
            self.draft.calculated[ref] = text
        for entry, is_there in delta.entries.items():
            (self.draft.came if is_there else self.draft.went).append(entry)
        self.draft.shifted |= {*delta.relevant, *delta.required}
        mine = self.written.delta
        mine.values.update(delta.values)
        mine.relevant.update(delta.relevant)
        mine.read_only.update(delta.read_only)
        mine.required.update(delta.required)
        mine.choices |= delta.choices
        mine.entries.update(delta.entries)

    def suggest(self, change: Change) -> Outcome:
        """Put a text beside the answer, for the lead to take."""
        Suggestion.objects.create(
            response=self.response, path=change.ref.path, entry=change.ref.entry,
            value=self.normal(change), by_id=self.by.person_id, at=self.pen.now,
            origin=SuggestionOrigin.DELEGATE, client_id=change.client_id,
            sample=self.response.sample,
        )  # fmt: skip
        return Outcome(
            change.client_id, change.ref, Kept.SUGGESTED, self.stands(change.ref),
            _("It stands beside the answer; the lead decides."),
        )  # fmt: skip
