"""The sample's demonstration round: offices asked, answered, tested, evaluated, advised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.members import actions as members_actions
from serai.members import queries as members
from serai.members.actions import OrganisationRow, SampleGrant, SamplePerson
from serai.members.states import OrganisationKind, Role
from serai.readiness import actions
from serai.readiness.queries.assessments import advice_of
from serai.readiness.queries.testing import points
from serai.setup.demo.lines import runs
from serai.setup.demo.office_answers import LineTests, Profile, Writer, begun, dice_of, profile
from serai.setup.demo.people import ADDRESS
from serai.setup.demo.places import Place, late_places, places
from serai.surveys import actions as surveys
from serai.surveys import queries as asked
from serai.surveys.actions import SampleUnit, SampleWave
from serai.surveys.states import ResponseState, WaveState

if TYPE_CHECKING:
    from serai.readiness.models import Assessment, ProbePoint, Recommendation
    from serai.surveys.models import Invitation

SURVEY = "readiness-office"
LEAD = SamplePerson(
    email=ADDRESS.format(name="lead.others"), full_name="Sample lead (other agencies)"
)
POINT = actions.PointFacts(
    name="Sample point", url="http://localhost:8575", city="Tashkent",
    latitude=Decimal("41.3"), longitude=Decimal("69.3"),
)  # fmt: skip
# Days before today on which things happened.
OPENED, DUE, TESTED, ANSWERED, SCORED, SHOWN, CONFIRMED, PROPOSED, DECIDED = (
    115, 66, 84, 70, 62, 60, 40, 38, 34
)  # fmt: skip
SCORED_LATE, SHOWN_LATE, DISPUTED = 9, 6, 4
# The head offices whose line was raised since (`provision.py`), and what it carried before.
RAISED = ("sample-agency-a-geo/", "sample-agency-a-uzb/", "sample-agency-a-kaz/")
POOR_MBPS = (6.2, 5.4)
VOIDED = 6  # one office of so many has a test that does not count
ACCEPTED_SHARE, DECLINED_SHARE, DONE_SHARE = 0.6, 0.75, 0.5
MOST_ADVICE = 6
LINE = "CAP-1"
LATE_STATES = (
    ResponseState.FILLING, ResponseState.SIGNED, None, ResponseState.FILLING,
    ResponseState.HANDED_IN, None,
)  # fmt: skip
DISPUTE = "Sample: the second line was put in after the test. Please look at the answers again."
DECLINED = "Sample: there is no money for this in the present year."
VOID = "Sample: a backup ran over the line during this test."


class Stage:
    """How far an office's assessment has come; most are confirmed."""

    COLLECTING, SCORED, REVIEW, DISPUTED, CONFIRMED = range(5)


def stage_of(number: int, place: Place) -> int:
    """Return how far the assessment of the office of this place has come, by its number."""
    if place.seed in RAISED or number % 4 == 0:
        return Stage.CONFIRMED
    return {5: Stage.REVIEW, 11: Stage.SCORED, 13: Stage.DISPUTED, 18: Stage.REVIEW,
            22: Stage.COLLECTING, 27: Stage.REVIEW, 31: Stage.SCORED, 34: Stage.DISPUTED,
            38: Stage.REVIEW, 42: Stage.REVIEW}.get(number, Stage.CONFIRMED)  # fmt: skip


def profile_of(place: Place) -> Profile:
    """Return how well an office was off before anything was delivered."""
    if place.seed not in RAISED:
        return profile(place)
    down, up = POOR_MBPS
    return replace(profile(place, step=1), down_mbps=down, up_mbps=up)


