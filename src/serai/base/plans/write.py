"""Write a plan as Microsoft Project XML that opens without moving anybody's dates."""

import re
from datetime import date, datetime, time, timedelta
from itertools import groupby

from lxml import etree

from serai.base.plans.mspdi import (
    DAY_BEGINS,
    DAY_ENDS,
    DAYS_FORMAT,
    ELAPSED_DAYS_FORMAT,
    LINK_TYPES,
    MINUTES_PER_DAY,
    MINUTES_PER_WORKING_DAY,
    NAMESPACE,
    NOON_BEGINS,
    NOON_ENDS,
    TENTHS,
    TEXT_FIELD_IDS,
    WORKING_DAYS_PER_WEEK,
    Text,
    baseline_alias,
    pack,
    text_fields,
)
from serai.base.plans.tasks import MOST_BASELINES, PlanBaseline, PlanFile, PlanLink, PlanTask
from serai.calc.schedule import Window

SAVE_VERSION = 14
CALENDAR_UID = 1
MONDAY_TO_FRIDAY = range(2, 7)
DAYS_OF_WEEK = range(1, 8)
MOST_NAME, MOST_TEXT = 512, 255
_TEXT_OF = text_fields()
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_plan(plan: PlanFile) -> bytes:
    """Write tasks as manually scheduled: Project keeps such dates as they are.

    A point is a milestone at the end of its latest day; a lasting task runs from its earliest start
    to its latest end. Our number, words and exact windows go into custom text fields. The same
    plan gives the same bytes.

    Returns:
        UTF-8 XML.
    Raises:
        ValueError: for a UID twice or below one, a baseline outside 0 to 10 or twice, and for words
            too long for a text field.
    """
    _check(plan)
    root = etree.fromstring(f'<Project xmlns="{NAMESPACE}"/>')
    _header(root, plan)
    _fields(root)
    _calendar(root)
    tasks = _under(root, "Tasks")
    summary_uid = max((task.uid for task in plan.tasks), default=0)
    position = 0
    for place, (group, members) in enumerate(groupby(plan.tasks, key=lambda task: task.group), 1):
        listed = tuple(members)
        if group:
            position, summary_uid = position + 1, summary_uid + 1
            _summary(tasks, group, listed, summary_uid, position, str(place))
        for index, task in enumerate(listed, 1):
            position += 1
            number = f"{place}.{index}" if group else str(position)
            _task(tasks, task, position, number)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _check(plan: PlanFile) -> None:
    uids = [task.uid for task in plan.tasks]
    if len(set(uids)) < len(uids) or min(uids, default=1) < 1:
        raise ValueError("Every task of a plan needs a UID of its own, from 1 on.")
    for task in plan.tasks:
        numbers = [line.number for line in task.baselines]
        if len(set(numbers)) < len(numbers) or not set(numbers) <= set(range(MOST_BASELINES)):
            raise ValueError(f"Task {task.uid}: baselines {numbers} are not 0 to 10, each once.")
        for text in _texts(task).values():
            if len(text) > MOST_TEXT:
                raise ValueError(f"Task {task.uid}: {text[:40]!r}… is longer than {MOST_TEXT}.")


