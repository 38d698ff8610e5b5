"""What several reads share: the programme and its day, names, and who sees an initiative."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.db.models import Q
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS, NotFound, Viewer
from serai.base.text import TranslatedText
from serai.programme import actions, queries
from serai.programme.models import Initiative, Milestone
from serai.programme.queries import ProgrammeView, shared

pytestmark = pytest.mark.django_db
EVENING = datetime(2021, 6, 30, 17, tzinfo=UTC)  # 1 July in Manila


def test_before_a_preset_there_is_an_empty_programme():
    found = queries.programme(ANONYMOUS)

    assert found == ProgrammeView(
        "", TranslatedText(), TranslatedText(), TranslatedText(), "UTC", ("en",),
        TranslatedText(), "", None,
    )  # fmt: skip
    assert found.day(EVENING) == date(2021, 6, 30)


def test_the_programme_says_all(django_assert_num_queries):
    secretariat = people.organisation("The secretariat", country=None)
    make.programme(
        secretariat=secretariat, technical_assistance=TranslatedText.of("TA 1"),
        technical_assistance_number="TA-1", opens_as_of=date(2021, 6, 15),
    )  # fmt: skip

    with django_assert_num_queries(1):
        found = queries.programme(ANONYMOUS)

    assert found == ProgrammeView(
        code="carec",
        name=TranslatedText.of("Central Asia Regional Economic Cooperation"),
        short_name=TranslatedText.of("CAREC"),
        secretariat=TranslatedText.of("The secretariat"),
        time_zone="Asia/Manila",
        languages=("en", "ru"),
        technical_assistance=TranslatedText.of("TA 1"),
        technical_assistance_number="TA-1",
        opens_as_of=date(2021, 6, 15),
    )
    assert (found.today(EVENING), found.day(EVENING)) == (date(2021, 7, 1), date(2021, 6, 15))


def test_pages_open_today_unless_a_day_is_set():
    make.programme()

    assert queries.programme(ANONYMOUS).day(EVENING) == date(2021, 7, 1)


@pytest.mark.parametrize(
    ("viewer", "reads"),
    [
        (ANONYMOUS, False),
        (Viewer(keys=frozenset({"public", "members"})), True),
        (Viewer(person_id=1), True),
    ],
)
def test_names_and_samples_are_for_members_and_those_signed_in(viewer, reads):
    hidden = Q() if reads else Q(initiative__sample=False)

    assert shared.reads_names(viewer) is reads
    assert shared.not_sample(viewer, "initiative__") == hidden


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", EVERY_KIND), ("members", {*MEMBER_KINDS, "expert"}),
        ("secretariat", STAFF_KINDS), ("country", set()), ("organisation", set()),
    ],
)  # fmt: skip
def test_an_initiative_is_found_by_its_audience(audience, readers):
    everybody = make.viewers("home")
    home = make.initiative("home", audience=audience)
    make.milestone(home, audience="public")

    def sees(viewer):
        try:
            return queries.initiative(viewer, "home") == home
        except NotFound:
            return False

    assert {who for who, viewer in everybody.items() if sees(viewer)} == readers
    here = {
        who for who, v in everybody.items()
        if Initiative.objects.filter(shared.sees_initiative(v)).exists()
    }  # fmt: skip
    # A thing wider than its initiative is no wider than it.
    within = {
        who for who, v in everybody.items()
        if Milestone.objects.filter(shared.within_initiative(v, Q(audience="public"))).exists()
    }  # fmt: skip
    assert (here, within) == (readers, readers)


def test_an_own_thing_is_read_though_its_initiative_is_not():
    make.milestone(make.initiative("home", audience="secretariat"), audience="country")

    assert Milestone.objects.filter(
        shared.within_initiative(ANONYMOUS, Q(audience="country"))
    ).exists()


def test_a_thing_s_state_is_its_latest_known_step():
    home = make.initiative("home", state="proposed")
    meeting = make.meeting(home, state="held")
    decision = make.decision(meeting)
    make.agree(meeting)
    actions.move_initiative(
        initiative=home, state="active", citing=decision, by=make.STAFF, now=make.NOON,
        told=make.told(date(2021, 6, 1)),
    )  # fmt: skip

    def state(day):
        known = Initiative.objects.annotate(**shared.states_by(day, "initiative", True))
        return shared.state_of(known.get())

    assert state(date(2020, 12, 31)) == ""
    assert state(date(2021, 5, 31)) == "proposed"
    assert state(date(2021, 6, 1)) == "active"
    assert shared.state_of(object()) == ""


def test_a_fact_is_entered_later_when_its_day_was_over_in_the_programme_s_zone():
    day = date(2021, 6, 30)

    assert shared.is_entered_later(day, EVENING, "Asia/Manila") is True
    assert shared.is_entered_later(day, EVENING, "UTC") is False


@dataclass
class Named:
    """Something with a long and a short name."""

    names: TranslatedText
    short_name: TranslatedText


def test_names_are_short_where_there_is_a_short_one():
    both = Named(TranslatedText.of("People's Republic of China"), TranslatedText.of("China"))
    one = Named(TranslatedText.of("Georgia"), TranslatedText())

    assert [str(queries.place_name(row)) for row in (both, one)] == ["China", "Georgia"]
