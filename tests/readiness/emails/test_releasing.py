"""Letters about releases: to whom, where they lead, and no figure in them."""

import pytest
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.mail import send_all
from serai.readiness import emails

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("audience", "words"),
    [("members", "whether members may read the results of"), ("public", "whether the public may read")],
)  # fmt: skip
def test_the_focal_point_is_asked(audience, words):
    focal = people.viewer_with("focal_point", "GEO")
    found = make.release(audience=audience)

    (row,) = send_all(emails.release_asked(found, make.NOON))

    assert row.person_id == focal.person_id
    assert words in row.text
    assert f"/readiness/releases/{found.public_id}/" in row.text
    assert "61" not in row.text.replace(found.public_id, "")


def test_a_plans_letters_name_no_office():
    people.viewer_with("focal_point", "GEO")
    coordinator = people.viewer_with("coordinator")
    found = make.plan_release(make.plan_of(make.office(name="Head office")))

    rows = [
        *send_all(emails.release_asked(found, make.NOON)),
        *send_all(emails.release_granted(found, make.NOON)),
        *send_all(emails.release_withdrawn(found, by=coordinator, now=make.NOON)),
    ]

    assert ["plan" in row.text for row in rows] == [True, True, True]
    assert not any("Head office" in row.text for row in rows)


def test_whoever_withdraws_gets_no_letter():
    focal = people.viewer_with("focal_point", "GEO")

    assert emails.release_withdrawn(make.release(), by=focal, now=make.NOON) == []
    assert set(emails.TOPICS) >= {"release_asked", "release_granted", "release_withdrawn"}
