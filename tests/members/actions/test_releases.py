"""Releases that take a consent: proposed, consented to, declined, withdrawn; never by one alone."""

import pytest
from django.db import IntegrityError, transaction
from tests.factories import members as make

from serai.base.access import Denied
from serai.base.models import AuditEntry, Message
from serai.members import access, actions, queries
from serai.members.actions import Refused, Released
from serai.members.models import AudienceChange, ReleaseProposal
from serai.members.states import Audience

pytestmark = pytest.mark.django_db
NOON = make.NOON


def step(to="members", iso3="GEO", audience="secretariat", **more) -> Released:
    if iso3:
        make.member(iso3)
    return Released(
        "programme.note:1", "Note", access.Release(Audience(audience), Audience(to), iso3, **more)
    )


def propose(by, released=None, reason="For the meeting"):
    return actions.propose_release(released=released or step(), reason=reason, by=by, now=NOON)


def consent(row, by, released=None):
    return actions.consent_to_release(
        proposal=row, released=released or step(), by=queries.viewer_of(by, NOON), now=NOON
    )


@pytest.fixture
def focal():
    return make.person_with("focal_point", "GEO")


@pytest.fixture
def coordinator():
    return make.person_with("coordinator")


@pytest.fixture
def proposed(focal, coordinator):
    return propose(queries.viewer_of(coordinator, NOON))


def test_a_proposal_asks_the_country_s_focal_points_and_releases_nothing(focal, coordinator):
    make.person_with("deputy", "GEO")
    make.person_with("focal_point", "UZB")

    row = propose(queries.viewer_of(coordinator, NOON), reason=" For the meeting ")

    assert (row.state, row.reason, row.member.iso3) == ("proposed", "For the meeting", "GEO")
    assert (row.proposed_by, row.proposed_at, row.closed_by) == (coordinator, NOON, None)
    assert AudienceChange.objects.count() == 0
    letter = Message.objects.get()
    assert (letter.person, letter.link) == (focal, f"/programme/releases/{row.public_id}/")
    assert "Note" not in letter.text
    line = AuditEntry.objects.get(verb="propose_release")
    assert (line.by, line.after) == (
        coordinator.pk, {"audience": "members", "thing": "programme.note:1"},
    )  # fmt: skip


def test_the_public_takes_another_coordinator_of_the_initiative(coordinator):
    second = make.person_with("coordinator", "home")
    make.person_with("coordinator", "elsewhere")
    make.person_with("officer")

    propose(
        queries.viewer_of(coordinator, NOON), step("public", None, "members", initiative="home")
    )

    assert [letter.person for letter in Message.objects.all()] == [second]


def test_consent_releases_in_the_names_of_both(proposed, focal, coordinator):
    deputy = make.person_with("deputy", "GEO")

    consent(proposed, focal)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.closed_by, proposed.closed_at) == ("released", focal, NOON)
    row = AudienceChange.objects.get()
    assert (row.by, row.consent_by, row.to_audience, row.reason) == (
        coordinator, focal, "members", "For the meeting",
    )  # fmt: skip
    letters = {
        m.key.partition(":")[0].removeprefix("members."): m.person for m in Message.objects.all()
    }
    assert letters == {
        "release_proposed": focal, "audience_changed": deputy, "release_answered": coordinator,
    }  # fmt: skip
    assert AuditEntry.objects.get(verb="change_audience").by == focal.pk
    assert AuditEntry.objects.get(verb="close_release").after == {"state": "released"}


@pytest.mark.parametrize(
    ("role", "scope"),
    [("focal_point", "UZB"), ("deputy", "GEO"), ("coordinator", None), ("administrator", None)],
)
def test_others_consent_to_nothing(proposed, role, scope):
    other = make.person_with(role, scope)

    with pytest.raises(Denied):
        consent(proposed, other)
    with pytest.raises(Denied):
        actions.decline_release(
            proposal=proposed, note="No", by=queries.viewer_of(other, NOON), now=NOON
        )

    proposed.refresh_from_db()
    assert (proposed.state, AudienceChange.objects.count()) == ("proposed", 0)


