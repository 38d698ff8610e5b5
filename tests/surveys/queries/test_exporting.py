"""What leaves with whom: an officer all that is cleared, an expert the members they advise."""

from dataclasses import replace

import pytest
from tests.factories import members as people
from tests.factories import programme
from tests.factories import surveys as make

from serai.calc.xforms import Ref
from serai.members.access import expert_key
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
