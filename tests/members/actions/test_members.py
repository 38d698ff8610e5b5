"""Members' facts, and what presets and the sample put."""

import pytest
from tests.factories import members as make

from serai.base import search
from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.base.text import TranslatedText
from serai.members import actions
from serai.members.actions import (
    MemberFacts,
    OrganisationRow,
    Refused,
    SampleGrant,
    SamplePerson,
)
from serai.members.models import Affiliation, Member, Organisation
from serai.members.states import OrganisationKind, Role

pytestmark = pytest.mark.django_db
NOON = make.NOON


def facts(**more) -> MemberFacts:
    name = TranslatedText.of("Georgia")
    return MemberFacts(
        **({"iso3": "GEO", "names": name, "short_name": name, "languages": ("ka",),
            "time_zone": "Asia/Tbilisi", "tile": (1, 2), "order": 4} | more)
    )  # fmt: skip


def test_put_member_twice_writes_once():
    actions.put_member(facts=facts(), now=NOON)
    actions.put_member(facts=facts(), now=NOON)

    assert Member.objects.get().tile_row == 2
    assert AuditEntry.objects.filter(verb="change_member").count() == 1


def test_change_member_refuses_a_taken_tile_and_officers():
    make.member("UZB", tile_column=1, tile_row=2)
    member = make.member("GEO")

    with pytest.raises(Refused, match="column 1, row 2 is taken"):
        actions.change_member(
            member=member, facts=facts(), by=make.viewer_with("coordinator"), now=NOON
        )
    with pytest.raises(Denied):
        actions.change_member(
            member=member, facts=facts(), by=make.viewer_with("officer"), now=NOON
        )


def test_a_mistaken_code_is_corrected_until_something_belongs_to_the_member():
    by = make.viewer_with("coordinator")
    member = actions.add_member(facts=facts(iso3="GEG"), by=by, now=NOON)
    make.member("AZE")

    with pytest.raises(Refused, match="AZE is a member already"):
        actions.change_member(member=member, facts=facts(iso3="AZE"), by=by, now=NOON)
    actions.change_member(member=member, facts=facts(iso3="GEO"), by=by, now=NOON)

    assert Member.objects.get(pk=member.pk).iso3 == "GEO"
    assert [hit.address for hit in search.search(by, "Georgia", "en")] == ["/en/members/GEO/"]
    line = AuditEntry.objects.filter(verb="change_member").latest("id")
    assert (line.before["iso3"], line.after["iso3"]) == ("GEG", "GEO")
    make.organisation("Ministry", country=member)
    with pytest.raises(Refused, match="code GEO cannot be corrected any more"):
        actions.change_member(member=member, facts=facts(iso3="GEG"), by=by, now=NOON)
    actions.change_member(member=member, facts=facts(order=9), by=by, now=NOON)
    assert Member.objects.get(pk=member.pk).order == 9


def test_a_member_is_entered_once_under_its_code_and_found():
    by = make.viewer_with("coordinator")

    made = actions.add_member(facts=facts(), by=by, now=NOON)

    assert (made.iso3, made.tile_column, made.order) == ("GEO", 1, 4)
    entry = AuditEntry.objects.get(verb="change_member")
    assert (entry.by, entry.before, entry.after["iso3"]) == (by.person_id, None, "GEO")
    assert [hit.thing for hit in search.search(by, "Georgia", "en")] == [
        f"members.member:{made.pk}"
    ]
    with pytest.raises(Refused, match="GEO is a member already"):
        actions.add_member(facts=facts(tile=None), by=by, now=NOON)
    with pytest.raises(Refused, match="column 1, row 2 is taken"):
        actions.add_member(facts=facts(iso3="AZE"), by=by, now=NOON)
    for role, scope in (("officer", None), ("coordinator", "hub"), ("administrator", None)):
        with pytest.raises(Denied):
            actions.add_member(
                facts=facts(iso3="AZE", tile=None), by=make.viewer_with(role, scope), now=NOON
            )
    assert Member.objects.count() == 1


def test_put_organisation_is_found_by_its_code():
    for name in ("ADB", "Asian Development Bank"):
        actions.put_organisation(
            facts=OrganisationRow("adb", TranslatedText.of(name), OrganisationKind.SECRETARIAT),
            now=NOON,
        )

    assert str(Organisation.objects.get()) == "Asian Development Bank"


def test_sample_people_have_example_addresses_and_roles_once():
    make.organisation("Sample agency A", code="agency-a", sample=True)
    with pytest.raises(Refused, match="under .example only"):
        actions.put_sample_person(facts=SamplePerson("a@real.org", "A"), now=NOON)
    person = actions.put_sample_person(facts=SamplePerson("a@agency.example", "A"), now=NOON)
    wanted = SampleGrant(Role.LEAD, organisation_code="agency-a", title="Head")

    first = actions.put_sample_grant(person=person, facts=wanted, now=NOON)
    again = actions.put_sample_grant(person=person, facts=wanted, now=NOON)

    assert (first, Affiliation.objects.get().title) == (again, "Head")
    with pytest.raises(Refused, match="sample people only"):
        actions.put_sample_grant(person=make.person(), facts=wanted, now=NOON)
