"""A wave's cleared answers, read all at once: each question, and what each body said to it."""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db.models import Q, QuerySet

from serai.base.access import Viewer
from serai.calc.xforms import (
    CompiledForm,
    Contributor,
    EntryAt,
    Kind,
    Record,
    Ref,
    Standing,
    open_form,
)
from serai.calc.xforms.flow import ref_of
from serai.surveys import access
from serai.surveys.access import Share
from serai.surveys.models import Answer, FormVersion, Response, Wave
from serai.surveys.queries.choices import silent_choices
from serai.surveys.queries.exporting import Item, items_of
from serai.surveys.queries.filling import entries_let_out, env_of
from serai.surveys.queries.forms import compiled, part_of
from serai.surveys.queries.own import in_words
from serai.surveys.queries.responses import whole_responses
from serai.surveys.states import Reason, ResponseState, VersionState
from serai.surveys.states.words import word

KEPT_RELEVANT = 1000
KINDS = {"one": Kind.ONE, "many": Kind.MANY, "rank": Kind.RANK, "number": Kind.NUMBER}
NOT_ASKED = frozenset({"result", "note"})


@dataclass(frozen=True)
class Asking:
    """One question of one version or several, in the newest one's words.

    Attributes:
        name: its path without the first stroke, as addresses write it.
        section: the page it stands on.
        silent: values of choices that say nothing.
        is_narrow: only named people read its answers, in one version of the form at least.
        is_file: it is answered with a file.
    """

    path: str
    name: str
    section: str
    label: str
    kind: Kind
    choices: tuple[tuple[str, str], ...]
    silent: frozenset[str]
    repeat_path: str
    is_narrow: bool
    is_file: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """Return the values it offers that say something."""
        return tuple(value for value, _label in self.choices if value not in self.silent)


@dataclass(frozen=True)
class Told:
    """What one body said to one question, in one entry.

    Attributes:
        entry: its number among those of the body; 0 outside a repeat.
        organisation: its number; the response's own where nobody's name is kept.
        sort: the kind of organisation.
        words: as a reader knows it: labels for choices, the reason where there is no answer.
    """

    response: str
    state: ResponseState
    place: str
    organisation: str
    sort: str
    iso3: str
    country: str
    name: str
    entry: int
    value: str
    words: str
    standing: Standing
    at: datetime | None

    def record(self, group: str = "") -> Record:
        """Return it as it is counted."""
        return Record(self.value, self.standing, group, self.organisation, self.iso3)


@dataclass(frozen=True)
class Cleared:
    """What a viewer reads of a wave.

    Attributes:
        told: by path, in the order of countries and organisations.
        bodies: whose answers they are.
        responses: in which they stand, in the same order.
    """

    questions: tuple[Asking, ...]
    told: dict[str, tuple[Told, ...]]
    bodies: tuple[Contributor, ...]
    responses: tuple[Response, ...]


def forms_of(wave: Wave) -> list[FormVersion]:
    """Return the published versions of a wave's survey, the newest first; one query."""
    found = FormVersion.objects.filter(
        survey=wave.survey, state__in=[VersionState.PUBLISHED, VersionState.SUPERSEDED]
    )
    rows = list(found.defer("xform", "warnings").order_by("-number"))
    for one in rows:
        one.survey = wave.survey
    return rows


def questions(wave: Wave, language: str) -> tuple[Asking, ...]:
    """Return the questions that people answer, of all versions of a wave's survey; one query."""
    versions = forms_of(wave)
    forms = [compiled(one) for one in versions]
    return tuple(
        _asking(item, [form for form in forms if item.path in form.by_path])
        for item in items_of(versions, language)
        if item.widget not in NOT_ASKED and "calculate" not in dict(item.rules)
    )


def _asking(item: Item, forms: Sequence[CompiledForm]) -> Asking:
    form = forms[0]
    part = part_of(form, item.path)
    return Asking(
        path=item.path,
        name=item.path.removeprefix("/"),
        section=part.slug if part else "",
        label=item.label.strip() or item.name,
        kind=KINDS.get(item.widget, Kind.TEXT),
        choices=item.choices,
        silent=silent_choices(form, form.spec(item.path)),
        repeat_path=item.repeat_path,
        is_narrow=any(one.spec(item.path).binds.get("serai:audience") for one in forms),
        is_file=item.widget == "file",
    )


