"""What is found by words, and by whom: never by more than may read it."""

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base import search
from serai.base.access import ANONYMOUS
from serai.base.models import SearchEntry
from serai.base.text import TranslatedText
from serai.members.queries import viewer_of
from serai.programme import actions
from serai.programme.actions import InitiativeFacts, Told, finding
from serai.programme.models import Decision, Initiative, Risk

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
TWO = TranslatedText((("en", "Harbour", "source"), ("ru", "Гавань", "checked")))


def found_by(everybody, word):
    return {who for who, v in everybody.items() if search.search(v, word, "en")}


def keys(thing):
    entry = SearchEntry.objects.get(thing=thing, language="en")
    return set(entry.keys.values_list("key", flat=True))


def test_an_initiative_is_found_by_name_and_purpose_in_each_language():
    one = make.initiative("home", name=TWO, purpose=TranslatedText.of("Ships come in"))

    finding.index_initiative(one, NOON)

    hit = search.search(ANONYMOUS, "harbour", "en")[0]
    assert (hit.thing, hit.title, hit.address) == (
        f"programme.initiative:{one.pk}", "Harbour", "/en/programme/initiatives/home/",
    )  # fmt: skip
    russian = search.search(ANONYMOUS, "гавань", "ru")[0]
    assert (russian.title, russian.address) == ("Гавань", "/ru/programme/initiatives/home/")
    assert [h.thing for h in search.search(ANONYMOUS, "ships", "en")] == [hit.thing]


def test_a_milestone_is_found_by_number_and_name():
    row = actions.add_milestone(
        initiative=make.initiative("home"), name="Harbour", by=STAFF, now=NOON
    )

    hit = search.search(ANONYMOUS, "harbour", "en")[0]

    assert (hit.title, hit.address) == ("1. Harbour", f"/en/programme/milestones/{row.public_id}/")


def test_a_meeting_is_found_by_title_and_by_minutes_once_agreed():
    meeting = make.meeting(make.initiative("home"), title="Harbour", audience="public")
    for state in ("called", "held"):
        actions.move_meeting(meeting=meeting, state=state, by=STAFF, now=NOON)
    decision = make.decision(meeting, "Build lighthouses")
    actions.write_minutes(meeting=meeting, text="Dredging agreed", by=STAFF, now=NOON)
    actions.move_meeting(meeting=meeting, state="minutes_draft", by=STAFF, now=NOON)
    page = f"/en/programme/meetings/{meeting.public_id}/"

    assert [h.title for h in search.search(ANONYMOUS, "harbour", "en")] == ["SOM-2021-06: Harbour"]
    assert search.search(ANONYMOUS, "dredging", "en") == []
    assert search.search(STAFF, "lighthouses", "en") == []

    actions.move_meeting(meeting=meeting, state="minutes_agreed", by=STAFF, now=NOON)

    assert [h.address for h in search.search(ANONYMOUS, "dredging", "en")] == [page]
    (hit,) = search.search(ANONYMOUS, "lighthouses", "en")
    assert (hit.thing, hit.title, hit.address) == (
        f"programme.decision:{decision.pk}", "SOM-2021-06/D1: Build lighthouses", page,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", EVERY_KIND), ("members", MEMBER_KINDS), ("secretariat", STAFF_KINDS),
    ],
)  # fmt: skip
def test_things_are_found_by_their_audience(audience, readers):
    everybody = make.viewers("home")
    home = make.initiative("home", audience="public")
    actions.add_milestone(initiative=home, name="Alpha", audience=audience, by=STAFF, now=NOON)
    meeting = make.meeting(home, title="Beta", audience=audience, state="held")
    make.decision(meeting, "Gamma")
    make.agree(meeting)

    found = [found_by(everybody, word) for word in ("alpha", "beta", "gamma")]

    assert found == [readers] * 3


@pytest.mark.parametrize(
    ("home", "readers"), [("members", MEMBER_KINDS), ("secretariat", STAFF_KINDS)]
)
def test_public_things_of_a_narrower_initiative_are_found_as_narrowly_as_it(home, readers):
    everybody = make.viewers("home")
    one = make.initiative("home", audience=home)
    agency = people.organisation("Agency", country="UZB")
    everybody["owner"] = people.viewer_with("partner", agency)
    actions.add_milestone(
        initiative=one, name="Alpha", audience="public", owner_id=agency.pk, by=STAFF, now=NOON
    )
    meeting = make.meeting(one, title="Beta", audience="public", state="held")
    make.decision(meeting, "Gamma")
    make.agree(meeting)

    found = [found_by(everybody, word) for word in ("alpha", "beta", "gamma")]

    assert found == [readers] * 3


def test_a_country_s_and_an_owner_s_milestone_is_found_by_them():
    agency = people.organisation("Agency", country="UZB")
    everybody = make.viewers("home") | {"owner": people.viewer_with("partner", agency)}
    row = actions.add_milestone(
        initiative=make.initiative("home"), name="Alpha", audience="country",
        country_id=people.member("GEO").pk, owner_id=agency.pk, by=STAFF, now=NOON,
    )  # fmt: skip

    assert found_by(everybody, "alpha") == {"own country", "owner"}
    assert keys(f"programme.milestone:{row.pk}") == {"country:GEO", f"organisation:{agency.pk}"}


def test_a_meeting_of_the_whole_programme_is_found_by_its_audience():
    everybody = make.viewers("home")
    make.meeting(title="Beta", audience="secretariat")

    assert found_by(everybody, "beta") == {"secretariat"}


