"""What keeps a form from being published, and what an officer acknowledges first, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from serai.base.languages import language_name
from serai.calc.xforms import Finding as EngineFinding
from serai.surveys.queries.faults import ProblemRow, shown

# A rule's name → what it is about, and what to do.
RULES: Mapping[str, Promise | str] = {
    "problem": _("The form cannot be filled in as it stands."),
    "duplicate-name": _("Two questions of one group have one name. Rename one of them."),
    "unsupported": _("The form asks for something that Serai does not do. Take it out."),
    "unknown-function": _("A function does not exist. Correct its name."),
    "arguments": _("A function gets too few or too many values."),
    "unknown-list": _("A list does not exist. Correct its name or add its file."),
    "unknown-path": _("A question that is named does not exist. Correct its name."),
    "output": _("A text quotes an answer in a way that cannot be read. Write it as ${name}."),
    "choice-value": _("A choice's name has spaces. Write _ instead."),
    "language": _("A language that the survey offers is not complete. Translate what is missing."),
    "nodeset-truth": _("A condition is true as soon as a question exists, even if it is empty."),
    "volatile": _("A calculation gives another result each time it runs. Write once(…) around it."),
    "regex-search": _("A pattern means different things on devices and here. Write ^ and $."),
    "own-entry": _("A path into a repeat means the same entry here, but all entries elsewhere."),
    "missing-file": _("A file that the form names is missing. Add it below."),
    "consent": _(
        "An interview asks for consent first: add a required question named “consent” with the"
        " choices yes and no, outside groups with a condition."
    ),
    "unchecked": _("Nobody has checked some translations."),
}


@dataclass(frozen=True)
class Finding:
    """What one rule found.

    Attributes:
        name: the rule's, by which it is acknowledged.
        title: what it is about; "" where each place says it by itself.
        places: where.
        is_refused: it cannot be published; else it is acknowledged.
    """

    name: str
    title: str
    places: tuple[ProblemRow, ...]
    is_refused: bool


def of_engine(found: EngineFinding, row: int) -> Finding:
    """Say what the engine found, at the row of its path."""
    text = f"{found.path}: {found.reason}" if found.path else found.reason
    place = ProblemRow("survey" if row else "", row, "", text, is_english=True)
    return Finding(found.name, str(RULES[found.name]), (place,), found.is_refused)


def of_sheets(kept: Mapping[str, Any]) -> Finding:
    """Say what the sheets' reader warned of."""
    return Finding(kept["code"], "", (shown(kept),), is_refused=False)


def of_room(name: str, about: str, *, count: int = 0, is_refused: bool = False) -> Finding:
    """Say what only the survey knows: of a language by its code, or of a file by its name."""
    text = about if name == "missing-file" else language_name(about)
    if count:
        text = ngettext("{language}: {n} text", "{language}: {n} texts", count).format(
            language=text, n=count
        )
    return Finding(name, str(RULES[name]), (ProblemRow("", 0, "", text),), is_refused)


def of_survey(name: str) -> Finding:
    """Say what the survey's kind demands of the form as a whole."""
    return Finding(name, str(RULES[name]), (), is_refused=True)


def gather(found: Iterable[Finding]) -> list[Finding]:
    """Put what one rule found together; what refuses comes first."""
    places: dict[tuple[bool, str, str], list[ProblemRow]] = {}
    for one in found:
        places.setdefault((not one.is_refused, one.name, one.title), []).extend(one.places)
    return [
        Finding(name, title, tuple(rows), not is_warning)
        for (is_warning, name, title), rows in sorted(places.items(), key=lambda entry: entry[0][0])
    ]
