"""Load a preset: what is missing is added, what was edited here is kept and told.

Loading the same files twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation

from serai.base.access import Viewer
from serai.base.installation import describe
from serai.base.text import TranslatedText
from serai.calc.schedule import NotUnderstood, Window, narrow, parse_window
from serai.members import actions as members
from serai.members import queries as member_queries
from serai.members.states import OrganisationKind
from serai.programme import actions as programme
from serai.programme import queries as programme_queries
from serai.programme.actions import Told
from serai.programme.states import InitiativeState
from serai.setup.models import PresetLoad
from serai.setup.reading import (
    FILES,
    HeadingRow,
    InitiativeRow,
    MeetingRow,
    MemberRow,
    MilestoneRow,
    OutlineRow,
    Preset,
    PresetFault,
    SurveyRow,
)
from serai.surveys import actions as surveys
from serai.surveys import queries as survey_queries

if TYPE_CHECKING:
    from serai.programme.models import Initiative

PRESETS = Path(__file__).parent / "presets"
INSTALLER = Viewer(
    keys=frozenset({"public", "members", "secretariat"}), roles=frozenset({"coordinator"})
)


@dataclass
class Loaded:
    """What a load added, and where it found this installation to differ."""

    counts: dict[str, int] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def add(self, noun: str) -> None:
        """Count one more new row."""
        self.counts[noun] = self.counts.get(noun, 0) + 1


def digest(folder: Path) -> str:
    """Return the SHA-256 of a preset's files."""
    whole = hashlib.sha256()
    for place in (*(folder / name for name in FILES), *sorted(folder.glob("forms/*"))):
        whole.update(place.read_bytes())
    return whole.hexdigest()


@transaction.atomic
def load(preset: Preset, folder: Path, *, now: datetime) -> Loaded:
    """Load a preset, whole or not at all.

    Raises:
        PresetFault: if words and dates of a milestone contradict each other.
    """
    describe(preset=preset.name)
    loader = _Loader(preset, folder, now)
    loader.run()
    PresetLoad.objects.create(
        name=preset.name, sha256=digest(folder), counts=loader.loaded.counts, loaded_at=now
    )
    return loader.loaded


@transaction.atomic
def preview(preset: Preset, folder: Path, *, now: datetime) -> Loaded:
    """Return what a load would add and what it would keep; nothing is changed.

    Raises:
        PresetFault: if words and dates of a milestone contradict each other.
    """
    loaded = load(preset, folder, now=now)
    transaction.set_rollback(True)
    return loaded


def has_been_loaded() -> bool:
    """Tell whether any preset was loaded into this installation."""
    return PresetLoad.objects.exists()


