"""Giving and ending roles."""

from datetime import date, timedelta

import pytest
from tests.factories import members as make

from serai.base.access import Denied
from serai.base.models import AuditEntry, Message
from serai.members import actions, queries
from serai.members.actions import Refused, RoleWanted
from serai.members.models import Grant
from serai.members.states import GrantState, PersonState, Role

pytestmark = pytest.mark.django_db
NOON = make.NOON


def test_give_role_tells_the_person_and_the_audit():
    person = make.person()

    grant = actions.give_role(
        person=person,
        wanted=RoleWanted(Role.OFFICER, initiatives=("virtual-carec",), reason="New team"),
        by=make.viewer_with("coordinator"),
        now=NOON,
    )

    assert (grant.role, grant.initiatives, grant.from_on) == (
        "officer",
        ["virtual-carec"],
        NOON.date(),
    )
    assert queries.viewer_of(person, NOON).roles == {"officer@virtual-carec"}
    assert Message.objects.get().subject == "A new role: Secretariat officer"
    assert AuditEntry.objects.get(verb="give_role").after["role"] == "officer"


def test_give_role_refuses_the_same_twice():
    person = make.person_with("officer")

    with pytest.raises(Refused, match="holds this role already"):
        actions.give_role(
            person=person,
            wanted=RoleWanted(Role.OFFICER),
            by=make.viewer_with("coordinator"),
            now=NOON,
        )


def test_give_role_refuses_a_closed_organisation_and_a_paused_account():
    agency = make.organisation(state="closed")
    focal = make.viewer_with("focal_point")
    paused = make.person(state=PersonState.PAUSED)

    with pytest.raises(Refused, match="closed or merged"):
        actions.give_role(
            person=make.person(),
            wanted=RoleWanted(Role.LEAD, organisation=agency),
            by=focal,
            now=NOON,
        )
    with pytest.raises(Refused, match="not active"):
        actions.give_role(
            person=paused, wanted=RoleWanted(Role.DEPUTY, member=make.member()), by=focal, now=NOON
        )


def test_end_grant_takes_the_keys_away():
    person = make.person_with("deputy")
    grant = person.grants.get()

    actions.end_grant(grant=grant, reason="Moved", by=make.viewer_with("focal_point"), now=NOON)

    assert queries.viewer_of(person, NOON).keys == {"public", f"person:{person.pk}"}
    assert Grant.objects.get(pk=grant.pk).end_reason == "Moved"


def test_end_grant_refuses_who_may_not_and_admits_the_holder():
    person = make.person_with("deputy")
    grant = person.grants.get()

    with pytest.raises(Denied):
        actions.end_grant(grant=grant, reason="", by=make.viewer_with("officer"), now=NOON)
    actions.end_grant(grant=grant, reason="", by=queries.viewer_of(person, NOON), now=NOON)

    assert Grant.objects.get(pk=grant.pk).state == GrantState.ENDED


def test_end_due_grants_ends_the_past_and_warns_14_days_before():
    day = NOON.date()
    make.grant("officer", until_on=day - timedelta(days=1))
    soon = make.grant("officer", until_on=day + timedelta(days=14))
    make.grant("officer", until_on=day + timedelta(days=15))
    make.grant("officer", until_on=day)

    ended = actions.end_due_grants(now=NOON)
    again = actions.end_due_grants(now=NOON)

    assert (ended, again) == (1, 0)
    kinds = sorted(key.partition(":")[0] for key in Message.objects.values_list("key", flat=True))
    assert kinds == ["members.grant_ended", "members.grant_ending", "members.grant_ending"]
    assert Grant.objects.get(pk=soon.pk).warned_at == NOON


def test_a_grant_holds_until_the_end_of_its_last_day():
    person = make.person()
    make.grant("officer", to=person, from_on=date(2021, 6, 30), until_on=date(2021, 6, 30))

    held = [
        queries.viewer_of(person, NOON + timedelta(days=shift)).holds("officer")
        for shift in (-1, 0, 1)
    ]

    assert held == [False, True, False]


def test_a_role_in_an_organisation_makes_and_ends_the_affiliation():
    agency = make.organisation()
    person = make.person()
    lead = make.viewer_with("lead", agency)
    focal = make.viewer_with("focal_point")
    first = actions.give_role(
        person=person, wanted=RoleWanted(Role.CONTRIBUTOR, organisation=agency), by=lead, now=NOON
    )
    second = actions.give_role(
        person=person, wanted=RoleWanted(Role.LEAD, organisation=agency), by=focal, now=NOON
    )
    belongs = [(row.organisation, row.from_on, row.until_on) for row in person.affiliations.all()]
    told = Message.objects.filter(person=person, key__startswith="members.grant_given")
    assert told.count() == 2

    actions.end_grant(grant=first, reason="", by=lead, now=NOON)
    kept = person.affiliations.get().until_on
    actions.end_grant(grant=second, reason="", by=focal, now=NOON + timedelta(days=3))

    assert belongs == [(agency, NOON.date(), None)]
    assert kept is None
    assert person.affiliations.get().until_on == NOON.date() + timedelta(days=3)


def test_a_giver_who_may_give_no_longer_is_not_led_to_the_roles():
    giver = make.person_with("coordinator")
    soon = make.grant("officer", until_on=NOON.date() + timedelta(days=14), given_by=giver)
    giver.grants.update(until_on=date(2021, 6, 29))

    actions.end_due_grants(now=NOON)

    ending = Message.objects.filter(key__startswith="members.grant_ending")
    assert [(row.person, row.link) for row in ending] == [(soon.person, "/members/me/")]


def test_a_giver_who_still_gives_is_led_to_the_roles():
    giver = make.person_with("coordinator")
    make.grant("officer", until_on=NOON.date() + timedelta(days=14), given_by=giver)

    actions.end_due_grants(now=NOON)

    links = Message.objects.order_by("id").values_list("link", flat=True)
    assert list(links) == ["/members/me/", "/members/roles/"]
