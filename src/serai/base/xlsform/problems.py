"""What is wrong with a sheet: one code a reason, one sentence a code, each with its remedy."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from serai.base.xlsform.words import FEATURES, REMEDIES, SENTENCES

LONGEST_SAID = 80


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or worth knowing, at one place; `str()` says it in the reader's language.

    Attributes:
        code: the reason, a key of `SENTENCES`.
        sheet: the sheet's name; "" for the file as a whole.
        row: as the spreadsheet counts, the head being 1; 0 for the sheet as a whole.
        column: as the head names it; "" for the row as a whole.
        values: what the sentence names; `near` holds what was probably meant.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        said = self.sentence
        if self.row and self.column:
            return _("{sheet}, row {row}, {column}: {said}").format(
                sheet=self.sheet, row=self.row, column=self.column, said=said
            )
        if self.row:
            return _("{sheet}, row {row}: {said}").format(sheet=self.sheet, row=self.row, said=said)
        if self.column:
            return _("{sheet}, {column}: {said}").format(
                sheet=self.sheet, column=self.column, said=said
            )
        return f"{self.sheet}: {said}" if self.sheet else said

    @property
    def sentence(self) -> str:
        """Return what is wrong and what to do, without the place."""
        values = dict(self.values)
        if "feature" in values:
            values["feature"] = str(FEATURES[values["feature"]])
        said = _filled(SENTENCES[self.code], values)
        if values.get("near"):
            return _("{said}; did you mean {near}?").format(said=said, near=values["near"])
        remedy = _filled(REMEDIES[self.code], values) if self.code in REMEDIES else ""
        return f"{said}. {remedy}" if remedy else f"{said}."


class NotAnXlsForm(ValueError):
    """The sheets are no questionnaire; `problems` lists everything that was found, in order."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(len(self.problems))

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def problem(
    code: str, sheet: str = "", row: int = 0, column: str = "", **values: object
) -> Problem:
    """Return a problem; long values are cut, so that a sentence stays one."""
    said = tuple((key, _short(str(value))) for key, value in values.items())
    return Problem(code, sheet, row, column, said)


def nearest(word: str, known: Collection[str], likeness: float = 0.7) -> str:
    """Return the known word that was probably meant; "" where none is like it."""
    lower = {one.lower(): one for one in known}
    close = get_close_matches(word.lower(), lower, 1, likeness)
    return lower[close[0]] if close else ""


def _filled(words: Promise | str, values: dict[str, str]) -> str:
    return str(words).format_map(values)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SAID else text[: LONGEST_SAID - 1] + "…"
