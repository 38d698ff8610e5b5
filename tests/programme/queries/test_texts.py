"""A past day shows what was written by then; today what is written now."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import ANONYMOUS, Viewer
from serai.base.text import TranslatedText
from serai.members.models import Person
from serai.programme import actions, queries
from serai.programme.actions import InitiativeText, MilestoneText
from serai.programme.models import Initiative, Milestone

pytestmark = pytest.mark.django_db
STAFF = make.STAFF
D, AFTER = date(2021, 6, 30), date(2021, 7, 20)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)
REPORT = Viewer(keys=frozenset({"public", "members"}))


def rename(row: Milestone, name: str, by: Viewer = STAFF, **fields) -> None:
    text = MilestoneText(**({"name": TranslatedText.of(name), "kind": "event"} | fields))
    actions.change_milestone(milestone=row, text=text, by=by, now=LATER)


def rewrite(row: Initiative, name: str, by: Viewer = STAFF, **fields) -> None:
    text = InitiativeText(TranslatedText.of(name), TranslatedText.of("Anew"), **fields)
    actions.change_initiative(initiative=row, text=text, by=by, now=LATER)


def trial_officer() -> Viewer:
    viewer = people.viewer_with("officer")
    Person.objects.filter(pk=viewer.person_id).update(sample=True)
    return Viewer(**{**viewer.__dict__, "is_sample": True})


@pytest.mark.parametrize("viewer", [STAFF, REPORT, ANONYMOUS], ids=["staff", "report", "anyone"])
def test_a_report_of_a_past_day_is_not_changed_by_later_texts(viewer):
    bank = people.organisation("Bank")
    people.member("UZB")
    home, other = make.initiative("home"), make.initiative("other")
    home.texts.get().partners.add(bank)
    home.texts.get().national_studies.add(people.member("GEO"))
    row, second = make.milestone(home, "22 June 2021"), make.milestone(home)
    make.ask(home)
    before = (queries.initiative_report(viewer, D), queries.milestone_page(viewer, row, D))

    rename(row, "New", owner_id=bank.pk, order=9)
    rewrite(home, "Renamed", order=other.order + 1)

    assert (queries.initiative_report(viewer, D), queries.milestone_page(viewer, row, D)) == before
    now = queries.initiatives(viewer, AFTER)
    assert [(one.code, str(one.name), one.partners, one.national_studies) for one in now] == [
        ("other", str(other.name), (), ()), ("home", "Renamed", (), ()),
    ]  # fmt: skip
    told = queries.milestones(viewer, AFTER)
    assert [(one.id, one.kind, str(one.initiative_name)) for one in told] == [
        (second.pk, "deliverable", "Renamed"), (row.pk, "event", "Renamed"),
    ]  # fmt: skip
    assert (str(told[1].name), str(told[1].owner), told[1].owner_id) == ("New", "Bank", bank.pk)


def test_what_belongs_to_an_initiative_names_it_as_it_was_called_then():
    people.member("GEO")
    people.member("UZB")
    home = make.initiative("home", name=TranslatedText.of("Old"))
    row = make.milestone(home)
    risk = make.risk(home)
    risk.milestones.add(row)
    make.ask(home)
    make.action_item(initiative=home, countries=("GEO",))

    rename(row, "New")
    rewrite(home, "Renamed")

    for day, name, milestone in ((D, "Old", "Milestone 1"), (AFTER, "Renamed", "New")):
        (found,) = queries.risks(STAFF, day)
        assert [str(one.name) for one in found.touched] == [milestone]
        shown = (found, *queries.requests(STAFF, day), *queries.actions(STAFF, day))
        assert [str(one.initiative_name) for one in shown] == [name] * 3


def test_of_two_texts_of_one_moment_the_latest_written_holds():
    row = make.milestone()
    rename(row, "First")
    rename(row, "Second")
    rewrite(row.initiative, "First")
    rewrite(row.initiative, "Second")

    (found,) = queries.milestones(STAFF, AFTER)
    (home,) = queries.initiatives(STAFF, AFTER)

    assert (str(found.name), str(found.initiative_name), str(home.name)) == ("Second",) * 3


def test_what_sample_people_write_is_marked_and_to_the_public_the_last_real_text_holds():
    row = make.milestone(make.initiative(name=TranslatedText.of("Home")))
    trial = trial_officer()
    rename(row, "Trial", by=trial)
    rewrite(row.initiative, "Trial", by=trial)

    seen = {
        viewer: (queries.milestones(viewer, AFTER)[0], queries.initiatives(viewer, AFTER)[0])
        for viewer in (STAFF, ANONYMOUS)
    }

    assert [(str(one.name), one.sample) for one in seen[STAFF]] == [("Trial", True)] * 2
    assert [(str(one.name), one.sample) for one in seen[ANONYMOUS]] == [
        ("Milestone 1", False), ("Home", False),
    ]  # fmt: skip


def test_an_owner_that_is_gone_is_not_named():
    bank = people.organisation()
    row = make.milestone()
    rename(row, "Theirs", owner_id=bank.pk)
    Milestone.objects.update(owner=None)
    bank.delete()

    (found,) = queries.milestones(STAFF, AFTER)

    assert (str(found.name), found.owner_id, str(found.owner)) == ("Theirs", None, "")


def test_what_has_no_text_is_read_as_it_stands():
    stamped = {"known_from": make.EARLY, "recorded_at": make.NOON, "source_note": "Records"}
    home = Initiative.objects.create(
        programme=make.programme(), code="home", name=TranslatedText.of("Home"),
        audience="public", order=3, **stamped,
    )  # fmt: skip
    Milestone.objects.create(
        initiative=home, number=1, name=TranslatedText.of("Theirs"), audience="public",
        owner=people.organisation("Bank"), country=people.member("GEO"), **stamped,
    )  # fmt: skip
    Milestone.objects.create(initiative=home, number=2, audience="public", **stamped)

    first, second = queries.milestones(STAFF, D)
    (found,) = queries.initiatives(STAFF, D)

    assert (str(first.name), str(first.owner), first.country) == ("Theirs", "Bank", "GEO")
    assert (str(second.owner), second.country, str(second.initiative_name)) == ("", "", "Home")
    assert (str(found.name), found.partners) == ("Home", ())


def test_initiatives_to_choose_from_bear_the_names_of_the_day():
    home = make.initiative("home")
    before = str(home.name)
    rewrite(home, "Renamed")

    def names(viewer: Viewer, *day: date) -> list[str]:
        return [str(row.name) for row in queries.initiative_choices(viewer, *day)]

    assert [names(STAFF, D), names(STAFF, AFTER), names(STAFF)] == [
        [before], ["Renamed"], ["Renamed"],
    ]  # fmt: skip
    rewrite(home, "Trial", by=trial_officer())
    assert (names(ANONYMOUS, AFTER), names(trial_officer(), AFTER)) == (["Renamed"], ["Trial"])
