"""Where one may test."""

import pytest
from tests.factories.members import NOON, organisation, viewer_with
from tests.factories.readiness import (
    probe_point,
    probe_run,
    probe_ticket,
    probed_office,
    probed_room,
)

from serai.base.access import NotFound, Viewer
from serai.base.probe import read_ticket
from serai.readiness.queries import testing as queries

pytestmark = pytest.mark.django_db


def test_ones_own_office_stands_first_and_anothers_is_not_listed():
    agency, other = organisation("B"), organisation("A")
    own = probed_office(organisation=agency)
    probed_office(organisation=other)
    probed_office(organisation=agency, unit_key="gone", is_closed=True)
    probe_run(own)

    rows = queries.tested_offices(viewer_with("lead", agency))

    assert [(row.public_id, row.run_count, row.latest_at, row.may_test) for row in rows] == [
        (own.public_id, 1, NOON, True)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_once(count, django_assert_num_queries):
    agency = organisation()
    for number in range(count):
        probed_office(organisation=agency, unit_key=f"u{number}")
    viewer = viewer_with("lead", agency)

    with django_assert_num_queries(1):
        rows = queries.tested_offices(viewer)

    assert len(rows) == count


def test_anothers_office_is_not_found():
    with pytest.raises(NotFound):
        queries.tested_office(viewer_with("lead"), probed_office().public_id)


def test_rooms_that_are_open():
    agency = organisation()
    office = probed_office(organisation=agency)
    room = probed_room(office)
    probed_room(office, is_closed=True)

    assert queries.rooms(viewer_with("lead", agency), office) == [room]
    assert queries.rooms(viewer_with("lead"), office) == []


def test_points_are_for_the_signed_in():
    used, unused = probe_point(name="A"), probe_point(name="B", is_in_use=False)

    assert queries.points(viewer_with()) == [used, unused]
    assert queries.points(viewer_with(), only_in_use=True) == [used]
    assert queries.points(Viewer()) == []


def test_a_point_is_opened_by_officers_alone():
    kept = probe_point()

    assert queries.point(viewer_with("officer"), kept.public_id) == kept
    with pytest.raises(NotFound):
        queries.point(viewer_with("lead"), kept.public_id)
    with pytest.raises(NotFound):
        queries.point(viewer_with("officer"), "none")


def test_a_ticket_is_its_owners_alone_and_holds_no_person():
    owner = viewer_with("lead")
    kept = probe_ticket(probed_office(), issued_to_id=owner.person_id)

    found = queries.ticket(owner, kept.public_id)
    told = read_ticket(queries.signed(owner, found, seconds=5, key=b"k"), b"k")

    assert (told.number, told.most_bytes, told.most_seconds) == (kept.public_id, 8_000_000, 5)
    assert told.about == {"office": kept.office.public_id, "room": "", "length": "short"}
    with pytest.raises(NotFound):
        queries.ticket(viewer_with("lead"), kept.public_id)
    with pytest.raises(NotFound):
        queries.signed(viewer_with("officer"), kept, seconds=5, key=b"k")
