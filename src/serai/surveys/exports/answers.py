"""A wave's answers as files: long, wide, with a codebook, as JSON, as instances of the form."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from serai.base.tables import CSV_TYPE, XLSX_TYPE, Column, Plain, Table
from serai.calc.xforms import Ref
from serai.surveys.queries.exporting import Answered, Export, Item
from serai.surveys.queries.workbook import MANY

ZIP_TYPE, JSON_TYPE = "application/zip", "application/json"
CODEBOOK = "codebook"
EARLIEST = (1980, 1, 1, 0, 0, 0)
RESPONSE = ("response", "organisation", "unit", "country", "state", "form_version")
ENTRY = ("repeat", "entry", "parent_entry", "number")
Rows = list[list[Plain]]


@dataclass(frozen=True)
class Kind:
    """One kind of file."""

    ending: str
    media_type: str
    write: Callable[[Export, bool], bytes]


def long_rows(found: Export, with_labels: bool) -> Rows:
    """Return a row an answer."""
    items = {item.path: item for item in found.items}
    head = [*RESPONSE, "column", "path", "entry", "value", "reason", "given_in_version",
            "set_aside"]  # fmt: skip
    rows: Rows = [list(head)]
    for one in found.responses:
        for ref, held in sorted(one.answers.items()):
            item = items.get(ref.path)
            if item is None:
                continue
            rows.append([
                *_of(one), item.name, ref.path, ref.entry, said(item, held.value, with_labels),
                held.reason, held.version, "yes" if held.is_aside else "",
            ])  # fmt: skip
    return rows


def said(item: Item, value: str, with_labels: bool) -> str:
    """Write a value as code, or by the labels of its choices."""
    labels = dict(item.choices)
    if not (with_labels and labels):
        return value
    return "; ".join(labels.get(one, one) for one in value.split())


def _of(one: Answered) -> list[Plain]:
    return [one.public_id, one.organisation, one.unit, one.country, one.state, one.version]


# ---------------------------------------------------------------- wide
def wide_sheets(found: Export, with_labels: bool) -> list[tuple[str, Rows]]:
    """Return a sheet of responses, a sheet a repeat, and the codebook."""
    outside = [item for item in found.items if not item.repeat_path]
    sheets = [("answers", _responses(found, outside, with_labels))]
    for path in dict.fromkeys(item.repeat_path for item in found.items if item.repeat_path):
        inside = [item for item in found.items if item.repeat_path == path]
        sheets.append(
            (path.strip("/").replace("/", "."), _entries(found, path, inside, with_labels))
        )
    return [*sheets, ("codebook", codebook_rows(found))]


def _responses(found: Export, items: Sequence[Item], with_labels: bool) -> Rows:
    columns = _Columns(found, items, with_labels)
    rows: Rows = [[*RESPONSE, *columns.names]]
    for one in found.responses:
        rows.append([*_of(one), *columns.cells(one, "")])
    return rows


def _entries(found: Export, path: str, items: Sequence[Item], with_labels: bool) -> Rows:
    columns = _Columns(found, items, with_labels)
    rows: Rows = [[*RESPONSE, *ENTRY, *columns.names]]
    for one in found.responses:
        known = [(entry.key, entry.parent, number) for entry, number in one.entries
                 if entry.repeat_path == path]  # fmt: skip
        paths = {item.path for item in items}
        keys = {key for key, *_rest in known}
        gone = {ref.entry for ref in one.answers if ref.path in paths and ref.entry not in keys}
        for key, parent, number in [*known, *((key, "", None) for key in sorted(gone))]:
            cells = columns.cells(one, key)
            rows.append([*_of(one), path, key, parent, number, *cells])
    return rows


class _Columns:
    """The columns of some questions: 0 or 1 a choice where several hold, reasons where there are any."""

    def __init__(self, found: Export, items: Sequence[Item], with_labels: bool) -> None:
        self.items, self.with_labels = items, with_labels
        self.reasoned = {
            ref.path for one in found.responses for ref, held in one.answers.items() if held.reason
        }

    @property
    def names(self) -> list[str]:
        found: list[str] = []
        for item in self.items:
            found.append(item.name)
            if item.widget in MANY:
                found += [f"{item.name}/{value}" for value, _label in item.choices]
            if item.path in self.reasoned:
                found.append(f"{item.name}:reason")
        return found

    def cells(self, one: Answered, entry: str) -> list[Plain]:
        found: list[Plain] = []
        for item in self.items:
            held = one.answers.get(Ref(item.path, entry))
            value = held.value if held else ""
            found.append(said(item, value, self.with_labels))
            if item.widget in MANY:
                chosen = value.split()
                found += [
                    (1 if code in chosen else 0) if value else None for code, _label in item.choices
                ]
            if item.path in self.reasoned:
                found.append(held.reason if held else "")
        return found


def codebook_rows(found: Export) -> Rows:
    """Return a row a question: all that explains its column."""
    answered: dict[str, set[str]] = {}
    for one in found.responses:
        for ref, held in one.answers.items():
            if held.value:
                answered.setdefault(ref.path, set()).add(one.public_id)
    rows: Rows = [["column", "path", "repeat", "type", "label", "choices", "rules", "weight",
                   "audience", "versions", "n"]]  # fmt: skip
    for item in found.items:
        rows.append([
            item.name, item.path, item.repeat_path, item.type, item.label,
            "; ".join(f"{value} = {label}" for value, label in item.choices),
            "; ".join(f"{name}: {rule}" for name, rule in item.rules), item.weight, item.audience,
            ", ".join(item.versions), len(answered.get(item.path, ())),
        ])  # fmt: skip
    return rows


# ---------------------------------------------------------------- files
def file_name(found: Export, kind: str) -> str:
    """Return what a file is kept as; where it is given out, a sample's says so."""
    return f"{found.survey}-{kind.replace('_', '-')}.{KINDS[kind].ending}"


