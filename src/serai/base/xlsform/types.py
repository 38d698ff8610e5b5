"""The types a row may have, under one name each."""

import re
from dataclasses import dataclass

QUESTIONS = (
    "text", "integer", "decimal", "range", "note", "date", "time", "datetime", "geopoint",
    "geotrace", "geoshape", "image", "audio", "video", "file", "barcode", "acknowledge",
)  # fmt: skip
EXTERNAL = ("csv-external", "xml-external")
SILENT = (
    "calculate", "hidden", "start", "end", "today", "deviceid", "username", "email",
    "phonenumber", "audit", *EXTERNAL,
)  # fmt: skip
SELECTS = ("select_one", "select_multiple", "rank")
FROM_FILES = ("select_one_from_file", "select_multiple_from_file")
UNSUPPORTED = (
    "background-audio", "background-geopoint", "start-geopoint", "select_one_external", "osm",
    "begin_loop", "end_loop", "simserial", "subscriberid", "imei",
)  # fmt: skip
GROUPS = ("begin_group", "end_group", "begin_repeat", "end_repeat")
KNOWN = (*QUESTIONS, *SILENT, *SELECTS, *FROM_FILES, *GROUPS)
LIST_FILES = (".csv", ".xml", ".geojson")
_OTHER_NAMES = {
    "int": "integer", "string": "text", "date_time": "datetime", "gps": "geopoint",
    "location": "geopoint", "photo": "image", "trigger": "acknowledge",
    "begin_lgroup": "begin_repeat", "end_lgroup": "end_repeat",
    "begin_looped_group": "begin_repeat", "end_looped_group": "end_repeat",
    "phone_number": "phonenumber", "device_id": "deviceid",
}  # fmt: skip
_SELECT = re.compile(
    r"(select[ _]one[ _]external|select[ _]one[ _]from[ _]file|select[ _]multiple[ _]from[ _]file"
    r"|select[ _]one(?: from)?|select1|select[ _]multiple|select all that apply(?: from)?|rank|osm)"
    r"(?:\s+(\S+))?(?:\s+(or[ _]other|or specify other))?",
    re.IGNORECASE,
)
_SELECT_NAMES = {
    "select1": "select_one", "select_one_from": "select_one",
    "select_all_that_apply": "select_multiple", "select_all_that_apply_from": "select_multiple",
}  # fmt: skip


@dataclass(frozen=True)
class RowType:
    """What a row is.

    Attributes:
        name: the type's one name, or what was written where there is none like it.
        list_name: what choices are drawn from: a list, or a file.
        has_other: "or_other" was asked for.
    """

    name: str
    list_name: str = ""
    has_other: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is such a type."""
        return self.name in KNOWN

    @property
    def begins(self) -> bool:
        """Whether it begins a group or repeat."""
        return self.name.startswith("begin_") and self.is_known

    @property
    def ends(self) -> bool:
        """Whether it ends a group or repeat."""
        return self.name.startswith("end_") and self.is_known

    @property
    def has_choices(self) -> bool:
        """Whether people choose."""
        return self.name in SELECTS or self.name in FROM_FILES

    @property
    def is_asked(self) -> bool:
        """Whether people see it as a question or note."""
        return self.name in QUESTIONS or self.has_choices

    @property
    def written(self) -> str:
        """Return it as XLSForm writes it."""
        return f"{self.name} {self.list_name}" if self.list_name else self.name


def row_type(written: str) -> RowType:
    """Read the cell `type`; capitals, blanks and older names do not matter."""
    text = " ".join(written.split())
    select = _SELECT.fullmatch(text)
    if select:
        name = "_".join(select[1].lower().split())
        return RowType(_SELECT_NAMES.get(name, name), select[2] or "", bool(select[3]))
    snake = text.lower().replace(" ", "_")
    name = _OTHER_NAMES.get(snake, snake)
    return RowType(name if name in KNOWN or name in UNSUPPORTED else text)
