"""Single answers: by reader and step, as they were consented to, and nothing beside them."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.released import HAS, NAME, a_wave, ask, cleared, consent, read

from serai.base.access import ANONYMOUS, NotFound
from serai.calc.xforms import Ref
from serai.members.queries import release_proposal, releases_to_answer, viewer_of
from serai.members.states import Audience
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.models import Answer, Entry, FormVersion, Release, Response
from serai.surveys.queries import things_of_country
from serai.surveys.queries.released import (
    first_released,
    has_released,
    let_out,
    released,
    showable,
    waves_released,
)
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db
STAFF = "/data/office/staff"
SEATS = "/data/room/seats"


@pytest.fixture
def wave():
    return a_wave()


@pytest.fixture
def focal():
    return people.viewer_with("focal_point", "GEO")


def readers(found):
    """Readers of every kind."""
    code = found.wave.survey.initiative.code
    return {
        "visitor": ANONYMOUS,
        "participant": people.viewer_with("participant"),
        "partner": people.viewer_with("partner"),
        "lead": viewer_of(found.invitation.lead, make.NOON),
        "own country": people.viewer_with("deputy", "GEO"),
        "other country": people.viewer_with("focal_point", "UZB"),
        "committee": people.viewer_with("committee", "MNG"),
        "officer": people.viewer_with("officer", code),
        "expert": people.viewer_with("expert", f"{code}:KAZ"),
    }


MEMBERS = {"lead", "own country", "other country", "committee", "officer", "expert"}
EVERYBODY = {"visitor", "participant", "partner"} | MEMBERS
# By audience and step: who reads the released answer.
STEPS = {
    ("members", "asked"): set(),
    ("members", "declined"): set(),
    ("members", "withdrawn"): set(),
    ("members", "consented"): MEMBERS,
    ("members", "taken back"): set(),
    ("public", "asked"): set(),
    ("public", "consented"): EVERYBODY,
    ("public", "taken back"): set(),
}


def reach(step, wave, focal):
    """Bring an asking to a step by its people's own acts."""
    coordinator = people.viewer_with("coordinator")
    (asked,) = releases_to_answer(focal)
    proposal = release_proposal(focal, asked.public_id)
    if step == "declined":
        actions.decline_release(proposal=proposal, note="No.", by=focal, now=make.NOON)
    if step == "withdrawn":
        proposal.proposed_by_id = coordinator.person_id
        proposal.save()
        actions.withdraw_release(proposal=proposal, by=coordinator, now=make.NOON)
    if step in {"consented", "taken back"}:
        consent(wave, focal)
    if step == "taken back":
        actions.take_back_release(
            release=Release.objects.get(), reason="Changed.", by=focal, now=make.NOON
        )


@pytest.mark.parametrize(("audience", "step"), STEPS)
def test_who_reads_a_released_answer_at_each_step(wave, focal, audience, step):
    found = cleared(wave)
    ask(wave, to=Audience(audience))
    everybody = readers(found)

    reach(step, wave, focal)

    seen = {who for who, viewer in everybody.items() if read(viewer, wave) == [("Roads", "Yes")]}
    blank = {who for who, viewer in everybody.items() if read(viewer, wave) == []}
    assert seen == STEPS[audience, step]
    assert blank == EVERYBODY - seen
    assert {who for who, viewer in everybody.items() if has_released(viewer, wave)} == seen
    assert {who for who, viewer in everybody.items() if waves_released(viewer)} == seen
    for who, viewer in everybody.items():
        if who not in seen:
            with pytest.raises(NotFound):
                first_released(viewer, wave.public_id)


def test_nothing_but_what_was_asked_of_who_consented(wave, focal):
    cleared(wave, "Roads", "GEO")
    cleared(wave, "Ports", "UZB")
    people.viewer_with("focal_point", "UZB")
    draft = cleared(wave, "Rails", "GEO")
    Response.objects.filter(pk=draft.pk).update(cleared_through=0, state="signed")
    ask(wave)

    consent(wave, focal)

    rows = released(people.viewer_with("committee", "MNG"), wave.public_id, make.NOON, "en")
    assert [
        (row.iso3, row.country, row.place, row.path, row.question, row.words, row.value, row.as_of)
        for row in rows
    ] == [
        ("GEO", "Georgia", "Roads", HAS, "Is there a leased line?", "Yes", "yes",
         make.NOON.date()),
    ]  # fmt: skip


def test_reasons_are_told_and_silence_is_not(wave, focal):
    cleared(wave, "Roads", **{STAFF: "!not_permitted"})
    cleared(wave, "Rails")
    ask(wave, [STAFF])

    consent(wave, focal)

    assert read(focal, wave) == [("Roads", "We may not say")]


def test_narrow_questions_and_files_are_not_offered():
    narrow = make.XFORM.replace(
        'nodeset="/data/link/has" type="string"',
        'nodeset="/data/link/has" type="string" serai:audience="security"',
    )

    found = {one.path for one in showable(make.wave(make.version(xform=narrow)))}

    assert HAS not in found
    assert {NAME, STAFF} <= found