def test_narrowing_an_initiative_narrows_all_that_stands_in_it():
    everybody = make.viewers("home")
    home = make.initiative("home", name=TranslatedText.of("Delta"))
    finding.index_initiative(home, NOON)
    actions.add_milestone(initiative=home, name="Alpha", by=STAFF, now=NOON)
    meeting = make.meeting(home, title="Beta", audience="public", state="held")
    make.decision(meeting, "Gamma")
    make.agree(meeting)
    make.decision(make.meeting(home, state="held", audience="public"), "Epsilon")
    words = ("alpha", "beta", "gamma", "delta")
    assert [found_by(everybody, word) for word in words] == [EVERY_KIND] * 4

    actions.change_readers(
        thing=home, audience="secretariat", reason="Too early",
        by=people.viewer_with("coordinator"), now=NOON,
    )  # fmt: skip

    assert [found_by(everybody, word) for word in words] == [STAFF_KINDS] * 4
    # A decision that is only proposed is not brought in by the way.
    draft = Decision.objects.get(state="proposed")
    assert not SearchEntry.objects.filter(thing=f"programme.decision:{draft.pk}").exists()


def test_sample_things_are_not_found_by_the_public():
    actions.open_initiative(
        programme=make.programme(), by=STAFF, now=NOON, told=Told(sample=True),
        facts=InitiativeFacts("home", TWO, TranslatedText(), audience="public"),
    )  # fmt: skip

    assert search.search(ANONYMOUS, "harbour", "en") == []
    (hit,) = search.search(people.viewer_with("committee", "GEO"), "harbour", "en")
    assert (hit.is_sample, hit.thing) == (
        True, f"programme.initiative:{Initiative.objects.get().pk}",
    )  # fmt: skip


# -- a secret in each further kind: who finds it


def test_a_request_is_found_by_its_audience_and_by_those_it_addresses():
    everybody = make.viewers("home")
    make.ask(make.initiative("home"), text="Alpha", countries=["GEO"], audience="secretariat")

    assert found_by(everybody, "alpha") == {*STAFF_KINDS, "own country"}


def test_an_action_item_is_found_by_its_audience_and_by_those_who_do_it():
    everybody = make.viewers("home")
    agency, person = people.organisation("Agency", country="UZB"), people.person()
    everybody["owner"] = people.viewer_with("partner", agency)
    everybody["person"] = viewer_of(person, NOON)
    make.action_item(
        "Alpha", initiative=make.initiative("home"), owner_id=agency.pk, person_id=person.pk,
        countries=["GEO"],
    )  # fmt: skip

    assert found_by(everybody, "alpha") == {*STAFF_KINDS, "own country", "owner", "person"}


def test_a_risk_is_found_by_the_secretariat_until_an_assumption_is_released():
    everybody = make.viewers("home")
    home = make.initiative("home", audience="public")
    make.risk(home, text="Alpha")
    assumed = make.risk(home, kind="assumption", text="Beta")

    assert [found_by(everybody, word) for word in ("alpha", "beta")] == [STAFF_KINDS] * 2

    assumed.audience = "members"
    finding.index_risk(assumed, NOON)

    assert [found_by(everybody, word) for word in ("alpha", "beta")] == [STAFF_KINDS, MEMBER_KINDS]


@pytest.mark.parametrize(
    ("paper", "meeting", "readers"),
    [
        ("members", "members", MEMBER_KINDS),
        ("secretariat", "public", STAFF_KINDS),
        ("public", "secretariat", STAFF_KINDS),
    ],
)
def test_a_paper_is_found_once_papers_are_out_as_narrowly_as_its_meeting(paper, meeting, readers):
    everybody = make.viewers("home")
    home = make.initiative("home", audience="public")
    gathering = make.meeting(home, title="Beta", audience=meeting, state="called")
    make.paper(make.item(gathering), title="Alpha", audience=paper)

    early = found_by(everybody, "alpha")
    actions.move_meeting(meeting=gathering, state="papers_out", by=STAFF, now=NOON)

    assert early == set()
    assert found_by(everybody, "alpha") == readers


def test_papers_of_a_cancelled_meeting_are_found_no_more():
    gathering = make.meeting(make.initiative("home"), title="Beta", state="called")
    make.paper(make.item(gathering), title="Alpha")
    actions.move_meeting(meeting=gathering, state="papers_out", by=STAFF, now=NOON)

    actions.move_meeting(meeting=gathering, state="cancelled", by=STAFF, now=NOON)

    assert search.search(STAFF, "alpha", "en") == []


def test_sample_work_is_not_found_by_the_public():
    home = make.initiative("home", audience="public")
    make.risk(home, kind="assumption", text="Alpha", told=Told(sample=True))
    one = Risk.objects.get()
    one.audience = "public"
    finding.index_risk(one, NOON)

    assert search.search(ANONYMOUS, "alpha", "en") == []
    (hit,) = search.search(people.viewer_with("committee", "GEO"), "alpha", "en")
    assert hit.is_sample is True


def test_the_room_yields_all_that_it_lets_people_find_and_nothing_more():
    people.member("GEO")
    home = make.initiative("home")
    finding.index_initiative(home, NOON)
    actions.add_milestone(initiative=home, name="Alpha", by=STAFF, now=NOON)
    gathering = make.meeting(title="Beta", state="held")
    make.paper(make.item(gathering), title="Delta")
    make.decision(gathering, "Gamma")
    make.agree(gathering)
    make.decision(make.meeting(home, state="held"), "Only proposed")
    make.ask(home, text="Epsilon", countries=["GEO"])
    make.action_item("Zeta", initiative=home, countries=["GEO"])
    make.risk(home, text="Eta")
    before = set(SearchEntry.objects.values_list("thing", flat=True))
    SearchEntry.objects.all().delete()

    for one in actions.findable():
        one.index(NOON)

    assert set(SearchEntry.objects.values_list("thing", flat=True)) == {
        thing for thing in before if thing.startswith("programme.")
    }
