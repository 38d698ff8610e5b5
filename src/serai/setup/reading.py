"""Read a preset's TOML files into frozen rows, or say file, line and remedy for each fault.

Nothing is loaded unless everything is understood.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from serai.base.text import TranslatedText
from serai.base.zones import known_zones
from serai.members.states import Audience
from serai.programme.states import MilestoneKind
from serai.surveys.states import SurveyKind

AUDIENCES = tuple(Audience)
FILES = ("programme.toml", "members.toml", "initiatives.toml", "outlines.toml", "surveys.toml")
TRANSLATED = "translated"


class PresetFault(Exception):
    """The preset cannot be read; `faults` holds one sentence each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def text() -> Any:
    """Declare a translated field that must be there."""
    return field(metadata={TRANSLATED: True})


def optional_text() -> Any:
    """Declare a translated field that may be left out."""
    return field(default=TranslatedText(), metadata={TRANSLATED: True})


@dataclass(frozen=True)
class ProgrammeRow:
    """The programme itself."""

    code: str
    short_name: TranslatedText = text()
    name: TranslatedText = text()
    secretariat: str = ""
    time_zone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    assistance_reference: str = ""
    assistance_title: TranslatedText = optional_text()


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation of the secretariat or a partner."""

    code: str
    name: TranslatedText = text()
    kind: str = "international"
    short_name: TranslatedText = optional_text()


@dataclass(frozen=True)
class MemberRow:
    """A member government."""

    iso3: str
    name: TranslatedText = text()
    short_name: TranslatedText = optional_text()
    languages: tuple[str, ...] = ()
    time_zone: str = "UTC"
    tile: tuple[int, int] | None = None


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone with the words that people read for its date.

    Attributes:
        owner, country: code of an organisation, ISO code of a member; empty: the programme's own.
        audience: who reads it; empty: who reads its initiative, a country's the secretariat.
    """

    kind: str
    name: TranslatedText = text()
    words: TranslatedText = optional_text()
    planned: date | str | None = None
    planned_start: date | str | None = None
    ongoing: bool = False
    completed: TranslatedText = optional_text()
    completed_source: str = ""
    owner: str = ""
    country: str = ""
    audience: str = ""


@dataclass(frozen=True)
class RequestRow:
    """A request to members."""

    about: str
    text: TranslatedText = text()
    to: str = "all"
    audience: str = "members"


