"""What is counted, for whom, and what stands apart."""

from dataclasses import replace

import pytest
from tests.factories import members as people
from tests.factories import programme
from tests.factories import surveys as make

from serai.base.access import NotFound
from serai.calc.xforms import Kind, Quartiles, Standing
from serai.members.access import expert_key, share_key
from serai.surveys.models import Answer, Response
from serai.surveys.queries import (
    answers,
    by_question,
    compared_waves,
    country_values,
    other_waves,
    results,
    wave_question,
)

pytestmark = pytest.mark.django_db

NAME, STAFF, HAS, MBPS = (
    "/data/office/name", "/data/office/staff", "/data/link/has", "/data/link/mbps",
)  # fmt: skip


def place(name, country="GEO", **fields):
    return people.organisation(name, country=country, **fields)


@pytest.fixture
def wave():
    found = make.wave()
    make.cleared(found, {HAS: "yes", MBPS: "20", STAFF: "4"}, organisation=place("Roads"))
    make.cleared(found, {HAS: "no", STAFF: "!not_known"}, organisation=place("Rails"))
    make.cleared(
        found, {HAS: "yes", MBPS: "!later", STAFF: "10"}, organisation=place("Ports", "UZB")
    )
    return found


def of(viewer, wave, path, by=""):
    found = results(viewer, wave, make.NOON, "en", section=path.split("/")[2], by=by)
    return next(row for row in found.rows if row.question.path == path)


def test_a_section_is_counted_with_what_is_missing_apart(wave):
    officer = people.viewer_with("officer")
    found = results(officer, wave, make.NOON, "en", section="link")

    assert found.sections == (
        ("office", "The office"),
        ("link", "The line"),
        ("room", "Meeting room"),
    )
    assert (len(found.responses), found.organisation_count, found.country_count) == (3, 3, 2)
    assert [row.question.path for row in found.rows] == [HAS, MBPS]
    has, mbps = (row.whole.tally for row in found.rows)
    assert (has.n, has.counts) == (3, {"yes": 2, "no": 1})
    assert (mbps.n, mbps.missing, mbps.not_applicable) == (1, 1, 1)
    assert mbps.quartiles == Quartiles(20, 20, 20, 20, 20, 20)
    staff = of(officer, wave, STAFF).whole.tally
    assert (staff.n, staff.no_information) == (2, 1)


def test_groups_are_members_or_kinds_of_organisation(wave):
    officer = people.viewer_with("officer")

    by_country = of(officer, wave, HAS, "country").groups
    by_kind = of(officer, wave, HAS, "type").groups

    assert [(one.key, one.name, one.tally.n) for one in by_country] == [
        ("GEO", "Georgia", 2), ("UZB", "Uzbekistan", 1),
    ]  # fmt: skip
    assert [(one.key, one.name, one.tally.n) for one in by_kind] == [
        ("government", "Government", 3)
    ]
    assert of(officer, wave, HAS, "nonsense").groups == ()


def test_drafts_withdrawn_answers_and_other_samples_are_not_counted(wave):
    officer = people.viewer_with("officer")
    make.cleared(wave, {HAS: "yes"}, organisation=place("Made up"), sample=True)
    gone = make.cleared(wave, {HAS: "yes"}, organisation=place("Gone"))
    Response.objects.filter(pk=gone.pk).update(state="withdrawn")
    draft = make.cleared(wave, {HAS: "yes"}, organisation=place("Draft"))
    Response.objects.filter(pk=draft.pk).update(cleared_through=0, state="signed")

    assert of(officer, wave, HAS).whole.tally.counts == {"yes": 2, "no": 1}


def test_what_was_written_since_it_was_cleared_is_not_counted(wave):
    officer = people.viewer_with("officer")
    found = Response.objects.filter(wave=wave).order_by("id").first()
    Answer.objects.create(
        response=found, path=HAS, value="no", form_version=wave.version, source="web",
        client_id="later",
    )  # fmt: skip

    assert of(officer, wave, HAS).whole.tally.counts == {"yes": 2, "no": 1}


def test_an_erased_answer_is_gone_although_its_response_was_counted_before(wave):
    officer = people.viewer_with("officer")
    of(officer, wave, STAFF)
    Answer.objects.filter(path=STAFF, value="4").update(value="", salt="")

    staff = of(officer, wave, STAFF).whole.tally
    assert (staff.n, staff.missing) == (1, 1)


