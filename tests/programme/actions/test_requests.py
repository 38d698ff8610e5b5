"""Requests: opened, seen, answered, released by name, closed."""

from datetime import date

import pytest
from tests.factories.members import member, viewer_with
from tests.factories.programme import NOON, STAFF, initiative

from serai.base.access import Denied, Viewer
from serai.base.models import Message as Letter
from serai.programme import actions, queries
from serai.programme.actions import About, Refused

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
READER = Viewer(keys=frozenset({"public", "members"}))


def _asked(**fields):
    for iso3 in ("GEO", "UZB"):
        member(iso3)
    return actions.open_request(
        initiative=initiative(), text="Answer the questionnaire", countries=("GEO", "UZB"),
        by=STAFF, now=NOON, **fields,
    )  # fmt: skip


def test_those_who_answer_for_a_member_are_told():
    georgia = viewer_with("focal_point", "GEO")

    _asked()

    letters = Letter.objects.filter(key__startswith="programme.request_opened:")
    assert [letter.person_id for letter in letters] == [georgia.person_id]


def test_a_focal_point_answers_for_their_country_alone():
    georgia = viewer_with("focal_point", "GEO")
    request = _asked()
    own, other = request.addressees.order_by("country__iso3")

    actions.answer_request(addressee=own, state="answered", by=georgia, now=NOON)
    with pytest.raises(Denied):
        actions.answer_request(addressee=other, state="answered", by=georgia, now=NOON)

    row = queries.requests(georgia, D)[0]
    assert (row.asked_count, row.answered_count, row.waiting_count) == (2, 1, 1)
    assert [one.iso3 for one in row.shown] == ["GEO"]


def test_declining_needs_a_reason():
    one = _asked().addressees.order_by("id").first()

    with pytest.raises(Refused, match="Say why"):
        actions.answer_request(addressee=one, state="declined", by=STAFF, now=NOON)


def test_names_are_counted_until_they_are_released():
    request = _asked()

    before = queries.requests(READER, D)[0]
    actions.release_names(request=request, by=STAFF, now=NOON)
    after = queries.requests(READER, D)[0]

    assert (before.waiting_count, before.shown) == (2, ())
    assert [one.iso3 for one in after.shown] == ["GEO", "UZB"]
    assert queries.requests(READER, date(2021, 6, 29)) == []


def test_another_rooms_thing_answers_for_a_member():
    about = About("surveys", "wave", "7")
    _asked(about=about)

    actions.answer_request_about(about=about, country="UZB", state="answered", by=STAFF, now=NOON)

    assert queries.requests(STAFF, D)[0].answered_count == 1


def test_a_request_without_addressees_is_refused():
    with pytest.raises(Refused, match="Nobody is addressed"):
        actions.open_request(initiative=initiative(), text="Help", by=STAFF, now=NOON)


def test_an_unknown_member_is_named():
    with pytest.raises(Refused, match="XYZ"):
        actions.open_request(
            initiative=initiative(), text="Help", countries=("XYZ",), by=STAFF, now=NOON
        )


def test_a_former_member_is_not_asked_but_was_on_its_days():
    georgia = member("GEO", state="former", until_on=date(2021, 6, 29))
    asked = {"initiative": initiative(), "text": "Help", "countries": ("GEO",), "by": STAFF}

    with pytest.raises(Refused, match="no longer a member"):
        actions.open_request(**asked, now=NOON)
    told = actions.open_request(**asked, now=NOON, told=actions.Told(date(2021, 6, 29), "Minutes"))

    assert [one.country for one in told.addressees.all()] == [georgia]


def test_a_closed_request_takes_no_answer():
    request = _asked()
    actions.close_request(request=request, by=STAFF, now=NOON)
    one = request.addressees.select_related("request").order_by("id").first()

    with pytest.raises(Refused, match="closed"):
        actions.answer_request(addressee=one, state="answered", by=STAFF, now=NOON)


