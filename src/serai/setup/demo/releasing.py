"""What the sample lets out: results, a plan's lines, shares of many; and who read results."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from serai.base.access import Viewer
from serai.members.states import Audience
from serai.readiness import actions
from serai.readiness.queries.aggregates import ATTEND, HOST, shares_of, too_near
from serai.readiness.queries.assessments import confirmed_assessment, office
from serai.readiness.queries.definitions import framework_needed
from serai.readiness.queries.offices import offices
from serai.readiness.queries.releases import countries_to_ask

if TYPE_CHECKING:
    from serai.readiness.models import Assessment, Release, ScenarioRun

WHERE = ("GEO", "KAZ", "UZB")  # whose focal points the cast plays
REASON = "Sample: so that neighbours know which rooms they can meet in."
PLAN_REASON = "Sample: the donors' meeting wants to see what is planned."
DECLINED = "Sample: the agency wants to see the new test first."
WITHDRAWN = "Sample: the room is being rebuilt."
# How far a release has come: each list ends where it stands.
TO_MEMBERS = ("members",)
TO_PUBLIC = ("members", "public")
WAYS = (
    TO_PUBLIC, ("granted",), ("asked",), ("withdrawn",), TO_MEMBERS, ("declined",),
    ("members", "public asked"), TO_MEMBERS, ("asked",), TO_PUBLIC, ("granted",), TO_MEMBERS,
)  # fmt: skip
ASKED, GRANTED, LET_OUT, TAKEN_BACK = 4.0, 3.0, 2.0, 1.0  # days ago
# Who read results of which countries, in which way, how many days ago; "" is what was let out.
READERS = (
    ("officer", WHERE, "page", 1), ("officer", WHERE, "xlsx", 4), ("coordinator", WHERE, "page", 2),
    ("coordinator.two", ("UZB",), "api", 3), ("expert", ("GEO",), "page", 2),
    ("focal.geo", ("GEO",), "page", 1), ("focal.kaz", ("KAZ",), "page", 3),
    ("focal.uzb", ("UZB",), "page", 2), ("deputy.geo", ("GEO",), "csv", 2),
    ("focal.uzb", "", "page", 1), ("committee.mng", "", "page", 1), ("partner", "", "page", 1),
)  # fmt: skip
SHARES = ((HOST, True), (ATTEND, False))


@dataclass
class Releases:
    """Enters releases in every state, and a log of readers."""

    people: dict[str, Viewer]
    now: datetime

    def __post_init__(self) -> None:
        self.officer = self.people["officer"]

    def ago(self, days: float) -> datetime:
        """Return the moment so many days ago."""
        return self.now - timedelta(days=days)

    def run(self) -> None:
        """Enter releases of results, shares of many and the readers."""
        for number, found in enumerate(self.confirmed()):
            for way in WAYS[number % len(WAYS)]:
                self.release(found, way)
        self.shares()
        self.readers()

    def confirmed(self) -> "list[Assessment]":
        """Return confirmed results of the countries whose focal points the cast plays."""
        rows = sorted(offices(self.officer), key=lambda row: (row.iso3, row.name))
        held = [
            confirmed_assessment(office(self.officer, row.public_id))
            for row in rows
            if row.iso3 in WHERE and row.sample
        ]
        return [one for one in held if one is not None]

    def release(self, found: "Assessment", way: str) -> None:
        """Ask, and bring it as far as it comes."""
        audience = Audience.PUBLIC if way.startswith("public") else Audience.MEMBERS
        made = actions.ask_release(
            assessment=found, audience=audience, reason=REASON, by=self.officer,
            now=self.ago(ASKED),
        )  # fmt: skip
        if way.endswith("asked"):
            return
        focal = self.people[f"focal.{made.country.iso3.lower()}"]
        if way == "declined":
            actions.decline_release(release=made, reason=DECLINED, by=focal, now=self.ago(GRANTED))
            return
        actions.grant_release(release=made, by=focal, now=self.ago(GRANTED))
        if way != "granted":
            self.let_out(made, way, focal)

    def let_out(self, made: "Release", way: str, focal: Viewer) -> None:
        """Let it out; take it back where it was taken back."""
        actions.let_out(release=made, by=self.officer, now=self.ago(LET_OUT))
        if way == "withdrawn":
            actions.withdraw_release(
                release=made, reason=WITHDRAWN, by=focal, now=self.ago(TAKEN_BACK)
            )

    def of_plan(self, run: "ScenarioRun") -> None:
        """Let the lines of a solved plan out for one country, and ask another."""
        countries = {one.iso3: one for one in countries_to_ask(run)}
        for iso3 in WHERE[:2]:
            if iso3 not in countries:
                continue
            made = actions.ask_plan_release(
                run=run, country=countries[iso3], reason=PLAN_REASON, by=self.officer, now=self.now
            )
            if iso3 == WHERE[0]:
                focal = self.people[f"focal.{iso3.lower()}"]
                actions.grant_release(release=made, by=focal, now=self.now)
                actions.let_out(release=made, by=self.officer, now=self.now)

    def shares(self) -> None:
        """Let shares of many organisations out, where there are enough; publish the first."""
        framework = framework_needed()
        for measure, is_public in SHARES:
            found = shares_of(framework, measure, (), is_sample=True)
            if not found.is_tellable or too_near(framework, measure, found, is_sample=True):
                continue
            made = actions.release_aggregate(
                framework=framework, measure=measure, countries=(), by=self.officer,
                now=self.ago(LET_OUT),
            )  # fmt: skip
            if is_public:
                actions.publish_aggregate(aggregate=made, by=self.officer, now=self.ago(TAKEN_BACK))

    def readers(self) -> None:
        """Note who read which results: those of a country, or those that were let out."""
        found = self.confirmed()
        for name, where, way, days in READERS:
            numbers = [
                one.pk
                for one in found
                if (_iso3(one) in where if where else one.audience == Audience.MEMBERS)
            ]
            actions.note_readings(
                numbers=numbers, way=way, by=self.people[name], now=self.ago(days)
            )


def _iso3(found: "Assessment") -> str:
    country = found.office.organisation.member
    return country.iso3 if country else ""
