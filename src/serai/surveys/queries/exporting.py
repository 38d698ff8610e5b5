"""A wave's cleared answers for a viewer: every version's questions, each response's answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from serai.base.access import NotFound, Viewer
from serai.base.files import files_of, stored_file
from serai.base.models import StoredFile
from serai.calc.xforms import CompiledForm, Control, EntryAt, Ref, open_form, write_instance
from serai.surveys import access
from serai.surveys.access import Share
from serai.surveys.models import Answer, FormVersion, Response, Wave
from serai.surveys.queries.filling import Stands, entries_of, env_of, heads_at
from serai.surveys.queries.forms import compiled, narrow_of, part_of
from serai.surveys.queries.own import head_of
from serai.surveys.queries.reading import choices_of, opened
from serai.surveys.queries.responses import whole_responses
from serai.surveys.queries.sections import widget_of
from serai.surveys.queries.set_aside import set_aside
from serai.surveys.states import ResponseState, VersionState

THING = "surveys.export"


@dataclass(frozen=True)
class Item:
    """One question of one version or several; the newest version's words.

    Attributes:
        name: its path below the root: the group-qualified name of its column.
        repeat_path: of the repeat whose entries hold it; "" outside.
        rules: required, constraint, relevant and calculate, as the form writes them.
        versions: in which it is asked.
    """

    path: str
    name: str
    repeat_path: str
    widget: str
    type: str
    label: str
    choices: tuple[tuple[str, str], ...]
    rules: tuple[tuple[str, str], ...]
    weight: float
    audience: str
    versions: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """One answer.

    Attributes:
        version: of the form it was given to.
        is_aside: a later version has no place for it.
    """

    value: str
    reason: str
    version: str
    at: datetime | None = None
    is_aside: bool = False


@dataclass
class Answered:
    """One response as the viewer reads it.

    Attributes:
        entries: each with its number among its siblings.
    """

    public_id: str
    organisation: str
    unit: str
    country: str
    state: str
    version: str
    answers: dict[Ref, Held] = field(default_factory=dict)
    entries: list[tuple[EntryAt, int]] = field(default_factory=list)
    instance: str = ""


@dataclass(frozen=True)
class Export:
    """What a viewer may take away of a wave; `read` are the responses with these answers."""

    wave: str
    survey: str
    sample: bool
    items: tuple[Item, ...]
    responses: tuple[Answered, ...]
    read: tuple[Response, ...] = ()


def exported(viewer: Viewer, wave: Wave) -> list[str]:
    """Return the numbers of the responses whose cleared answers the viewer reads, in order."""
    rows = _readable(viewer, wave, None)
    return sorted(one.public_id for one, _share in rows)


def export(
    viewer: Viewer, wave: Wave, now: datetime, language: str, only: Sequence[str] | None = None
) -> Export:
    """Return the cleared answers of a wave that the viewer reads; sample and real ones never mixed.

    `only` names the responses that are wanted.
    """
    versions = {
        one.pk: one
        for one in FormVersion.objects.filter(
            survey=wave.survey, state__in=[VersionState.PUBLISHED, VersionState.SUPERSEDED]
        )
        .defer("sheets", "warnings")
        .order_by("-number")
    }
    readable = _readable(viewer, wave, only)
    found = [_answered(one, share, versions, now) for one, share in readable]
    return Export(
        wave=wave.public_id,
        survey=wave.survey.code,
        sample=wave.sample,
        items=items_of(list(versions.values()), language),
        responses=tuple(found),
        read=tuple(one for one, _share in readable),
    )


def _readable(
    viewer: Viewer, wave: Wave, only: Sequence[str] | None
) -> list[tuple[Response, Share]]:
    rows = whole_responses().filter(
        wave=wave, sample=wave.sample, cleared_through__gt=0
    ).exclude(state=ResponseState.WITHDRAWN)  # fmt: skip
    if only is not None:
        rows = rows.filter(public_id__in=only)
    return [
        (one, share)
        for one in rows.order_by("id").prefetch_related("delegations")
        if (share := access.share_of(viewer, one)).reads_all
    ]


def _answered(
    found: Response, share: Share, versions: dict[int, FormVersion], now: datetime
) -> Answered:
    """Read one response as it was cleared; drafts made since are nobody's here."""
    through = found.cleared_through
    form = compiled(found.version)
    heads = heads_at(found, through)
    entries = entries_of(found, access.cleared_acts_of(found))
    head = head_of(found)
    row = Answered(
        found.public_id, head.organisation, head.unit, access.iso3_of(found), found.state,
        found.version.version, instance=_instance(found, share, heads, entries, now),
    )  # fmt: skip
    counts: dict[tuple[str, str], int] = {}
    for entry in entries:
        counts[entry[:2]] = counts.get(entry[:2], 0) + 1
        row.entries.append((entry, counts[entry[:2]]))
    given = dict(
        found.answers.filter(pk__in=[one.answer_id for one in heads.values()]).values_list(
            "pk", "form_version_id"
        )
    )
    live = {"", *(entry.key for entry in entries)}
    for ref, one in heads.items():
        if (one.value or one.reason) and ref.entry in live and _may(form, share, ref):
            name = versions[given[one.answer_id]].version
            row.answers[ref] = Held(one.value, one.reason, name, one.at)
    for aside in set_aside(found, through):
        ref = Ref(aside.path, aside.entry)
        if ref not in row.answers and _may_old(versions.values(), share, ref):
            row.answers[ref] = Held(
                aside.value, aside.reason, aside.version, aside.at, is_aside=True
            )
    return row


