"""Releases: asked, granted, let out, withdrawn; who may, when, and which letters go out."""

import pytest
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.access import Denied
from serai.base.models import Message
from serai.members.states import Audience
from serai.readiness import actions
from serai.readiness.actions import Refused
from serai.readiness.models import Assessment, Release

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    return make.confirmed()


@pytest.fixture
def officer():
    return people.viewer_with("officer")


@pytest.fixture
def focal():
    return people.viewer_with("focal_point", "GEO")


def ask(found, by, audience=Audience.MEMBERS, reason="For a study"):
    return actions.ask_release(
        assessment=found, audience=audience, reason=reason, by=by, now=make.NOON
    )


def let_out(found, officer, focal, audience=Audience.MEMBERS):
    asked = ask(found, officer, audience)
    actions.grant_release(release=asked, by=focal, now=make.NOON)
    return actions.let_out(release=asked, by=officer, now=make.NOON)


def audience_of(found):
    found.refresh_from_db()
    return found.audience


def letters():
    return sorted(one.key.partition(":")[0] for one in Message.objects.all())


def test_members_read_it_only_when_both_said_yes(found, officer, focal):
    asked = ask(found, officer)
    assert audience_of(found) == "secretariat"

    actions.grant_release(release=asked, by=focal, now=make.NOON)
    assert audience_of(found) == "secretariat"

    actions.let_out(release=asked, by=officer, now=make.NOON)
    assert audience_of(found) == "members"
    asked.refresh_from_db()
    assert (asked.state, asked.granted_by_id, asked.released_by_id) == (
        "released", focal.person_id, officer.person_id,
    )  # fmt: skip


def test_letters_go_to_who_acts_next_and_name_no_score(found, officer, focal):
    lead = people.viewer_with("lead", found.office.organisation)
    asked = ask(found, lead)
    assert letters() == ["readiness.release_asked"]

    actions.grant_release(release=asked, by=focal, now=make.NOON)
    actions.let_out(release=asked, by=officer, now=make.NOON)
    actions.withdraw_release(release=asked, reason="Changed our mind", by=focal, now=make.NOON)

    assert letters() == [
        "readiness.release_asked", "readiness.release_granted",
        "readiness.release_withdrawn", "readiness.release_withdrawn",
    ]  # fmt: skip
    told = Message.objects.filter(key__startswith="readiness.release_withdrawn:")
    assert {one.person_id for one in told} == {lead.person_id, officer.person_id}
    assert not any("61" in one.text for one in Message.objects.all())


@pytest.mark.parametrize("by", ["lead", "officer"])
def test_agency_or_officer_asks(found, by):
    scope = found.office.organisation if by == "lead" else None
    asked = ask(found, people.viewer_with(by, scope))

    assert (asked.state, asked.audience, asked.country.iso3) == ("asked", "members", "GEO")


@pytest.mark.parametrize(
    ("role", "scope"), [("focal_point", "GEO"), ("contributor", None), ("lead", None)]
)
def test_others_may_not_ask(found, role, scope):
    place = scope or people.organisation()

    with pytest.raises(Denied):
        ask(found, people.viewer_with(role, place))


def test_only_confirmed_results_are_asked_for(officer):
    found = make.assessment(state="under_review")

    with pytest.raises(Refused, match="Only confirmed"):
        ask(found, officer)


def test_results_of_no_country_cannot_be_granted(officer):
    place = make.office(organisation=people.organisation(country=None))

    with pytest.raises(Refused, match="belongs to no country"):
        ask(make.confirmed(place), officer)


@pytest.mark.parametrize("reason", ["  ", "x" * 2001])
def test_a_reason_is_needed(found, officer, reason):
    with pytest.raises(Refused) as refused:
        ask(found, officer, reason=reason)

    assert refused.value.field == "reason"


def test_nothing_is_asked_twice(found, officer):
    ask(found, officer)

    with pytest.raises(Refused, match="asked already"):
        ask(found, officer)


def test_the_public_comes_after_members(found, officer, focal):
    with pytest.raises(Refused, match="after members"):
        ask(found, officer, Audience.PUBLIC)

    let_out(found, officer, focal)
    let_out(found, officer, focal, Audience.PUBLIC)

    # Results as such never go beyond members: the public's page shows events alone.
    assert audience_of(found) == "members"
    assert list(Release.objects.values_list("audience", "state").order_by("id")) == [
        ("members", "released"), ("public", "released"),
    ]  # fmt: skip