def cleared_responses(wave: Wave) -> "QuerySet[Response]":
    """Return the responses that count: cleared once and not withdrawn, sample apart from real."""
    return (
        whole_responses()
        .filter(wave=wave, sample=wave.sample, cleared_through__gt=0)
        .exclude(state=ResponseState.WITHDRAWN)
    )


def cleared(
    viewer: Viewer,
    wave: Wave,
    asked: Sequence[Asking],
    now: datetime,
    *,
    countries: Collection[str] | None = None,
) -> Cleared:
    """Return the cleared answers to some questions of a wave that the viewer reads; four queries.

    Args:
        viewer: who reads.
        wave: whose answers.
        asked: of its `questions`.
        now: for what a form asks of the day.
        countries: whose answers alone, "" for those of no member; None for all.
    """
    rows = cleared_responses(wave).prefetch_related("delegations")
    if countries is not None:
        whose = Q(invitation__country__iso3__in=list(countries))
        rows = rows.filter(whose | Q(invitation__country=None) if "" in countries else whose)
    found = []
    for one in rows.order_by(
        "invitation__country__order", "invitation__organisation__name_key",
        "invitation__unit_label", "id",
    ):  # fmt: skip
        one.wave, one.parts_given = wave, list(one.delegations.all())
        share = access.share_of(viewer, one)
        if share.reads_all:
            found.append((one, share))
    return as_cleared(found, asked, now, _entries([one for one, _share in found]))


def as_cleared(
    found: Sequence[tuple[Response, Share]],
    asked: Sequence[Asking],
    now: datetime,
    entries: Mapping[int, Sequence[EntryAt]],
) -> Cleared:
    """Return what responses say to some questions, as each stood at its `cleared_through`.

    Args:
        found: each with what of it may be told.
        asked: the questions.
        now: for what a form asks of the day.
        entries: by response, outer ones first.
    """
    responses = [one for one, _share in found]
    known = RELEVANT.known(responses)
    unopened = [one.pk for one in responses if one.pk not in known]
    answers = _answers(responses, [one.path for one in asked], unopened)
    told: dict[str, list[Told]] = {one.path: [] for one in asked}
    for one, share in found:
        theirs, within = answers.get(one.pk, {}), list(entries.get(one.pk, []))
        relevant = known.get(one.pk) or RELEVANT.opened(one, theirs, within, now)
        body = _Body(one, share, theirs, within, relevant)
        for question in asked:
            told[question.path].extend(body.told(question))
    return Cleared(
        tuple(one for one in asked if not one.is_narrow or told[one.path]),
        {path: tuple(rows) for path, rows in told.items()},
        tuple(contributor(one) for one in responses),
        tuple(responses),
    )


def contributor(found: Response) -> Contributor:
    """Return whose a response is, and which answers of it count."""
    return Contributor(
        found.public_id, _organisation(found), access.iso3_of(found), str(found.cleared_through)
    )


def _organisation(found: Response) -> str:
    asked = found.invitation
    is_named = asked is not None and asked.organisation_id is not None
    return str(asked.organisation_id) if asked and is_named else f"response {found.public_id}"


Row = tuple[str, str, datetime | None]


def _answers(
    responses: Sequence[Response], paths: Sequence[str], unopened: Sequence[int]
) -> dict[int, dict[Ref, Row]]:
    """Return by response what stood at each place when it was cleared; all of it where unopened."""
    found: dict[int, dict[Ref, Row]] = {}
    through = {one.pk: one.cleared_through for one in responses}
    rows = Answer.objects.filter(
        Q(path__in=paths) | Q(response__in=unopened),
        response__in=list(through),
        pk__lte=max(through.values(), default=0),
    )
    for number, pk, path, entry, value, reason, at in rows.order_by("pk").values_list(
        "pk", "response_id", "path", "entry", "value", "reason", "at"
    ):
        if number <= through[pk]:
            found.setdefault(pk, {})[Ref(path, entry)] = (value, reason, at)
    return found


