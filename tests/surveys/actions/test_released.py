"""Asking for single answers: what, of whom, for whom; and consent to what was seen alone."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.released import HAS, NAME, a_wave, ask, cleared, consent, read

from serai.base.access import Denied
from serai.base.models import Message as Letter
from serai.members.queries import release_proposal, releases_to_answer
from serai.members.states import Audience
from serai.surveys import actions
from serai.surveys.actions import Refused
from serai.surveys.models import Figure, Release
from serai.surveys.queries import asks
from serai.surveys.queries.released import basis_of, seal_of, showable_countries
from serai.surveys.states import ReleaseOf

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return a_wave()


@pytest.fixture
def focals():
    return [people.viewer_with("focal_point", code) for code in ("GEO", "UZB")]


def test_the_chosen_countries_are_asked_and_nobody_else(wave, focals):
    cleared(wave, "Roads", "GEO")
    cleared(wave, "Ports", "UZB")
    (number, _name), _other = showable_countries(wave)

    found = ask(wave, [NAME, HAS], countries=[number])

    (row,) = found.releases
    assert (row.country.iso3, row.of, row.paths, row.state, row.audience, row.basis) == (
        "GEO", "answers", [NAME, HAS], "asked", "secretariat", {},
    )  # fmt: skip
    assert [len(releases_to_answer(one)) for one in focals] == [1, 0]
    (letter,) = Letter.objects.filter(key__startswith="surveys.release_asked:")
    assert letter.person_id == focals[0].person_id
    assert "be read by others as they are" in letter.text
    assert "Office of Roads" not in letter.text + letter.subject


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paths": []}, "paths"),
        ({"paths": ["/data/none"]}, "paths"),
        ({"to": Audience.COUNTRY}, "audience"),
        ({"reason": " "}, "reason"),
        ({"countries": []}, "countries"),
        ({"countries": [0]}, "countries"),
    ],
)
def test_an_asking_says_what_of_whom_for_whom_and_why(wave, focals, changes, field):
    cleared(wave)
    numbers = [number for number, _name in showable_countries(wave)]
    wanted = {
        "paths": [HAS], "countries": numbers, "to": Audience.MEMBERS, "reason": "They asked.",
    } | changes  # fmt: skip

    with pytest.raises(Refused) as refused:
        actions.ask_answers(
            wave=wave, by=people.viewer_with("coordinator"), now=make.NOON, **wanted
        )

    assert (refused.value.field, Release.objects.count()) == (field, 0)


@pytest.mark.parametrize("role", ["officer", "expert", "focal_point", "lead"])
def test_only_a_coordinator_asks(wave, role):
    with pytest.raises(Denied):
        actions.ask_answers(
            wave=wave, paths=[HAS], countries=[1], to=Audience.MEMBERS, reason="Why",
            by=people.viewer_with(role), now=make.NOON,
        )  # fmt: skip


def test_a_country_answers_one_asking_at_a_time(wave, focals):
    cleared(wave)
    ask(wave)

    with pytest.raises(Refused, match="Georgia: an earlier asking waits"):
        ask(wave, [NAME])
    consent(wave, focals[0])

    assert len(ask(wave, [NAME]).releases) == 1


def test_where_nobody_could_consent_nothing_is_asked(wave):
    cleared(wave)

    with pytest.raises(Refused, match="Nobody could consent"):
        ask(wave)

    assert Release.objects.count() == 0


@pytest.mark.parametrize("seen", ["", "0" * 64, "before"])
def test_nobody_consents_to_what_they_have_not_seen(wave, focals, seen):
    cleared(wave, "Roads")
    ask(wave)
    if seen == "before":
        seen = seal_of(basis_of(Release.objects.get()))
        cleared(wave, "Rails")
    (asked,) = releases_to_answer(focals[0])

    with pytest.raises(Refused, match="have changed since you opened this page"):
        actions.consent_to_release(
            proposal=release_proposal(focals[0], asked.public_id), seen=seen, by=focals[0],
            now=make.NOON,
        )  # fmt: skip

    assert (Release.objects.get().state, read(focals[0], wave)) == ("asked", [])


def test_answers_and_figures_are_asked_apart(wave, focals):
    cleared(wave)
    coordinator = people.viewer_with("coordinator")
    ask(wave)

    counted = actions.ask_release(
        wave=wave, paths=[HAS], to=Audience.MEMBERS, reason="Why", by=coordinator, now=make.NOON
    )
    consent(wave, focals[0])

    assert [len(asks(wave, "en", of)) for of in ReleaseOf] == [1, 1]
    shown = Release.objects.get(of=ReleaseOf.ANSWERS)
    with pytest.raises(Refused):
        actions.freeze_figures(wave=wave, ask=shown.ask, by=coordinator, now=make.NOON)
    assert (counted.releases[0].of, Figure.objects.count()) == ("figures", 0)
