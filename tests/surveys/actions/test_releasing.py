"""Figures for others: asked, consented to, made once, taken back."""

from dataclasses import replace

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import initiative

from serai.base.access import Denied
from serai.base.models import Message as Letter
from serai.calc.xforms import Protected
from serai.members.queries import release_proposal, releases_to_answer
from serai.members.states import Audience
from serai.surveys import actions, queries
from serai.surveys.actions import Refused
from serai.surveys.models import Figure, Release
from serai.surveys.states import ReleaseStep

pytestmark = pytest.mark.django_db

HAS, STAFF, NAME = "/data/link/has", "/data/office/staff", "/data/office/name"
COUNTRIES = ("GEO", "KAZ", "UZB")


@pytest.fixture
def wave():
    found = make.wave()
    for number, country in enumerate([*COUNTRIES, *COUNTRIES]):
        make.cleared(
            found, {HAS: "yes" if number < 4 else "no", STAFF: str(4 + number)},
            organisation=people.organisation(f"Agency {number}", country=country),
        )  # fmt: skip
    return found


@pytest.fixture
def coordinator():
    return people.viewer_with("coordinator")


@pytest.fixture
def focals():
    return [people.viewer_with("focal_point", code) for code in COUNTRIES]


def ask(wave, by, paths=(HAS,), to=Audience.MEMBERS):
    return actions.ask_release(
        wave=wave, paths=paths, to=to, reason="They asked.", by=by, now=make.NOON
    )


def consent(*focals):
    for one in focals:
        for proposal in releases_to_answer(one):
            actions.consent_to_release(proposal=proposal, by=one, now=make.NOON)


def freeze(wave, by, asked):
    return actions.freeze_figures(wave=wave, ask=asked.releases[0].ask, by=by, now=make.NOON)


def test_each_country_is_asked_and_its_focal_point_written_to(wave, coordinator, focals):
    found = ask(wave, coordinator)

    assert [(row.country.iso3, row.state, row.audience) for row in found.releases] == [
        (code, "asked", "secretariat") for code in COUNTRIES
    ]
    assert len({row.ask for row in found.releases}) == 1
    asked = Letter.objects.filter(key__startswith="surveys.release_asked:")
    assert sorted(asked.values_list("person_id", flat=True)) == sorted(
        one.person_id for one in focals
    )
    assert [len(releases_to_answer(one)) for one in focals] == [1, 1, 1]


def test_the_asking_stands_for_its_focal_point_alone(wave, coordinator, focals):
    ask(wave, coordinator)
    readers = [focals[0], people.viewer_with("deputy", "GEO"), people.viewer_with("officer")]

    assert [len(queries.consents_of_country(one)) for one in readers] == [1, 0, 0]


def test_countries_without_anybody_are_named_and_left_out(wave, coordinator):
    people.viewer_with("focal_point", "GEO")

    found = ask(wave, coordinator)

    assert [row.country.iso3 for row in found.releases] == ["GEO"]
    assert len(found.without_anybody) == 2
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paths": []}, "paths"),
        ({"paths": [NAME]}, "paths"),  # a text
        ({"to": Audience.COUNTRY}, "audience"),
        ({"reason": " "}, "reason"),
    ],
)
def test_an_asking_says_what_for_whom_and_why(wave, coordinator, focals, changes, field):
    wanted = {"paths": [HAS], "to": Audience.MEMBERS, "reason": "They asked."} | changes

    with pytest.raises(Refused) as refused:
        actions.ask_release(wave=wave, by=coordinator, now=make.NOON, **wanted)

    assert refused.value.field == field


def test_one_asking_waits_at_a_time(wave, coordinator, focals):
    ask(wave, coordinator)

    with pytest.raises(Refused):
        ask(wave, coordinator, [STAFF])


@pytest.mark.parametrize("role", ["officer", "expert", "focal_point", "lead"])
def test_only_a_coordinator_asks(wave, role):
    scope = {
        "focal_point": "GEO", "expert": "GEO", "lead": people.organisation("Any"),
    }.get(role)  # fmt: skip
    viewer = people.viewer_with(role, scope)

    with pytest.raises(Denied):
        ask(wave, viewer)


def test_a_coordinator_of_another_initiative_does_not(focals):
    survey = make.survey(initiative=initiative())
    other = replace(people.viewer_with("coordinator"), roles=frozenset({"coordinator@elsewhere"}))

    with pytest.raises(Denied):
        ask(make.wave(make.version(survey)), other)


