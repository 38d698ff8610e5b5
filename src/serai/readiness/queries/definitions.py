"""The edition of the framework that offices are scored by, read once."""

from functools import lru_cache

from serai.base.access import NotFound
from serai.calc.readiness.definition import Definition, read_definition
from serai.readiness.models import Framework
from serai.readiness.states import EditionState

KEPT = 8


def framework_in_use() -> Framework:
    """Return the edition in use.

    Raises:
        NotFound: none is in use.
    """
    found = Framework.objects.filter(state=EditionState.IN_USE).first()
    if found is None:
        raise NotFound("framework")
    return found


def definition_of(framework: Framework) -> Definition:
    """Return what an edition says; one that is fixed is read once.

    Raises:
        DefinitionFault: the document cannot be used.
    """
    if framework.state == EditionState.DRAFT:
        return read_definition(framework.document)
    return _fixed(framework.pk, framework.number)


@lru_cache(maxsize=KEPT)
def _fixed(pk: int, number: int) -> Definition:
    return read_definition(Framework.objects.get(pk=pk, number=number).document)


def in_use() -> Definition:
    """Return what the edition in use says.

    Raises:
        NotFound: none is in use.
    """
    return definition_of(framework_in_use())


def events_in_use(language: str) -> list[tuple[str, str]]:
    """Return the events of the edition in use, from the simplest up; none without one."""
    try:
        events = in_use().ladder.events
    except NotFound:
        return []
    return [(one.code, one.name.get(language) or one.name.get("en", "")) for one in events]


def dimensions_in_use(language: str) -> list[tuple[str, str]]:
    """Return the dimensions of the edition in use; none without one."""
    try:
        dimensions = in_use().framework.dimensions
    except NotFound:
        return []
    return [(one.code, one.name.get(language) or one.name.get("en", "")) for one in dimensions]
