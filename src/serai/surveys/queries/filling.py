"""A response opened in the engine, with the answer rows that stand behind its texts."""

import random
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery

from serai.base.forms.fields import read_number
from serai.base.zones import known_zones
from serai.calc.xforms import (
    CompiledForm,
    EntryAt,
    Env,
    FormState,
    Issue,
    IssueKind,
    Ref,
    check,
    open_form,
)
from serai.surveys.models import Answer, AnswerHead, Entry, EntryAct, Response
from serai.surveys.queries.forms import compiled, language_of
from serai.surveys.states import EntryVerb, Source

KEPT_OPEN = 24


class Stands(NamedTuple):
    """The answer that stands at one place."""

    answer_id: int
    value: str
    reason: str
    author_id: int | None
    source: str
    at: datetime | None


# Path, entry, kind and message of an issue.
Noted = tuple[str, str, str, str]


@dataclass
class Filling:
    """One response as it stands: its state in the engine, and the rows behind it.

    Attributes:
        revision: of the response these were read at.
        heads: the answer that stands at each place; none for a place never answered.
        noted: number of each issue that is stored, by place, kind and words; None before they
            were asked for.
    """

    response_id: int
    revision: int
    form: CompiledForm
    state: FormState
    heads: dict[Ref, Stands] = field(default_factory=dict)
    noted: "dict[Noted, int] | None" = None

    @property
    def reasons(self) -> set[Ref]:
        """Return the places where a reason stands instead of an answer."""
        return {ref for ref, one in self.heads.items() if one.reason and not one.value}


def env_of(
    response: Response, now: datetime, user: Mapping[str, str] | None = None, language: str = ""
) -> Env:
    """Return the outside world of a response at a moment, in its own language or the reader's."""
    zone = response.time_zone if response.time_zone in known_zones() else "UTC"
    form = compiled(response.version)
    return Env(
        now=now,
        zone=ZoneInfo(zone),
        language=language_of(form, language or response.language),
        random=random.SystemRandom().random,
        new_uuid=lambda: str(uuid.uuid4()),
        user=user or {},
    )


def opened(
    response: Response, now: datetime, *, first: bool = False, through: int | None = None,
    acts: int | None = None,
) -> Filling:  # fmt: skip
    """Open a response as stored, or as it stood at an answer and an act on entries; two queries."""
    heads = heads_of(response) if through is None else heads_at(response, through)
    form = compiled(response.version)
    entries: list[EntryAt] | None = None
    spent: set[str] = set()
    if through is not None:
        entries = entries_of(response, acts)
    elif not first:
        entries, spent = _with_hidden(response, form)
    # What stands in a removed entry, or at a question that is gone, is kept and no fault of anybody.
    there = {"", *(one.key for one in entries or ())}
    answers = {
        ref: one.value
        for ref, one in heads.items()
        if ref.entry in there and ref.path in form.by_path
    }
    state = open_form(form, answers, entries, env_of(response, now), first=first, spent=spent)
    return Filling(response.pk, response.revision, form, state, heads)


def heads_of(response: Response) -> dict[Ref, Stands]:
    """Return the answer that stands at each place."""
    rows = AnswerHead.objects.filter(response=response).values_list(
        "path", "entry", "answer_id", "answer__value", "answer__reason", "answer__author_id",
        "answer__source", "answer__at",
    )  # fmt: skip
    return {Ref(row[0], row[1]): Stands(*row[2:]) for row in rows}


def heads_at(response: Response, through: int) -> dict[Ref, Stands]:
    """Return the answer that stood at each place when an answer was the newest."""
    rows = Answer.objects.filter(response=response, pk__lte=through).order_by("pk")
    return {
        Ref(row[0], row[1]): Stands(*row[2:])
        for row in rows.values_list(
            "path", "entry", "pk", "value", "reason", "author_id", "source", "at"
        )
    }


def entries_of(response: Response, acts: int | None = None) -> list[EntryAt]:
    """Return the entries there are, outer ones first; what is inside a removed one is left out.

    With the number of an act on entries: as that one left them.
    """
    if acts is not None:
        return entries_let_out({response.pk: acts}).get(response.pk, [])
    rows = Entry.objects.filter(response=response, is_removed=False).order_by("position", "id")
    return _standing(rows.values_list("repeat_path", "parent", "key"))


