"""Members are found by everybody, organisations by those who may see their list."""

import pytest
from tests.factories import members as make
from tests.factories import programme as plan

from serai.base import search
from serai.base.access import ANONYMOUS
from serai.base.models import SearchEntry
from serai.base.text import TranslatedText
from serai.members import actions
from serai.members.actions import ImportedOrganisation, OrganisationFacts, finding
from serai.members.states import OrganisationKind

pytestmark = pytest.mark.django_db
NOON = make.NOON
ALL = {*plan.MEMBER_KINDS}
PLACE = TranslatedText((("en", "Utopia", "source"), ("ru", "Утопия", "checked")))


def found_by(everybody, word):
    return {who for who, viewer in everybody.items() if search.search(viewer, word, "en")}


def ministry(name="Ministry of Tides", **facts):
    return OrganisationFacts(
        names=TranslatedText.of(name), kind=OrganisationKind.GOVERNMENT,
        member=make.member("GEO"), **facts,
    )  # fmt: skip


def staff():
    return make.viewer_with("officer")


def test_a_member_is_found_by_everybody_in_each_language_and_by_its_code():
    row = make.member("GEO")
    row.names = row.short_name = PLACE
    row.save()

    finding.index_member(row, NOON)

    hit = search.search(ANONYMOUS, "утопия", "ru")[0]
    assert (hit.thing, hit.title, hit.address) == (
        f"members.member:{row.pk}", "Утопия", "/ru/members/GEO/",
    )  # fmt: skip
    assert [one.thing for one in search.search(ANONYMOUS, "geo", "en")] == [hit.thing]


def test_an_organisation_is_hidden_from_the_public_partners_and_administrators():
    everybody = plan.viewers("home")
    row = actions.add_organisation(facts=ministry(), by=staff(), now=NOON)
    everybody["its own"] = make.viewer_with("partner", row)

    assert found_by(everybody, "tides") == {*ALL, "its own"}


def test_a_changed_organisation_is_found_by_its_new_name_alone():
    row = actions.add_organisation(facts=ministry(), by=staff(), now=NOON)

    actions.change_organisation(
        organisation=row, facts=ministry("Ministry of Waves"), by=staff(), now=NOON
    )

    assert search.search(staff(), "tides", "en") == []
    (hit,) = search.search(staff(), "waves", "en")
    assert hit.address == f"/en/members/organisations/{row.public_id}/"


def test_a_merged_organisation_and_an_import_undone_are_found_no_more():
    gone = actions.add_organisation(facts=ministry(), by=staff(), now=NOON)
    kept = actions.add_organisation(facts=ministry("Ministry of Waves"), by=staff(), now=NOON)
    actions.merge_organisations(organisation=gone, into=kept, by=staff(), now=NOON)
    rows = [ImportedOrganisation(row=2, facts=ministry("Agency of Foam"))]
    imported = actions.import_organisations(rows=rows, by=staff(), now=NOON)
    before = [hit.title for hit in search.search(staff(), "foam", "en")]
    actions.undo_import(key=imported.key, by=staff(), now=NOON)

    assert before == ["Agency of Foam"]
    assert search.search(staff(), "tides", "en") == []
    assert search.search(staff(), "foam", "en") == []


def test_the_room_yields_all_that_it_lets_people_find():
    member = make.member("GEO")
    agency = make.organisation("Agency of Foam")
    SearchEntry.objects.all().delete()

    for one in actions.findable():
        one.index(NOON)

    assert {f"members.member:{member.pk}", f"members.organisation:{agency.pk}"} <= set(
        SearchEntry.objects.values_list("thing", flat=True)
    )
