"""The edition of the framework that offices are evaluated by, compiled once."""

from collections.abc import Mapping

from serai.base.access import NotFound
from serai.base.text import TranslatedText
from serai.calc.readiness.definition import Definition, read_definition
from serai.readiness.models import Framework
from serai.readiness.states import EditionState

MOST_KEPT = 8
_compiled: dict[str, Definition] = {}


def framework_in_use(initiative: str = "") -> Framework | None:
    """Return the edition in use, of one initiative where it is named; None before the first."""
    found = Framework.objects.filter(state=EditionState.IN_USE).select_related("initiative")
    if initiative:
        found = found.filter(initiative__code=initiative)
    return found.order_by("-number").first()


def framework_needed() -> Framework:
    """Return the edition in use.

    Raises:
        NotFound: none is in use.
    """
    found = framework_in_use()
    if found is None:
        raise NotFound("framework")
    return found


def definition_of(edition: Framework) -> Definition:
    """Return an edition compiled; what is fixed is compiled once in each process.

    Raises:
        DefinitionFault: if a draft has faults.
    """
    if edition.state == EditionState.DRAFT:
        return read_definition(edition.document)
    found = _compiled.get(edition.public_id)
    if found is None:
        found = read_definition(edition.document)
        while len(_compiled) >= MOST_KEPT:
            _compiled.pop(next(iter(_compiled)))
        _compiled[edition.public_id] = found
    return found


def definition_in_use() -> Definition | None:
    """Return the edition in use, compiled; None before the first."""
    found = framework_in_use()
    return definition_of(found) if found is not None else None


def definition_needed() -> Definition:
    """Return the edition in use, compiled.

    Raises:
        NotFound: none is in use.
    """
    return definition_of(framework_needed())


def said_in(texts: Mapping[str, str], language: str) -> str:
    """Return a framework's words in a language, else in the one that pages fall back to."""
    return texts.get(spoken_in(texts, language), "")


def spoken_in(texts: Mapping[str, object], language: str) -> str:
    """Return the language in which a framework's words are shown to a reader of another."""
    kept = TranslatedText(tuple((code, code, "source") for code, text in texts.items() if text))
    return kept.pick(language)[1]


def events_in_use(language: str) -> list[tuple[str, str]]:
    """Return the events of the edition in use, from the simplest up; none without one."""
    found = definition_in_use()
    events = found.ladder.events if found is not None else ()
    return [(one.code, said_in(one.name, language)) for one in events]


def dimensions_in_use(language: str) -> list[tuple[str, str]]:
    """Return the dimensions of the edition in use; none without one."""
    found = definition_in_use()
    dimensions = found.framework.dimensions if found is not None else ()
    return [(one.code, said_in(one.name, language)) for one in dimensions]
