"""Read a plan from Microsoft Project XML: frozen rows and what was wrong, nothing saved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import ceil

from django.utils.translation import gettext as _
from lxml import etree

from serai.base.plans.mspdi import (
    ELAPSED_FORMATS,
    LINK_KINDS,
    MINUTES_PER_DAY,
    MINUTES_PER_WORKING_DAY,
    MOST_BYTES,
    NAMESPACE,
    PERCENT_FORMATS,
    TENTHS,
    TEXT_FIELD_IDS,
    WORKING_DAYS_PER_WEEK,
    Text,
    baseline_alias,
    text_fields,
    unpack,
)
from serai.base.plans.tasks import (
    MOST_BASELINES,
    PlanBaseline,
    PlanImport,
    PlanLink,
    PlanProblem,
    PlanTask,
)
from serai.base.xml import XmlFault, XmlRefused, read_xml
from serai.calc.schedule import Link as Dependency
from serai.calc.schedule import Precision, Window, find_cycle, on_day

_IN = f"{{{NAMESPACE}}}"


class PlanRefused(ValueError):
    """A file that is no plan; `str()` is the sentence for whoever sent it."""


@dataclass(slots=True)
class _Reading:
    """What is gathered while a file is read."""

    aliases: dict[str, str]
    minutes_per_day: int
    problems: list[PlanProblem] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)

    def tell(self, task: str, name: str, sentence: str, *, is_refused: bool = True) -> None:
        """Keep one sentence for the preview."""
        self.problems.append(PlanProblem(task, name, sentence, is_refused))


def read_plan(content: bytes) -> PlanImport:
    """Read what Project saved as XML, or what `write_plan` wrote.

    Our own tasks keep their windows and words while their dates are untouched; where Project's
    dates differ from them, Project's dates hold and the task is named among the moved.

    Args:
        content: the whole file.
    Returns:
        Tasks without summaries, and every value that was not taken as it stands.
    Raises:
        PlanRefused: for .mpp, other formats, a document type, more than 10 MB, broken XML.
    """
    try:
        root = read_xml(content, most_bytes=MOST_BYTES)
    except XmlRefused as refused:
        if refused.fault is XmlFault.BINARY:
            raise PlanRefused(_not_xml()) from refused
        raise PlanRefused(
            _("%(reason)s In Project, choose “Save as” and the type XML.")
            % {"reason": str(refused)}
        ) from refused
    if root.tag != f"{_IN}Project":
        raise PlanRefused(_not_xml())
    reading = _Reading(_aliases(root), _number(root, "MinutesPerDay") or MINUTES_PER_WORKING_DAY)
    tasks = _linked(_unique(_tasks(root, reading), reading), reading)
    title = _raw(root, "Title") or _raw(root, "Name")
    return PlanImport(title, tasks, frozenset(reading.moved), tuple(reading.problems))


def _not_xml() -> str:
    return _("This is not a plan in XML. In Project, choose “Save as” and the type XML.")


def _aliases(root: etree._Element) -> dict[str, str]:
    """Return our aliases by field number, as the file declares them."""
    ours = text_fields()
    found: dict[str, str] = {}
    for attribute in root.iterfind(f"{_IN}ExtendedAttributes/{_IN}ExtendedAttribute"):
        alias, field_id = _text(attribute, "Alias"), _text(attribute, "FieldID")
        if alias in ours and field_id == str(TEXT_FIELD_IDS[ours[alias] - 1]):
            found[field_id] = alias
    return found


def _tasks(root: etree._Element, reading: _Reading) -> Iterator[PlanTask]:
    """Walk the tasks; a summary gives its name to those below it and is no row itself."""
    above: list[tuple[int, str]] = []
    for element in root.iterfind(f"{_IN}Tasks/{_IN}Task"):
        if _text(element, "UID") == "0" or _text(element, "IsNull") == "1":
            continue
        level = _number(element, "OutlineLevel") or 1
        above = [one for one in above if one[0] < level]
        if _text(element, "Summary") == "1":
            above.append((level, _raw(element, "Name")))
            continue
        group = above[-1][1] if above else ""
        task = _task(element, group, reading)
        if task is not None:
            yield task


def _task(element: etree._Element, group: str, reading: _Reading) -> PlanTask | None:
    texts = _texts(element, reading)
    name = _raw(element, "Name")
    label = f"{texts.get(Text.NUMBER, '') or _text(element, 'ID')} {name}".strip()
    uid = _number(element, "UID")
    if not uid or uid < 1:
        reading.tell(label, "uid", _("This task has no number of its own and is left out."))
        return None
    if not name.strip():
        reading.tell(label, "name", _("This task has no name and is left out."))
        return None
    plan = _plan(element, texts, label, reading)
    if plan is not None and _is_moved(plan, texts):
        reading.moved.add(uid)
    return PlanTask(
        uid=uid,
        number=texts.get(Text.NUMBER, ""),
        name=name,
        plan=plan,
        completion=_completion(element, texts, label, reading),
        baselines=tuple(_baselines(element, texts, label, reading)),
        links=tuple(_links(element, label, reading)),
        group=group,
        owner=texts.get(Text.OWNER, ""),
        country=texts.get(Text.COUNTRY, ""),
        notes=_raw(element, "Notes"),
    )


def _texts(element: etree._Element, reading: _Reading) -> dict[str, str]:
    texts: dict[str, str] = {}
    for attribute in element.iterfind(f"{_IN}ExtendedAttribute"):
        alias = reading.aliases.get(_text(attribute, "FieldID"))
        if alias is not None:
            texts[alias] = _raw(attribute, "Value")
    return texts


def _plan(
    element: etree._Element, texts: dict[str, str], label: str, reading: _Reading
) -> Window | None:
    is_manual = _text(element, "Manual") == "1"
    start = _day(element, ("ManualStart", "Start") if is_manual else ("Start",), label, reading)
    finish = _day(element, ("ManualFinish", "Finish") if is_manual else ("Finish",), label, reading)
    if finish is None:
        if start is not None:
            reading.tell(label, "finish", _("The task has a start and no finish: no date is read."))
        return None
    if start is not None and start > finish:
        reading.tell(
            label,
            "start",
            _("The start %(start)s is after the finish %(finish)s: no date is read.")
            % {"start": start.isoformat(), "finish": finish.isoformat()},
        )
        return None
    ours = unpack(texts.get(Text.DATES, ""), texts.get(Text.WORDS, ""))
    if ours is not None and _says(ours, start, finish):
        return ours
    is_point = _text(element, "Milestone") == "1" or start is None
    found = _span(None if is_point else start, finish)
    if ours is not None:
        reading.tell(
            label,
            "finish",
            _("The dates were changed in Project: “%(words)s” is replaced by %(finish)s.")
            % {"words": ours.words, "finish": finish.isoformat()},
            is_refused=False,
        )
    return found


def _is_moved(plan: Window, texts: dict[str, str]) -> bool:
    return bool(texts.get(Text.DATES)) and plan != unpack(
        texts[Text.DATES], texts.get(Text.WORDS, "")
    )


def _says(window: Window, start: date | None, finish: date) -> bool:
    """Tell whether Project's dates are still those written for the window."""
    if window.end_latest != finish:
        return False
    return start is None or start == (window.start_earliest or finish)


