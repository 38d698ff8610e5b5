"""What is wrong with choices and settings."""

import re
from collections.abc import Iterator

from serai.base.xlsform.columns import KNOWN, NO_INFORMATION, heading_of
from serai.base.xlsform.outline import NAME, Outline
from serai.base.xlsform.problems import Problem, problem
from serai.base.xlsform.sheets import CHOICES, SETTINGS, FormSheet, FormSheets
from serai.base.xlsform.survey_rows import NAMESPACES, OWN_ADDRESS, namespaces

NEEDED = ("form_id", "form_title", "version")
MARKS = {"yes", "true", "1", "no", "false", "0"}


def values_by_list(choices: FormSheet) -> dict[str, dict[str, int]]:
    """Return for each list its values, each with the first row it stands in."""
    found: dict[str, dict[str, int]] = {}
    for row in choices.rows:
        if row["list_name"] and row["name"]:
            found.setdefault(row["list_name"], {}).setdefault(row["name"], row.number)
    return found


def check_choices(sheets: FormSheets, main_label: str) -> Iterator[Problem]:
    """Say what is wrong with the choices."""
    first = values_by_list(sheets.choices)
    are_twice_allowed = _setting(sheets, "allow_choice_duplicates").lower() in {"yes", "true"}
    for row in sheets.choices.rows:
        if all(column.startswith("_") for column in row.cells):
            continue
        name, number = row["name"], row.number
        if not row["list_name"]:
            yield problem("choice_no_list", CHOICES, number, "list_name")
        if not name:
            yield problem("choice_no_name", CHOICES, number, "name")
        elif re.search(r"\s", name):
            yield problem("choice_spaces", CHOICES, number, "name", name=name)
        elif row["list_name"] and not are_twice_allowed:
            other = first[row["list_name"]][name]
            if other != number:
                yield problem("choice_twice", CHOICES, number, "name", name=name, other=other)
        if not row[main_label]:
            yield problem("choice_no_label", CHOICES, number, main_label)
        mark = row[NO_INFORMATION]
        if mark and mark.lower() not in MARKS:
            yield problem("no_information", CHOICES, number, NO_INFORMATION, text=mark)


def warn_choices(sheets: FormSheets, found: Outline) -> Iterator[Problem]:
    """Say which lists and columns nothing uses."""
    used = {item.type.list_name for item in found.items}
    tick_lists = " ".join(item.row["parameters"] for item in found.items)
    for name, values in values_by_list(sheets.choices).items():
        if name not in used and name not in tick_lists:
            yield problem("unused_list", CHOICES, min(values.values()), "list_name", name=name)
    filters = " ".join(item.row["choice_filter"] for item in found.items)
    filters += " ".join(cell for item in found.items for cell in (item.row["calculation"],))
    for column in sheets.choices.columns:
        is_known = column.startswith("_") or heading_of(column).base in KNOWN[CHOICES]
        if not is_known and not re.search(rf"\b{re.escape(column)}\b", filters):
            yield problem("unused_column", CHOICES, 1, column)


def check_settings(sheets: FormSheets) -> Iterator[Problem]:
    """Say what is wrong with the settings."""
    if not sheets.settings.rows:
        if sheets.settings.columns:
            yield problem("empty_settings", SETTINGS)
        return
    row = sheets.settings.rows[0]
    for name in NEEDED:
        if not row[name]:
            yield problem("no_setting", SETTINGS, row.number, name, name=name)
    for name in ("form_id", "name"):
        if row[name] and not NAME.fullmatch(row[name]):
            yield problem("form_id", SETTINGS, row.number, name, text=row[name])
    written = row["namespaces"]
    if written and not NAMESPACES.fullmatch(written):
        yield problem("namespaces", SETTINGS, row.number, "namespaces", text=written)
    elif namespaces(sheets).get("serai", OWN_ADDRESS) != OWN_ADDRESS:
        yield problem("other_address", SETTINGS, row.number, "namespaces", address=OWN_ADDRESS)


def warn_settings(sheets: FormSheets) -> Iterator[Problem]:
    """Say which rows of settings are not read."""
    for row in sheets.settings.rows[1:2]:
        yield problem("settings_rows", SETTINGS, row.number)


def _setting(sheets: FormSheets, name: str) -> str:
    return sheets.settings.rows[0][name] if sheets.settings.rows else ""