def _entries(responses: Sequence[Response]) -> dict[int, list[EntryAt]]:
    """Return by response its entries as they were cleared, outer ones first."""
    return entries_let_out({one.pk: access.cleared_acts_of(one) for one in responses})


class _Body:
    """One response as it was cleared."""

    def __init__(
        self,
        found: Response,
        share: Share,
        answers: dict[Ref, Row],
        entries: list[EntryAt],
        relevant: frozenset[Ref],
    ) -> None:
        self.found, self.share, self.answers, self.entries = found, share, answers, entries
        self.form, self.relevant = compiled(found.version), relevant
        asked = found.invitation
        place, country = (asked.organisation, asked.country) if asked else (None, None)
        name = in_words(place.names) if place else ""
        unit = asked.unit_label if asked else ""
        self.place = f"{name}, {unit}" if name and unit else name or unit or found.public_id
        self.sort = place.kind if place else ""
        self.country = in_words(country.shown_name) if country else ""

    def told(self, question: Asking) -> Iterator[Told]:
        """Yield what it says to a question; nothing where its form does not ask it."""
        if question.path not in self.form.by_path:
            return
        if question.is_narrow and not self.share.reads_narrow:
            return
        keys = [""]
        if question.repeat_path:
            keys = [one.key for one in self.entries if one.repeat_path == question.repeat_path]
        for number, key in enumerate(keys, start=1):
            yield self._told(question, Ref(question.path, key), number)

    def _told(self, question: Asking, ref: Ref, number: int) -> Told:
        value, reason, at = self.answers.get(ref, ("", "", None))
        if ref not in self.relevant:
            value = reason = ""
        found = self.found
        return Told(
            response=found.public_id,
            state=ResponseState(found.state),
            place=self.place,
            organisation=_organisation(found),
            sort=self.sort,
            iso3=access.iso3_of(found),
            country=self.country,
            name=f"{question.name}@{ref.entry}" if ref.entry else question.name,
            entry=number if question.repeat_path else 0,
            value=value,
            words=word(Reason(reason)) if reason else said(question, value),
            standing=_standing_of(question, value, reason, is_asked=ref in self.relevant),
            at=at if value or reason else None,
        )


def _standing_of(question: Asking, value: str, reason: str, *, is_asked: bool) -> Standing:
    if not is_asked:
        return Standing.NOT_APPLICABLE
    if reason and reason != Reason.LATER:
        return Standing.NO_INFORMATION
    if not value:
        return Standing.MISSING
    is_silent = bool(question.silent) and question.silent.issuperset(value.split())
    return Standing.NO_INFORMATION if is_silent else Standing.ANSWERED


def said(question: Asking, value: str) -> str:
    """Write an answer as a reader knows it: of choices, their labels; of a file, its name."""
    labels = dict(question.choices)
    if question.kind in {Kind.ONE, Kind.MANY, Kind.RANK}:
        return ", ".join(labels.get(one, one) for one in value.split())
    return value


class _Relevant:
    """Which questions of cleared responses were asked: no answer, so it may be kept a while."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.rows: OrderedDict[tuple[str, int, int], frozenset[Ref]] = OrderedDict()

    def known(self, responses: Sequence[Response]) -> dict[int, frozenset[Ref]]:
        """Return by response what is known already."""
        with self.lock:
            found = {one.pk: self.rows.get(_key(one)) for one in responses}
        return {pk: refs for pk, refs in found.items() if refs}

    def opened(
        self,
        found: Response,
        answers: dict[Ref, Row],
        entries: Sequence[EntryAt],
        now: datetime,
    ) -> frozenset[Ref]:
        """Return the places that were asked, from the response as it is opened."""
        texts = {ref: row[0] for ref, row in answers.items()}
        form = compiled(found.version)
        state = open_form(form, texts, list(entries), env_of(found, now), first=False)
        relevant = frozenset(ref_of(cell) for cell in state.cells() if cell.relevant)
        with self.lock:
            self.rows[_key(found)] = relevant
            while len(self.rows) > KEPT_RELEVANT:
                self.rows.popitem(last=False)
        return relevant


def _key(found: Response) -> tuple[str, int, int]:
    return found.public_id, found.revision, found.cleared_through


RELEVANT = _Relevant()