def test_a_question_that_was_narrow_in_one_version_is_not_offered():
    narrow = make.XFORM.replace(
        'nodeset="/data/link/has" type="string"',
        'nodeset="/data/link/has" type="string" serai:audience="security"',
    )
    survey = make.survey()
    make.version(survey, xform=narrow, number=1, state="superseded")
    newest = make.version(survey, number=2)

    assert HAS not in {one.path for one in showable(make.wave(newest))}


def test_a_question_that_becomes_narrow_later_is_shown_no_more(wave, focal):
    cleared(wave)
    ask(wave)
    consent(wave, focal)
    narrow = make.XFORM.replace(
        'nodeset="/data/link/has" type="string"',
        'nodeset="/data/link/has" type="string" serai:audience="security"',
    )

    FormVersion.objects.update(state="superseded")
    make.version(wave.survey, xform=narrow)

    assert read(focal, wave) == []


def correct(found, text, *, is_cleared):
    """Write another answer, as a correction does; clear it or not."""
    Response.objects.filter(pk=found.pk).update(state="filling")
    lead, fresh = viewer_of(found.invitation.lead, make.NOON), fresh_response(found.pk)
    head = fresh.heads.get(path=HAS)
    actions.write_answers(
        response=fresh,
        changes=[Change("again", Ref(HAS), head.answer_id, text)],
        by=lead,
        now=make.NOON,
    )
    newest = fresh.answers.order_by("-pk").first().pk
    facts = {"cleared_through": newest, "signed_through": newest} if is_cleared else {}
    Response.objects.filter(pk=found.pk).update(
        state="cleared" if is_cleared else "correcting", **facts
    )


@pytest.mark.parametrize("is_cleared", [False, True])
def test_a_later_correction_is_shown_only_after_a_new_consent(wave, focal, is_cleared):
    found = cleared(wave)
    ask(wave)
    consent(wave, focal)

    correct(found, "no", is_cleared=is_cleared)

    assert read(focal, wave) == [("Roads", "Yes")]
    ask(wave)
    assert read(focal, wave) == [("Roads", "Yes")]
    consent(wave, focal)
    assert read(focal, wave) == [("Roads", "No" if is_cleared else "Yes")]


def test_a_response_that_is_withdrawn_is_gone_at_once(wave, focal):
    found = cleared(wave)
    ask(wave)
    consent(wave, focal)

    Response.objects.filter(pk=found.pk).update(state="withdrawn")

    assert read(focal, wave) == []


def test_what_is_erased_is_gone_at_once(wave, focal):
    found = cleared(wave)
    ask(wave, [NAME])
    consent(wave, focal)
    before = read(focal, wave)

    found.answers.filter(path=NAME).update(value="", salt="")

    assert (before, read(focal, wave)) == ([("Roads", "Office of Roads")], [])


def room(found, key, seats):
    """One more room of a response, with its seats."""
    Entry.objects.create(response=found, repeat_path="/data/room", key=key, position=1)
    return Answer.objects.create(
        response=found, path=SEATS, entry=key, value=seats, form_version=found.version,
        source="web", client_id=key, at=make.NOON,
    )  # fmt: skip


def test_entries_are_told_as_they_stood(wave, focal):
    found = cleared(wave)
    newest = room(found, "r1", "12")
    Response.objects.filter(pk=found.pk).update(cleared_through=newest.pk, revision=90)
    ask(wave, [SEATS])
    consent(wave, focal)

    newest = room(found, "r2", "34")
    Response.objects.filter(pk=found.pk).update(cleared_through=newest.pk, revision=91)

    rows = released(focal, wave.public_id, make.NOON, "en")
    assert [(row.entry, row.words, row.path) for row in rows] == [(1, "12", SEATS)]


def test_the_preview_is_what_is_read_afterwards(wave, focal):
    cleared(wave)
    ask(wave, [HAS, NAME])
    before = let_out(Release.objects.get(), make.NOON, "en")

    consent(wave, focal)

    after = let_out(Release.objects.get(), make.NOON, "en")
    assert before.rows == after.rows == tuple(released(focal, wave.public_id, make.NOON, "en"))
    assert (len(before.seal), after.seal, len(before.rows)) == (64, "", 2)


def test_samples_are_never_for_visitors(wave, focal):
    cleared(wave)
    ask(wave, to=Audience.PUBLIC)
    consent(wave, focal)

    Release.objects.update(sample=True)

    assert (read(ANONYMOUS, wave), len(read(focal, wave))) == ([], 1)


def test_the_country_finds_it_among_what_it_has_let_out(wave, focal):
    cleared(wave)
    ask(wave)
    before = things_of_country(focal, "GEO")

    consent(wave, focal)

    (row,) = things_of_country(focal, "GEO")
    assert before == []
    assert (row.address, row.kind) == (
        f"/en/surveys/waves/{wave.public_id}/released/", "Answers shown one by one",
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_queries_for_one_country_and_for_three(wave, count, django_assert_num_queries):
    focals = []
    for code in ("GEO", "KAZ", "UZB")[:count]:
        cleared(wave, f"Agency of {code}", code)
        focals.append(people.viewer_with("focal_point", code))
    ask(wave)
    consent(wave, *focals)
    viewer = people.viewer_with("committee", "MNG")
    read(viewer, wave)

    with django_assert_num_queries(5):
        rows = read(viewer, wave)

    assert len(rows) == count
