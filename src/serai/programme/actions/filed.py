"""What a file of dates says, line by line, whatever its format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from serai.base.plans import PlanImport, PlanProblem, PlanRefused, PlanTask, read_plan
from serai.base.tables import SheetFault, read_sheet
from serai.calc.schedule import (
    LinkKind,
    NotUnderstood,
    Window,
    describe_window,
    narrow,
    parse_window,
)
from serai.programme.actions.facts import Refused
from serai.programme.actions.windows import sentence
from serai.programme.states.words import FILE_HEADS

# Under which heading a reader of Microsoft Project finds a field; a table has its own first row.
IN_PROJECT: Mapping[str, str] = {
    "number": "Serai number", "name": "Name", "uid": "Unique ID", "words": "Finish",
    "start": "Start", "finish": "Finish", "done": "Actual Finish", "completion": "Actual Finish",
    "actualfinish": "Actual Finish", "owner": "Serai owner", "country": "Serai country",
    "after": "Predecessors", "link": "Predecessors", "baseline": "Baseline",
}  # fmt: skip
COMPARED = ("name", "owner", "country", "after")


@dataclass(frozen=True)
class Line:
    """One milestone as a file gives it.

    Attributes:
        label: what a reader finds the line by: its row, or its task.
        date_field: the field that gives the date.
        basis: the plan that held when the file was written, where the file says it.
        problems: what cannot be read: the field and why.
        note: how something was read that the file says differently.
        others: what it says of fields that no file changes, empty where it takes them away.
        baselines: the dates it was measured against.
        is_task: whether it stands in Project, which says of a link which ends it ties, and the lag.
        is_whole: whether what it does not say of baselines is taken away.
        heads: how a table heads its fields.
    """

    number: str
    name: str
    words: str = ""
    window: Window | None = None
    done: str = ""
    done_window: Window | None = None
    label: str = ""
    date_field: str = "words"
    initiative: str = ""
    basis: str = ""
    problems: tuple[tuple[str, str], ...] = ()
    note: str = ""
    others: tuple[tuple[str, str], ...] = ()
    baselines: tuple[tuple[int, Window], ...] = ()
    is_task: bool = False
    is_whole: bool = False
    heads: Mapping[str, str] = field(default_factory=dict)

    def head(self, field: str) -> str:
        """Return the heading under which a reader finds a field in the file."""
        return (IN_PROJECT if self.is_task else self.heads).get(field, field)

    def at(self, field: str) -> str:
        """Name the row and the column, as a reader finds them in the file."""
        return _("%(line)s, column “%(column)s”") % {
            "line": self.label, "column": self.head(field),
        }  # fmt: skip


# ---------------------------------------------------------------- tables
def read_table(content: bytes, name: str, language: str) -> list[Line]:
    """Read a sheet with the columns of the export, in words of any language or by their names.

    Raises:
        Refused: if the file is no sheet, or its first row does not name the columns.
    """
    try:
        sheet = read_sheet(content, name)
    except SheetFault as fault:
        raise Refused(str(fault), "file") from fault
    written = [cell.strip() for cell in sheet[0]]
    known = _known_heads()
    head = [known.get(cell.casefold(), cell.casefold()) for cell in written]
    if "number" not in head or not {"words", "end"} & set(head):
        raise Refused(
            _("%(name)s: the first row must name the columns: number, words or end. Start from the export.")
            % {"name": name}
        )  # fmt: skip
    lines: list[Line] = []
    first: dict[tuple[str, str], str] = {}
    for row in sheet[1:]:
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        line = replace(
            _line(cells, language, row.number), heads=dict(zip(head, written, strict=True))
        )
        if earlier := first.get((line.initiative, line.number)):
            told = _("this number stands in %(row)s already.") % {"row": earlier}
            line = replace(line, problems=(("number", told), *line.problems))
        first.setdefault((line.initiative, line.number), line.label)
        lines.append(line)
    return lines


def _known_heads() -> dict[str, str]:
    """Return the fields by their heads in every language offered, and by their own names."""
    known: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {str(head).casefold(): field for field, head in FILE_HEADS.items()}
    return known | {field: field for field in FILE_HEADS}


def _line(cells: dict[str, str], language: str, place: int) -> Line:
    given = {name: cells.get(name, "") for name in ("number", "words", "end", "start", "done")}
    window, done, problems = None, None, []
    try:
        window = _dates(given, language)
    except NotUnderstood as error:
        problems.append((_column(given, error), sentence(error)))
    try:
        done = parse_window(given["done"], language) if given["done"] else None
    except NotUnderstood as error:
        problems.append(("done", sentence(error)))
    if given["start"] and not given["words"] and not given["end"]:
        problems.append(("end", _("there is a start and no end. Write when it ends.")))
    return Line(
        number=given["number"],
        name=cells.get("name", ""),
        words=given["words"] or (window.words if window else given["end"]),
        window=window,
        done=given["done"],
        done_window=done,
        label=_("Row %(n)d") % {"n": place},
        date_field="words" if given["words"] else "end",
        initiative=cells.get("initiative", ""),
        basis=cells.get("plan", ""),
        problems=tuple(problems),
        others=tuple((name, cells[name]) for name in COMPARED if cells.get(name)),
    )


def _dates(given: dict[str, str], language: str) -> Window | None:
    if not given["words"] and not given["end"]:
        return None
    return narrow(given["words"], given["end"] or None, given["start"] or None, language)


def _column(given: dict[str, str], error: NotUnderstood) -> str:
    """Return the column of a date that is not understood."""
    written = ("words", "end", "start")
    found = next((name for name in written if given[name] and given[name] == error.words), "")
    return found or ("words" if given["words"] else "end")


# ---------------------------------------------------------------- Microsoft Project
def read_project(content: bytes, language: str) -> list[Line]:
    """Read what Project saved as XML, or what our export wrote.

    Raises:
        Refused: if the file is no plan in XML.
    """
    try:
        plan = read_plan(content)
    except PlanRefused as refused:
        raise Refused(str(refused), "file") from refused
    return [*_tasks(plan, language), *(_told(one) for one in plan.problems)]


def _tasks(plan: PlanImport, language: str) -> Iterator[Line]:
    numbers = {task.uid: task.number or str(task.uid) for task in plan.tasks}
    for task in plan.tasks:
        number = numbers[task.uid]
        yield Line(
            number=number,
            name=task.name,
            words=_words(task.plan, language),
            window=task.plan,
            done=_words(task.completion, language),
            done_window=task.completion,
            label=_("Task %(task)s") % {"task": f"{number} {task.name}"},
            others=_others(task, numbers),
            baselines=tuple(
                (one.number, one.window.said(_words(one.window, language)))
                for one in task.baselines
            ),
            is_task=True,
            is_whole=bool(task.number),
        )


def _words(window: Window | None, language: str) -> str:
    """Return the words of a date; days without words are said in the reader's language."""
    if window is None:
        return ""
    return window.words or describe_window(window, language)


def _others(task: PlanTask, numbers: dict[int, str]) -> tuple[tuple[str, str], ...]:
    """Return what a task says beside its dates; one that carries our number says it whole."""
    links = ", ".join(link_words(numbers[one.after], one.kind, one.lag_days) for one in task.links)
    said = {"name": task.name, "owner": task.owner, "country": task.country, "after": links}
    return tuple((name, said[name].strip()) for name in COMPARED if task.number or said[name])


def link_words(number: str, kind: str, lag_days: int) -> str:
    """Write a link as Project's own column does: 2, 2SS, 2FS+14."""
    if kind == LinkKind.FINISH_START and not lag_days:
        return number
    return f"{number}{kind}{f'{lag_days:+d}' if lag_days else ''}"


def _told(problem: PlanProblem) -> Line:
    line = Line(
        number="",
        name=problem.task,
        label=_("Task %(task)s") % {"task": problem.task} if problem.task else _("The whole file"),
        is_task=True,
    )
    if problem.is_refused:
        return replace(line, problems=((problem.field, problem.sentence),))
    return replace(line, note=f"{line.at(problem.field)}: {problem.sentence}")