def test_nobody_consents_to_their_own_release(focal):
    both = make.person_with("coordinator")
    make.grant("focal_point", to=both, member=make.member())
    row = propose(queries.viewer_of(both, NOON))

    with pytest.raises(Denied):
        consent(row, both)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseProposal.objects.update(state="released", closed_by=both, closed_at=NOON)

    assert [letter.person for letter in Message.objects.all()] == [focal]
    assert AudienceChange.objects.count() == 0


@pytest.mark.parametrize(
    ("released", "reason", "sentence"),
    [
        (lambda: step(), " ", "Say why: whoever is asked"),
        (lambda: step(iso3="UZB"), "Why", "the country has no other focal point"),
        (lambda: step("public", None, "members"), "Why", "there is no second coordinator"),
    ],
)
def test_what_is_not_proposed(focal, coordinator, released, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        propose(queries.viewer_of(coordinator, NOON), released(), reason)

    assert (ReleaseProposal.objects.count(), Message.objects.count()) == (0, 0)


def test_one_release_of_a_thing_waits_at_a_time(proposed):
    with pytest.raises(Refused, match="waits for a consent already"):
        propose(make.viewer_with("coordinator"))

    assert ReleaseProposal.objects.count() == 1


def test_an_author_or_an_officer_proposes_nothing(focal, coordinator):
    with pytest.raises(Denied):
        propose(queries.viewer_of(coordinator, NOON), step(author_id=coordinator.pk))
    with pytest.raises(Denied):
        propose(make.viewer_with("officer"))

    assert ReleaseProposal.objects.count() == 0


@pytest.mark.parametrize(
    "stands",
    [
        lambda: step(audience="country"),
        lambda: step("public"),
        lambda: step(iso3=None),
        lambda: Released("programme.note:2", "Note", step().release),
    ],
)
def test_consent_is_to_what_was_proposed_and_to_nothing_else(proposed, focal, stands):
    with pytest.raises(Refused, match="It has changed since it was proposed"):
        consent(proposed, focal, stands())

    proposed.refresh_from_db()
    assert (proposed.state, AudienceChange.objects.count()) == ("proposed", 0)


def test_a_proposal_lapses_with_the_role_of_who_made_it(proposed, focal, coordinator):
    coordinator.grants.update(state="ended", ended_at=NOON)

    with pytest.raises(Refused, match="who proposed it no longer may"):
        consent(proposed, focal)

    assert AudienceChange.objects.count() == 0


def test_declining_says_why_and_releases_nothing(proposed, focal, coordinator):
    by = queries.viewer_of(focal, NOON)

    with pytest.raises(Refused, match="Say why you decline"):
        actions.decline_release(proposal=proposed, note=" ", by=by, now=NOON)
    actions.decline_release(proposal=proposed, note="Too early", by=by, now=NOON)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.closed_by, proposed.note) == ("declined", focal, "Too early")
    assert AudienceChange.objects.count() == 0
    letter = Message.objects.get(person=coordinator)
    assert letter.subject == "The release you proposed was declined"
    assert "Too early" not in letter.text


def test_only_its_proposer_withdraws_and_then_it_is_over(proposed, focal, coordinator):
    with pytest.raises(Denied):
        actions.withdraw_release(proposal=proposed, by=queries.viewer_of(focal, NOON), now=NOON)
    actions.withdraw_release(proposal=proposed, by=queries.viewer_of(coordinator, NOON), now=NOON)

    with pytest.raises(Refused, match="answered or withdrawn already"):
        consent(proposed, focal)
    proposed.refresh_from_db()
    assert (proposed.state, AudienceChange.objects.count()) == ("withdrawn", 0)
    assert propose(make.viewer_with("coordinator")).state == "proposed"