def csv_of(rows: Rows, sample: bool) -> bytes:
    """Write rows as CSV, text that looks like a formula defused."""
    head, *below = rows
    return Table("", [Column(str(name), str(name)) for name in head], below, sample=sample).to_csv()


def _long(found: Export, with_labels: bool) -> bytes:
    return csv_of(long_rows(found, with_labels), found.sample)


def _codebook(found: Export, with_labels: bool) -> bytes:
    del with_labels
    return csv_of(codebook_rows(found), found.sample)


def _wide(found: Export, with_labels: bool) -> bytes:
    # A start without a workbook need not pay for it.
    from serai.base.tables.book_file import book_file  # noqa: PLC0415

    sheets = wide_sheets(found, with_labels)
    if found.sample:
        sheets.insert(0, ("sample", [["sample"], ["yes"]]))
    return book_file(found.survey, sheets)


def _wide_csv(found: Export, with_labels: bool) -> bytes:
    return _zipped(
        (f"{name}.csv", csv_of(rows, found.sample))
        for name, rows in wide_sheets(found, with_labels)
    )


def _json(found: Export, with_labels: bool) -> bytes:
    items = {item.path: item for item in found.items}
    rows = [
        {
            **dict(zip(RESPONSE, _of(one), strict=True)),
            "entries": [
                {"repeat": entry.repeat_path, "entry": entry.key, "parent_entry": entry.parent,
                 "number": number}
                for entry, number in one.entries
            ],
            "answers": [
                {"path": ref.path, "entry": ref.entry,
                 "value": said(items[ref.path], held.value, with_labels), "reason": held.reason,
                 "given_in_version": held.version, "set_aside": held.is_aside}
                for ref, held in sorted(one.answers.items()) if ref.path in items
            ],
        }
        for one in found.responses
    ]  # fmt: skip
    whole = {"survey": found.survey, "wave": found.wave, "sample": found.sample, "responses": rows}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _instances(found: Export, with_labels: bool) -> bytes:
    del with_labels
    return _zipped((f"{one.public_id}.xml", one.instance.encode()) for one in found.responses)


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Pack files; the same give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            part = zipfile.ZipInfo(name, EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, content)
    return out.getvalue()


KINDS = {
    "wide": Kind("xlsx", XLSX_TYPE, _wide),
    "wide_csv": Kind("zip", ZIP_TYPE, _wide_csv),
    "long": Kind("csv", CSV_TYPE, _long),
    CODEBOOK: Kind("csv", CSV_TYPE, _codebook),
    "json": Kind("json", JSON_TYPE, _json),
    "instances": Kind("zip", ZIP_TYPE, _instances),
}