def _instance(
    found: Response, share: Share, heads: Mapping[Ref, Stands], entries: Sequence[EntryAt],
    now: datetime,
) -> str:  # fmt: skip
    """Write a response as an instance with the texts that were cleared, results too.

    All of it is opened, so that the same questions are asked as of its agency; what is calculated
    anew while opening is not told, nor what the viewer does not read.
    """
    form = compiled(found.version)
    live = {"", *(entry.key for entry in entries)}
    stood = {
        ref: one.value
        for ref, one in heads.items()
        if ref.entry in live and ref.path in form.by_path
    }
    state = open_form(form, stood, list(entries), env_of(found, now), first=False)
    texts = {}
    for cell in state.cells():
        ref = Ref(cell.spec.path, cell.frame.key)
        if not cell.spec.is_group:
            texts[ref] = stood.get(ref, "") if _may(form, share, ref) else ""
    return write_instance(state, texts)


def _may(form: CompiledForm, share: Share, ref: Ref) -> bool:
    """Tell whether an answer is readable; what a form does not know is not."""
    if ref.path not in form.by_path:
        return False
    part = part_of(form, ref.path)
    narrow = narrow_of(form, ref.path)
    return share.reads(part.slug if part else "", "", narrow)


def _may_old(versions: Iterable[FormVersion], share: Share, ref: Ref) -> bool:
    """Tell whether an answer of former versions is readable: in none of them is it too narrow."""
    forms = [compiled(one) for one in versions]
    known = [form for form in forms if ref.path in form.by_path]
    return bool(known) and all(_may(form, share, ref) for form in known)


# ---------------------------------------------------------------- the questions of all versions
def items_of(versions: Sequence[FormVersion], language: str) -> tuple[Item, ...]:
    """Return the questions of all versions by path: the newest first, those since removed last."""
    found: dict[str, Item] = {}
    for version in versions:
        for item in _of_version(version, language):
            known = found.get(item.path)
            found[item.path] = (
                replace(
                    known, versions=(*item.versions, *known.versions),
                    choices=_with(known.choices, item.choices),
                )
                if known else item
            )  # fmt: skip
    return tuple(found.values())


def _with(
    newer: tuple[tuple[str, str], ...], older: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    values = {value for value, _label in newer}
    return (*newer, *(one for one in older if one[0] not in values))


def _of_version(version: FormVersion, language: str) -> Iterator[Item]:
    form = compiled(version)
    state = opened(version, form, language)
    root = f"{form.specs[0].path}/"
    for control in _controls(form.controls):
        if control.spec < 0:
            continue
        spec = form.specs[control.spec]
        if spec.is_group:
            continue
        entry = f"r{spec.repeat}" if spec.repeat >= 0 else ""
        repeat = form.specs[form.repeats[spec.repeat].spec].path if spec.repeat >= 0 else ""
        widget = widget_of(control, spec.type, is_locked=state.cell(Ref(spec.path, entry)).readonly)
        yield Item(
            path=spec.path,
            name=spec.path.removeprefix(root),
            repeat_path=repeat,
            widget=widget,
            type=spec.type,
            label=state.label(control, entry),
            choices=choices_of(state, spec, entry),
            rules=tuple(
                (name, spec.binds[name])
                for name in ("required", "relevant", "constraint", "calculate")
                if name in spec.binds
            ),
            weight=spec.weight,
            audience=narrow_of(form, spec.path),
            versions=(version.version,),
        )
    yield from _calculated(version, form, root)


def _calculated(version: FormVersion, form: CompiledForm, root: str) -> Iterator[Item]:
    """Yield what is calculated without being shown."""
    for spec in form.specs:
        if spec.is_group or spec.control is not None or "calculate" not in spec.binds:
            continue
        repeat = form.specs[form.repeats[spec.repeat].spec].path if spec.repeat >= 0 else ""
        yield Item(
            spec.path, spec.path.removeprefix(root), repeat, "result", spec.type, "", (),
            (("calculate", spec.binds["calculate"]),), 0.0, narrow_of(form, spec.path),
            (version.version,),
        )  # fmt: skip


def _controls(controls: Sequence[Control]) -> Iterator[Control]:
    """Yield the questions, those in groups and repeats too."""
    for control in controls:
        if control.kind in {"group", "repeat"}:
            yield from _controls(control.children)
        else:
            yield control


# ---------------------------------------------------------------- files made
@dataclass(frozen=True)
class ExportFile:
    """A file of answers, and whose it is."""

    wave: Wave
    stored: StoredFile

    @property
    def received_by_id(self) -> int | None:
        """Return for whom it was made."""
        return self.stored.received_by_id


def thing_of_wave(wave: Wave) -> str:
    """Return what a wave's files are kept under."""
    return f"{THING}:{wave.pk}"


def erased_count(wave: Wave) -> int:
    """Return how many answers of a wave were erased: one more meanwhile spoils what was read."""
    return Answer.objects.filter(response__wave=wave, salt="").count()


def export_files(viewer: Viewer, wave: Wave) -> list[StoredFile]:
    """Return the files that were made of a wave for the viewer, newest first."""
    rows = files_of(thing_of_wave(wave))
    return [one for one in reversed(rows) if one.received_by_id == viewer.person_id]


def export_file(viewer: Viewer, number: str) -> ExportFile:
    """Return a file of answers that was made for the viewer.

    Raises:
        NotFound: there is none of theirs.
    """
    stored = stored_file(number)
    thing, _colon, pk = stored.thing.partition(":")
    wave = (
        Wave.objects.select_related("survey__initiative").filter(pk=pk).first()
        if thing == THING
        else None
    )
    if wave is None or stored.received_by_id != viewer.person_id:
        raise NotFound(number)
    return ExportFile(wave, stored)


def wave_by_pk(number: int) -> Wave | None:
    """Return a wave for a job; None where it was removed meanwhile."""
    return Wave.objects.select_related("survey__initiative").filter(pk=number).first()