def _under(parent: etree._Element, name: str, text: str | int | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        child.text = text if isinstance(text, str) else str(text)
    return child


def _all_under(parent: etree._Element, values: dict[str, str | int]) -> None:
    for name, value in values.items():
        _under(parent, name, value)


def _header(root: etree._Element, plan: PlanFile) -> None:
    windows = [task.plan for task in plan.tasks if task.plan is not None]
    first = min((_first_day(window) for window in windows), default=plan.status_on)
    last = max((window.end_latest for window in windows), default=plan.status_on)
    _all_under(
        root,
        {
            "SaveVersion": SAVE_VERSION,
            "Title": _clean(plan.title),
            "ScheduleFromStart": 1,
            "StartDate": _at(first, DAY_BEGINS),
            "FinishDate": _at(last, DAY_ENDS),
            "CalendarUID": CALENDAR_UID,
            "DefaultStartTime": DAY_BEGINS.isoformat(),
            "DefaultFinishTime": DAY_ENDS.isoformat(),
            "MinutesPerDay": MINUTES_PER_WORKING_DAY,
            "MinutesPerWeek": MINUTES_PER_WORKING_DAY * WORKING_DAYS_PER_WEEK,
            "DaysPerMonth": 20,
            "DefaultTaskType": 1,
            "DurationFormat": DAYS_FORMAT,
            "HonorConstraints": 0,
            "NewTasksEstimated": 0,
            "WeekStartDay": 1,
            "StatusDate": _at(plan.status_on, DAY_ENDS),
            "CurrentDate": _at(plan.status_on, DAY_BEGINS),
            "NewTasksAreManual": 1,
        },
    )


def _fields(root: etree._Element) -> None:
    fields = _under(root, "ExtendedAttributes")
    for alias, number in _TEXT_OF.items():
        attribute = _under(fields, "ExtendedAttribute")
        _all_under(
            attribute,
            {
                "FieldID": TEXT_FIELD_IDS[number - 1],
                "FieldName": f"Text{number}",
                "Alias": alias,
            },
        )


def _calendar(root: etree._Element) -> None:
    """Write the working week that durations are counted in: Monday to Friday, eight hours."""
    calendar = _under(_under(root, "Calendars"), "Calendar")
    _all_under(calendar, {"UID": CALENDAR_UID, "Name": "Standard", "IsBaseCalendar": 1})
    week = _under(calendar, "WeekDays")
    for day in DAYS_OF_WEEK:
        line = _under(week, "WeekDay")
        works = day in MONDAY_TO_FRIDAY
        _all_under(line, {"DayType": day, "DayWorking": int(works)})
        if works:
            times = _under(line, "WorkingTimes")
            for begin, end in ((DAY_BEGINS, NOON_BEGINS), (NOON_ENDS, DAY_ENDS)):
                hours = _under(times, "WorkingTime")
                _all_under(hours, {"FromTime": begin.isoformat(), "ToTime": end.isoformat()})


def _summary(
    tasks: etree._Element,
    name: str,
    members: tuple[PlanTask, ...],
    uid: int,
    position: int,
    number: str,
) -> None:
    windows = [task.plan for task in members if task.plan is not None]
    written = _under(tasks, "Task")
    _head(written, uid, position, name, number, level=1)
    if windows:
        first = min(_first_day(window) for window in windows)
        last = max(window.end_latest for window in windows)
        _dates(written, _at(first, DAY_BEGINS), _at(last, DAY_ENDS), working_hours(first, last))
    _all_under(written, {"DurationFormat": DAYS_FORMAT, "Milestone": 0, "Summary": 1})


def _task(tasks: etree._Element, task: PlanTask, position: int, number: str) -> None:
    written = _under(tasks, "Task")
    _head(written, task.uid, position, task.name, number, level=2 if task.group else 1)
    if task.plan is not None:
        _dates(written, *_shown(task.plan))
    is_point = task.plan is None or not task.plan.lasts
    _all_under(
        written,
        {
            "DurationFormat": DAYS_FORMAT,
            "Estimated": 0,
            "Milestone": int(is_point),
            "Summary": 0,
            "PercentComplete": 0 if task.completion is None else 100,
        },
    )
    if task.completion is not None:
        start, finish, hours = _shown(_done(task.plan, task.completion))
        _all_under(
            written,
            {"ActualStart": start, "ActualFinish": finish, "ActualDuration": _duration(hours)},
        )
    _all_under(written, {"ConstraintType": 0, "CalendarUID": -1})
    if task.notes:
        _under(written, "Notes", _clean(task.notes))
    for link in task.links:
        _link(written, link)
    for alias, text in _texts(task).items():
        attribute = _under(written, "ExtendedAttribute")
        field_id = TEXT_FIELD_IDS[_TEXT_OF[alias] - 1]
        _all_under(attribute, {"FieldID": field_id, "Value": _clean(text)})
    for baseline in sorted(task.baselines, key=lambda line: line.number):
        _baseline(written, baseline)


def _head(
    written: etree._Element, uid: int, position: int, name: str, number: str, *, level: int
) -> None:
    _all_under(
        written,
        {
            "UID": uid,
            "ID": position,
            "Name": _clean(name)[:MOST_NAME],
            "Active": 1,
            "Manual": 1,
            "Type": 1,
            "IsNull": 0,
            "WBS": number,
            "OutlineNumber": number,
            "OutlineLevel": level,
            "Priority": 500,
        },
    )


def _dates(written: etree._Element, start: str, finish: str, hours: int) -> None:
    _all_under(
        written,
        {
            "Start": start,
            "Finish": finish,
            "Duration": _duration(hours),
            "ManualStart": start,
            "ManualFinish": finish,
            "ManualDuration": _duration(hours),
        },
    )


def _link(written: etree._Element, link: PlanLink) -> None:
    """Write a lag in elapsed days, since ours are calendar days."""
    _all_under(
        _under(written, "PredecessorLink"),
        {
            "PredecessorUID": link.after,
            "Type": LINK_TYPES[link.kind],
            "CrossProject": 0,
            "LinkLag": link.lag_days * MINUTES_PER_DAY * TENTHS,
            "LagFormat": ELAPSED_DAYS_FORMAT,
        },
    )


def _baseline(written: etree._Element, baseline: PlanBaseline) -> None:
    start, finish, hours = _shown(baseline.window)
    _all_under(
        _under(written, "Baseline"),
        {
            "Number": baseline.number,
            "Start": start,
            "Finish": finish,
            "Duration": _duration(hours),
            "DurationFormat": DAYS_FORMAT,
        },
    )


def _texts(task: PlanTask) -> dict[str, str]:
    """Return our custom texts by alias, empty ones left out."""
    texts: dict[str, str] = {Text.NUMBER: task.number, Text.OWNER: task.owner}
    texts[Text.COUNTRY] = task.country
    if task.plan is not None:
        texts |= {Text.WORDS: task.plan.words, Text.DATES: pack(task.plan)}
    if task.completion is not None:
        texts |= {Text.DONE_WORDS: task.completion.words, Text.DONE_DATES: pack(task.completion)}
    for line in task.baselines:
        texts[baseline_alias(line.number)] = f"{pack(line.window)} {line.window.words}"
    return {alias: text for alias, text in texts.items() if text}


def _shown(window: Window) -> tuple[str, str, int]:
    """Return start, finish and working hours: a point stands at the end of its latest day."""
    finish = _at(window.end_latest, DAY_ENDS)
    if window.start_earliest is None:
        return finish, finish, 0
    hours = working_hours(window.start_earliest, window.end_latest)
    return _at(window.start_earliest, DAY_BEGINS), finish, hours


def _done(plan: Window | None, completion: Window) -> Window:
    """Return the completion; without a start of its own it began when planned, if by then."""
    if completion.lasts or plan is None or plan.start_earliest is None:
        return completion
    start = min(plan.start_earliest, completion.end_latest)
    return Window(None, completion.end_latest, completion.precision, completion.words, start, start)


def _first_day(window: Window) -> date:
    return window.start_earliest or window.end_latest


def working_hours(first: date, last: date) -> int:
    """Count the hours of the written calendar from one day to another, both included."""
    weeks, rest = divmod((last - first).days + 1, 7)
    days = weeks * WORKING_DAYS_PER_WEEK
    days += sum(
        (first + timedelta(days=extra)).weekday() < WORKING_DAYS_PER_WEEK for extra in range(rest)
    )
    return days * MINUTES_PER_WORKING_DAY // 60


def _at(day: date, hour: time) -> str:
    return datetime.combine(day, hour).isoformat()


def _duration(hours: int) -> str:
    return f"PT{hours}H0M0S"


def _clean(text: str) -> str:
    """Drop what XML cannot hold."""
    return _FORBIDDEN.sub("", text)
