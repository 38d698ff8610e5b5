"""Waves and who is asked in them."""

from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS, NotFound
from serai.base.text import TranslatedText
from serai.surveys import queries
from serai.surveys.models import Response
from serai.surveys.queries.waves import full_title
from serai.surveys.states import InvitationState, ResponseState, VersionState, WaveState

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.viewer_with("officer")


@pytest.mark.parametrize("count", [1, 3])
def test_waves_of_a_survey_with_their_counts(officer, count, django_assert_num_queries):
    version = make.version()
    for n in range(count):
        wave = make.wave(version, due_on=date(2021, 4, 1 + n))
        done = make.invitation(wave, state="done")
        make.invitation(wave)
        Response.objects.create(wave=wave, invitation=done, version=version, state="signed")

    with django_assert_num_queries(1):
        rows = queries.waves(officer, version.survey)

    assert [row.due_on.day for row in rows] == list(range(count, 0, -1))
    assert {(row.asked_count, row.answered_count) for row in rows} == {(2, 1)}


@pytest.mark.parametrize("count", [1, 3])
def test_invitations_stand_by_country_and_name(officer, count, django_assert_num_queries):
    wave = make.wave()
    for n in range(count):
        make.invitation(wave, organisation=people.organisation(f"Agency {9 - n}"))
    first = make.invitation(
        wave, organisation=people.organisation("Office", country="AZE"), unit_label="Baku",
        due_on=date(2021, 5, 1), signer=people.person(full_name="A. Signer"),
    )  # fmt: skip
    Response.objects.create(wave=wave, invitation=first, version=wave.version)

    with django_assert_num_queries(1):
        rows = queries.invitations_of(officer, wave)

    assert [row.place for row in rows] == [
        "Office, Baku",
        *sorted(f"Agency {9 - n}" for n in range(count)),
    ]
    assert (rows[0].iso3, rows[0].signer, rows[0].due_on, rows[0].has_own_due) == (
        "AZE", "A. Signer", date(2021, 5, 1), True,
    )  # fmt: skip
    assert [row.response_state for row in rows] == [ResponseState.FILLING, *([None] * count)]


def test_one_wave_is_found_by_those_who_look_after_its_survey(officer):
    wave = make.wave()

    assert queries.wave(officer, wave.public_id) == wave
    assert queries.any_wave(people.viewer_with("lead"), wave.public_id) == wave
    for find, viewer in ((queries.wave, people.viewer_with("lead")), (queries.any_wave, ANONYMOUS)):
        with pytest.raises(NotFound):
            find(viewer, wave.public_id)


def test_only_published_versions_are_offered():
    survey = make.survey()
    make.version(survey, state=VersionState.SUPERSEDED.value)
    latest = make.version(survey)

    assert queries.version_choices(survey) == [(latest.public_id, "2")]
    assert queries.version_of(survey, latest.public_id) == latest
    assert queries.version_of(make.survey(), latest.public_id) is None


def test_faults_name_drafted_bodies_without_a_person(officer):
    wave = make.wave()
    for name, state in (("Roads", "drafted"), ("Rails", "sent")):
        row = make.invitation(wave, state=state, organisation=people.organisation(name))
        row.lead = None
        row.save()

    found = queries.faults_of(queries.invitations_of(officer, wave))

    assert found == [
        "Roads: nobody is named to answer. Choose a person or write an e-mail address."
    ]


def test_sending_says_how_many_letters_are_written():
    wave = make.wave(state=WaveState.SENDING.value)
    for state in ("sent", "sent", "drafted", "cancelled"):
        make.invitation(wave, state=state)

    job = queries.sending(wave, "/here/", 2)

    assert (job.done, job.total, job.words, job.wait_seconds) == (2, 3, "2 of 3 letters", 7)
    assert queries.sending(make.wave(), "/here/") is None


def test_drafted_are_those_without_a_letter():
    wave = make.wave()
    row = make.invitation(wave, state=InvitationState.DRAFTED.value)
    make.invitation(wave)

    assert queries.drafted(wave) == [row]


def test_a_country_sees_the_open_waves_that_ask_its_agencies():
    ours, planned = make.wave(), make.wave(state=WaveState.PLANNED.value)
    for wave in (ours, planned):
        make.invitation(wave)
    make.invitation(make.wave(), organisation=people.organisation(country="UZB"))

    found = queries.waves_of_country(people.viewer_with("deputy", "GEO"))

    assert [number for number, _survey, _title, _day in found] == [ours.public_id]
    assert queries.waves_of_country(people.viewer_with("lead")) == []


def test_late_waves_are_the_open_ones_whose_day_has_come():
    wave = make.wave()
    make.wave(due_on=date(2021, 6, 1))
    make.wave(state=WaveState.CLOSED.value)

    found = queries.late_waves(make.NOON.replace(day=31))

    assert found == [wave]


@pytest.mark.parametrize(
    ("survey", "wave", "said"),
    [
        ("Offices", "First round", "Offices, First round"),
        ("Offices", "Government offices, 2026", "Government offices, 2026"),
    ],
)
def test_a_wave_is_named_with_its_survey_unless_its_own_title_does(survey, wave, said):
    version = make.version(make.survey(title=TranslatedText.of(survey)))
    found = make.wave(version, title=TranslatedText.of(wave))

    assert full_title(found, "en") == said