def test_only_the_waiting_are_reminded():
    viewer_with("focal_point", "GEO")
    uzbekistan = viewer_with("focal_point", "UZB")
    request = _asked()
    first = request.addressees.order_by("country__iso3").first()
    actions.answer_request(addressee=first, state="answered", by=STAFF, now=NOON)

    count = actions.remind(request=request, by=STAFF, now=NOON)

    assert count == 1
    assert [
        m.person_id for m in Letter.objects.filter(key__startswith="programme.request_reminder:")
    ] == [uzbekistan.person_id]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count, django_assert_num_queries):
    for _ in range(count):
        _asked()

    with django_assert_num_queries(1):
        assert len(queries.requests(STAFF, D)) == count


def _refused(call, **fields):
    with pytest.raises(Refused) as error:
        call(by=STAFF, now=NOON, **fields)
    return str(error.value)


def test_a_request_is_seen_once():
    one = _asked().addressees.order_by("id").first()
    georgia = viewer_with("focal_point", "GEO")

    actions.see_request(addressee=one, by=georgia, now=NOON)
    one.refresh_from_db()
    actions.see_request(addressee=one, by=georgia, now=NOON)

    assert [step.state for step in one.steps.order_by("id")] == ["open", "seen"]


@pytest.mark.parametrize("state", ["open", "seen"])
def test_an_answer_says_something(state):
    one = _asked().addressees.order_by("id").first()

    assert _refused(actions.answer_request, addressee=one, state=state) == (
        "Choose answered, declined or not applicable."
    )


def test_another_rooms_thing_answers_nothing_that_was_not_asked_and_once():
    about = About("surveys", "wave", "7")
    request = _asked(about=about)

    def answer(country, thing=about):
        return actions.answer_request_about(
            about=thing, country=country, state="answered", by=STAFF, now=NOON
        )

    assert answer("KAZ") is None
    assert answer("UZB", About("surveys", "wave", "8")) is None
    first = answer("UZB")
    assert answer("UZB") == first
    assert first.steps.count() == 2
    actions.close_request(request=request, by=STAFF, now=NOON)
    assert answer("GEO") is None


def test_names_are_released_once_by_somebody():
    officer = viewer_with("officer")
    request = _asked()

    actions.release_names(request=request, by=officer, now=NOON)

    assert (request.names_released_on, request.names_released_by_id) == (D, officer.person_id)
    assert _refused(actions.release_names, request=request) == "The names are released already."


def test_a_closed_request_reminds_nobody():
    request = _asked()
    actions.close_request(request=request, by=STAFF, now=NOON)

    request.refresh_from_db()
    assert _refused(actions.remind, request=request) == (
        "This request is closed: nobody is reminded."
    )


def test_officers_elsewhere_keep_no_request():
    request, elsewhere = _asked(), viewer_with("officer", "elsewhere")

    for call in (actions.close_request, actions.release_names, actions.remind):
        with pytest.raises(Denied):
            call(request=request, by=elsewhere, now=NOON)


def test_more_members_are_asked_what_another_rooms_thing_asks():
    about = About("surveys", "wave", "abc")
    request = _asked(about=about)
    member("KAZ")
    kazakhstan = viewer_with("focal_point", "KAZ")

    counts = [
        actions.ask_also(about=about, countries=("GEO", "KAZ"), by=STAFF, now=NOON)
        for _time in range(2)
    ]
    nothing = actions.ask_also(about=About("a", "b", "c"), countries=("KAZ",), by=STAFF, now=NOON)
    with pytest.raises(Denied):
        actions.ask_also(about=about, countries=("KAZ",), by=kazakhstan, now=NOON)

    codes = request.addressees.order_by("country__iso3").values_list("country__iso3", flat=True)
    letters = Letter.objects.filter(key__startswith="programme.request_opened:")
    assert (counts, nothing, list(codes)) == ([1, 0], 0, ["GEO", "KAZ", "UZB"])
    assert [letter.person_id for letter in letters] == [kazakhstan.person_id]
