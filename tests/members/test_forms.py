"""Forms of the room: what they begin with where there is no choice."""

import pytest

from serai.members.forms import RoleForm
from serai.members.states import Role

ONE = (("a", "Agency A"),)
TWO = (("a", "Agency A"), ("b", "Agency B"))


def form(roles, members=(), organisations=(), **more):
    return RoleForm(
        roles=roles, members=members, organisations=organisations, initiatives=(), **more
    )


@pytest.mark.parametrize(
    ("roles", "members", "organisations", "initial"),
    [
        ([Role.CONTRIBUTOR], (), ONE, {"role": "contributor", "organisation": "a"}),
        ([Role.CONTRIBUTOR], (), TWO, {"role": "contributor"}),
        ([Role.DEPUTY, Role.COMMITTEE], ONE, (), {"member": "a"}),
        ([Role.LEAD, Role.DEPUTY], ONE, ONE, {}),
    ],
)
def test_the_only_choice_is_chosen(roles, members, organisations, initial):
    assert form(roles, members, organisations).initial == initial


def test_what_was_given_stays():
    made = form([Role.CONTRIBUTOR], (), ONE, initial={"organisation": "z"})

    assert made.initial == {"organisation": "z", "role": "contributor"}


@pytest.mark.parametrize(("role", "is_told"), [(Role.EXPERT, True), (Role.LEAD, False)])
def test_the_hint_for_experts_stands_where_experts_are_given(role, is_told):
    assert bool(form([role]).fields["until_on"].help_text) is is_told
