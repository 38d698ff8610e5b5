"""Which jobs there are: each room's `jobs.py` names its own."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from django.apps import apps

from serai.base.jobs.schedule import Schedule

DEFAULT_ATTEMPTS = 5
QUEUES = ("default", "mail", "documents")


class TaskLike(Protocol):
    """A task as the queue knows it."""

    @property
    def module_path(self) -> str:
        """Name the function by its module."""


@dataclass(frozen=True)
class Kind:
    """One kind of job.

    Attributes:
        title: what the progress page calls it, marked for translation; empty for chores.
        is_told: whether the asker is written to when it has ended.
        schedule: when it runs by itself; such a job takes no arguments.
    """

    name: str
    function: Callable[..., None]
    task: Any
    queue: str
    max_attempts: int
    title: str
    is_told: bool
    schedule: Schedule | None

    def check(self, arguments: dict[str, object]) -> None:
        """Refuse arguments the function does not take.

        Raises:
            TypeError: naming the job and the argument.
        """
        try:
            inspect.signature(self.function).bind(None, **arguments)
        except TypeError as error:
            raise TypeError(f"Job {self.name}: {error}.") from error


class UnknownJob(LookupError):
    """No room has a job of this name."""


KINDS: dict[str, Kind] = {}
MAKE_TASK: list[Callable[..., Any]] = []


def job(
    name: str,
    *,
    queue: str = "default",
    max_attempts: int = DEFAULT_ATTEMPTS,
    title: str = "",
    tell: bool = False,
    schedule: Schedule | None = None,
) -> Callable[[Callable[..., None]], Any]:
    """Make a function a job that can be asked for by name ("room.function").

    Args:
        name: "room.function"; the function stands in the room's `jobs.py`.
        queue: default, mail or documents.
        max_attempts: how often it is tried before it is given up.
        title: what its progress page says, marked with gettext_noop.
        tell: write to the asker when it has ended.
        schedule: run it by itself at these times.
    Returns:
        The task; the function itself is called by workers only: function(context, **ids).
    """
    if queue not in QUEUES:
        raise ValueError(f"Job {name}: there is no queue '{queue}'. Use {', '.join(QUEUES)}.")

    def name_it(function: Callable[..., None]) -> Any:
        from_before = KINDS.get(name)
        if from_before and from_before.function.__module__ != function.__module__:
            raise ValueError(f"Job {name} is already named in {from_before.function.__module__}.")
        work = MAKE_TASK[0](function, queue=queue)
        KINDS[name] = Kind(name, function, work, queue, max_attempts, title, tell, schedule)
        return work

    return name_it


def _load(label: str) -> None:
    """Import the room's jobs: `<room>/jobs.py`, unless its app config names another module."""
    if not apps.is_installed(f"serai.{label}"):
        return
    config = apps.get_app_config(label)
    module = getattr(config, "jobs_module", f"{config.name}.jobs")
    if find_spec(module):
        import_module(module)


def kind(name: str) -> Kind:
    """Return a kind of job by its name.

    Raises:
        UnknownJob: if no room has it.
    """
    if name not in KINDS:
        _load(name.partition(".")[0])
    if name not in KINDS:
        raise UnknownJob(f"There is no job '{name}'. Jobs stand in <room>/jobs.py as @job.")
    return KINDS[name]


def every_kind() -> list[Kind]:
    """Return the jobs of all rooms by name."""
    for config in apps.get_app_configs():
        if config.name.startswith("serai."):
            _load(config.label)
    return [KINDS[name] for name in sorted(KINDS)]