def _span(start: date | None, finish: date) -> Window:
    """Return days without words: whoever previews them says them in the reader's language."""
    if start is None:
        return Window(finish, finish, Precision.DAY)
    return Window(finish, finish, Precision.SPAN, "", start, start)


def _completion(
    element: etree._Element, texts: dict[str, str], label: str, reading: _Reading
) -> Window | None:
    finish = _day(element, ("ActualFinish",), label, reading)
    if finish is None:
        if _text(element, "PercentComplete") == "100":
            reading.tell(label, "completion", _("Complete, but no day of finish: not recorded."))
        return None
    ours = unpack(texts.get(Text.DONE_DATES, ""), texts.get(Text.DONE_WORDS, ""))
    if ours is not None and ours.end_latest == finish:
        return ours
    return on_day(finish)


def _baselines(
    element: etree._Element, texts: dict[str, str], label: str, reading: _Reading
) -> Iterator[PlanBaseline]:
    seen: set[int] = set()
    for baseline in element.iterfind(f"{_IN}Baseline"):
        number = _number(baseline, "Number")
        finish = _day(baseline, ("Finish",), label, reading)
        if finish is None:
            continue
        if number is None or number not in range(MOST_BASELINES) or number in seen:
            reading.tell(label, "baseline", _("A baseline is not numbered 0 to 10: left out."))
            continue
        seen.add(number)
        packed, _gap, words = texts.get(baseline_alias(number), "").partition(" ")
        start = _day(baseline, ("Start",), label, reading)
        ours = unpack(packed, words)
        if ours is not None and _says(ours, start, finish):
            yield PlanBaseline(number, ours)
        else:
            lasts = start is not None and start < finish
            yield PlanBaseline(number, _span(start if lasts else None, finish))