def test_figures_wait_for_every_country(wave, coordinator, focals):
    asked = ask(wave, coordinator)
    consent(*focals[:2])

    with pytest.raises(Refused):
        freeze(wave, coordinator, asked)


def test_figures_count_who_consented_and_prove_themselves(wave, coordinator, focals):
    asked = ask(wave, coordinator, [HAS, STAFF])
    consent(*focals)

    made = freeze(wave, coordinator, asked)

    rows = {(one.path, one.breakdown): one for one in made.figures}
    assert set(rows) == {(HAS, ""), (STAFF, "")}  # one kind of organisation is no breakdown
    member = people.viewer_with("focal_point", "GEO")
    shown = queries.figures(member, "en", wave=wave.public_id)
    whole = next(one for one in shown if (one.path, one.breakdown) == (HAS, ""))
    assert whole.told == {"": Protected(6, {"yes": 0.65, "no": 0.35}, {})}
    assert (whole.n, whole.audience, whole.statistic) == (6, Audience.MEMBERS, "shares")
    kept = Figure.objects.get(public_id=whole.public_id)
    assert actions.figure_hash(kept) == kept.hash
    kept.values[""]["n"] = 7
    assert actions.figure_hash(kept) != kept.hash
    with pytest.raises(Refused):
        freeze(wave, coordinator, asked)


def test_too_few_who_consent_make_no_figure(wave, coordinator, focals):
    asked = ask(wave, coordinator)
    consent(*focals[:2])
    proposal = releases_to_answer(focals[2])[0]
    actions.decline_release(proposal=proposal, note="No.", by=focals[2], now=make.NOON)

    made = freeze(wave, coordinator, asked)

    assert (made.figures, made.withheld) == ((), ("Is there a leased line?",))
    assert Release.objects.get(country__iso3="UZB").state == ReleaseStep.DECLINED


def test_who_declined_is_never_counted_by_the_word_of_those_of_no_country(
    wave, coordinator, focals
):
    make.cleared(wave, {HAS: "yes"}, organisation=people.organisation("Bank", country=None))
    asked = ask(wave, coordinator)
    for one in focals:
        for proposal in releases_to_answer(one):
            actions.decline_release(proposal=proposal, note="No.", by=one, now=make.NOON)

    made = freeze(wave, coordinator, asked)

    assert (made.figures, made.withheld) == ((), ("Is there a leased line?",))


def test_those_of_no_country_are_counted_with_the_countries_that_consented(
    wave, coordinator, focals
):
    make.cleared(wave, {HAS: "yes"}, organisation=people.organisation("Bank", country=None))
    asked = ask(wave, coordinator)
    consent(*focals)

    made = freeze(wave, coordinator, asked)

    assert [one.n for one in made.figures if not one.breakdown] == [7]


def test_a_second_figure_that_differs_by_one_answer_is_not_made(wave, coordinator, focals):
    first = ask(wave, coordinator)
    consent(*focals)
    freeze(wave, coordinator, first)
    make.cleared(wave, {HAS: "no"}, organisation=people.organisation("Late", country="GEO"))

    second = ask(wave, coordinator)
    consent(*focals)

    assert freeze(wave, coordinator, second).figures == ()


def test_who_asked_may_withdraw_what_waits(wave, coordinator, focals):
    ask(wave, coordinator)
    thing = releases_to_answer(focals[0])[0]

    row = actions.withdraw_release(
        proposal=release_proposal(coordinator, thing.public_id), by=coordinator, now=make.NOON
    )

    assert row.state == ReleaseStep.WITHDRAWN
    assert releases_to_answer(focals[0]) == []


def test_a_consent_taken_back_takes_the_figures_from_others(wave, coordinator, focals):
    asked = ask(wave, coordinator)
    consent(*focals)
    freeze(wave, coordinator, asked)
    member = people.viewer_with("focal_point", "KAZ")
    row = Release.objects.get(country__iso3="GEO")

    actions.take_back_release(release=row, reason="A mistake.", by=focals[0], now=make.NOON)

    assert queries.figures(member, "en") == []
    assert {one.audience for one in queries.figures(coordinator, "en")} == {Audience.SECRETARIAT}
    row.refresh_from_db()
    assert (row.state, row.audience) == (ReleaseStep.TAKEN_BACK, "secretariat")


def test_the_focal_point_of_another_country_takes_nothing_back(wave, coordinator, focals):
    ask(wave, coordinator)
    consent(*focals)

    with pytest.raises(Denied):
        actions.take_back_release(
            release=Release.objects.get(country__iso3="GEO"), reason="Mine.", by=focals[1],
            now=make.NOON,
        )  # fmt: skip
