"""Every page of the room answers those who may open it, and hides from those who may not."""

import pytest
from django.urls import reverse
from tests.factories import members as make
from tests.factories.signed_in import sign_in

pytestmark = pytest.mark.django_db
OPEN = ["sign_in", "sign_in_code", "sample_sign_in", "members"]
OWN = ["me", "security", "data", "keys", "make_key", "sign_out", "add_passkey"]
PAGES = {
    "coordinator": ["people", "grants", "invitations", "invite", "organisations",
                    "add_organisation", "import_organisations", "unlock"],
    "officer": ["people", "grants", "organisations", "add_organisation", "import_organisations"],
    "focal_point": ["people", "grants", "invitations", "invite", "organisations", "add_organisation"],
    "lead": ["people", "grants", "invitations", "invite", "organisations"],
    "contributor": ["organisations"],
    "committee": ["organisations"],
    "administrator": ["people", "grants", "organisations", "unlock", "data_requests"],
}  # fmt: skip
EVERY = sorted({name for names in PAGES.values() for name in names})


@pytest.mark.parametrize("name", OPEN)
def test_open_pages_answer_a_visitor(client, name):
    make.member()

    assert client.get(reverse(f"members:{name}")).status_code == 200


@pytest.mark.parametrize("name", OWN)
def test_own_pages_answer_everybody_signed_in(client, name):
    sign_in(client, make.person())

    assert client.get(reverse(f"members:{name}")).status_code == 200


@pytest.mark.parametrize("role", [*PAGES, "expert", "partner", "participant"])
@pytest.mark.parametrize("name", EVERY)
def test_pages_open_by_role(client, role, name):
    sign_in(client, make.person_with(role))
    expected = 200 if name in PAGES.get(role, []) else 404

    assert client.get(reverse(f"members:{name}")).status_code == expected


def test_pages_of_things(client):
    coordinator = sign_in(client, make.person_with("coordinator"))
    agency, other = make.organisation("Ministry of Roads"), make.organisation("Agency of Roads")
    lead = make.person_with("lead", agency)
    held = lead.grants.get()
    names = {
        "person": lead.public_id,
        "give_role": lead.public_id,
        "organisation": agency.public_id,
        "edit_organisation": agency.public_id,
        "merge_organisation": other.public_id,
        "close_organisation": agency.public_id,
        "member": "GEO",
        "edit_member": "GEO",
    }

    answers = {
        name: coordinator.get(reverse(f"members:{name}", args=[key])).status_code
        for name, key in names.items()
    }

    assert answers == dict.fromkeys(names, 200)
    assert coordinator.get(reverse("members:end_grant", args=[held.public_id])).status_code == 404


def test_a_coordinator_of_one_initiative_finds_names_without_addresses(client):
    found = make.person_with("contributor", full_name="Nino")
    people, one = reverse("members:people"), reverse("members:person", args=[found.public_id])

    def shown(*role):
        sign_in(client, make.person_with(*role))
        pages = [client.get(page).content.decode() for page in (people, one)]
        return [("Nino" in page, found.email in page) for page in pages]

    assert shown("coordinator", "hub") == [(True, False), (True, False)]
    assert "Latest sign-in" not in client.get(one).content.decode()
    assert client.get(people + "?as=csv").content.decode().count(found.email) == 0
    assert client.get(reverse("members:give_role", args=[found.public_id])).status_code == 200
    assert shown("coordinator") == [(True, True), (True, True)]


def test_focal_point_sees_what_others_see(client):
    sign_in(client, make.person_with("focal_point", "GEO"))
    make.member("UZB")

    assert client.get(reverse("members:audience", args=["GEO"])).status_code == 200
    assert client.get(reverse("members:audience", args=["UZB"])).status_code == 404