@dataclass(frozen=True)
class InitiativeRow:
    """An initiative with its milestones and requests."""

    code: str
    name: TranslatedText = text()
    purpose: TranslatedText = optional_text()
    partners: tuple[str, ...] = ()
    audience: str = "secretariat"
    national_studies: tuple[str, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    requests: tuple[RequestRow, ...] = ()


@dataclass(frozen=True)
class MeetingRow:
    """A meeting of the programme, known by its day."""

    code: str
    kind: str
    mode: str
    on: date
    title: TranslatedText = text()
    audience: str = "secretariat"


@dataclass(frozen=True)
class HeadingRow:
    """One heading of an outline with those below it."""

    title: TranslatedText
    below: tuple["HeadingRow", ...] = ()


@dataclass(frozen=True)
class OutlineRow:
    """The outline of a document that an initiative will write."""

    code: str
    initiative: str
    title: TranslatedText = text()
    headings: tuple[HeadingRow, ...] = ()


@dataclass(frozen=True)
class SurveyRow:
    """A questionnaire: an XLSForm of the preset's folder `forms`, and what it is for."""

    code: str
    kind: str
    form: str
    title: TranslatedText = text()
    initiative: str = ""


@dataclass(frozen=True)
class Preset:
    """Everything a preset sets up."""

    name: str
    known_from: date
    programme: ProgrammeRow
    source: TranslatedText = TranslatedText()
    trial_as_of: date | None = None
    organisations: tuple[OrganisationRow, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    members: tuple[MemberRow, ...] = ()
    initiatives: tuple[InitiativeRow, ...] = ()
    outlines: tuple[OutlineRow, ...] = ()
    surveys: tuple[SurveyRow, ...] = ()


def read_preset(folder: Path) -> Preset:
    """Read all files of a preset.

    Raises:
        PresetFault: with every fault found; nothing is returned in part.
    """
    return _Reader(folder).preset()


class _Reader:
    """Collects the faults of all files before it gives up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.sources: dict[str, str] = {}

    def preset(self) -> Preset:
        tables = {name: self._file(name) for name in FILES}
        self._stop_if_faulty()
        preset = self._read(tables)
        for name, rest in tables.items():
            for key in rest:
                self._fault(name, key, f"'{key}' is not known here. Remove it.")
        self._check(preset)
        self._stop_if_faulty()
        return preset

    def _read(self, tables: dict[str, dict[str, Any]]) -> Preset:
        """Take what is known out of the tables; what then rests in them is not."""
        top, initiatives, outlines = tables[FILES[0]], tables[FILES[2]], tables[FILES[3]]
        programme = dict(top.pop("programme", {}))
        assistance = programme.pop("technical_assistance", {})
        programme["assistance_reference"] = assistance.get("reference", "")
        programme["assistance_title"] = assistance.get("title", {})
        return Preset(
            name=self.folder.name,
            known_from=self._day(top.pop("known_from", None), "known_from"),
            programme=self._row(ProgrammeRow, programme, FILES[0]),
            source=self._translated(top.pop("source", {}), FILES[0], "source"),
            trial_as_of=top.pop("trial_as_of", None),
            organisations=self._rows(OrganisationRow, top.pop("organisations", []), FILES[0]),
            meetings=self._rows(MeetingRow, top.pop("meetings", []), FILES[0]),
            members=self._rows(MemberRow, tables[FILES[1]].pop("members", []), FILES[1]),
            initiatives=self._rows(
                InitiativeRow, initiatives.pop("initiatives", []), FILES[2], self._initiative
            ),
            outlines=self._rows(OutlineRow, outlines.pop("outlines", []), FILES[3], self._outline),
            surveys=self._rows(SurveyRow, tables[FILES[4]].pop("surveys", []), FILES[4]),
        )

    def _day(self, value: Any, key: str) -> Any:
        if not isinstance(value, date):
            self._fault(FILES[0], key, f"'{key}' must be a day, such as 2021-06-30.")
        return value

    def _check(self, preset: Preset) -> None:
        self._check_members(preset.members)
        for file, rows in ((FILES[0], preset.meetings), (FILES[2], preset.initiatives)):
            for one in rows:
                self._check_word(file, one.audience, AUDIENCES, "audience")
        for initiative in preset.initiatives:
            for asked in initiative.requests:
                self._check_word(FILES[2], asked.audience, AUDIENCES, "audience")
            for milestone in initiative.milestones:
                self._check_milestone(milestone, preset.members, preset.organisations)
        self._check_surveys(preset.surveys, preset.initiatives)
        self._check_references(preset)

    def _check_surveys(
        self, surveys: Sequence[SurveyRow], initiatives: Sequence[InitiativeRow]
    ) -> None:
        codes = {one.code for one in initiatives}
        for one in surveys:
            self._check_word(FILES[4], one.kind, tuple(SurveyKind), "kind")
            if one.initiative and one.initiative not in codes:
                self._fault(
                    FILES[4], one.initiative,
                    f"'{one.initiative}' is no initiative of this preset. Name one, or none.",
                )  # fmt: skip
            if not (self.folder / "forms" / one.form).is_file():
                self._fault(
                    FILES[4], one.form, f"forms/{one.form} is missing. Add it, or mend its name."
                )

    def _file(self, name: str) -> dict[str, Any]:
        place = self.folder / name
        if not place.exists():
            self.faults.append(f"{name}: the file is missing. A blank preset shows its form.")
            return {}
        self.sources[name] = place.read_text(encoding="utf-8")
        try:
            return tomllib.loads(self.sources[name])
        except tomllib.TOMLDecodeError as error:
            self.faults.append(f"{name}: {error}. Mend this line; strings stand in quotes.")
            return {}

    def _rows(
        self,
        kind: type[Any],
        tables: list[dict[str, Any]],
        name: str,
        prepare: Callable[[dict[str, Any]], dict[str, Any]] = dict,
    ) -> tuple[Any, ...]:
        rows = (self._row(kind, prepare(table), name) for table in tables)
        return tuple(row for row in rows if row is not None)

    def _initiative(self, table: dict[str, Any]) -> dict[str, Any]:
        milestones = self._rows(MilestoneRow, table.get("milestones", []), FILES[2])
        requests = self._rows(RequestRow, table.get("requests", []), FILES[2])
        return {**table, "milestones": milestones, "requests": requests}

    def _outline(self, table: dict[str, Any]) -> dict[str, Any]:
        return {**table, "headings": self._headings(table.get("headings", []))}

    def _headings(self, tables: list[dict[str, Any]]) -> tuple[HeadingRow, ...]:
        rows = []
        for table in tables:
            words = {key: value for key, value in table.items() if key != "below"}
            title = self._translated(words, FILES[3], next(iter(words.values()), "headings"))
            rows.append(HeadingRow(title=title, below=self._headings(table.get("below", []))))
        return tuple(rows)

    def _row(self, kind: type[Any], table: Mapping[str, Any], name: str) -> Any:
        known = {spec.name: spec for spec in fields(kind)}
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in known:
                near = ", ".join(sorted(known))
                self._fault(name, key, f"'{key}' is not known here. Known are: {near}.")
            elif known[key].metadata.get(TRANSLATED):
                values[key] = self._translated(value, name, key)
            else:
                values[key] = tuple(value) if isinstance(value, list) else value
        for key, spec in known.items():
            if key not in values and spec.default is MISSING and spec.default_factory is MISSING:
                self._fault(name, key, f"'{key}' is missing in {dict(table)!r:.60}. Add it.")
                return None
        return kind(**values)

    def _translated(self, value: Any, name: str, key: str) -> TranslatedText:
        if not isinstance(value, dict):
            self._fault(name, key, f"'{key}' needs a text per language: {{ en = \"…\" }}.")
            return TranslatedText()
        states = {code: {"text": words, "state": "source"} for code, words in value.items()}
        return TranslatedText.from_json(states)

    def _check_members(self, members: tuple[MemberRow, ...]) -> None:
        seen: dict[object, str] = {}
        for member in members:
            if not re.fullmatch("[A-Z]{3}", member.iso3):
                self._fault(FILES[1], member.iso3, f"'{member.iso3}' is not three capital letters.")
            if member.time_zone not in known_zones():
                self._fault(FILES[1], member.time_zone, f"'{member.time_zone}' is no time zone.")
            for mark, what in ((member.iso3, "code"), (member.tile, "tile")):
                if mark is not None and mark in seen:
                    self._fault(
                        FILES[1],
                        member.iso3,
                        f"{member.iso3} has the same {what} as {seen[mark]}. Give it its own.",
                    )
                if mark is not None:
                    seen[mark] = member.iso3

    def _check_milestone(
        self,
        row: MilestoneRow,
        members: tuple[MemberRow, ...],
        organisations: tuple[OrganisationRow, ...],
    ) -> None:
        self._check_word(FILES[2], row.kind, tuple(MilestoneKind), "kind")
        self._check_word(FILES[2], row.audience, ("", *AUDIENCES), "audience")
        if row.owner and row.owner not in {one.code for one in organisations}:
            self._fault(FILES[2], row.owner, f"There is no organisation '{row.owner}'.")
        if row.country and row.country not in {one.iso3 for one in members}:
            self._fault(FILES[2], row.country, f"There is no member '{row.country}'.")
        for audience, key, value in (
            (Audience.ORGANISATION, "owner", row.owner),
            (Audience.COUNTRY, "country", row.country),
        ):
            if row.audience == audience and not value:
                told = f"Only its {key} is to read '{row.name}', but it has none. Add '{key}'."
                self._fault(FILES[2], f'"{audience}"', told)

    def _check_word(self, name: str, word: str, known: Sequence[str], key: str) -> None:
        if word not in known:
            near = ", ".join(one for one in known if one)
            self._fault(name, f'"{word}"', f"'{word}' is no {key}. Known are: {near}.")

    def _check_references(self, preset: Preset) -> None:
        codes = {row.code for row in preset.initiatives}
        countries = {row.iso3 for row in preset.members}
        bodies = {row.code for row in preset.organisations}
        for outline in preset.outlines:
            if outline.initiative not in codes:
                self._fault(
                    FILES[3], outline.initiative, f"There is no initiative '{outline.initiative}'."
                )
        for row in preset.initiatives:
            for iso3 in set(row.national_studies) - countries:
                self._fault(FILES[2], iso3, f"There is no member '{iso3}'.")
            for body in set(row.partners) - bodies:
                self._fault(FILES[2], body, f"There is no organisation '{body}'.")

    def _fault(self, name: str, key: object, sentence: str) -> None:
        lines = self.sources.get(name, "").splitlines()
        found = [n for n, line in enumerate(lines, 1) if str(key) in line]
        where = f"{name}, line {found[-1]}" if found else name
        self.faults.append(f"{where}: {sentence}")

    def _stop_if_faulty(self) -> None:
        if self.faults:
            raise PresetFault(self.faults)
