"""What a plan file holds, apart from any format."""

from dataclasses import dataclass
from datetime import date

from serai.calc.schedule import LinkKind, Window

MOST_BASELINES = 11


@dataclass(frozen=True, slots=True)
class PlanLink:
    """What a task waits for: the other's UID, which ends are tied, and calendar days between."""

    after: int
    kind: LinkKind = LinkKind.FINISH_START
    lag_days: int = 0


@dataclass(frozen=True, slots=True)
class PlanBaseline:
    """One of the baselines 0 to 10."""

    number: int
    window: Window


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One milestone or lasting task.

    Attributes:
        uid: positive, unique in the file.
        number: our own number; empty in a file from elsewhere.
        group: the initiative it belongs to; written as the summary task above it.
        plan: when it is planned; None where no date is set.
        completion: when it was reached; None if it was not.
    """

    uid: int
    number: str
    name: str
    plan: Window | None
    completion: Window | None = None
    baselines: tuple[PlanBaseline, ...] = ()
    links: tuple[PlanLink, ...] = ()
    group: str = ""
    owner: str = ""
    country: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan to write; `status_on` is the day it speaks of, so that bytes are stable."""

    title: str
    tasks: tuple[PlanTask, ...]
    status_on: date


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Something in a file that was not taken as it stands.

    Attributes:
        task: number and name, as people find it; empty where the whole file is meant.
        field: which of its fields: start, finish, link, baseline, number, name, uid, completion.
        sentence: what is wrong and what was done, for the preview.
        is_refused: whether the value was left out, rather than read differently.
    """

    task: str
    field: str
    sentence: str
    is_refused: bool = True


@dataclass(frozen=True, slots=True)
class PlanImport:
    """What a file says, to be previewed.

    Attributes:
        title: the project's title.
        tasks: tasks without the summaries, in the file's order.
        moved: UIDs of our own tasks whose dates were changed since they were written.
        problems: what was not taken as it stands.
    """

    title: str
    tasks: tuple[PlanTask, ...]
    moved: frozenset[int]
    problems: tuple[PlanProblem, ...]