@dataclass
class Offices:
    """Enters the round, as its people would have done it over four months."""

    people: dict[str, Viewer]
    now: datetime

    @property
    def officer(self) -> Viewer:
        """Return the sample officer."""
        return self.people["officer"]

    def ago(self, days: int) -> datetime:
        """Return the moment so many days ago."""
        return self.now - timedelta(days=days)

    # ---------------------------------------------------------------- asking
    def ask(self) -> str:
        """Enter agencies, their lead, the test point and the round; return the round's number."""
        everywhere = [*places(), *late_places()]
        lead = members_actions.put_sample_person(facts=LEAD, now=self.now)
        for one in everywhere:
            self._agency(one)
        for code in sorted({one.organisation for one in everywhere}):
            if not self._leads(code):
                grant = SampleGrant(Role.LEAD, organisation_code=code, title="Head of ICT")
                members_actions.put_sample_grant(person=lead, facts=grant, now=self.now)
        actions.keep_point(facts=POINT, by=self.officer, now=self.ago(OPENED))
        return self.round("Sample: first round", "Образец: первый раунд", everywhere, OPENED, DUE)

    def round(self, english: str, russian: str, of: Sequence[Place], opened: int, due: int) -> str:
        """Enter a round that is over; return its number."""
        survey = asked.survey_by_code(SURVEY)
        if survey is None:
            raise LookupError(SURVEY)
        made = surveys.put_sample_wave(
            survey=survey,
            facts=SampleWave(
                title=TranslatedText.of(english).with_text("ru", russian),
                opens_on=self.ago(opened).date(),
                due_on=self.ago(due).date(),
                units=[self._unit(one) for one in of],
                state=WaveState.CLOSED,
            ),
            now=self.ago(opened),
        )
        number: str = made[0].wave.public_id
        return number

    def _unit(self, place: Place) -> SampleUnit:
        organisation = members.organisation_by_code(place.organisation)
        if organisation is None:
            raise LookupError(place.organisation)
        return SampleUnit(organisation.pk, organisation.member_id, place.key, place.city)

    def _agency(self, place: Place) -> None:
        if members.organisation_by_code(place.organisation) is not None:
            return
        letter = place.letter.upper()
        russian = f"Образец: ведомство {letter} ({place.russian})"
        members_actions.put_organisation(
            facts=OrganisationRow(
                code=place.organisation,
                names=TranslatedText.of(
                    f"Sample agency {letter} ({place.english})"
                ).with_text("ru", russian),
                kind=OrganisationKind.GOVERNMENT,
                iso3=place.iso3,
                sample=True,
            ),
            now=self.now,
        )  # fmt: skip

    def _leads(self, code: str) -> list[Viewer]:
        organisation = members.organisation_by_code(code)
        if organisation is None:
            return []
        found = members.people_with_role(Role.LEAD, self.now, organisation_id=organisation.pk)
        return [members.viewer_of(one, self.now) for one in found]

    def lead_of(self, place: Place) -> Viewer:
        """Return who leads the work of an office's agency."""
        return self._leads(place.organisation)[0]

    # ---------------------------------------------------------------- one office
    def enter(self, number: int, invitation: "Invitation") -> None:
        """Enter one office: answers, tests, evaluation, advice."""
        everywhere = places()
        if number >= len(everywhere):
            place = late_places()[number - len(everywhere)]
            self._late(place, LATE_STATES[number - len(everywhere)], invitation)
            return
        place = everywhere[number]
        of = profile_of(place)
        found = self.answered(of, invitation, self.ago(ANSWERED))
        self._tests(number, of, found)
        self._evaluated(stage_of(number, place), place, found)

    def _late(self, place: Place, state: ResponseState | None, invitation: "Invitation") -> None:
        if state is None:
            return
        of, day = profile(place), self.ago(ANSWERED).date()
        if state is ResponseState.FILLING:
            values, more = dict(begun(of, day)), list[dict[str, str]]()
        else:
            values, more = self._answers(of, day)
        surveys.put_sample_response(
            invitation=invitation, values=values, more=more, state=state, now=self.ago(ANSWERED)
        )

    def _answers(self, of: Profile, day: date) -> tuple[dict[str, str], list[dict[str, str]]]:
        writer = Writer(of, day)
        first, *more = writer.rooms() or [{}]
        return {**writer.office(), **first}, more

    def answered(
        self, of: Profile, invitation: "Invitation", at: datetime, **other: str
    ) -> "Assessment":
        """Enter an office's cleared answers; `other` are answers on the connection that differ."""
        values, more = self._answers(of, at.date())
        values |= {f"/data/connection/{name}": value for name, value in other.items()}
        response = surveys.put_sample_response(
            invitation=invitation, values=values, more=more, now=at
        )
        found = actions.take_in_answers(response_id=response.pk, now=at)
        if found is None:
            raise LookupError(of.place.seed)
        actions.put_sample_place(
            office=found.office, latitude=Decimal(str(of.place.latitude)),
            longitude=Decimal(str(of.place.longitude)), now=at,
        )  # fmt: skip
        return found

    def point(self) -> "ProbePoint":
        """Return the sample's test point."""
        return next(one for one in points(self.officer) if one.sample and one.name == POINT.name)

    def _tests(self, number: int, of: Profile, found: "Assessment") -> None:
        office = found.office
        drawn = runs(of, office.time_zone, self.ago(TESTED).date(), days=5)
        if not drawn:
            return
        made = actions.put_sample_runs(
            office=office, point=self.point(), runs=drawn, now=self.ago(TESTED)
        )
        if of.tests is LineTests.WHOLE and number % VOIDED == 0:
            actions.void_run(run=made[0], reason=VOID, by=self.officer, now=self.ago(SCORED))

    def _evaluated(self, stage: int, place: Place, found: "Assessment") -> None:
        """Bring an assessment as far as it has come."""
        by = self.officer
        if stage == Stage.COLLECTING:
            return
        if stage == Stage.CONFIRMED:
            actions.score_assessment(assessment=found, by=by, now=self.ago(SCORED))
            actions.show_results(assessment=found, by=by, now=self.ago(SHOWN))
            kept = actions.confirm_results(assessment=found, by=by, now=self.ago(CONFIRMED))
            self._advised(place, kept)
            return
        actions.score_assessment(assessment=found, by=by, now=self.ago(SCORED_LATE))
        if stage == Stage.SCORED:
            return
        actions.show_results(assessment=found, by=by, now=self.ago(SHOWN_LATE))
        if stage == Stage.DISPUTED:
            actions.dispute_results(
                assessment=found, words=DISPUTE, by=self.lead_of(place), now=self.ago(DISPUTED)
            )

    # ---------------------------------------------------------------- advice
    def _advised(self, place: Place, found: "Assessment") -> None:
        """Put advice before an agency, which decides on most of it."""
        dice = dice_of(place, "advice")
        drafts = advice_of(self.officer, found)
        drafts.sort(key=lambda one: one.rule != LINE)
        chosen = drafts[:MOST_ADVICE]
        if not chosen:
            return
        actions.propose_advice(advice=chosen, by=self.officer, now=self.ago(PROPOSED))
        lead, at = self.lead_of(place), self.ago(DECIDED)
        for one in chosen:
            drawn = dice.random()
            if drawn < ACCEPTED_SHARE or (one.rule == LINE and place.seed in RAISED):
                self._accepted(one, lead, at, is_done=dice.random() < DONE_SHARE)
            elif drawn < DECLINED_SHARE:
                actions.decline_advice(advice=one, reason=DECLINED, by=lead, now=at)

    def _accepted(
        self, one: "Recommendation", lead: Viewer, at: datetime, *, is_done: bool
    ) -> None:
        actions.accept_advice(advice=one, by=lead, now=at)
        if is_done and not one.package:
            actions.finish_advice(advice=one, by=lead, now=at)
