"""What each line of a file would do here, and what keeps the whole file from being applied."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.text import TranslatedText
from serai.calc.schedule import Precision, Window
from serai.programme.actions.facts import Refused, day
from serai.programme.actions.filed import Line, link_words
from serai.programme.actions.plans import current_plan
from serai.programme.models import (
    BaselineLine,
    Completion,
    Dependency,
    Initiative,
    Milestone,
    Plan,
)

MOST_PLACES = 10


class Verdict(StrEnum):
    """What a row of a file would do."""

    CHANGE = "change"
    FIRST = "first"
    DONE = "done"
    SAME = "same"
    NOTE = "note"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    PROBLEM = "problem"
    NOT_READ = "not_read"


WORKS = frozenset({Verdict.CHANGE.value, Verdict.FIRST.value, Verdict.DONE.value})
REFUSES = frozenset(
    {Verdict.UNKNOWN.value, Verdict.CONFLICT.value, Verdict.PROBLEM.value, Verdict.NOT_READ.value}
)


@dataclass(frozen=True)
class Row:
    """One line of the preview: what stands here, what the file says, what would happen.

    Attributes:
        place: the row and column of the file, where these keep it from being applied.
    """

    verdict: str
    number: str
    name: str
    here: str
    file: str
    sentence: str = ""
    window: dict[str, object] | None = None
    words: str = ""
    place: str = ""


def refusal(places: Sequence[str]) -> str:
    """Say how many cells keep a file from being applied, where they are, and what to do."""
    named = "; ".join(places[:MOST_PLACES])
    if len(places) > MOST_PLACES:
        more = len(places) - MOST_PLACES
        named = _("%(places)s; and %(n)d more") % {"places": named, "n": more}
    return ngettext(
        "%(n)d cell keeps this file from being applied: %(places)s. Nothing of the file is taken. Mend the cell as its remark says and bring the file in again.",
        "%(n)d cells keep this file from being applied: %(places)s. Nothing of the file is taken. Mend each cell as its remark says and bring the file in again.",
        len(places),
    ) % {"n": len(places), "places": named}  # fmt: skip


def judge(initiative: Initiative, lines: Sequence[Line], *, today: date) -> Iterator[Row]:
    """Say of each line what it would do; a line with several faults has a row for each."""
    known = {str(one.number): one for one in _milestones(initiative)}
    for line in lines:
        yield from _problems(line)
        if line.note:
            yield Row(Verdict.NOTE, line.number, line.name, "", line.words, line.note)
        elif line.initiative and line.initiative != initiative.code:
            told = _("this row is of “%(file)s”, and the file is brought for “%(here)s”. Take the row out.") % {
                "file": line.initiative, "here": initiative.code,
            }  # fmt: skip
            yield _refused(Verdict.UNKNOWN, line, "initiative", told)
        elif line.number in known:
            yield from _judge_known(line, known[line.number], today=today)
        elif line.number or not line.problems:
            told = _("there is no milestone %(number)s here. Mend the number, or take the row out.") % {
                "number": line.number or "–",
            }  # fmt: skip
            yield _refused(Verdict.UNKNOWN, line, "number", told)


def _milestones(initiative: Initiative) -> QuerySet[Milestone]:
    """Return the milestones with all that a line is compared with."""
    links = Dependency.objects.filter(ended_on=None).select_related("after__initiative")
    lines = BaselineLine.objects.select_related("baseline", "plan")
    return (
        initiative.milestones.select_related("owner", "country")
        .prefetch_related(
            Prefetch("predecessors", links.order_by("after__number", "id")),
            Prefetch("baseline_lines", lines.order_by("baseline__number")),
            Prefetch("completions", Completion.objects.filter(withdrawn=None).order_by("id")),
        )
        .order_by("number")
    )


def _refused(
    verdict: Verdict, line: Line, field: str, told: str, *, name: str = "", here: str = "",
    file: str = "",
) -> Row:  # fmt: skip
    place = line.at(field)
    return Row(
        verdict, line.number, name or line.name, here, file or line.words, f"{place}: {told}",
        place=place,
    )  # fmt: skip


def _problems(line: Line) -> Iterator[Row]:
    for field, told in line.problems:
        yield _refused(Verdict.PROBLEM, line, field, told)


def _judge_known(line: Line, milestone: Milestone, *, today: date) -> Iterator[Row]:
    rows = [_judge_plan(line, milestone, current_plan(milestone))] if line.window else []
    rows += _judge_done(line, milestone, today)
    rows += _unread(line, milestone)
    if not rows and not line.problems:
        rows = [Row(Verdict.SAME, line.number, str(milestone.name), "", line.words)]
    yield from rows


def _judge_plan(line: Line, milestone: Milestone, holding: Plan | None) -> Row:
    here = str(holding.words) if holding else ""
    name, window = str(milestone.name), line.window
    if holding is None:
        return Row(Verdict.FIRST, line.number, name, here, line.words, "", days(window), line.words)
    if window is not None and holding.as_window().said("") == window.said(""):
        return Row(Verdict.SAME, line.number, name, here, line.words)
    if line.basis and line.basis != holding.public_id:
        told = _("the date here was changed after the file was exported: here %(here)s, in the file %(file)s. Start from a new export, or empty the cell in the column “%(column)s” to propose this date all the same.") % {
            "here": here, "file": line.words, "column": line.head("plan"),
        }  # fmt: skip
        return _refused(Verdict.CONFLICT, line, line.date_field, told, name=name, here=here)
    return Row(Verdict.CHANGE, line.number, name, here, line.words, "", days(window), line.words)


def _judge_done(line: Line, milestone: Milestone, today: date) -> Iterator[Row]:
    window, name = line.done_window, str(milestone.name)
    if window is None:
        return
    for standing in milestone.completions.all():
        here = str(standing.words)
        is_same = standing.as_window().said("") == window.said("")
        if not is_same and line.done not in _said_in(standing.words):
            yield _not_read(line, "done", name, here, line.done)
        return
    if window.end_latest > today:
        told = _("the completion, %(day)s, is after today, %(today)s. Bring it once it is reached.") % {
            "day": day(window.end_latest), "today": day(today),
        }  # fmt: skip
        yield _refused(Verdict.PROBLEM, line, "done", told, name=name, file=line.done)
        return
    yield Row(Verdict.DONE, line.number, name, "", line.done, "", days(window), line.done)


# ---------------------------------------------------------------- what no file changes
def _unread(line: Line, milestone: Milestone) -> Iterator[Row]:
    """Name each cell that says something else than stands here and that no file changes."""
    name = str(milestone.name)
    owner = milestone.owner.names if milestone.owner else TranslatedText()
    iso3 = milestone.country.iso3 if milestone.country else ""
    for field, written in line.others:
        if field == "after":
            asked = {one.strip() for one in written.split(",") if one.strip()}
            here, is_same = _links_here(line, milestone, asked)
        elif field == "country":
            here, is_same = iso3, written == iso3
        else:
            text = milestone.name if field == "name" else owner
            here, is_same = str(text), written in (_said_in(text) or {""})
        if not is_same:
            yield _not_read(line, field, name, here, written)
    yield from _baselines(line, milestone)


def _not_read(line: Line, field: str, name: str, here: str, written: str) -> Row:
    told = _("here it is “%(here)s”. No file changes that. Change it on the milestone's page, or write in the file what stands here, and bring it in again.") % {
        "here": here or "–",
    }  # fmt: skip
    return _refused(Verdict.NOT_READ, line, field, told, name=name, here=here, file=written or "–")


def _said_in(text: TranslatedText) -> set[str]:
    """Return a text in each of its languages, as a file would say it."""
    return {said.strip() for _code, said, _state in text.texts}


def _links_here(line: Line, milestone: Milestone, asked: set[str]) -> tuple[str, bool]:
    """Return the links that a file should name, and whether it names them and no others.

    An export leaves out milestones that its reader does not see: a file need not name those of
    other initiatives.
    """
    must, may = [], set()
    for link in milestone.predecessors.all():
        is_own = link.after.initiative_id == milestone.initiative_id
        number = (
            str(link.after.number)
            if is_own
            else f"{link.after.initiative.code}/{link.after.number}"
        )
        said = link_words(number, link.kind, link.lag_days) if line.is_task else number
        may.add(said)
        if is_own or said in asked:
            must.append(said)
    return ", ".join(must), set(must) <= asked <= may


def _baselines(line: Line, milestone: Milestone) -> Iterator[Row]:
    """Name each baseline that the file gives otherwise than it was set here."""
    fixed = {one.baseline.number: one for one in milestone.baseline_lines.all()}
    brought = dict(line.baselines)
    for number in sorted(fixed.keys() | brought.keys()):
        one, window = fixed.get(number), brought.get(number)
        if _is_same_baseline(one, window, is_whole=line.is_whole):
            continue
        here, file = str(one.plan.words) if one else "–", window.words if window else "–"
        told = _("baseline %(number)d is “%(here)s” here and “%(file)s” in the file. No file changes a baseline. Set a new one on the initiative's page, or start from a new export.") % {
            "number": number, "here": here, "file": file,
        }  # fmt: skip
        name = str(milestone.name)
        yield _refused(Verdict.NOT_READ, line, "baseline", told, name=name, here=here, file=file)


def _is_same_baseline(one: BaselineLine | None, window: Window | None, *, is_whole: bool) -> bool:
    if one is None:
        return window is None
    if window is None:
        return not is_whole
    return one.plan.as_window().said("") == window.said("")


# ---------------------------------------------------------------- windows as they are kept
def days(window: Window | None) -> dict[str, object] | None:
    """Return a window without its words, as a preview keeps it."""
    if window is None:
        return None
    names = ("start_earliest", "start_latest", "end_earliest", "end_latest")
    found: dict[str, object] = {
        name: one.isoformat() if (one := getattr(window, name)) else None for name in names
    }
    return found | {"precision": window.precision.value, "is_ongoing": window.is_ongoing}


def window_of(kept: Mapping[str, object], words: str) -> Window:
    """Return the window that a preview keeps.

    Raises:
        Refused: if what is kept names no day.
    """

    def on(name: str) -> date | None:
        return date.fromisoformat(str(kept[name])) if kept[name] else None

    end = on("end_latest")
    if end is None:
        raise Refused(_("The preview is damaged. Bring the file in again."))
    return Window(
        end_earliest=on("end_earliest"), end_latest=end,
        precision=Precision(str(kept["precision"])), words=words,
        start_earliest=on("start_earliest"), start_latest=on("start_latest"),
        is_ongoing=bool(kept["is_ongoing"]),
    )  # fmt: skip
