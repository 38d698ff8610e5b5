"""Secrets planted at each audience, looked for at every address, in letters, search and log.

What is found must be for whom it is found by; and each secret must be found by somebody it is
for, so that a walk which reads nothing cannot pass.
"""

import logging
from collections import defaultdict
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.http import HttpResponseNotFound
from django.utils import translation
from tests.factories.secrets import READERS, World, secret, secrets_in
from tests.house.secrets import (
    COUNTED,
    Walker,
    addresses,
    hidden,
    pages,
    plant_everything,
    plant_unseen,
    said,
    words,
)

from serai.base import search
from serai.base.access import ANONYMOUS
from serai.base.models import Message, SearchEntry
from serai.config import urls
from serai.members import actions as accounts
from serai.members.models import Person
from serai.members.queries import viewer_of
from serai.programme import actions

pytestmark = pytest.mark.django_db
MONDAY = datetime(2021, 7, 5, 12, tzinfo=UTC)
WARNINGS_OVER = datetime(2021, 8, 2, 12, tzinfo=UTC)
# Who tries every address, forms included; the others open what shows content.
EVERYWHERE = ("visitor", "administrator", "programme")
# Who stands in the cast beside somebody of the same rights: no walk of their own.
ALIKE = {"nobody", "officer"}
# Some of what must reach somebody by letter and by search, or nothing was looked at.
LETTERS = {
    "words of a proposal", "reason of a proposal", "meeting: members", "action: Uzbekistan",
    "action: secretariat", "request: Uzbekistan", "milestone: secretariat", "warning",
    "reason of a role",
}  # fmt: skip
FOUND = {
    "initiative: closed", "milestone: country", "milestone: organisation", "meeting: secretariat",
    "milestone: secretariat", "paper: secretariat", "decision: secretariat", "request: Uzbekistan",
    "action: secretariat", "risk", "answer: released", "survey: in a closed initiative",
    "round: closed",
}  # fmt: skip
# All kinds of things that are found, and those that stand on the page of another.
FINDABLE = {
    "programme.initiative", "programme.milestone", "programme.meeting", "programme.decision",
    "programme.paper", "programme.request", "programme.actionitem", "programme.risk",
    "reports.run", "members.organisation", "surveys.survey", "surveys.wave", "surveys.section",
    "surveys.response", "surveys.release", "surveys.figure",
}  # fmt: skip
ON_A_PAGE = {"programme.decision", "programme.paper"}
NOTICED = {
    "/en/programme/milestones/", "/en/programme/meetings/", "/en/programme/decisions/",
    "/en/programme/actions/", "/en/programme/requests/", "/en/programme/risks/", "/en/reports/",
    "/en/surveys/", "/en/search/?q=unseen",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> World:
    """The house with its secrets; gone at the end of the file."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        yield plant_everything()
        transaction.set_rollback(True)


@pytest.fixture
def walkers(world) -> dict[str, Walker]:
    """A browser of each kind of person, each on a line of its own, and a visitor's."""
    cast = {"visitor": None, **world.cast}
    return {
        who: Walker(number, person, world.device_key if who == "agency" else "")
        for number, (who, person) in enumerate(cast.items(), 1)
        if who not in ALIKE
    }


def nothing(request, exception=None) -> HttpResponseNotFound:
    """What is missing or forbidden, without the page around it: half of the walk ends there."""
    return HttpResponseNotFound()


def outside(found: dict[str, set[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    """Return what was found by somebody it is not for, and where."""
    return sorted(
        (name, who, where)
        for name, places in found.items()
        for who, where in places
        if who not in READERS[name]
    )


def roles_of(person: Person) -> frozenset[tuple[object, ...]]:
    """Return a person's roles and places; a coordinator reads as an officer, a deputy as a focal point."""
    alike = {"coordinator": "officer", "deputy": "focal_point"}
    return frozenset(
        (alike.get(one.role, one.role), one.member_id, one.organisation_id, *one.initiatives)
        for one in person.grants.all()
    )


def as_account(name: str, who: str, where: str) -> bool:
    """A delegate's name stands in the list of people too, for those who keep accounts or choose
    whom to ask; that the person comes to the meeting does not.
    """
    lists = where.startswith("members:") or where in {
        "programme:add_action", "programme:record_risk", "programme:ask", "programme:plan_meeting",
    }  # fmt: skip
    return name == "name of a delegate" and who in {"administrator", "officer elsewhere"} and lists


def test_no_secret_is_at_any_address_for_whom_it_is_not(walkers, monkeypatch, settings, caplog):
    """In production, where the administrator's list of letters says no words of theirs."""
    settings.MODE = "production"
    monkeypatch.setattr(urls, "handler404", nothing)
    caplog.set_level(logging.INFO)
    everywhere, shown = sorted(set(addresses())), pages()
    found, statuses = defaultdict(set), defaultdict(set)

    for who, walker in walkers.items():
        opened = everywhere if who in EVERYWHERE else shown
        for route, address in [*opened, *walker.own]:
            answer = walker.get(address)
            statuses[answer.status_code].add(route)
            for name in secrets_in(said(answer)):
                found[name].add((who, route))

    assert [row for row in outside(found) if not as_account(*row)] == []
    assert READERS.keys() - found.keys() == set()
    assert statuses.keys() <= {200, 204, 302, 303, 404, 422}
    assert statuses[204] == {"collect:submission"}
    assert statuses[422] == {"base:styleguide_form"}
    assert len(caplog.records) > len(everywhere)
    assert secrets_in(caplog.text) == set()


def test_a_missing_thing_and_a_hidden_one_get_the_same_words(world, walkers):
    """The page around an error tells nothing either: it is the page of what never was."""
    different, opened = set(), 0

    for who in ("visitor", "administrator", "partner", "Uzbekistan"):
        for route, address in hidden(world):
            place, _, _ = address.rstrip("/").rpartition("/")
            answer = walkers[who].get(address)
            never = walkers[who].get(f"{place}/neverwas0000/")
            opened += 1
            if (answer.status_code, words(answer)) != (never.status_code, words(never)):
                different.add((who, route, answer.status_code))

    assert different == set()
    assert opened == 4 * 10


def test_no_letter_carries_a_secret_to_whom_it_is_not_for(world):
    """Letters of the acts themselves, and the reminders that go out by themselves."""
    accounts.send_digests(now=MONDAY)
    actions.expire_flags(now=WARNINGS_OVER)
    cast = {roles_of(one): who for who, one in reversed(world.cast.items())}
    known = {person.pk: who for who, person in world.cast.items()}
    found = defaultdict(set)

    for letter in Message.objects.exclude(person=None).select_related("person"):
        # Who only lent a name to an act reads as the one of the cast with the same role.
        who = known.get(letter.person_id) or cast.get(roles_of(letter.person), "somebody else")
        for name in secrets_in(
            f"{letter.subject} {letter.text} {letter.html} {letter.attachments}"
        ):
            found[name].add((who, letter.key.partition(":")[0]))

    assert outside(found) == []
    assert LETTERS - found.keys() == set()


def test_a_secrets_own_word_finds_nothing_for_whom_it_is_not(world):
    found = defaultdict(set)

    for who, person in {"visitor": None, **world.cast}.items():
        viewer = viewer_of(person, datetime.now(UTC)) if person else ANONYMOUS
        for name in READERS:
            for hit in search.search(viewer, secret(name), "en"):
                found[name].add((who, hit.thing))

    assert outside(found) == []
    assert FOUND - found.keys() == set()


def test_whoever_finds_a_thing_may_open_it(world, walkers):
    """The index's keys and the rooms' rules are made apart; here they are held against each other.

    Each entry is looked for by each kind of person; what is found opens, by the room's own query.
    """
    entries = list(SearchEntry.objects.order_by("thing", "language"))
    closed, kinds = [], defaultdict(set)

    for who, walker in walkers.items():
        viewer = viewer_of(world.cast[who], datetime.now(UTC)) if who in world.cast else ANONYMOUS
        for entry in entries:
            hits = search.search(viewer, entry.title, entry.language, limit=search.MOST_HITS)
            is_found = entry.thing in {hit.thing for hit in hits}
            kinds[entry.thing.partition(":")[0]].add(is_found)
            if is_found and not shows(walker, entry):
                closed.append((who, entry.thing, entry.title))

    assert closed == []
    assert kinds == {
        **dict.fromkeys(FINDABLE, {True, False}), "members.member": {True},
    }  # fmt: skip


def shows(walker: Walker, entry: SearchEntry) -> bool:
    """Tell whether the page a hit leads to opens, and says the thing's own words."""
    answer = walker.get(entry.address)
    own = entry.title.partition(": ")[2] if entry.thing.split(":")[0] in ON_A_PAGE else ""
    return answer.status_code == 200 and own in said(answer)


def test_a_record_one_may_not_see_changes_no_count(world, walkers):
    """Every list, tab and figure stays as it is when something hidden is added beneath it."""
    listed = [*COUNTED, f"/en/search/?q={secret('milestone: secretariat')}", "/en/search/?q=unseen"]

    def counts(who: str) -> dict[str, str]:
        return {address: words(walkers[who].get(address)) for address in listed}

    unconcerned = ("visitor", "administrator", "partner", "Uzbekistan")
    before = {who: counts(who) for who in unconcerned}
    concerned = {address: words(walkers["programme"].get(address)) for address in listed}

    plant_unseen(world)

    changed = {
        (who, address)
        for who in unconcerned
        for address, said_then in counts(who).items()
        if said_then != before[who][address]
    }
    # An administrator's first page counts the installation's jobs, letters and audit lines.
    assert changed - {("administrator", "/en/")} == set()
    # The secretariat's own pages do change: what was added counts.
    noticed = {a for a in listed if words(walkers["programme"].get(a)) != concerned[a]}
    assert NOTICED - noticed == set()