class _Loader:
    """Walks through a preset, adding what is missing."""

    def __init__(self, preset: Preset, folder: Path, now: datetime) -> None:
        self.preset, self.folder, self.now, self.loaded = preset, folder, now, Loaded()
        self.told = Told(preset.known_from, source_note=str(preset.source) or preset.name)
        self.bodies: dict[str, int] = {}

    def run(self) -> None:
        """Load everything in the order in which rows need each other."""
        self._organisations()
        self._members()
        self._programme()
        for order, row in enumerate(self.preset.initiatives, 1):
            self._initiative(row, order)
        for outline in self.preset.outlines:
            self._outline(outline)
        for meeting in self.preset.meetings:
            self._meeting(meeting)
        for questionnaire in self.preset.surveys:
            self._survey(questionnaire)

    def _organisations(self) -> None:
        for row in self.preset.organisations:
            facts = members.OrganisationRow(
                code=row.code,
                names=row.name,
                short_name=row.short_name,
                kind=OrganisationKind(row.kind),
            )
            known = member_queries.organisation_by_code(row.code)
            if known is None:
                self.loaded.add("organisations")
                known = members.put_organisation(facts=facts, now=self.now)
            elif known.names != row.name:
                self._keep(f"organisation {row.code}", "name", row.name, known.names)
            self.bodies[row.code] = known.pk

    def _members(self) -> None:
        known = {row.iso3: row for row in member_queries.members_ever(INSTALLER)}
        for order, row in enumerate(self.preset.members, 1):
            here = known.get(row.iso3)
            if here is None:
                members.put_member(facts=_member_facts(row, order), now=self.now)
                self.loaded.add("members")
                continue
            for what, wanted, kept in (
                ("name", row.name, here.names),
                ("time zone", row.time_zone, here.time_zone),
                ("languages", row.languages, here.languages),
                ("tile", row.tile, (here.tile_column, here.tile_row)),
            ):
                if wanted != kept:
                    self._keep(f"member {row.iso3}", what, wanted, kept)

    def _programme(self) -> None:
        row = self.preset.programme
        known = programme_queries.programme(INSTALLER)
        if known.code == row.code:
            if known.name != row.name:
                self._keep("programme", "name", row.name, known.name)
            return
        programme.save_programme(
            facts=programme.ProgrammeFacts(
                code=row.code,
                name=row.name,
                short_name=row.short_name,
                time_zone=row.time_zone,
                languages=row.languages,
                secretariat_id=self.bodies.get(row.secretariat),
                technical_assistance=row.assistance_title,
                technical_assistance_number=row.assistance_reference,
                opens_as_of=self.preset.trial_as_of,
            ),
            by=INSTALLER,
            now=self.now,
        )
        self.loaded.add("programmes")

    def _initiative(self, row: InitiativeRow, order: int) -> None:
        initiative = programme_queries.find_initiative(row.code)
        if initiative is None:
            initiative = programme.open_initiative(
                programme=programme_queries.the_programme(),
                facts=programme.InitiativeFacts(
                    code=row.code,
                    name=row.name,
                    purpose=row.purpose,
                    order=order,
                    audience=row.audience,
                    state=InitiativeState.ACTIVE.value,
                    partner_ids=tuple(self.bodies[code] for code in row.partners),
                    national_studies=row.national_studies,
                ),
                by=INSTALLER,
                now=self.now,
                told=self.told,
            )
            self.loaded.add("initiatives")
        elif initiative.name != row.name:
            self._keep(f"initiative {row.code}", "name", row.name, initiative.name)
        known = {
            m.number: m
            for m in programme_queries.milestones(INSTALLER, self.now.date())
            if m.initiative == row.code
        }
        is_new = not known
        for number, milestone in enumerate(row.milestones, 1):
            if number not in known:
                self._milestone(initiative, number, milestone, row.audience)
            else:
                self._compare(f"milestone {row.code} {number}", milestone, known[number])
        if is_new and row.milestones:
            programme.set_baseline(
                initiative=initiative,
                name=str(self.preset.source) or self.preset.name,
                by=INSTALLER,
                now=self.now,
                told=self.told,
            )
        self._requests(initiative, row)

    def _compare(self, where: str, row: MilestoneRow, here: programme_queries.MilestoneRow) -> None:
        if str(here.words) != str(row.words):
            self._keep(where, "date", row.words, here.words)
        if row.owner and self.bodies[row.owner] != here.owner_id:
            self._keep(where, "owner", row.owner, here.owner)
        for what, wanted, kept in (
            ("country", row.country, here.country),
            ("audience", row.audience, here.audience),
        ):
            if wanted and wanted != kept:
                self._keep(where, what, wanted, kept)

    def _milestone(
        self, initiative: Initiative, number: int, row: MilestoneRow, audience: str
    ) -> None:
        milestone = programme.add_milestone(
            initiative=initiative,
            name=row.name,
            number=number,
            kind=row.kind,
            owner_id=self.bodies[row.owner] if row.owner else None,
            country_id=member_queries.member(INSTALLER, row.country).pk if row.country else None,
            audience=row.audience or ("" if row.country else audience),
            by=INSTALLER,
            now=self.now,
            told=self.told,
        )
        self.loaded.add("milestones")
        if str(row.words) or row.planned:
            words, window = self._window(row, f"milestone {number} of {initiative}")
            programme.propose_plan(
                milestone=milestone,
                words=words,
                window=window,
                by=INSTALLER,
                now=self.now,
                told=self.told,
            )
        if str(row.completed):
            source = f"{self.told.source_note}: “{row.completed_source}”"
            programme.record_completion(
                milestone=milestone,
                words=row.completed,
                window=_read(row.completed),
                by=INSTALLER,
                now=self.now,
                told=Told(self.preset.known_from, source_note=source),
            )
            self.loaded.add("completions")

    def _window(self, row: MilestoneRow, where: str) -> tuple[TranslatedText, Window]:
        """Read a milestone's words, held against the days beside them, alike in each language."""
        words, language = row.words.pick("en")
        try:
            window = narrow(words, row.planned, row.planned_start, language, is_ongoing=row.ongoing)
            for other, text, _state in row.words.texts:
                said = narrow(text, row.planned, row.planned_start, other, is_ongoing=row.ongoing)
                if said.said("") != window.said(""):
                    raise PresetFault(
                        [f"{FILES[2]}, {where}: “{text}” and “{words}” name different days."]
                    )
        except NotUnderstood as error:
            raise PresetFault(
                [f"{FILES[2]}, {where}: words say “{error.words}”, date says {row.planned}."]
            ) from error
        return (row.words if words else TranslatedText.of(window.words)), window

    def _requests(self, initiative: Initiative, row: InitiativeRow) -> None:
        everyone = [member.iso3 for member in self.preset.members]
        for request in row.requests:
            about = programme.About(room="setup", kind="request", number=request.about)
            if programme_queries.request_about(about.room, about.kind, about.number):
                continue
            programme.open_request(
                initiative=initiative,
                text=request.text,
                countries=everyone if request.to == "all" else request.to.split(),
                about=about,
                audience=request.audience,
                by=INSTALLER,
                now=self.now,
                told=self.told,
            )
            self.loaded.add("requests")

    def _outline(self, row: OutlineRow) -> None:
        initiative = programme_queries.find_initiative(row.initiative)
        if initiative is None:
            raise PresetFault(
                [f"{FILES[3]}, outline {row.code}: initiative “{row.initiative}” is not here."]
            )
        headings = tuple(_headings(row.headings))
        known = programme_queries.outlines(INSTALLER, self.now.date()).get(row.initiative)
        if known is None or known.key != row.code:
            programme.save_outline(
                initiative=initiative,
                key=row.code,
                title=row.title,
                headings=headings,
                by=INSTALLER,
                now=self.now,
                told=self.told,
            )
            self.loaded.add("outlines")
            return
        here = [(heading.level, heading.title) for heading in known.headings]
        if here != [(heading.level, heading.title) for heading in headings]:
            where = f"outline {row.code}"
            self._keep(where, "headings", f"{len(headings)} headings", f"{len(here)} headings")

    def _meeting(self, row: MeetingRow) -> None:
        """Plan a meeting of which the day is known: the whole day in the programme's zone."""
        zone = self.preset.programme.time_zone
        starts_at = datetime.combine(row.on, time(), ZoneInfo(zone))
        facts = programme.MeetingFacts(
            title=row.title,
            kind=row.kind,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=1),
            zone=zone,
            mode=row.mode,
        )
        if programme_queries.meeting_at(row.kind, starts_at) is None:
            meeting = programme.plan_meeting(
                initiative=None, facts=facts, audience=row.audience, by=INSTALLER, now=self.now,
                told=self.told,
            )  # fmt: skip
            programme.move_meeting(
                meeting=meeting, state="called", by=INSTALLER, now=self.now, told=self.told
            )
            self.loaded.add("meetings")

    def _survey(self, row: SurveyRow) -> None:
        """Enter a questionnaire with its published form; one that is there stays as it is."""
        if survey_queries.survey_by_code(row.code) is not None:
            return
        found = programme_queries.find_initiative(row.initiative) if row.initiative else None
        survey = surveys.put_survey(
            code=row.code, kind=row.kind, title=row.title, initiative=found,
            languages=self.preset.programme.languages, now=self.now,
        )  # fmt: skip
        content = (self.folder / "forms" / row.form).read_bytes()
        try:
            surveys.put_form(
                survey=survey, content=content, name=row.form, by=INSTALLER, now=self.now
            )
        except surveys.FormNotRead as wrong:
            raise PresetFault([f"forms/{row.form}: {one}" for one in wrong.problems]) from wrong
        self.loaded.add("surveys")

    def _keep(self, where: str, what: str, wanted: object, kept: object) -> None:
        with translation.override("en"):
            self.loaded.kept.append(f"{where}: {what} is “{kept}” here, “{wanted}” in the preset.")


def _member_facts(row: MemberRow, order: int) -> members.MemberFacts:
    return members.MemberFacts(
        iso3=row.iso3,
        names=row.name,
        short_name=row.short_name,
        languages=row.languages,
        time_zone=row.time_zone,
        tile=row.tile,
        order=order,
    )


def _read(words: TranslatedText) -> Window:
    text, language = words.pick("en")
    return parse_window(text, language)


def _headings(rows: tuple[HeadingRow, ...], level: int = 1) -> Iterator[programme.OutlineHeading]:
    for row in rows:
        yield programme.OutlineHeading(level=level, title=row.title)
        yield from _headings(row.below, level + 1)
