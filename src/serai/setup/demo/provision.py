"""What the sample's round leads to: prices, plans of a budget, and deliveries in every state."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from serai.base.access import Viewer
from serai.readiness import actions
from serai.readiness.actions import PriceFacts, ScenarioFacts
from serai.readiness.queries.assessments import advice_of, confirmed_assessment, office
from serai.readiness.queries.definitions import framework_needed
from serai.readiness.queries.offices import offices
from serai.readiness.states import DutyKind, ProvisionState, RecommendationState
from serai.setup.demo.lines import runs
from serai.setup.demo.offices import LINE, RAISED, Offices, profile_of
from serai.setup.demo.places import Place, places
from serai.surveys import queries as asked

if TYPE_CHECKING:
    from serai.readiness.models import Provision, Recommendation, ScenarioRun

SOURCE = "Sample: made up, no offer stands behind it"
CURRENCY = "USD"
# Package: to buy, and to run a year.
PRICES = {
    "LINK": (3_500, 4_800), "QOS": (1_800, 200), "MIC": (2_400, 0), "HEADSET": (900, 0),
    "ROOM": (7_500, 300), "SEAT": (1_600, 0), "DISPLAY": (1_900, 0), "ACOUSTIC": (3_200, 0),
    "CABLE": (700, 0), "TRAIN": (1_200, 400), "UPS": (1_500, 100), "PATH2": (1_100, 2_400),
    "LOAN": (16_000, 800), "RENT": (600, 2_600), "CAST": (2_800, 900), "LICENCE": (0, 1_200),
}  # fmt: skip
# Dearer where lines are few.
DEARER = (
    ("LINK", "AFG", 5_200, 9_600),
    ("LINK", "MNG", 4_100, 6_200),
    ("LINK", "TKM", 4_800, 8_400),
)
PRICED = 100
WHERE = ("GEO", "KAZ", "UZB")  # whose focal points the cast plays
EVERYWHERE = tuple(sorted({one.iso3 for one in places()}))
# Name, budget, and whose members shall each have a host of which event; the last cannot be.
SCENARIOS = (
    ("Sample: small budget", 12_000, (), ""),
    ("Sample: middle budget", 30_000, WHERE, "E1"),
    ("Sample: every member hosts with interpretation", 60_000, EVERYWHERE, "E2"),
    ("Sample: large budget", 60_000, WHERE, "E1"),
)
YEARS = 3
P = ProvisionState
WAY = (P.AGREED, P.ORDERED, P.DELIVERED, P.INSTALLED)
# Days before today on which a delivery came to a state.
DAYS = {
    P.PROPOSED: 32,
    P.AGREED: 30,
    P.ORDERED: 28,
    P.DELIVERED: 24,
    P.INSTALLED: 22,
    P.CANCELLED: 20,
}
TESTED_AGAIN, ANSWERED_AGAIN, SCORED_AGAIN, CONFIRMED_AGAIN, CHECKED, CLOSED = 20, 9, 8, 5, 4, 3
# What the raised lines carry against before: enough, enough, too little.
FACTORS = dict(zip(RAISED, (9.0, 9.5, 3.0), strict=True))
# How far the deliveries of other advice have come, one after another.
STATES = (P.ORDERED, P.PROPOSED, P.DELIVERED, P.AGREED, P.INSTALLED, P.CANCELLED)
MOST_DELIVERIES, MOST_OF_PLAN = 14, 4
WHY = "Sample: the agency has bought it itself."
NOTES = {P.ORDERED: "Sample: order 17", P.DELIVERED: "Sample: came whole"}


@dataclass
class Provided:
    """Enters prices, scenarios and deliveries."""

    people: dict[str, Viewer]
    now: datetime

    def __post_init__(self) -> None:
        self.round = Offices(self.people, self.now)
        self.officer = self.people["officer"]

    def duties(self) -> None:
        """Name the desk, the supplier, and who reads answers on security."""
        for name, kind in (
            ("technician", DutyKind.TECHNICIAN), ("supplier", DutyKind.SUPPLIER),
            ("officer", DutyKind.SECURITY_READER),
        ):  # fmt: skip
            actions.put_sample_duty(
                person=self.people[name], kind=kind, from_on=self.round.ago(120).date(),
                now=self.round.ago(120),
            )  # fmt: skip

    # ---------------------------------------------------------------- plans
    def plans(self) -> "list[ScenarioRun]":
        """Enter prices and scenarios, and ask for a plan of each; the latest can be had."""
        framework = framework_needed()
        day = self.round.ago(PRICED).date()
        rows = [(code, "", *both) for code, both in PRICES.items()] + list(DEARER)
        actions.record_prices(
            framework=framework,
            prices=[
                PriceFacts(code, iso3, Decimal(buy), Decimal(run), CURRENCY, day, SOURCE)
                for code, iso3, buy, run in rows
            ],
            by=self.officer,
            now=self.now,
        )
        return [
            actions.queue_run(scenario=made, by=self.officer, now=self.now)
            for made in (
                actions.make_scenario(
                    framework=framework,
                    facts=ScenarioFacts(
                        name, Decimal(budget), CURRENCY, YEARS,
                        floors=dict.fromkeys(countries, (event, 1)),
                    ),
                    by=self.officer,
                    now=self.now,
                )
                for name, budget, countries, event in SCENARIOS
            )
        ]  # fmt: skip

    # ---------------------------------------------------------------- deliveries
    def deliver(self) -> None:
        """Provide accepted advice, as far as each has come; re-test the raised lines."""
        found = list(self._accepted())
        raised = [(place, one) for place, one in found if place.seed in RAISED and one.rule == LINE]
        others = [
            (place, one)
            for place, one in found
            if (place, one) not in raised and place.iso3 in WHERE
        ]
        for number, (place, one) in enumerate(others[:MOST_DELIVERIES]):
            self._to(place, self._begun(one), STATES[number % len(STATES)])
        moved = []
        for place, one in raised:
            made = self._begun(one)
            self._to(place, made, P.INSTALLED)
            moved.append((place, made))
        self._tested_again(moved)

    def of_plan(self, run: "ScenarioRun") -> None:
        """Provide a few lines of a solved plan, what a country shares among them."""
        lines = run.plan.get("lines", [])
        shared = [n for n, line in enumerate(lines) if not line["office"]]
        single = [n for n, line in enumerate(lines) if line["office"]]
        chosen = [*shared[:1], *single[: MOST_OF_PLAN - 1]]
        if chosen:
            actions.provide_plan(run=run, lines=chosen, by=self.officer, now=self.now)

    def _accepted(self) -> "list[tuple[Place, Recommendation]]":
        by_name = {place.name: place for place in places()}
        found = []
        for row in offices(self.officer):
            place = by_name.get(row.name)
            if place is None:
                continue
            held = confirmed_assessment(office(self.officer, row.public_id))
            found += [
                (place, one)
                for one in (advice_of(self.officer, held) if held else ())
                if one.state == RecommendationState.ACCEPTED and one.package
            ]
        return found

    def _begun(self, advice: "Recommendation") -> "Provision":
        made = actions.provide_advice(
            advice=advice, due_on=self.round.ago(DAYS[P.DELIVERED]).date(), by=self.officer,
            now=self.round.ago(DAYS[P.PROPOSED]),
        )  # fmt: skip
        return actions.change_provision(
            provision=made, supplier_id=self.people["supplier"].person_id, serials="",
            due_on=made.due_on, by=self.officer, now=self.round.ago(DAYS[P.PROPOSED]),
        )  # fmt: skip

    def _to(self, place: Place, made: "Provision", state: ProvisionState) -> None:
        """Move a delivery to a state, by whoever moves it there."""
        way: Sequence[ProvisionState] = ()
        if state is P.CANCELLED:
            way = (P.CANCELLED,)
        elif state in WAY:
            way = WAY[: WAY.index(state) + 1]
        for one in way:
            note = WHY if one is P.CANCELLED else NOTES.get(one, "")
            actions.move_provision(
                provision=made, state=one, note=note, by=self._mover(place, one),
                now=self.round.ago(DAYS[one]),
            )  # fmt: skip

    def _mover(self, place: Place, state: ProvisionState) -> Viewer:
        if state is P.AGREED:
            return self.people[f"focal.{place.iso3.lower()}"]
        movers = {P.DELIVERED: "supplier"}
        return self.people[movers.get(state, "officer")]

    def _tested_again(self, moved: "Sequence[tuple[Place, Provision]]") -> None:
        """Test and ask the raised lines again, evaluate them, and hold the promise against it."""
        if not moved:
            return
        wave = self.round.round(
            "Sample: after deliveries", "Образец: после поставок", [place for place, _made in moved],
            TESTED_AGAIN, ANSWERED_AGAIN,
        )  # fmt: skip
        invitations = asked.sample_invitations(wave)
        for (place, made), invitation in zip(moved, invitations, strict=True):
            of = profile_of(place)
            if made.office is None:
                continue
            drawn = runs(
                of, made.office.time_zone, self.round.ago(TESTED_AGAIN).date(), days=5,
                factor=FACTORS[place.seed], what="runs again",
            )  # fmt: skip
            point = self.round.point()
            at = self.round.ago(ANSWERED_AGAIN)
            actions.put_sample_runs(office=made.office, point=point, runs=drawn, now=at)
            better = replace(of, down_mbps=of.down_mbps * FACTORS[place.seed])
            found = self.round.answered(
                better, invitation, at, contract_up="100", dedicated="dedicated"
            )
            lead = self.round.lead_of(place)
            by = self.officer
            actions.score_assessment(assessment=found, by=by, now=self.round.ago(SCORED_AGAIN))
            actions.show_results(assessment=found, by=by, now=self.round.ago(SCORED_AGAIN))
            actions.agree_results(assessment=found, by=lead, now=self.round.ago(CONFIRMED_AGAIN))
            actions.confirm_results(assessment=found, by=by, now=self.round.ago(CONFIRMED_AGAIN))
            self._checked(place, made)

    def _checked(self, place: Place, made: "Provision") -> None:
        """Hold the promise against the new results; close what is verified but for the first."""
        actions.check_provision(provision=made, by=self.officer, now=self.round.ago(CHECKED))
        if made.state == P.VERIFIED and place.seed != RAISED[0]:
            actions.move_provision(
                provision=made, state=P.CLOSED, by=self.officer, now=self.round.ago(CLOSED)
            )
