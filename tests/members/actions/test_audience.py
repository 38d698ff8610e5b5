"""Release with consent, taking back, sharing by name, and the administrator's hour."""

from datetime import timedelta

import pytest
from tests.factories import members as make

from serai.base.models import AuditEntry, Message
from serai.members import access, actions, queries
from serai.members.actions import Refused, Released, UnlockWanted
from serai.members.models import AudienceChange, Person, Share, Unlock
from serai.members.states import Audience, UnlockState

pytestmark = pytest.mark.django_db
NOON = make.NOON


def released(audience, to, **more) -> Released:
    make.member()
    return Released("programme.note:1", "Note", access.Release(audience, to, "GEO", **more))


@pytest.mark.parametrize(
    ("audience", "to", "iso3"),
    [
        (Audience.SECRETARIAT, Audience.MEMBERS, "GEO"),
        (Audience.SECRETARIAT, Audience.PUBLIC, "GEO"),
        (Audience.MEMBERS, Audience.PUBLIC, None),
    ],
)
def test_what_takes_a_consent_is_not_released_at_once(audience, to, iso3):
    act = Released("programme.note:1", "Note", access.Release(audience, to, iso3))

    with pytest.raises(Refused, match="Somebody else has to consent before they read it"):
        actions.change_audience(
            released=act, reason="", by=make.viewer_with("coordinator"), now=NOON
        )

    assert AudienceChange.objects.count() == 0


def test_the_members_read_what_is_no_country_s_at_once():
    coordinator = make.viewer_with("coordinator")
    act = Released(
        "programme.note:1", "Note", access.Release(Audience.SECRETARIAT, Audience.MEMBERS)
    )

    row = actions.change_audience(released=act, reason="", by=coordinator, now=NOON)

    assert (row.from_audience, row.to_audience) == ("secretariat", "members")
    assert (row.by_id, row.consent_by) == (coordinator.person_id, None)


def test_taking_back_needs_a_reason():
    focal = make.viewer_with("focal_point", "GEO")
    act = released(Audience.MEMBERS, Audience.COUNTRY)

    with pytest.raises(Refused, match="Say why"):
        actions.change_audience(released=act, reason=" ", by=focal, now=NOON)
    actions.change_audience(released=act, reason="Outdated", by=focal, now=NOON)

    assert AudienceChange.objects.get().reason == "Outdated"


def test_share_by_name_opens_and_ends():
    partner = make.person_with("partner")
    key = access.organisation_key(partner.grants.get().organisation_id)
    focal = make.viewer_with("focal_point", "GEO")
    act = released(Audience.COUNTRY, Audience.COUNTRY)

    share = actions.share_by_name(released=act, key=key, until_on=NOON.date(), by=focal, now=NOON)
    keys = [
        "share:programme.note:1" in queries.viewer_of(partner, NOON + timedelta(days=day)).keys
        for day in (0, 1)
    ]
    actions.end_share(share=share, by=focal, now=NOON)

    assert keys == [True, False]
    assert "share:programme.note:1" not in queries.viewer_of(partner, NOON).keys
    assert Share.objects.get().ended_at == NOON


def test_unlock_opens_for_its_minutes_and_tells_coordinators_and_focal_points():
    administrator = make.person_with("administrator")
    make.person_with("coordinator")
    make.person_with("focal_point")
    viewer = queries.viewer_of(administrator, NOON)

    actions.open_unlock(
        wanted=UnlockWanted("secretariat:virtual-carec", "Repair", 30), by=viewer, now=NOON
    )

    keys = [
        "secretariat:virtual-carec"
        in queries.viewer_of(administrator, NOON + timedelta(minutes=m)).keys
        for m in (0, 29, 30)
    ]
    assert keys == [True, True, False]
    assert Message.objects.count() == 2
    # Why stays in its row, where it can be blanked; the audit keeps no free text.
    assert AuditEntry.objects.get(verb="open_unlock").after == {
        "scope": "secretariat:virtual-carec", "minutes": 30,
    }  # fmt: skip
    assert actions.close_due_unlocks(now=NOON + timedelta(minutes=30)) == 1
    assert Unlock.objects.get().state == UnlockState.CLOSED


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (UnlockWanted("country:GEO", "Repair", 30), "cannot be opened here"),
        (UnlockWanted("organisation:1", "Repair", 30), "cannot be opened here"),
        (UnlockWanted("members", " ", 30), "Write the reason"),
        (UnlockWanted("members", "Repair", 61), "between 1 and 60"),
    ],
)
def test_unlock_refuses(wanted, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.open_unlock(wanted=wanted, by=make.viewer_with("administrator"), now=NOON)


def test_a_forged_unlock_of_a_country_opens_nothing():
    administrator = make.person_with("administrator")
    Unlock.objects.create(
        administrator=administrator,
        scope="country:GEO",
        reason="x",
        opened_at=NOON,
        until_at=NOON + timedelta(minutes=5),
    )

    assert "country:GEO" not in queries.viewer_of(administrator, NOON).keys


def test_a_release_is_told_to_the_countrys_people_but_not_to_who_acted():
    focal = make.person_with("focal_point", "GEO")
    deputy = make.person_with("deputy", "GEO")
    make.person_with("focal_point", "UZB")
    act = released(Audience.COUNTRY, Audience.SECRETARIAT)

    actions.change_audience(released=act, reason="", by=queries.viewer_of(focal, NOON), now=NOON)

    row = Message.objects.get()
    assert (row.person, row.key.partition(":")[0], row.link) == (
        deputy, "members.audience_changed", "/members/GEO/audience/",
    )  # fmt: skip
    assert "Note" not in row.text


def test_when_the_sample_goes_things_get_the_audience_real_people_gave_them():
    real = make.viewer_with("coordinator")
    trial = make.viewer_with("coordinator")
    Person.objects.filter(pk=trial.person_id).update(sample=True)

    def act(number, by, start, to):
        wanted = Released(f"programme.paper:{number}", "", access.Release(start, to))
        actions.change_audience(released=wanted, reason="Agreed", by=by, now=NOON)

    act(1, trial, Audience.SECRETARIAT, Audience.MEMBERS)
    act(2, real, Audience.MEMBERS, Audience.SECRETARIAT)
    act(2, trial, Audience.SECRETARIAT, Audience.MEMBERS)
    act(3, trial, Audience.SECRETARIAT, Audience.MEMBERS)
    act(3, real, Audience.MEMBERS, Audience.SECRETARIAT)
    act(4, real, Audience.SECRETARIAT, Audience.MEMBERS)
    AudienceChange.objects.create(
        thing="programme.paper:5",
        from_audience="members",
        to_audience="public",
        by_id=real.person_id,
        consent_by_id=trial.person_id,
        at=NOON,
        sample=True,
    )

    given = actions.take_back_sample_acts(now=NOON)

    assert given == {
        "programme.paper:1": Audience.SECRETARIAT,
        "programme.paper:2": Audience.SECRETARIAT,
        "programme.paper:3": Audience.SECRETARIAT,
        "programme.paper:5": Audience.MEMBERS,
    }
    assert [one.thing[-1] for one in AudienceChange.objects.order_by("id")] == ["2", "3", "4"]
    assert AuditEntry.objects.get(verb="take_back_sample_acts").after == {"things": 4}
