"""Who asks for, sees, grants, lets out and withdraws releases; who reads what was let out."""

from dataclasses import replace

import pytest
from tests.factories import readiness as make
from tests.readiness.access.test_reading import (  # noqa: F401  the fixture
    CASES,
    COUNTRY,
    OWN,
    STAFF,
    found_by,
    house,
    row,
)

from serai.base.access import Viewer
from serai.readiness import access
from serai.readiness.models import Aggregate
from serai.readiness.queries import aggregates, released, releases

pytestmark = pytest.mark.django_db
SIGNED_MEMBERS = f"{OWN} {COUNTRY} {STAFF} expert officer_elsewhere other_lead other_focal_point"


@pytest.fixture
def let_out(house):  # noqa: F811
    office, viewers = house
    return make.released(make.confirmed(office)), viewers


def test_who_asks_for_a_release(house):  # noqa: F811
    office, viewers = house
    found = make.confirmed(office)

    assert found_by(lambda one: access.may_ask_release(one, found), viewers) == row(f"lead {STAFF}")


def test_who_asks_for_a_plans_lines(house):  # noqa: F811
    office, viewers = house
    run = make.plan_of(office)

    assert found_by(lambda one: access.may_ask_release(one, run), viewers) == row(STAFF)


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (access.may_see_release, f"{OWN} {COUNTRY} {STAFF}"),
        (access.may_grant, "focal_point"),
        (access.may_let_out, STAFF),
        (access.may_withdraw, f"focal_point {STAFF}"),
    ],
)
def test_who_acts_on_a_release(let_out, rule, allowed):
    release, viewers = let_out

    assert found_by(lambda one: rule(one, release), viewers) == row(allowed)


def test_the_list_of_releases_agrees_with_the_rule(let_out):
    release, viewers = let_out

    listed = found_by(lambda one: len(releases.releases(one)) == 1, viewers)

    assert listed == found_by(lambda one: access.may_see_release(one, release), viewers)


def test_a_plans_release_is_not_the_agencys(house):  # noqa: F811
    office, viewers = house
    release = make.plan_release(make.plan_of(office))

    assert found_by(lambda one: access.may_see_release(one, release), viewers) == row(
        f"{COUNTRY} {STAFF}"
    )
    assert found_by(lambda one: len(releases.releases(one)) == 1, viewers) == row(
        f"{COUNTRY} {STAFF}"
    )


def test_who_opens_the_list_of_releases(house):  # noqa: F811
    _office, viewers = house

    assert found_by(access.may_open_releases, viewers) == row(
        f"{OWN} {COUNTRY} {STAFF} officer_elsewhere other_lead other_focal_point"
    )


@pytest.mark.parametrize(
    ("audience", "state", "allowed"),
    [
        ("members", "released", SIGNED_MEMBERS),
        ("members", "granted", ""),
        ("members", "withdrawn", ""),
        ("public", "released", " ".join(CASES)),
        ("public", "withdrawn", ""),
    ],
)
def test_who_reads_what_was_let_out(let_out, audience, state, allowed):
    release, viewers = let_out
    type(release).objects.filter(pk=release.pk).update(audience=audience, state=state)
    release.refresh_from_db()

    seen = found_by(lambda one: access.may_read_released(one, release), viewers)

    assert seen == row(allowed)
    assert found_by(lambda one: len(released.released(one)) == 1, viewers) == row(allowed)


def test_whoever_is_told_of_the_gate(house):  # noqa: F811
    office, viewers = house

    assert found_by(lambda one: access.reads_gate(one, office), viewers) == row(
        f"{OWN} {COUNTRY} {STAFF}"
    )


def test_an_edition_for_the_secretariat_is_told_of_the_gate_and_one_for_members_not(house):  # noqa: F811
    office, _viewers = house

    assert access.reads_gate(Viewer(keys=frozenset({"secretariat"})), office)
    assert not access.reads_gate(Viewer(keys=frozenset({"members", "public"})), office)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("released", f"{SIGNED_MEMBERS} expert_elsewhere"),
        ("published", " ".join(CASES)),
        ("withdrawn", STAFF),
    ],
)
def test_who_reads_shares_of_many(house, state, allowed):  # noqa: F811
    _office, viewers = house
    found = Aggregate.objects.create(
        framework=make.framework(), measure="host", as_of=make.NOON.date(), state=state,
        organisations_count=20, countries_count=4, cells=[], groups={}, released_at=make.NOON,
    )  # fmt: skip

    seen = found_by(lambda one: access.may_read_aggregate(one, found), viewers)

    assert seen == row(allowed)
    assert found_by(lambda one: len(aggregates.aggregates(one)) == 1, viewers) == row(allowed)
    assert found_by(lambda one: access.may_keep_aggregate(one, found), viewers) == row(STAFF)
    assert found_by(access.may_keep_aggregates, viewers) == row(f"{STAFF} officer_elsewhere")


def test_everybody_opens_the_list_of_what_was_let_out(house):  # noqa: F811
    _office, viewers = house

    assert all(found_by(access.may_open_released, viewers).values())


def test_visitors_never_see_a_sample(let_out):
    release, viewers = let_out
    type(release).objects.filter(pk=release.pk).update(audience="public", sample=True)
    release.refresh_from_db()

    everybody = " ".join(name for name in viewers if name != "visitor")
    assert found_by(lambda one: access.may_read_released(one, release), viewers) == row(everybody)
    assert found_by(lambda one: len(released.released(one)) == 1, viewers) == row(everybody)


def test_sample_people_act_on_samples_alone(let_out):
    release, viewers = let_out
    officer = replace(viewers["officer"], is_sample=True)
    focal = replace(viewers["focal_point"], is_sample=True)
    shares = Aggregate(framework=release.assessment.framework, state="released")

    def acts():
        return (
            access.may_let_out(officer, release), access.may_grant(focal, release),
            access.may_withdraw(officer, release), access.may_withdraw(focal, release),
            access.may_ask_release(officer, release.assessment),
            access.may_keep_aggregate(officer, shares),
        )  # fmt: skip

    assert acts() == (False,) * 6
    release.sample = release.assessment.sample = shares.sample = True
    assert acts() == (True,) * 6
