"""The sample's rounds: one under way, and an earlier one whose answers are cleared."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.xforms import Kind
from serai.members import queries as members
from serai.members.states import Audience
from serai.setup.demo.people import FURTHER, further_code
from serai.surveys import actions, queries
from serai.surveys.actions import SampleWave
from serai.surveys.queries import Asking
from serai.surveys.states import WaveState

SURVEY = "readiness-office"
EARLIER = "strategy-q1"
DUE_IN = timedelta(days=21)
OPENED_BEFORE, DUE_BEFORE = timedelta(days=120), timedelta(days=60)
AGENCIES = (
    "sample-agency-a-geo", "sample-agency-b-geo", "sample-agency-a-kaz", "sample-agency-a-uzb",
    "sample-agency-b-uzb",
)  # fmt: skip
SAID = {
    "themes_why": "A sample reason: without it the rest does not come about.",
    "obstacle_worst": "A sample obstacle: a permit is asked for twice.",
    "quick_gain": "A sample result: one form for two borders.",
    "organisation": "Sample agency",
    "answering": "Sample person, head of department",
    "answering_email": "person@sample.example",
    "vision": "A sample sentence on what should be different by 2030.",
}
MUST = frozenset({"organisation", "answering", "answering_email", "vision"})
SHOWN = ("obstacle_", "has_strategy", "services")
WHY = "Sample: the members see what stands in the way."
ALONE = frozenset({"none", "not_known"})  # choices that stand by themselves
RANKED = "_ranked"
MOST_CHOSEN = 3
SILENT_SHARE = 0.1
MOST_STAFF = 60
SEED = 20301231


@dataclass
class Answers:
    """Asks the sample's agencies and answers for some of them, as their people would."""

    people: dict[str, Viewer]
    now: datetime

    def run(self) -> None:
        """Enter both rounds."""
        self.under_way()
        self.earlier()

    def under_way(self) -> None:
        """Ask a few; the lead of Georgia's first agency has begun to answer."""
        survey = queries.survey_by_code(SURVEY)
        if survey is None:
            return
        asked = actions.put_sample_wave(
            survey=survey,
            facts=SampleWave(
                title=TranslatedText.of("Sample wave").with_text("ru", "Образец: раунд"),
                opens_on=self.now.date(),
                due_on=(self.now + DUE_IN).date(),
                organisations=_numbers(AGENCIES),
            ),
            now=self.now,
        )
        lead = self.people["lead.geo"]
        mine = next(one for one in asked if one.lead_id == lead.person_id)
        actions.start_response(invitation=mine, by=lead, now=self.now)

    def earlier(self) -> None:
        """Enter a round that is over, with the cleared answers of all sample agencies."""
        survey = queries.survey_by_code(EARLIER)
        if survey is None:
            return
        asked = actions.put_sample_wave(
            survey=survey,
            facts=SampleWave(
                title=TranslatedText.of("Earlier sample wave").with_text(
                    "ru", "Образец: прежний раунд"
                ),
                opens_on=(self.now - OPENED_BEFORE).date(),
                due_on=(self.now - DUE_BEFORE).date(),
                organisations=_numbers(
                    [*AGENCIES, *(further_code(letter, iso3) for letter, iso3, *_names in FURTHER)]
                ),
                state=WaveState.CLOSED,
            ),
            now=self.now,
        )
        dice = random.Random(SEED)  # noqa: S311  # the same sample each time
        questions = queries.questions(asked[0].wave, "en")
        for one in asked:
            actions.put_sample_response(
                invitation=one, values=_values(questions, dice), now=self.now - DUE_BEFORE
            )
        self.figures_for_others(asked[0].wave)

    def figures_for_others(self, wave: queries.Wave) -> None:
        """Let the cast's focal points consent to a few figures, and make them."""
        coordinator = self.people["coordinator"]
        chosen = [
            one.path
            for one in queries.releasable(wave)
            if one.path.rpartition("/")[2].startswith(SHOWN)
        ]
        asked = actions.ask_release(
            wave=wave, paths=chosen, to=Audience.MEMBERS, reason=WHY, by=coordinator, now=self.now
        ).releases
        things = {queries.thing_of(one) for one in asked}
        for name in ("focal.geo", "focal.kaz", "focal.uzb"):
            for proposal in members.releases_to_answer(self.people[name]):
                if proposal.thing in things:
                    actions.consent_to_release(
                        proposal=proposal, by=self.people[name], now=self.now
                    )
        actions.freeze_figures(wave=wave, ask=asked[0].ask, by=coordinator, now=self.now)


def _numbers(codes: Sequence[str]) -> list[tuple[int, int | None]]:
    return [
        (found.pk, found.member_id)
        for code in codes
        if (found := members.organisation_by_code(code))
    ]


def _values(questions: Sequence[Asking], dice: random.Random) -> dict[str, str]:
    """Make up one agency's answers by path; now and then one is left out."""
    found: dict[str, str] = {}
    for one in questions:
        name = one.path.rpartition("/")[2]
        values = [value for value, _label in one.choices]
        if name not in MUST and dice.random() < SILENT_SHARE:
            continue
        if name in SAID:
            found[one.path] = SAID[name]
        elif one.kind is Kind.ONE:
            found[one.path] = dice.choice(values)
        elif one.kind is Kind.MANY:
            chosen = [value for value in values if value not in ALONE]
            found[one.path] = " ".join(dice.sample(chosen, dice.randint(1, MOST_CHOSEN)))
        elif one.kind is Kind.RANK:
            chosen = found.get(one.path.removesuffix(RANKED), "").split()
            found[one.path] = " ".join(dice.sample(chosen, len(chosen)))
        elif one.kind is Kind.NUMBER and name.endswith("_staff"):
            found[one.path] = str(dice.randint(2, MOST_STAFF))
    return {path: value for path, value in found.items() if value}
