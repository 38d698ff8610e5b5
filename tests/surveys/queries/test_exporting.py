"""What leaves with whom: an officer all that is cleared, an expert the members they advise."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import programme
from tests.factories import surveys as make

from serai.calc.xforms import Ref
from serai.members.access import expert_key, share_key
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.models import Response
from serai.surveys.queries import export
from serai.surveys.queries.exporting import export_files

pytestmark = pytest.mark.django_db


def cleared(wave, text):
    asked = make.invitation(wave)
    lead = viewer_of(asked.lead, make.NOON)
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    change = Change("c1", Ref("/data/office/name"), 0, text)
    actions.write_answers(response=found, changes=[change], by=lead, now=make.NOON)
    newest = found.answers.order_by("-pk").first()
    Response.objects.filter(pk=found.pk).update(
        cleared_through=newest.pk, signed_through=newest.pk, state="cleared"
    )
    return found


def names(found):
    return [one.answers[Ref("/data/office/name")].value for one in found.responses]


def test_an_expert_takes_away_the_members_they_advise():
    initiative = programme.initiative()
    wave = make.wave(make.version(make.survey(initiative=initiative)))
    one = cleared(wave, "Ours")
    iso3 = one.invitation.country.iso3
    expert = people.viewer_with("contributor")
    theirs = replace(expert, keys=expert.keys | {expert_key(initiative.code, iso3)})
    others = replace(expert, keys=expert.keys | {expert_key(initiative.code, "XXX")})

    assert names(export(theirs, wave, make.NOON, "en")) == ["Ours"]
    assert names(export(others, wave, make.NOON, "en")) == []


def test_what_is_withdrawn_does_not_leave():
    wave = make.wave()
    found = cleared(wave, "Ours")
    Response.objects.filter(pk=found.pk).update(state="withdrawn")

    assert names(export(people.viewer_with("officer"), wave, make.NOON, "en")) == []


def test_four_queries_a_response_and_five_in_all(django_assert_num_queries):
    wave, officer = make.wave(), people.viewer_with("officer")
    cleared(wave, "1")
    export(officer, wave, make.NOON, "en")

    with django_assert_num_queries(5 + 4):
        export(officer, wave, make.NOON, "en")
    for text in ("2", "3"):
        cleared(wave, text)
    with django_assert_num_queries(5 + 3 * 4):
        export(officer, wave, make.NOON, "en")


def test_files_are_listed_for_their_asker():
    wave, mine, other = make.wave(), people.viewer_with("officer"), people.viewer_with("officer")
    kept = actions.keep_export(
        wave=wave, content=b"a", name="a.csv", media_type="text/csv", by=mine, now=make.NOON
    )

    assert (export_files(mine, wave), export_files(other, wave)) == ([kept], [])


# Results of answers for few: one beside them, one of another result, one that is let be read.
RESULTS = (
    make.XFORM.replace('serai:weight="2"', 'serai:audience="security"')
    .replace("<seats_total/>", "<seats_total/><twice/><four/><is_big/><day/>")
    .replace(
        '<bind nodeset="/data/meta/instanceID"',
        """<bind nodeset="/data/twice" type="int" calculate="/data/office/staff * 2"/>
<bind nodeset="/data/four" type="int" calculate="/data/twice * 2"/>
<bind nodeset="/data/is_big" type="string" calculate="if(/data/link/has = 'yes', 'big', 'small')"/>
<bind nodeset="/data/day" type="string" calculate="format-date(now(), '%d')"/>
<bind nodeset="/data/meta/instanceID\"""",
    )
)


def test_an_instance_holds_what_was_cleared_and_no_result_of_answers_for_few():
    wave = make.wave(make.version(xform=RESULTS))
    asked = make.invitation(wave)
    lead = viewer_of(asked.lead, make.NOON)
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    given = {"office/name": "Ours", "office/staff": "7", "link/has": "no"}
    changes = [Change(path, Ref(f"/data/{path}"), 0, text) for path, text in given.items()]
    actions.write_answers(response=found, changes=changes, by=lead, now=make.NOON)
    newest = found.answers.order_by("-pk").first()
    Response.objects.filter(pk=found.pk).update(
        cleared_through=newest.pk, signed_through=newest.pk, state="correcting"
    )
    base = found.answers.filter(path="/data/link/has").latest("pk").pk
    later = make.NOON + timedelta(days=3)
    Response.objects.filter(pk=found.pk).update(state="filling")
    change = Change("later", Ref("/data/link/has"), base, "yes")
    actions.write_answers(response=found, changes=[change], by=lead, now=later)

    found = export(people.viewer_with("officer"), wave, later, "en")

    (row,) = found.responses
    told = {ref.path.removeprefix("/data/"): held.value for ref, held in row.answers.items()}
    told.pop("meta/instanceID")
    assert told == {
        "office/name": "Ours", "link/has": "no", "link/is_fast": "no", "seats_total": "0",
        "is_big": "small", "day": "01",
    }  # fmt: skip
    assert "<office><name>Ours</name><staff/></office>" in row.instance
    assert "<twice/><four/><is_big>small</is_big><day>01</day>" in row.instance
    assert "<has>no</has>" in row.instance
    narrow = {one.name: one.audience for one in found.items if one.audience}
    assert narrow == {"office/staff": "security", "twice": "security", "four": "security"}


def test_named_readers_read_the_results_too():
    wave = make.wave(make.version(xform=RESULTS))
    asked = make.invitation(wave)
    lead = viewer_of(asked.lead, make.NOON)
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    change = Change("c1", Ref("/data/office/staff"), 0, "7")
    actions.write_answers(response=found, changes=[change], by=lead, now=make.NOON)
    newest = found.answers.order_by("-pk").first()
    Response.objects.filter(pk=found.pk).update(
        cleared_through=newest.pk, signed_through=newest.pk, state="cleared"
    )
    officer = people.viewer_with("officer")
    named = replace(officer, keys=officer.keys | {share_key(f"surveys.response:{found.pk}")})

    (row,) = export(named, wave, make.NOON, "en").responses

    assert row.answers[Ref("/data/four")].value == "28"
    assert "<twice>14</twice><four>28</four>" in row.instance
