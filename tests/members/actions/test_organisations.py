"""Entering, changing, merging, closing, importing organisations."""

import pytest
from tests.factories import members as make

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.base.text import TranslatedText
from serai.members import actions, queries
from serai.members.actions import ImportedOrganisation, OrganisationFacts, Refused
from serai.members.models import Grant, Organisation
from serai.members.states import OrganisationKind, OrganisationState

pytestmark = pytest.mark.django_db
NOON = make.NOON


def facts(name="Agency of Roads", **more) -> OrganisationFacts:
    more.setdefault("member", make.member())
    more.setdefault("kind", OrganisationKind.GOVERNMENT)
    return OrganisationFacts(names=TranslatedText.of(name), **more)


def test_add_organisation():
    row = actions.add_organisation(
        facts=facts(domains=(" Roads.Example ", "")), by=make.viewer_with("officer"), now=NOON
    )

    assert (str(row), row.name_key, row.domains) == (
        "Agency of Roads", "agency of roads", ["roads.example"],
    )  # fmt: skip


def test_add_refuses_another_country_and_a_missing_name_or_member():
    focal, officer = make.viewer_with("focal_point", "UZB"), make.viewer_with("officer")

    with pytest.raises(Refused, match="your own country only"):
        actions.add_organisation(facts=facts(), by=focal, now=NOON)
    with pytest.raises(Refused, match="has no name"):
        actions.add_organisation(facts=facts(" "), by=officer, now=NOON)
    with pytest.raises(Refused, match="belongs to a member"):
        actions.add_organisation(facts=facts(member=None), by=officer, now=NOON)
    assert Organisation.objects.count() == 0


def test_merge_moves_people_and_roles():
    old, new = make.organisation("Old"), make.organisation("New")
    lead = make.person_with("lead", old)

    actions.merge_organisations(
        organisation=old, into=new, by=make.viewer_with("officer"), now=NOON
    )

    old.refresh_from_db()
    assert (old.state, old.merged_into) == (OrganisationState.MERGED, new)
    assert Grant.objects.get(person=lead).organisation == new


def test_merge_refuses_itself_another_member_and_a_closed_one():
    old, officer = make.organisation("Old"), make.viewer_with("officer")
    cases = {
        "into itself": old,
        "different members": make.organisation("New", country="UZB"),
        "closed or merged": make.organisation("Closed", state="closed"),
    }

    for sentence, into in cases.items():
        with pytest.raises(Refused, match=sentence):
            actions.merge_organisations(organisation=old, into=into, by=officer, now=NOON)
    with pytest.raises(Denied):
        actions.merge_organisations(
            organisation=old, into=cases["different members"], by=make.viewer_with("lead"), now=NOON
        )


def test_close_refuses_while_people_hold_roles_and_reopen_brings_back():
    agency, officer = make.organisation(), make.viewer_with("officer")
    held = make.person_with("lead", agency).grants.get()

    with pytest.raises(Refused, match="still hold roles"):
        actions.close_organisation(organisation=agency, reason="Gone", by=officer, now=NOON)
    Grant.objects.filter(pk=held.pk).update(state="ended", ended_at=NOON)
    actions.close_organisation(organisation=agency, reason=" Gone ", by=officer, now=NOON)
    assert Organisation.objects.get().close_reason == "Gone"
    assert AuditEntry.objects.get(verb="close_organisation").after is None
    actions.reopen_organisation(organisation=agency, by=officer, now=NOON)

    assert Organisation.objects.get().state == OrganisationState.ACTIVE


def test_import_enters_new_rows_and_undo_removes_them():
    known, officer = make.organisation("Known"), make.viewer_with("officer")
    rows = [
        ImportedOrganisation(2, facts("New one")),
        ImportedOrganisation(3, facts("Known"), known.public_id),
    ]

    result = actions.import_organisations(rows=rows, by=officer, now=NOON)
    assert (result.added_count, result.known_count) == (1, 1)
    count = actions.undo_import(key=result.key, by=officer, now=NOON)

    assert (count, list(Organisation.objects.all())) == (1, [known])
    with pytest.raises(Refused, match="undone before"):
        actions.undo_import(key=result.key, by=officer, now=NOON)


def test_import_is_whole_or_nothing():
    rows = [ImportedOrganisation(2, facts("Good")), ImportedOrganisation(3, facts(" "))]

    with pytest.raises(Refused):
        actions.import_organisations(rows=rows, by=make.viewer_with("officer"), now=NOON)

    assert Organisation.objects.count() == 0


def test_undo_refuses_what_is_in_use():
    officer = make.viewer_with("officer")
    result = actions.import_organisations(
        rows=[ImportedOrganisation(2, facts("New one"))], by=officer, now=NOON
    )
    make.person_with("lead", Organisation.objects.get())

    with pytest.raises(Refused, match="in use already"):
        actions.undo_import(key=result.key, by=officer, now=NOON)


def test_change_refuses_moving_to_another_member_by_a_focal_point():
    agency = make.organisation()

    with pytest.raises(Denied):
        actions.change_organisation(
            organisation=agency, facts=facts(), by=make.viewer_with("lead", agency), now=NOON
        )
    with pytest.raises(Refused, match="Only the secretariat"):
        actions.change_organisation(
            organisation=agency,
            facts=facts(member=make.member("UZB")),
            by=make.viewer_with("focal_point", "GEO"),
            now=NOON,
        )
    assert queries.organisation(make.viewer_with("officer"), agency.public_id).member.iso3 == "GEO"