def _links(element: etree._Element, label: str, reading: _Reading) -> Iterator[PlanLink]:
    for link in element.iterfind(f"{_IN}PredecessorLink"):
        after, number = _number(link, "PredecessorUID"), _number(link, "Type")
        kind = LINK_KINDS.get(1 if number is None else number)
        if after is None or kind is None or _text(link, "CrossProject") == "1":
            reading.tell(
                label, "link", _("A link to another project or of no known kind: left out.")
            )
            continue
        lag_days = _lag_days(link, label, reading)
        if lag_days is not None:
            yield PlanLink(after, kind, lag_days)


def _lag_days(link: etree._Element, label: str, reading: _Reading) -> int | None:
    """Return calendar days; working days are turned into weeks of seven, and said so."""
    lag, unit = _number(link, "LinkLag") or 0, _number(link, "LagFormat")
    if not lag:
        return 0
    if unit in PERCENT_FORMATS:
        reading.tell(label, "link", _("A lag in per cent cannot be read: the link is left out."))
        return None
    if unit in ELAPSED_FORMATS:
        return ceil(lag / TENTHS / MINUTES_PER_DAY)
    working = lag / TENTHS / reading.minutes_per_day
    days = ceil(working * 7 / WORKING_DAYS_PER_WEEK)
    reading.tell(
        label,
        "link",
        _("A lag of %(working)s working days is read as %(days)s calendar days.")
        % {"working": f"{working:g}", "days": days},
        is_refused=False,
    )
    return days


def _unique(tasks: Iterator[PlanTask], reading: _Reading) -> list[PlanTask]:
    """Keep the first task of each UID and of each of our numbers."""
    kept: list[PlanTask] = []
    uids: set[int] = set()
    numbers: set[str] = set()
    for task in tasks:
        label = f"{task.number} {task.name}".strip()
        if task.uid in uids:
            reading.tell(label, "uid", _("Another task has the same UID: this one is left out."))
        elif task.number and task.number in numbers:
            reading.tell(label, "number", _("Another task has this number: this one is left out."))
        else:
            kept.append(task)
            uids.add(task.uid)
            numbers.add(task.number)
    return kept


def _linked(tasks: Sequence[PlanTask], reading: _Reading) -> tuple[PlanTask, ...]:
    """Drop links to tasks that are not there, and say when tasks wait for each other."""
    names = {task.uid: f"{task.number} {task.name}".strip() for task in tasks}
    kept: list[PlanTask] = []
    for task in tasks:
        good = tuple(link for link in task.links if link.after in names)
        if good != task.links:
            reading.tell(
                names[task.uid],
                "link",
                _("It waits for a task that is not a row of this file: the link is left out."),
            )
        kept.append(_with_links(task, good))
    circle = find_cycle([Dependency(task.uid, link.after) for task in kept for link in task.links])
    if circle is not None:
        path = " → ".join(names[uid] for uid in circle)
        reading.tell("", "link", _("These tasks wait for each other: %(path)s.") % {"path": path})
    return tuple(kept)


def _with_links(task: PlanTask, links: tuple[PlanLink, ...]) -> PlanTask:
    return task if links == task.links else replace(task, links=links)


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{_IN}{name}") or "").strip()


def _raw(element: etree._Element, name: str) -> str:
    """Return text people wrote, with its blanks."""
    return element.findtext(f"{_IN}{name}") or ""


def _number(element: etree._Element, name: str) -> int | None:
    text = _text(element, name)
    try:
        return int(text)
    except ValueError:
        return None


def _day(
    element: etree._Element, names: Sequence[str], label: str, reading: _Reading
) -> date | None:
    """Return the day of the first of these fields that is filled."""
    text = next((text for name in names if (text := _text(element, name))), "")
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        reading.tell(
            label,
            names[-1].lower(),
            _("“%(text)s” is not a date: it is left out.") % {"text": text[:40]},
        )
        return None
