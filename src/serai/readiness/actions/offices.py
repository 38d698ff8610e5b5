"""Offices and their rooms come from the invitations of the questionnaire and its cleared answers."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from serai.members.states import Audience
from serai.readiness.actions.acts import note_audit, take_step
from serai.readiness.models import Assessment, MeetingRoom, Office
from serai.readiness.queries.answers import OfficeAnswers, office_answers
from serai.readiness.queries.assessments import open_assessment
from serai.readiness.queries.definitions import definition_of, framework_needed
from serai.readiness.states import AssessmentState
from serai.surveys.queries.responses import fresh_response

if TYPE_CHECKING:
    from serai.members.models import Organisation
    from serai.surveys.models import Invitation

LONGEST_NAME, LONGEST_CITY = 200, 100


@transaction.atomic
def take_in_answers(*, response_id: int, now: datetime) -> Assessment | None:
    """Make or bring up to date an office, its rooms and its open assessment from cleared answers.

    Returns:
        The assessment, collecting again; None where the response is of no organisation.
    """
    framework = framework_needed()
    answers = office_answers(fresh_response(response_id), definition_of(framework).keys, now)
    asked = answers.given.response.invitation
    if asked is None or asked.organisation is None:
        return None
    office = _office(asked, asked.organisation, answers, now)
    _rooms(office, answers)
    found = open_assessment(office)
    if found is None:
        found = Assessment.objects.create(
            office=office, framework=framework, response_number=answers.number,
            as_of=now.date(), made_at=now, sample=office.sample,
        )  # fmt: skip
    else:
        _collect_again(found, answers, now)
    note_audit(
        "take_in_answers", office, by=None, now=now,
        after={"assessment": found.pk, "response": answers.number, "rooms": len(answers.rooms)},
    )  # fmt: skip
    return found


def _collect_again(found: Assessment, answers: OfficeAnswers, now: datetime) -> None:
    """Begin anew with what was cleared; an agreement with former results does not hold."""
    fields = {
        "response_number": answers.number,
        "as_of": now.date(),
        "due_on": None,
        "agreed_at": None,
        "agreed_by": None,
    }
    if found.state == AssessmentState.COLLECTING:
        Assessment.objects.filter(pk=found.pk).update(**fields)
        found.refresh_from_db()
        return
    take_step(found, AssessmentState.COLLECTING, **fields)


def _office(
    asked: "Invitation", place: "Organisation", answers: OfficeAnswers, now: datetime
) -> Office:
    """Return the office of an invitation, with what the answers say of it."""
    response = answers.given.response
    name = answers.name or asked.unit_label or place.names.pick(asked.language)[0]
    said = {
        "name": name[:LONGEST_NAME],
        "city": answers.city[:LONGEST_CITY],
        "audience": Audience.SECRETARIAT.value,
    }
    found, is_new = Office.objects.get_or_create(
        organisation=place,
        unit_key=asked.unit_key,
        defaults={
            **said,
            "initiative": response.wave.survey.initiative,
            "time_zone": place.member.time_zone if place.member else "UTC",
            "made_at": now,
            "sample": response.sample,
        },
    )
    if not is_new:
        for field, value in said.items():
            setattr(found, field, value or getattr(found, field))
        found.save(update_fields=[*said])
    return found


def _rooms(office: Office, answers: OfficeAnswers) -> None:
    """Keep a room for each entry; one whose entry is gone is closed and stays with its runs."""
    kept = {room.key: room for room in office.rooms.all()}
    for said in answers.rooms:
        room = kept.pop(said.key, None) or MeetingRoom(
            office=office, key=said.key, sample=office.sample
        )
        room.name = (said.name or room.name or said.key)[:LONGEST_NAME]
        room.seats = said.seats if said.seats is not None else room.seats
        room.is_closed = False
        room.save()
    office.rooms.filter(key__in=list(kept)).update(is_closed=True)
