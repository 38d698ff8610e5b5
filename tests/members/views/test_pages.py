"""Every page of the room answers those who may open it, and hides from those who may not."""

import pytest
from django.urls import reverse
from tests.factories import members as make
from tests.factories.signed_in import sign_in

from serai.base.text import TranslatedText
from serai.members.models import Member

pytestmark = pytest.mark.django_db
OPEN = ["sign_in", "sign_in_code", "sample_sign_in", "members"]
OWN = ["me", "security", "data", "keys", "make_key", "sign_out", "add_passkey"]
PAGES = {
    "coordinator": ["people", "grants", "invitations", "invite", "organisations",
                    "add_organisation", "import_organisations", "unlock", "add_member"],
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


def test_the_way_to_people_begins_at_the_members(client):
    sign_in(client, make.person_with("administrator"))

    crumbs = client.get(reverse("members:people")).context["crumbs"]

    assert [(one.title, one.address) for one in crumbs] == [
        ("Members", reverse("members:members")), ("People", ""),
    ]  # fmt: skip


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
    assert client.get(people + "?as=csv").getvalue().decode().count(found.email) == 0
    assert client.get(reverse("members:give_role", args=[found.public_id])).status_code == 200
    assert shown("coordinator") == [(True, True), (True, True)]


MEMBER = {
    "name_en": "Kyrgyz Republic", "name_ru": "Кыргызская Республика", "short_en": "", "short_ru": "",
    "languages": "ky, ru", "time_zone": "Asia/Bishkek", "order": "2", "clearance": "focal_point",
}  # fmt: skip


def test_a_coordinator_enters_a_member_and_renames_it(client):
    make.member("GEO")
    sign_in(client, make.person_with("coordinator"))
    page = client.get(reverse("members:add_member"))
    assert page.context["form"].initial["order"] == Member.objects.get().order + 1
    assert reverse("members:add_member") in client.get(reverse("members:members")).content.decode()

    made = client.post(
        reverse("members:add_member"), MEMBER | {"iso3": "kgz", "tile_column": "5", "tile_row": "2"}
    )
    renamed = client.post(
        reverse("members:edit_member", args=["KGZ"]),
        MEMBER | {"name_en": "Kyrgyzstan", "iso3": "KGZ"},
    )

    assert (made.status_code, made["Location"]) == (303, "/en/members/KGZ/")
    assert renamed.status_code == 303
    found = Member.objects.get(iso3="KGZ")
    assert {code: text for code, text, _state in found.names.texts} == {
        "en": "Kyrgyzstan", "ru": "Кыргызская Республика",
    }  # fmt: skip
    assert (found.languages, found.time_zone, found.order, found.tile_column) == (
        ["ky", "ru"], "Asia/Bishkek", 2, None,
    )  # fmt: skip
    assert "Kyrgyzstan" in client.get(reverse("members:members")).content.decode()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"iso3": "K1Z"}, "iso3"),
        ({"iso3": "KGZ", "name_en": "", "name_ru": " "}, "name_en"),
        ({"iso3": "KGZ", "tile_column": "4"}, "tile_row"),
        ({"iso3": "geo"}, "__all__"),
    ],
)
def test_a_member_that_does_not_fit_is_given_back(client, more, field):
    make.member("GEO")
    sign_in(client, make.person_with("coordinator"))

    answer = client.post(reverse("members:add_member"), MEMBER | more)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Member.objects.count() == 1


def test_a_name_left_as_it_was_keeps_its_state(client):
    before = TranslatedText((("en", "Georgia", "source"), ("ka", "საქართველო", "checked"),
                             ("ru", "Грузия", "machine")))  # fmt: skip
    make.member("GEO", names=before)
    sign_in(client, make.person_with("coordinator"))
    given = {"iso3": "GEO", "name_en": "Georgia", "name_ru": "Грузия"}

    answer = client.post(reverse("members:edit_member", args=["GEO"]), MEMBER | given)

    assert answer.status_code == 303
    assert Member.objects.get().names == before


def test_focal_point_sees_what_others_see(client):
    sign_in(client, make.person_with("focal_point", "GEO"))
    make.member("UZB")

    assert client.get(reverse("members:audience", args=["GEO"])).status_code == 200
    assert client.get(reverse("members:audience", args=["UZB"])).status_code == 404


def test_the_reason_of_a_pause_and_of_a_closing_stands_for_those_who_keep_them(client):
    paused = make.person_with("contributor", state="paused", state_reason="Long leave")
    agency = make.organisation(state="closed", close_reason="Dissolved")
    pages = [
        reverse("members:person", args=[paused.public_id]),
        reverse("members:organisation", args=[agency.public_id]),
    ]

    def shown(role: str) -> list[bool]:
        sign_in(client, make.person_with(role))
        texts = [client.get(page).content.decode() for page in pages]
        return [said in text for said, text in zip(("Long leave", "Dissolved"), texts, strict=True)]

    assert shown("administrator") == [True, False]
    assert shown("officer") == [False, True]
    assert shown("committee") == [False, False]


def test_a_list_is_sorted_by_its_heads_and_keeps_filters(client):
    sign_in(client, make.person_with("coordinator", full_name="Mari"))
    for number in range(52):
        make.person_with("lead", full_name=f"Lead {number:02}")
    people = reverse("members:people")

    page = client.get(people + "?role=lead&sort=-name")
    plain = client.get(people + "?role=lead&sort=secret").content.decode()

    html = page.content.decode()
    assert page.context["table"].rows[0]["name"].text == "Lead 51"
    assert html.count('aria-sort="descending"') == 1
    assert 'href="?role=lead&amp;sort=name"' in html
    assert 'href="?role=lead&amp;sort=-name&amp;page=2"' in html
    assert 'name="sort" value="-name"' in html
    assert ("aria-sort" in plain, plain.count("sort=name")) == (False, 1)
    second = client.get(people + "?role=lead&sort=-name&page=2")
    assert [row["name"].text for row in second.context["table"].rows] == ["Lead 01", "Lead 00"]
    sheet = client.get(people + "?role=lead&sort=-name&as=csv").getvalue().decode("utf-8-sig")
    assert sheet.splitlines()[1].startswith("Lead 51")
