"""What is wrong with single rows of the survey."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from serai.base.xlsform.columns import OWN_PREFIX, heading_of
from serai.base.xlsform.outline import Item, Outline
from serai.base.xlsform.problems import Problem, nearest, problem
from serai.base.xlsform.sheets import SURVEY, FormSheets
from serai.base.xlsform.types import EXTERNAL, FROM_FILES, LIST_FILES, SELECTS

_PREFIXED = re.compile(r"(?:bind|instance|body|control)::([\w.-]+):[\w.-]+")
_BUILT_IN = {"jr", "odk", "orx", "ev", "xsd", "h"}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PATH = re.compile(r"(/[A-Za-z_][A-Za-z0-9_.-]*){2,}")
_PARAMETERS = re.compile(r"\s*[\w-]+\s*=\s*\S+(?:[\s,;]+[\w-]+\s*=\s*\S+)*\s*")
_TRIGGER = re.compile(r"\$\{[^}]*\}(?:\s*,\s*\$\{[^}]*\})*")
OWN_ADDRESS = "urn:serai:form:1"
OWN_NAMESPACE = f'serai="{OWN_ADDRESS}"'
NAMESPACES = re.compile(r'\s*(?:([A-Za-z_][\w.-]*)\s*=\s*"([^"\s]+)"\s*)+')
_NAMESPACE = re.compile(r'([A-Za-z_][\w.-]*)\s*=\s*"([^"\s]+)"')


def check_rows(sheets: FormSheets, found: Outline, main_label: str) -> Iterator[Problem]:
    """Say what is wrong with labels, lists, calculations and own columns.

    Args:
        sheets: the three sheets.
        found: the survey in its groups.
        main_label: the column that holds labels in the form's first language.
    """
    lists = {row["list_name"] for row in sheets.choices.rows}
    for item in found.items:
        yield from _label(item, main_label)
        yield from _list(item, lists)
        yield from _own(item)
        yield from _programs(item)
    yield from _prefixes(sheets)
    yield from _lists_alike(found)


def warn_rows(found: Outline, main_label: str) -> Iterator[Problem]:
    """Say what is worth knowing: pages without title, messages that are never said."""
    for item in found.items:
        if item.type.begins and item.depth == 0 and not item.row[main_label]:
            yield problem("no_section_label", SURVEY, item.row.number, main_label)
        for column in item.row.cells:
            is_message = heading_of(column).base == "constraint_message"
            if is_message and not item.row["constraint"]:
                yield problem("idle_message", SURVEY, item.row.number, column)


def namespaces(sheets: FormSheets) -> dict[str, str]:
    """Return the addresses that the settings give to prefixes."""
    written = sheets.settings.rows[0]["namespaces"] if sheets.settings.rows else ""
    return dict(_NAMESPACE.findall(written))


def _label(item: Item, main_label: str) -> Iterator[Problem]:
    row = item.row
    is_reckoned = row["calculation"] or re.search(r"\(|\$\{", row["default"])
    if item.type.name == "calculate" and not is_reckoned:
        yield problem("no_calculation", SURVEY, row.number, "calculation")
    if item.type.is_asked and not row[main_label]:
        yield problem("no_label", SURVEY, row.number, main_label)


def _list(item: Item, lists: set[str]) -> Iterator[Problem]:
    kind = item.type
    if not kind.has_choices:
        return
    if not kind.list_name:
        yield problem("no_list", SURVEY, item.row.number, "type", type=kind.name)
    elif kind.name in FROM_FILES:
        if PurePosixPath(kind.list_name).suffix.lower() not in LIST_FILES:
            yield problem("list_file", SURVEY, item.row.number, "type", name=kind.list_name)
    elif kind.name in SELECTS and kind.list_name not in lists:
        near = nearest(kind.list_name, lists)
        yield problem(
            "unknown_list", SURVEY, item.row.number, "type", name=kind.list_name,
            near=near and f"“{near}”",
        )  # fmt: skip


def _lists_alike(found: Outline) -> Iterator[Problem]:
    """Lists and files become parts of the form by their names without ending."""
    seen: dict[str, str] = {}
    for item in found.items:
        is_external = item.type.name in EXTERNAL
        name = f"{item.name}.{item.type.name[:3]}" if is_external else item.type.list_name
        if is_external and item.repeats:
            yield problem("external_place", SURVEY, item.row.number, "type")
        if name:
            stem = PurePosixPath(name).stem if "." in name else name
            other = seen.setdefault(stem, name)
            if other != name:
                yield problem("list_twice", SURVEY, item.row.number, "type", name=name, other=other)


def _own(item: Item) -> Iterator[Problem]:
    number = item.row.number
    for name, is_right in (
        ("weight", _is_weight),
        ("audience", _WORD.fullmatch),
        ("was", _PATH.fullmatch),
    ):
        column = OWN_PREFIX + name
        text = item.row[column]
        if text and not is_right(text):
            yield problem(name, SURVEY, number, column, text=text)
    if item.row["trigger"] and not _TRIGGER.fullmatch(item.row["trigger"]):
        yield problem("trigger", SURVEY, number, "trigger", text=item.row["trigger"])
    if item.row["parameters"] and not _PARAMETERS.fullmatch(item.row["parameters"]):
        yield problem("parameters", SURVEY, number, "parameters", text=item.row["parameters"])


def _is_weight(text: str) -> bool:
    return re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text) is not None


def _programs(item: Item) -> Iterator[Problem]:
    for word in item.row["appearance"].split():
        if word.startswith("ex:"):
            yield problem(
                "unsupported_appearance", SURVEY, item.row.number, "appearance", appearance=word
            )
    if re.search(r"\bapp\s*=", item.row["parameters"]):
        yield problem(
            "unsupported_appearance", SURVEY, item.row.number, "parameters",
            appearance=item.row["parameters"],
        )  # fmt: skip


def _prefixes(sheets: FormSheets) -> Iterator[Problem]:
    known = _BUILT_IN | namespaces(sheets).keys()
    missing: dict[str, str] = {}
    for column in sheets.survey.columns:
        prefixed = _PREFIXED.fullmatch(column)
        if prefixed and prefixed[1] not in known:
            missing.setdefault(prefixed[1], column)
    for prefix, column in missing.items():
        remedy = OWN_NAMESPACE if prefix == "serai" else f'{prefix}="urn:…"'
        yield problem("no_namespace", SURVEY, 1, column, prefix=prefix, remedy=remedy)