def test_withdrawing_from_members_withdraws_from_the_public(found, officer, focal):
    release = let_out(found, officer, focal)
    let_out(found, officer, focal, Audience.PUBLIC)

    actions.withdraw_release(release=release, reason="A mistake", by=officer, now=make.NOON)

    assert audience_of(found) == "secretariat"
    assert set(Release.objects.values_list("state", "said")) == {("withdrawn", "A mistake")}


def test_after_it_was_withdrawn_it_may_be_asked_again(found, officer, focal):
    release = let_out(found, officer, focal)
    actions.withdraw_release(release=release, reason="No", by=focal, now=make.NOON)

    assert ask(found, officer).state == "asked"


def test_a_public_one_is_not_let_out_once_members_lost_it(found, officer, focal):
    release = let_out(found, officer, focal)
    public = ask(found, officer, Audience.PUBLIC)
    actions.grant_release(release=public, by=focal, now=make.NOON)
    Release.objects.filter(pk=release.pk).update(state="withdrawn")

    with pytest.raises(Refused, match="before the public"):
        actions.let_out(release=public, by=officer, now=make.NOON)


def test_replaced_results_are_not_let_out(found, officer, focal):
    asked = ask(found, officer)
    actions.grant_release(release=asked, by=focal, now=make.NOON)
    Assessment.objects.filter(pk=found.pk).update(state="superseded")

    with pytest.raises(Refused, match="Newer results"):
        actions.let_out(release=asked, by=officer, now=make.NOON)


def test_a_country_declines_with_a_reason(found, officer, focal):
    asked = ask(found, officer)

    with pytest.raises(Refused):
        actions.decline_release(release=asked, reason=" ", by=focal, now=make.NOON)
    actions.decline_release(release=asked, reason="Not yet", by=focal, now=make.NOON)

    asked.refresh_from_db()
    assert (asked.state, asked.said) == ("declined", "Not yet")


def test_no_step_is_skipped(found, officer, focal):
    asked = ask(found, officer)

    with pytest.raises(Refused, match="moved meanwhile"):
        actions.let_out(release=asked, by=officer, now=make.NOON)


def test_nobody_says_yes_for_the_other(found, officer, focal):
    asked = ask(found, officer)

    with pytest.raises(Denied):
        actions.grant_release(release=asked, by=officer, now=make.NOON)
    actions.grant_release(release=asked, by=focal, now=make.NOON)
    with pytest.raises(Denied):
        actions.let_out(release=asked, by=focal, now=make.NOON)
    with pytest.raises(Denied):
        actions.decline_release(release=asked, reason="x", by=officer, now=make.NOON)
    lead = people.viewer_with("lead", found.office.organisation)
    with pytest.raises(Denied):
        actions.withdraw_release(release=asked, reason="x", by=lead, now=make.NOON)


# ---------------------------------------------------------------- plans
def test_a_country_lets_its_lines_of_a_plan_out(officer, focal):
    run = make.plan_of(make.office())
    country = people.member("GEO")

    asked = actions.ask_plan_release(
        run=run, country=country, reason="For a study", by=officer, now=make.NOON
    )
    actions.grant_release(release=asked, by=focal, now=make.NOON)
    actions.let_out(release=asked, by=officer, now=make.NOON)
    actions.withdraw_release(release=asked, reason="Done", by=focal, now=make.NOON)

    assert (asked.audience, asked.state) == ("members", "withdrawn")


def test_a_country_without_an_office_or_asked_already_is_refused(officer):
    run = make.plan_of(make.office())
    given = {"run": run, "reason": "For a study", "by": officer, "now": make.NOON}
    actions.ask_plan_release(country=people.member("GEO"), **given)

    for iso3 in ("GEO", "KAZ"):
        with pytest.raises(Refused, match="asked already, or has no office"):
            actions.ask_plan_release(country=people.member(iso3), **given)


def test_only_officers_ask_for_a_plan(focal):
    run = make.plan_of(make.office())

    with pytest.raises(Denied):
        actions.ask_plan_release(
            run=run, country=people.member("GEO"), reason="x", by=focal, now=make.NOON
        )
