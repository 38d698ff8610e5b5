"""Deliveries: who sees which, what they may go on to, what is shown of the promise."""

from datetime import timedelta

import pytest
from tests.factories import planning as make
from tests.factories import readiness as desk
from tests.factories.members import member, person, viewer_with
from tests.readiness.access.test_providing import with_duty

from serai.base.access import ANONYMOUS, NotFound
from serai.calc.readiness.conditions import Verdict
from serai.readiness import queries
from serai.readiness.access import may_see_provision
from serai.readiness.models import Duty, Fact, MeetingRoom
from serai.readiness.queries.provision import installed_on, proof, told_of_provision

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    """One for an office of Georgia, one of Uzbekistan, one shared in Georgia."""
    make.framework()
    return {
        "geo": make.provided(make.office("Own")),
        "uzb": make.provided(make.office(country="UZB")),
        "shared": make.provided(country=member("GEO"), package="LOAN"),
    }


@pytest.mark.parametrize(
    ("role", "scope", "seen"),
    [
        ("officer", None, {"geo", "uzb", "shared"}),
        ("focal_point", "GEO", {"geo", "shared"}),
        ("deputy", "UZB", {"uzb"}),
        ("expert", f"{make.CODE}:GEO", {"geo"}),
        ("lead", "own", {"geo"}),
        ("contributor", "own", {"geo"}),
        ("participant", None, set()),
    ],
)
def test_who_sees_which_delivery(three, role, scope, seen):
    place = three["geo"].office.organisation
    viewer = viewer_with(role, place if scope == "own" else scope)

    numbers = {one.public_id for one in queries.provisions(viewer)}

    assert numbers == {three[name].public_id for name in seen}
    assert {name for name, one in three.items() if may_see_provision(viewer, one)} == seen


def test_a_technician_sees_what_goes_to_offices_at_the_desk_and_their_country(three):
    technician = with_duty("technician")
    assert queries.provisions(technician) == []

    asked = desk.help_request(three["geo"].office)
    seen = {one.public_id for one in queries.provisions(technician)}
    assert seen == {one.public_id for one in three.values() if may_see_provision(technician, one)}
    assert three["geo"].public_id in seen
    assert three["uzb"].public_id not in seen

    asked.state = "closed"
    asked.save()
    with pytest.raises(NotFound):
        queries.provision(technician, three["geo"].public_id)


def test_a_supplier_sees_their_own(three):
    supplier = with_duty("supplier")
    three["uzb"].supplier_id = supplier.person_id
    three["uzb"].save()

    assert [one.public_id for one in queries.provisions(supplier)] == [three["uzb"].public_id]
    with pytest.raises(NotFound):
        queries.provision(supplier, three["geo"].public_id)
    assert queries.provisions(ANONYMOUS) == []


def test_a_supplier_reads_the_order_and_nothing_that_was_tested(three):
    supplier = with_duty("supplier")
    three["uzb"].supplier_id = supplier.person_id
    three["uzb"].state = "ordered"
    three["uzb"].save()

    page = queries.provision_page(supplier, queries.provision(supplier, three["uzb"].public_id))

    assert (page.promises, page.may_keep, page.may_check) == ((), False, False)
    assert [state.value for state in page.moves] == ["delivered"]


def test_the_board_asks_as_much_of_one_as_of_three(django_assert_num_queries):
    viewer = make.staff()
    make.provided()
    with django_assert_num_queries(3):
        assert len(queries.provisions(viewer)) == 1
    for _ in range(2):
        make.provided()
    with django_assert_num_queries(3):
        assert len(queries.provisions(viewer)) == 3


def test_the_page_names_moves_steps_and_promises():
    make.framework()
    found = make.at_step(make.provided(), "installed")
    page = queries.provision_page(make.staff(), found)

    assert [one.state.value for one in page.steps] == ["installed", "proposed"]
    assert [state.value for state in page.moves] == ["delivered"]
    assert page.may_check is True
    assert [(one.fact, one.need, one.verdict) for one in page.promises] == [
        ("link.rate", 20, Verdict.UNKNOWN)
    ]


def test_proof_looks_from_each_room_and_takes_the_one_that_shows_it():
    found = make.at_step(make.provided(package="ROOM"), "installed")
    later = make.scored(found.office, as_of=make.NOON.date())
    kept = {"assessment": later, "scope": "room", "key": "kit.camera", "grade": "declared",
            "known_on": make.NOON.date()}  # fmt: skip
    for key, value in (("r1", "no"), ("r2", "yes")):
        hall = MeetingRoom.objects.create(office=found.office, key=key, name=key)
        Fact.objects.create(**kept, room=hall, value=value)

    assert proof(found).verdict is Verdict.PASSES
    found.room = MeetingRoom.objects.get(key="r1")
    assert proof(found).verdict is Verdict.FAILS


def test_proof_of_what_a_country_shares_is_one_office_that_shows_it():
    make.framework()
    found = make.at_step(make.provided(country=member("GEO"), package="LOAN"), "installed")
    for value in ("no", "yes"):
        Fact.objects.create(
            assessment=make.scored(as_of=make.NOON.date()), scope="office", key="kit.camera",
            value=value, grade="declared", known_on=make.NOON.date(),
        )  # fmt: skip

    assert proof(found).verdict is Verdict.PASSES


def test_proof_of_a_package_nobody_knows_is_unknown():
    make.framework()

    assert proof(make.provided(package="GONE")).effects == ()
    assert installed_on(make.provided()) is None


def test_the_latest_installation_counts():
    found = make.at_step(make.provided(), "installed", make.NOON - timedelta(days=9))
    make.at_step(found, "installed", make.NOON)

    assert installed_on(found) == make.NOON.date()


def test_accepted_advice_alone_is_found():
    found = make.advice()

    assert queries.accepted_advice(make.staff(), found.public_id) == found
    for viewer, number in (
        (viewer_with("lead"), found.public_id),
        (make.staff(), make.advice(state="declined").public_id),
        (make.staff(), make.advice(package="").public_id),
    ):
        with pytest.raises(NotFound):
            queries.accepted_advice(viewer, number)


def test_suppliers_are_those_with_the_duty_today():
    someone = person(full_name="Sam")
    Duty.objects.create(person=someone, kind="supplier", from_on=make.NOON.date())
    Duty.objects.create(
        person=person(), kind="supplier", from_on=make.NOON.date(), ended_at=make.NOON
    )

    assert queries.suppliers() == [(someone.pk, "Sam")]


def test_of_later_moves_the_agency_alone_is_told():
    found = make.provided(state="ordered")
    lead = viewer_with("lead", found.office.organisation)
    viewer_with("focal_point", "GEO")

    assert told_of_provision(found, make.NOON) == [lead.person_id]
