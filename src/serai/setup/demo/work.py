"""The sample's work, none of it real.

An initiative with everything a timeline can show, a meeting with decisions, a request with
answers, risks, status notes and report runs.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.members import queries as members
from serai.programme import actions, queries
from serai.programme.actions import Due, InitiativeFacts, MeetingFacts, RiskText, Told
from serai.reports import actions as reports

if TYPE_CHECKING:
    from serai.programme.models import AgendaItem, Decision, Initiative, Meeting, Milestone

NOTES = Path(__file__).with_name("notes.toml")
DAY = date(2021, 6, 30)
CODE = "sample-signature-pilot"
INITIATIVES = ("virtual-carec", "digital-strategy-2030", "startup-hub")  # those of the notes
MANILA = ZoneInfo("Asia/Manila")


def told(day: date) -> Told:
    """Return a sample fact known from a day."""
    return Told(day, source_note="Sample", sample=True)


def both(english: str, russian: str) -> TranslatedText:
    """Return a text in English and Russian."""
    return TranslatedText.of(english).with_text("ru", russian)


@dataclass
class Work:
    """Puts the sample's work in, as its people would."""

    people: dict[str, Viewer]
    now: datetime

    def run(self) -> None:
        """Do everything, in the order in which it would have happened."""
        initiative = self.initiative()
        milestones = self.milestones(initiative)
        self.history(milestones)
        self.risks(initiative, milestones)
        self.meeting()
        self.request()
        self.notes()
        self.reports()

    @property
    def officer(self) -> Viewer:
        """Return the sample officer."""
        return self.people["officer"]

    @property
    def coordinator(self) -> Viewer:
        """Return the sample coordinator."""
        return self.people["coordinator"]

    def initiative(self) -> Initiative:
        """Open the sample initiative, kept by the officer; the secretariat alone sees it."""
        opened = actions.open_initiative(
            programme=queries.the_programme(),
            facts=InitiativeFacts(
                code=CODE,
                name=both(
                    "Sample: regional e-signature pilot", "Образец: пилот электронной подписи"
                ),
                purpose=both(
                    "Shows what a timeline with moved dates, links and flags looks like",
                    "Показывает, как выглядит график с переносами, связями и отметками",
                ),
                order=9,
                audience="secretariat",
                state="active",
            ),
            by=self.coordinator,
            now=self.now,
            told=told(date(2021, 1, 11)),
        )
        return actions.give_keeper(
            initiative=opened, person_id=self.officer.person_id, by=self.coordinator, now=self.now
        )

    def milestones(self, initiative: Initiative) -> list[Milestone]:
        """Plan eight milestones with dates of every kind, then fix them as the first baseline."""
        rows = (
            ("deliverable", "Requirements agreed", "Требования согласованы", "15 February 2021", "15 февраля 2021 г."),
            ("decision", "Pilot members chosen", "Выбраны страны-участницы пилота", "mid-March 2021", "середина марта 2021 г."),
            ("deliverable", "Test certificates issued", "Выпущены тестовые сертификаты", "end of April 2021", "конец апреля 2021 г."),
            ("event", "Technical workshop", "Технический практикум", "25 May 2021", "25 мая 2021 г."),
            ("deliverable", "Legal comparison drafted", "Подготовлено сравнение законодательства", "22 June 2021", "22 июня 2021 г."),
            ("event", "Cross-border test run", "Трансграничная проверка", "10 July 2021", "10 июля 2021 г."),
            ("deliverable", "Evaluation of the pilot", "Оценка пилота", "Q4 2021", "IV квартал 2021 г."),
            ("service", "Help desk for pilot members", "Служба поддержки участников", "1 March 2021 to 31 December 2021", "с 1 марта 2021 г. по 31 декабря 2021 г."),
        )  # fmt: skip
        start = told(date(2021, 1, 11))
        found = []
        for kind, english, russian, words, slova in rows:
            milestone = actions.add_milestone(
                initiative=initiative, name=both(english, russian), kind=kind,
                by=self.officer, now=self.now, told=start,
            )  # fmt: skip
            actions.propose_plan(
                milestone=milestone,
                words=both(words, slova),
                by=self.officer,
                now=self.now,
                told=start,
            )
            found.append(milestone)
        actions.set_baseline(
            initiative=initiative,
            name="Sample: first plan",
            by=self.coordinator,
            now=self.now,
            told=start,
        )
        return found

    def history(self, rows: list[Milestone]) -> None:
        """Complete, move and link milestones as an officer would over half a year."""
        for at, words, slova, day in (
            (0, "12 February 2021", "12 февраля 2021 г.", date(2021, 2, 12)),
            (1, "24 March 2021", "24 марта 2021 г.", date(2021, 3, 24)),
            (2, "by 14 May 2021", "к 14 мая 2021 г.", date(2021, 5, 14)),
        ):
            actions.record_completion(
                milestone=rows[at],
                words=both(words, slova),
                by=self.officer,
                now=self.now,
                told=told(day),
            )
        moved = actions.propose_plan(
            milestone=rows[3], words=both("8 June 2021", "8 июня 2021 г."),
            reason="waiting_for_member", by=self.officer, now=self.now, told=told(date(2021, 5, 17)),
        )  # fmt: skip
        actions.approve_plan(
            plan=moved, by=self.coordinator, now=self.now, told=told(date(2021, 5, 18))
        )
        actions.record_completion(
            milestone=rows[3], words=both("9 June 2021", "9 июня 2021 г."),
            by=self.officer, now=self.now, told=told(date(2021, 6, 9)),
        )  # fmt: skip
        actions.propose_plan(
            milestone=rows[6], words=both("mid-January 2022", "середина января 2022 г."),
            reason="quality_rework", by=self.officer, now=self.now, told=told(date(2021, 6, 28)),
        )  # fmt: skip
        for later, before, lag in ((4, 3, 0), (5, 4, 14), (6, 5, 30)):
            actions.add_dependency(
                milestone=rows[later], after=rows[before], lag_days=lag,
                by=self.officer, now=self.now, told=told(date(2021, 1, 12)),
            )  # fmt: skip

    def risks(self, initiative: Initiative, rows: list[Milestone]) -> None:
        """Record risks over the grid and one assumption."""
        for kind, probability, impact, response, english, russian in (
            ("risk", 4, 4, "reduce", "Certificates of two members do not recognise each other.", "Сертификаты двух стран не признают друг друга."),
            ("risk", 2, 5, "transfer", "The test provider ends its service before the test run.", "Поставщик прекращает работу до проверки."),
            ("risk", 3, 3, "reduce", "Weak connections cut workshop sessions short.", "Слабая связь сокращает занятия практикума."),
            ("issue", 5, 2, "accept", "Documents arrive in one language only.", "Документы поступают только на одном языке."),
            ("assumption", 2, 3, "accept", "Members name a technical contact within two weeks.", "Страны назначают технического представителя за две недели."),
        ):  # fmt: skip
            actions.record_risk(
                initiative=initiative,
                words=RiskText(
                    kind=kind, text=both(english, russian), response=response
                ),
                probability=probability, impact=impact, review_on=date(2021, 7, 15),
                milestones=(rows[5],) if kind == "risk" else (),
                by=self.officer, now=self.now, told=told(date(2021, 6, 1)),
            )  # fmt: skip

    def meeting(self) -> None:
        """Hold a technical meeting, with agenda, delegates, minutes, decisions and action items."""
        meeting, items = self.called_meeting()
        self.move(meeting, "held", date(2021, 6, 16))
        self.move(meeting, "minutes_draft", date(2021, 6, 17))
        for language, text in (
            ("en", "Sample minutes: the results were noted, three offices test their lines until mid-July."),
            ("ru", "Образец протокола: итоги приняты к сведению, три ведомства проверяют связь до середины июля."),
        ):  # fmt: skip
            writer = replace(self.officer, language=language)
            actions.write_minutes(meeting=meeting, text=text, by=writer, now=self.now)
        decisions = self.decisions(meeting, items)
        self.move(meeting, "minutes_agreed", date(2021, 6, 21))
        self.action_items(decisions)

    def called_meeting(self) -> tuple[Meeting, list[AgendaItem]]:
        """Plan the meeting, write its agenda, invite three focal points and call it."""
        starts_at = datetime(2021, 6, 16, 14, 0, tzinfo=MANILA)
        meeting = actions.plan_meeting(
            initiative=None,
            facts=MeetingFacts(
                title=both("Sample: technical meeting on virtual events",
                           "Образец: техническое совещание по виртуальным мероприятиям"),
                kind="technical", starts_at=starts_at, ends_at=starts_at + timedelta(hours=2),
                zone="Asia/Manila", mode="virtual",
            ),
            audience="members", by=self.coordinator, now=self.now, told=told(date(2021, 5, 20)),
        )  # fmt: skip
        items = [
            actions.add_item(meeting=meeting, title=both(english, russian), purpose=purpose,
                             by=self.officer, now=self.now)
            for english, russian, purpose in (
                ("Results of the survey so far", "Предварительные итоги обследования", "information"),
                ("How offices test their connection", "Как ведомства проверяют связь", "guidance"),
                ("Dates of the training sessions", "Даты учебных занятий", "decision"),
            )
        ]  # fmt: skip
        for name in ("focal.geo", "focal.uzb", "focal.kaz"):
            person_id = self.people[name].person_id
            if person_id is not None:
                actions.invite(meeting=meeting, person_id=person_id, by=self.officer, now=self.now)
        self.move(meeting, "called", date(2021, 5, 21))
        return meeting, items

    def move(self, meeting: Meeting, state: str, day: date) -> None:
        """Move the meeting on, as it was known on a day."""
        actions.move_meeting(
            meeting=meeting, state=state, by=self.officer, now=self.now, told=told(day)
        )

    def decisions(self, meeting: Meeting, items: list[AgendaItem]) -> list[Decision]:
        """Record what the meeting decided."""
        return [
            actions.record_decision(
                meeting=meeting, text=both(english, russian), item=items[at], addressees=codes,
                to_secretariat=not codes, due=Due(due, TranslatedText()),
                by=self.officer, now=self.now, told=told(date(2021, 6, 17)),
            )
            for at, english, russian, codes, due in (
                (1, "Each member tests the connection of one office.",
                 "Каждая страна проверяет связь одного ведомства.", ("GEO", "KAZ", "UZB"), date(2021, 7, 15)),
                (2, "The secretariat offers two training sessions in July.",
                 "Секретариат проводит два учебных занятия в июле.", (), date(2021, 7, 30)),
            )
        ]  # fmt: skip

    def action_items(self, decisions: list[Decision]) -> None:
        """Write who does what until when."""
        for decision, english, russian, codes, due in (
            (decisions[0], "Name an office for the test", "Назвать ведомство для проверки", ("GEO",), date(2021, 6, 25)),
            (decisions[0], "Name an office for the test", "Назвать ведомство для проверки", ("UZB",), date(2021, 6, 25)),
            (decisions[0], "Send the test guide to all members", "Разослать руководство по проверке", (), date(2021, 7, 2)),
            (decisions[1], "Propose dates for the training", "Предложить даты занятий", (), date(2021, 7, 9)),
        ):  # fmt: skip
            actions.add_action(
                text=both(english, russian), decision=decision, countries=codes, due=Due(due, TranslatedText()),
                person_id=None if codes else self.officer.person_id, audience="members",
                by=self.officer, now=self.now, told=told(date(2021, 6, 21)),
            )  # fmt: skip

    def request(self) -> None:
        """Ask every member for a contact, and let three focal points answer."""
        request = actions.open_request(
            initiative=None,
            text=both(
                "Sample: please name a contact person for the connection test.",
                "Образец: просим назвать контактное лицо для проверки связи.",
            ),
            countries=[row.iso3 for row in members.members(self.officer)],
            due_on=date(2021, 7, 9), audience="members",
            by=self.officer, now=self.now, told=told(date(2021, 6, 22)),
        )  # fmt: skip
        asked = {
            row.country.iso3: row
            for row in request.addressees.select_related("country")
            if row.country is not None
        }
        for name, iso3, state, note in (
            ("focal.geo", "GEO", "answered", "Sample contact at agency A."),
            ("focal.kaz", "KAZ", "declined", "Sample: no office can test before August."),
        ):
            actions.answer_request(
                addressee=asked[iso3], state=state, note=note, by=self.people[name],
                now=self.now, told=told(date(2021, 6, 28)),
            )  # fmt: skip

    def notes(self) -> None:
        """Write and clear the status notes of the three initiatives."""
        for row in tomllib.loads(NOTES.read_text(encoding="utf-8"))["notes"]:
            carried = told(row["written_on"])
            note = actions.draft_note(
                initiative=queries.initiative(self.officer, row["initiative"]), part=row["part"],
                text=both(row["en"].strip(), row["ru"].strip()),
                by=self.officer, now=self.now, told=carried,
            )  # fmt: skip
            actions.clear_note(note=note, by=self.coordinator, now=self.now, told=carried)

    def reports(self) -> None:
        """Start one report and let it be cleared; another stays a draft. The worker issues the first."""
        meeting = queries.meetings_to_choose(self.officer, "en")
        run = reports.start_run(
            kind="progress", as_of=DAY, languages=("en", "ru"), audience="members",
            meeting_id=next((pk for pk, title in meeting if "Senior Officials" in title), None),
            by=self.officer, now=self.now, sample=True,
        )  # fmt: skip
        reports.send_to_review(run=run, by=self.officer, now=self.now)
        reports.clear_run(run=run, by=self.coordinator, now=self.now)
        reports.issue_run(run=run, by=self.coordinator, now=self.now)
        reports.start_run(
            kind="progress", as_of=date(2021, 8, 15), languages=("en", "ru"), audience="members",
            by=self.officer, now=self.now, sample=True,
        )  # fmt: skip