def test_an_expert_counts_the_members_they_advise():
    initiative = programme.initiative()
    wave = make.wave(make.version(make.survey(initiative=initiative)))
    make.cleared(wave, {HAS: "yes"}, organisation=place("Roads"))
    make.cleared(wave, {HAS: "no"}, organisation=place("Ports", "UZB"))
    someone = people.viewer_with("contributor")
    expert = replace(someone, keys=someone.keys | {expert_key(initiative.code, "GEO")})

    found = answers(expert, wave, make.NOON, "en", paths=[HAS])

    assert [row.value for row in found.told[HAS]] == ["yes"]


NARROW = make.XFORM.replace(
    'nodeset="/data/office/name" type="string"',
    'nodeset="/data/office/name" type="string" serai:audience="security"',
)


def test_a_question_for_named_readers_is_theirs_alone():
    wave = make.wave(make.version(xform=NARROW))
    found = make.cleared(wave, {NAME: "Secret", STAFF: "3"}, organisation=place("Roads"))
    officer = people.viewer_with("officer")
    named = replace(officer, keys=officer.keys | {share_key(f"surveys.response:{found.pk}")})

    shown = [row.question.path for row in results(officer, wave, make.NOON, "en").rows]
    theirs = answers(named, wave, make.NOON, "en", paths=[NAME])

    assert shown == [STAFF]
    asked = wave_question(officer, wave.public_id, NAME[1:])
    assert by_question(officer, asked, make.NOON, "en") is None
    assert [row.value for row in theirs.told[NAME]] == ["Secret"]


def test_answers_to_one_question_keep_their_bodies_order_and_words(wave):
    officer = people.viewer_with("officer")
    asked = wave_question(officer, wave.public_id, MBPS[1:])
    found = by_question(officer, asked, make.NOON, "en")

    assert [(row.place, row.words, row.standing) for row in found.rows] == [
        ("Rails", "", Standing.NOT_APPLICABLE),
        ("Roads", "20", Standing.ANSWERED),
        ("Ports", "Will follow later", Standing.MISSING),
    ]
    assert found.result.question.kind is Kind.NUMBER
    assert country_values(found, "") == {"GEO": 20.0}


def test_members_on_the_map_are_shares_of_their_answers(wave):
    officer = people.viewer_with("officer")
    asked = wave_question(officer, wave.public_id, HAS[1:])

    assert country_values(by_question(officer, asked, make.NOON, "en"), "yes") == {
        "GEO": 50.0, "UZB": 100.0,
    }  # fmt: skip


def test_a_question_that_no_form_asks_is_not_there(wave):
    with pytest.raises(NotFound):
        wave_question(people.viewer_with("officer"), wave.public_id, "data/nothing")


def test_two_waves_meet_where_a_question_moved(wave):
    officer = people.viewer_with("officer")
    moved = make.XFORM.replace("/data/office/staff", "/data/office/people").replace(
        "<name/><staff/>", "<name/><people/>"
    )
    wave.survey.versions.update(state="superseded")
    newer = make.version(wave.survey, moved, moves={"/data/office/people": STAFF})
    later = make.wave(newer)
    make.cleared(later, {"/data/office/people": "8"}, organisation=place("Roads again"))

    found = compared_waves(officer, later, wave, make.NOON, "en", section="office").rows

    assert other_waves(later) == [wave]
    people_row = next(row for row in found if row.question.path == "/data/office/people")
    assert people_row.now.tally.quartiles.median == 8
    assert people_row.before.tally.quartiles.median == 7
    back = compared_waves(officer, wave, later, make.NOON, "en", section="office").rows
    assert next(row for row in back if row.question.path == STAFF).before.tally.n == 1


def test_five_queries_for_one_answer_and_for_three(wave, django_assert_num_queries):
    officer = people.viewer_with("officer")
    one = make.wave(wave.version)
    make.cleared(one, {HAS: "yes"}, organisation=place("Alone"))
    results(officer, wave, make.NOON, "en")  # the form is compiled once a process
    for asked in (one, wave):
        with django_assert_num_queries(5):
            results(officer, asked, make.NOON, "en", section="link")