def entries_let_out(acts: Mapping[int, int | None]) -> dict[int, list[EntryAt]]:
    """Return by response its entries as an act on them has left them, None for the latest; one query."""
    rows = EntryAct.objects.filter(entry__response__in=list(acts)).order_by("id")
    left: dict[int, dict[int, tuple[str, int, tuple[str, str, str]]]] = {}
    for pk, of, entry, verb, position, *place in rows.values_list(
        "pk", "entry__response_id", "entry_id", "verb", "position", "entry__repeat_path",
        "entry__parent", "entry__key",
    ):  # fmt: skip
        newest = acts[of]
        if newest is None or pk <= newest:
            left.setdefault(of, {})[entry] = (verb, position, (place[0], place[1], place[2]))
    return {
        of: _standing(
            place
            for entry, (verb, _position, place) in sorted(
                entries.items(), key=lambda one: (one[1][1], one[0])
            )
            if verb != EntryVerb.REMOVE
        )
        for of, entries in left.items()
    }


def _standing(places: Iterable[tuple[str, str, str]]) -> list[EntryAt]:
    """Return entries, outer ones first, without those inside a removed one."""
    rows, found, known = [EntryAt(*place) for place in places], [], {""}
    while here := [row for row in rows if row.parent in known]:
        found += here
        known = {row.key for row in here}
    return found


def _with_hidden(response: Response, form: CompiledForm) -> tuple[list[EntryAt], set[str]]:
    """Return the entries with those that a smaller count took, and the keys that are spent.

    The engine hides what the count took, and brings it back when the count grows.
    """
    counted = {form.specs[one.spec].path for one in form.repeats if one.has_count}
    latest = EntryAct.objects.filter(entry=OuterRef("pk")).order_by("-id").values("source")[:1]
    rows = list(
        Entry.objects.filter(response=response)
        .annotate(latest=Subquery(latest))
        .order_by("position", "id")
        .values_list("repeat_path", "parent", "key", "is_removed", "latest")
    )
    spent = {key for _path, _parent, key, _is_removed, _latest in rows}
    found: list[EntryAt] = []
    known, hidden, news = {""}, set[str](), True
    while news:
        news = False
        for path, parent, key, is_removed, by in rows:
            is_hidden = is_removed and by == Source.CALCULATION
            is_hidden = is_hidden and (path in counted or parent in hidden)
            if key not in known and parent in known and (is_hidden or not is_removed):
                found.append(EntryAt(path, parent, key))
                known.add(key)
                hidden |= {key} if is_hidden else set()
                news = True
    return found, spent - known


def page_entry(filling: Filling, entry: str) -> str:
    """Return the entry whose page an answer stands on: the outermost around it; "" outside."""
    frame = filling.state.flow.by_key.get(entry)
    if frame is None:
        return entry
    while frame.depth > 1 and frame.parent is not None:
        frame = frame.parent
    return frame.key


def normal(form: CompiledForm, path: str, text: str) -> str:
    """Write a number as machines do; other text without blanks at its end."""
    if text and form.spec(path).type in {"int", "decimal"}:
        try:
            return f"{read_number(text):f}"
        except ValidationError:
            return text.strip()
    return text.replace("\r\n", "\n").rstrip()


def faults_of(state: FormState) -> list[Issue]:
    """Return what is wrong; of an answer that is not of its question's kind, only that."""
    found = check(state)
    odd = {issue.ref for issue in found if issue.kind is IssueKind.TYPE}
    return [
        issue for issue in found if not (issue.kind is IssueKind.CONSTRAINT and issue.ref in odd)
    ]


def faults_by_ref(state: FormState) -> dict[Ref, list[Issue]]:
    """Return what is wrong with each answer."""
    found: dict[Ref, list[Issue]] = {}
    for issue in faults_of(state):
        found.setdefault(issue.ref, []).append(issue)
    return found


def problems_of(filling: Filling) -> list[Issue]:
    """Return what keeps a response from being handed in: a reason may stand for a required answer."""
    excused = filling.reasons
    return [
        issue
        for issue in faults_of(filling.state)
        if not (issue.kind is IssueKind.REQUIRED and issue.ref in excused)
    ]


class _Kept:
    """Responses that were open lately, so that the next change need not read them anew.

    One is taken out while it is used, and given back when what was done to it is committed.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.rows: OrderedDict[tuple[str, int, int], Filling] = OrderedDict()

    def take(self, response: Response) -> Filling | None:
        with self.lock:
            return self.rows.pop(_key(response), None)

    def give(self, response: Response, filling: Filling) -> None:
        with self.lock:
            self.rows[_key(response)] = filling
            while len(self.rows) > KEPT_OPEN:
                self.rows.popitem(last=False)


def _key(response: Response) -> tuple[str, int, int]:
    return response.public_id, response.version_id, response.revision


KEPT = _Kept()


def borrowed(response: Response, now: datetime) -> Filling:
    """Return a response opened, from those kept open where its revision is the same."""
    kept = KEPT.take(response)
    if kept is None:
        return opened(response, now)
    kept.state.use(env_of(response, now))
    return kept


def given_back(response: Response, filling: Filling) -> None:
    """Keep a response open for the next change; it must be as stored by now."""
    filling.revision = response.revision
    KEPT.give(response, filling)
