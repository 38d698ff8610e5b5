"""The sample's round of questions: agencies asked, some answering, one signed, one cleared."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.members import queries as members
from serai.surveys import actions, queries
from serai.surveys.actions import SampleWave

SURVEY = "readiness-office"
DUE_IN = timedelta(days=21)
AGENCIES = (
    "sample-agency-a-geo", "sample-agency-b-geo", "sample-agency-a-kaz", "sample-agency-a-uzb",
    "sample-agency-b-uzb",
)  # fmt: skip


@dataclass
class Answers:
    """Asks the sample's agencies and answers for some of them, as their people would."""

    people: dict[str, Viewer]
    now: datetime

    def run(self) -> None:
        """Ask everybody; the lead of Georgia's first agency has begun to answer."""
        survey = queries.survey_by_code(SURVEY)
        if survey is None:
            return
        asked = actions.put_sample_wave(
            survey=survey,
            facts=SampleWave(
                title=TranslatedText.of("Sample round").with_text("ru", "Образец: раунд"),
                opens_on=self.now.date(),
                due_on=(self.now + DUE_IN).date(),
                organisations=[
                    (found.pk, found.member_id)
                    for code in AGENCIES
                    if (found := members.organisation_by_code(code))
                ],
            ),
            now=self.now,
        )
        lead = self.people["lead.geo"]
        mine = next(one for one in asked if one.lead_id == lead.person_id)
        actions.start_response(invitation=mine, by=lead, now=self.now)
