"""Inviting many people at once: all or none, undone as a whole."""

import pytest
from tests.factories import members as make

from serai.base.access import Denied
from serai.base.models import AuditEntry, Message
from serai.members import actions, queries
from serai.members.actions import Invitee, Refused, RoleWanted
from serai.members.models import Invitation, Person
from serai.members.states import PersonState, Role

pytestmark = pytest.mark.django_db
NOON = make.NOON


def invitee(email="nino@agency.example", name="Nino", **wanted):
    fitting = {"role": Role.DEPUTY, "member": make.member()} | wanted
    return Invitee(email, name, RoleWanted(**fitting), "en")


def test_all_are_invited_under_one_key():
    by = make.viewer_with("focal_point")

    done = actions.import_people(
        rows=[invitee(), invitee("ana@agency.example", "")], by=by, now=NOON
    )

    rows = Invitation.objects.order_by("id")
    assert done.invited_count == 2
    assert [(r.email, r.import_key, r.person.full_name) for r in rows] == [
        ("nino@agency.example", done.key, "Nino"), ("ana@agency.example", done.key, ""),
    ]  # fmt: skip
    assert Message.objects.count() == 2


def test_one_row_that_cannot_be_invited_stops_all():
    by = make.viewer_with("focal_point")

    with pytest.raises(Denied):
        actions.import_people(
            rows=[invitee(), invitee("b@agency.example", role=Role.OFFICER, member=None)],
            by=by,
            now=NOON,
        )

    assert (Invitation.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", ["officer", "contributor", "administrator", "committee"])
def test_who_may_not_invite_imports_nobody(role):
    with pytest.raises(Denied):
        actions.import_people(rows=[], by=make.viewer_with(role), now=NOON)


def test_a_name_given_in_a_sheet_does_not_rename_anybody():
    known = make.person("nino@agency.example", full_name="Nino Herself")

    actions.import_people(
        rows=[invitee(name="Somebody")], by=make.viewer_with("focal_point"), now=NOON
    )

    known.refresh_from_db()
    assert known.full_name == "Nino Herself"


def test_undo_closes_and_blanks_only_accounts_nothing_else_knows():
    by = make.viewer_with("focal_point")
    actions.invite(
        email="both@agency.example",
        wanted=RoleWanted(Role.COMMITTEE, member=make.member()),
        language="en",
        by=by,
        now=NOON,
    )
    done = actions.import_people(
        rows=[invitee(), invitee("both@agency.example", "")], by=by, now=NOON
    )

    count = actions.undo_people_import(key=done.key, by=by, now=NOON)

    states = dict(Person.objects.exclude(pk=by.person_id).values_list("email", "state"))
    closed = Person.objects.get(state=PersonState.CLOSED)
    assert count == 2
    assert states == {
        "both@agency.example": "invited",
        f"closed-{closed.public_id}@closed.invalid": "closed",
    }
    assert closed.full_name == ""
    assert AuditEntry.objects.filter(verb="undo_people_import").count() == 1
    assert queries.active_person_by_email("nino@agency.example") is None


@pytest.mark.parametrize("key", ["", "unknown"])
def test_undo_of_nothing_is_refused(key):
    with pytest.raises(Refused, match="nothing to undo"):
        actions.undo_people_import(key=key, by=make.viewer_with("focal_point"), now=NOON)
