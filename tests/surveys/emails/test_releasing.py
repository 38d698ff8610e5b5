"""The letter to a focal point: a link and how many questions, never an answer."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.mail import send_all
from serai.members.models import ReleaseProposal
from serai.surveys import emails
from serai.surveys.models import Release

pytestmark = pytest.mark.django_db


def test_it_says_what_is_asked_and_for_whom():
    focal = people.person_with("focal_point", "GEO")
    row = Release.objects.create(
        ask="a", wave=make.wave(), paths=["/a", "/b"], country=people.member("GEO"),
        wanted="members", asked_at=make.NOON,
    )  # fmt: skip
    proposal = ReleaseProposal.objects.create(
        thing=f"surveys.release:{row.pk}", title="First round", member=row.country,
        from_audience="secretariat", to_audience="members", reason="Secret",
        proposed_by=people.person_with("coordinator", full_name="Cora"), proposed_at=make.NOON,
    )  # fmt: skip

    (letter,) = send_all([emails.release_asked(row, proposal, focal)])

    assert letter.person == focal
    assert "Offices, First round" in letter.subject
    assert "Cora asks that your country's answers to 2 questions" in letter.text
    assert f"/surveys/releases/{proposal.public_id}/" in letter.text
    assert "Secret" not in letter.text
