"""What the edit pages offer."""

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.programme import queries

pytestmark = pytest.mark.django_db


def test_an_initiative_s_page_offers_partners_studies_and_keepers():
    people.member("GEO")
    people.member("UZB")
    ministry = people.organisation("Ministry", country="GEO")
    academy = people.organisation("academy", country=None, kind="academic")
    bank = people.organisation("Bank", country=None, kind="international")
    home = make.initiative("home", keeper=people.person_with("expert", full_name="Before"))
    home.partners.set([bank, ministry])
    home.national_studies.set([people.member("UZB")])
    officer = people.person_with("officer", "home", full_name="Officer")
    viewer = people.viewer_with("coordinator", "elsewhere")

    found = queries.initiative_to_edit(viewer, home, make.NOON, "en")

    assert found.partners == [
        (str(academy.pk), "academy"), (str(bank.pk), "Bank"), (str(ministry.pk), "Ministry"),
    ]  # fmt: skip
    assert sorted(found.partner_ids) == sorted([str(bank.pk), str(ministry.pk)])
    assert (list(found.studies), found.study_codes) == (
        [("GEO", "Georgia"), ("UZB", "Uzbekistan")], ("UZB",),
    )  # fmt: skip
    assert list(found.keepers) == [
        (str(officer.pk), "Officer"), (str(home.keeper_id), "Before"),
    ]  # fmt: skip
    assert found.keeper_id == str(home.keeper_id)


def test_a_milestone_s_page_offers_owners_and_members():
    geo = people.member("GEO")
    agency = people.organisation("Agency", country="GEO")
    closed = people.organisation("Before", country="GEO", state="closed")
    row = make.milestone(owner=closed)
    viewer = people.viewer_with("officer")

    found = queries.milestone_to_edit(viewer, row, "en")
    new = queries.milestone_to_edit(viewer, None, "en")

    assert list(found.owners) == [(str(agency.pk), "Agency"), (str(closed.pk), "Before")]
    assert list(new.owners) == [(str(agency.pk), "Agency")]
    assert list(found.countries) == [(str(geo.pk), "Georgia")]


def test_a_new_milestone_begins_no_wider_than_its_initiative():
    home = make.initiative(audience="secretariat")

    assert queries.audiences_at_first(home) == ("organisation", "country", "secretariat")


def test_a_former_member_is_offered_only_where_it_was_chosen_before():
    former = people.member("GEO", state="former", until_on=make.NOON.date())
    uzbekistan = people.member("UZB")
    agency = people.organisation("Agency", country=former)
    home = make.initiative("home")
    home.national_studies.set([former])
    row = make.milestone(country=former)
    viewer = people.viewer_with("coordinator")

    assert list(queries.initiative_to_open(viewer, make.NOON, "en").studies) == [
        ("UZB", "Uzbekistan")
    ]
    chosen = queries.initiative_to_edit(viewer, home, make.NOON, "en")
    assert list(chosen.studies) == [("UZB", "Uzbekistan"), ("GEO", "Georgia")]
    new = queries.milestone_to_edit(viewer, None, "en")
    assert (list(new.owners), list(new.countries)) == ([], [(str(uzbekistan.pk), "Uzbekistan")])
    old = queries.milestone_to_edit(viewer, row, "en")
    assert list(old.countries) == [
        (str(uzbekistan.pk), "Uzbekistan"), (str(former.pk), "Georgia"),
    ]  # fmt: skip
    assert agency.pk not in {pk for pk, _name in old.owners}
