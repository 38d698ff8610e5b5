"""Where the sample's offices stand."""

from serai.setup.demo.places import COUNTRIES, late_places, places


def test_each_member_has_four_offices_of_three_agencies():
    found = places()

    assert len(COUNTRIES) == 11
    assert len(found) == 44
    assert len({(one.organisation, one.key) for one in found}) == 44
    assert len({one.organisation for one in found}) == 33
    assert {one.name for one in found if one.iso3 == "GEO"} == {
        "Sample office A, Tbilisi", "Sample office A, Batumi", "Sample office B, Kutaisi",
        "Sample office C, Poti",
    }  # fmt: skip


def test_late_offices_belong_to_agencies_of_their_own():
    assert {one.organisation for one in late_places()} & {
        one.organisation for one in places()
    } == set()
