"""Who opens deliveries and brings them where."""

import pytest
from tests.factories import planning as make
from tests.factories import readiness as desk
from tests.factories.members import member, person, viewer_with

from serai.base.access import ANONYMOUS
from serai.members.queries import viewer_of
from serai.readiness.access import (
    may_bring,
    may_keep_provision,
    may_move_provision,
    may_open_deliveries,
    may_see_provision,
)
from serai.readiness.models import Duty
from serai.readiness.states import ProvisionState

pytestmark = pytest.mark.django_db
S = ProvisionState


def with_duty(kind: str):
    """A person with a duty and no role."""
    someone = person()
    Duty.objects.create(person=someone, kind=kind, from_on=make.NOON.date())
    return viewer_of(someone, make.NOON)


@pytest.mark.parametrize(
    ("role", "may"),
    [("officer", True), ("coordinator", True), ("lead", True), ("contributor", True),
     ("focal_point", True), ("deputy", True), ("expert", True), ("administrator", False),
     ("participant", False)],
)  # fmt: skip
def test_who_opens_the_board(role, may):
    assert may_open_deliveries(viewer_with(role)) is may


def test_technicians_and_suppliers_open_it_and_visitors_do_not():
    assert may_open_deliveries(with_duty("technician")) is True
    assert may_open_deliveries(with_duty("supplier")) is True
    assert may_open_deliveries(with_duty("security_reader")) is False
    assert may_open_deliveries(ANONYMOUS) is False


BROUGHT = {
    "officer": {S.ORDERED, S.DELIVERED, S.INSTALLED, S.CLOSED, S.CANCELLED, S.PROPOSED},
    "focal_point": {S.AGREED},
    "technician": {S.DELIVERED, S.INSTALLED},
    "supplier": {S.DELIVERED},
    "other supplier": set(),
    "lead": set(),
    "deputy": set(),
    "expert": set(),
}


@pytest.mark.parametrize(("who", "states"), BROUGHT.items())
def test_who_brings_a_delivery_where(who, states):
    """The technician knows of the office: a request of it is open."""
    if who in {"technician", "supplier", "other supplier"}:
        viewer = with_duty(who.split()[-1])
    else:
        viewer = viewer_with(who)
    found = make.provided(
        state="ordered", supplier_id=viewer.person_id if who == "supplier" else None
    )
    desk.help_request(found.office)

    assert {state for state in S if may_bring(viewer, found, state)} == states
    assert may_keep_provision(viewer, found) is (who == "officer")


def test_a_technician_brings_nothing_where_no_request_and_no_event_is_open():
    technician = with_duty("technician")
    found, shared = make.provided(state="ordered"), make.provided(country=member("GEO"))
    asked = desk.help_request(found.office, state="closed")

    assert may_move_provision(technician, found) is False
    assert may_see_provision(technician, found) is False
    assert may_see_provision(technician, shared) is False
    assert may_bring(technician, found, S.DELIVERED) is False
    asked.state = "new"
    asked.save()
    assert may_move_provision(technician, found) is True
    assert may_see_provision(technician, found) is True
    assert may_see_provision(technician, shared) is True


def test_a_delivery_is_moved_by_staff_and_its_supplier():
    supplier = with_duty("supplier")
    found = make.provided(state="ordered", supplier_id=supplier.person_id)

    assert may_move_provision(viewer_with("officer"), found) is True
    assert may_move_provision(viewer_with("coordinator"), found) is True
    assert may_move_provision(supplier, found) is True
    assert may_move_provision(with_duty("supplier"), found) is False
    assert may_move_provision(viewer_with("lead", found.office.organisation), found) is False


def test_a_supplier_delivers_what_is_ordered_and_takes_nothing_back():
    supplier = with_duty("supplier")
    found = make.provided(state="installed", supplier_id=supplier.person_id)

    assert may_bring(supplier, found, S.DELIVERED) is False


def test_officers_of_another_initiative_keep_no_delivery():
    found = make.provided(state="ordered")

    assert may_keep_provision(viewer_with("officer", make.CODE), found) is True
    assert may_keep_provision(viewer_with("officer", "startup-hub"), found) is False


def test_what_a_country_shares_belongs_to_the_initiative_of_its_plan():
    from tests.factories.members import member

    found = make.provided(country=member("GEO"), run=make.planned())

    assert may_keep_provision(viewer_with("officer", make.CODE), found) is True
    assert may_bring(viewer_with("focal_point", "GEO"), found, S.AGREED) is True
    assert may_bring(viewer_with("focal_point", "UZB"), found, S.AGREED) is False
