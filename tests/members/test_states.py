"""What may follow what, and the order of audiences."""

import pytest

from serai.members.states import (
    ALLOWED,
    GIVES,
    OWNER,
    Audience,
    OrganisationState,
    PersonState,
    Role,
    narrowest,
)


def test_audiences_widen_in_order():
    assert [audience.width for audience in Audience] == [0, 1, 2, 3, 4]
    assert Audience.PUBLIC.is_wider_than(Audience.MEMBERS) is True
    assert Audience.MEMBERS.is_wider_than(Audience.MEMBERS) is False


def test_a_derived_thing_is_as_narrow_as_its_narrowest_input():
    assert narrowest(Audience.PUBLIC, Audience.COUNTRY, Audience.MEMBERS) is Audience.COUNTRY


@pytest.mark.parametrize("kind", ALLOWED)
def test_every_state_has_its_followers_and_owner(kind):
    assert set(ALLOWED[kind]) == set(kind) == set(OWNER[kind])
    assert all(following <= set(kind) for following in ALLOWED[kind].values())


def test_closed_accounts_and_merged_organisations_stay_so():
    assert ALLOWED[PersonState][PersonState.CLOSED] == frozenset()
    assert ALLOWED[OrganisationState][OrganisationState.MERGED] == frozenset()


def test_nobody_outside_the_table_gives_roles():
    assert set(GIVES) == {Role.COORDINATOR, Role.FOCAL_POINT, Role.DEPUTY, Role.LEAD}
