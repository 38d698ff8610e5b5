"""Milestones: added, warned of, reached, and a wrong record taken back."""

from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.base.text import TranslatedText
from serai.programme import actions, queries
from serai.programme.actions import Evidence, MilestoneText, Refused, Told
from serai.programme.models import Completion, ManualFlag, Milestone

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
D = date(2021, 6, 30)


# ---------------------------------------------------------------- add
def test_a_milestone_gets_the_next_number_and_the_initiative_s_audience():
    home = make.initiative(audience="members")
    make.milestone(home, number=4)

    row = actions.add_milestone(initiative=home, name="First draft", by=STAFF, now=NOON)

    assert (row.number, row.order, row.audience, row.kind) == (5, 5, "members", "deliverable")
    assert (str(row.name), row.known_from) == ("First draft", D)


def test_a_number_is_given_once():
    home = make.initiative()
    make.milestone(home, number=3)

    with pytest.raises(Refused) as refused:
        actions.add_milestone(initiative=home, name="Again", number=3, by=STAFF, now=NOON)

    assert str(refused.value) == "Milestone 3 exists already."


def test_a_milestone_needs_a_name_and_a_keeper():
    home = make.initiative()

    with pytest.raises(Refused) as refused:
        actions.add_milestone(initiative=home, name=" ", by=STAFF, now=NOON)
    with pytest.raises(Denied):
        actions.add_milestone(
            initiative=home, name="Mine", by=people.viewer_with("focal_point"), now=NOON
        )

    assert str(refused.value) == "The name is empty. Write it and save again."
    assert Milestone.objects.count() == 0


def test_a_country_s_milestone_begins_at_the_secretariat():
    home = make.initiative(audience="members")
    geo = people.member("GEO")

    row = actions.add_milestone(
        initiative=home, name="Ours", country_id=geo.pk, by=people.viewer_with("officer"), now=NOON
    )

    assert (row.country, row.audience) == (geo, "secretariat")


def test_only_who_sets_up_gives_a_new_milestone_more_readers():
    home = make.initiative(audience="secretariat")

    with pytest.raises(Denied):
        actions.add_milestone(
            initiative=home, name="Wide", audience="members",
            by=people.viewer_with("officer"), now=NOON,
        )  # fmt: skip

    assert Milestone.objects.count() == 0


# ---------------------------------------------------------------- change
def text(**fields) -> MilestoneText:
    return MilestoneText(**({"name": TranslatedText.of("New"), "kind": "event"} | fields))


def test_change_milestone_writes_all_of_it():
    row = make.milestone()
    agency = people.organisation("Agency", country="GEO")
    geo = agency.member
    row.audience = "secretariat"
    row.save()

    actions.change_milestone(
        milestone=row, text=text(owner_id=agency.pk, country_id=geo.pk, order=9), by=STAFF, now=NOON
    )

    row.refresh_from_db()
    assert (str(row.name), row.kind, row.owner, row.country, row.order, row.number) == (
        "New", "event", agency, geo, 9, 1,
    )  # fmt: skip
    line = AuditEntry.objects.get(verb="change_milestone")
    assert line.before == {
        "name": {"en": {"text": "Milestone 1", "state": "source"}}, "kind": "deliverable",
        "owner": None, "country": None, "order": 1,
    }  # fmt: skip
    assert line.after == {
        "name": {"en": {"text": "New", "state": "source"}}, "kind": "event",
        "owner": agency.pk, "country": geo.pk, "order": 9,
    }  # fmt: skip


def test_an_owner_and_a_country_find_the_milestone_given_to_them():
    row = make.milestone(make.initiative("home", audience="secretariat"))
    agency = people.organisation("Agency", country="UZB")
    partner = people.viewer_with("partner", agency)
    focal = people.viewer_with("focal_point", "GEO")
    before = [queries.milestones(one, D) for one in (partner, focal)]

    actions.change_milestone(
        milestone=row, text=text(owner_id=agency.pk, country_id=people.member("GEO").pk),
        by=STAFF, now=NOON,
    )  # fmt: skip

    assert before == [[], []]
    assert [[r.id for r in queries.milestones(one, D)] for one in (partner, focal)] == [
        [row.pk]
    ] * 2
    fresh = queries.milestone(partner, row.public_id)
    done = actions.record_completion(milestone=fresh, words="30 June 2021", by=partner, now=NOON)
    assert done.recorded_by_id == partner.person_id


@pytest.mark.parametrize(
    ("audience", "fields", "sentence", "field"),
    [
        ("members", {"country_id": 0}, "Members read this milestone.", "country"),
        ("country", {}, "Only a country is to read it, but none is chosen.", "country"),
        ("organisation", {}, "Only its owner is to read it, but it has none.", "owner"),
    ],
)
def test_change_milestone_refuses_to_show_or_hide_by_the_way(audience, fields, sentence, field):
    row = make.milestone(audience=audience)
    if "country_id" in fields:
        fields = {"country_id": people.member("GEO").pk}

    with pytest.raises(Refused, match=sentence) as refused:
        actions.change_milestone(milestone=row, text=text(**fields), by=STAFF, now=NOON)

    row.refresh_from_db()
    assert (refused.value.field, row.country, str(row.name)) == (field, None, "Milestone 1")


def test_others_do_not_change_a_milestone():
    with pytest.raises(Denied):
        actions.change_milestone(
            milestone=make.milestone(), text=text(), by=people.viewer_with("focal_point"), now=NOON
        )


# ---------------------------------------------------------------- complete
@pytest.mark.parametrize(
    ("words", "earliest", "precision"),
    [("30 June 2021", D, "day"), ("by 30 June 2021", None, "by")],
)
def test_a_completion_is_a_day_or_a_bound(words, earliest, precision):
    row = make.milestone()

    done = actions.record_completion(milestone=row, words=words, by=STAFF, now=NOON)

    assert (done.end_earliest, done.end_latest, done.precision) == (earliest, D, precision)
    assert str(done.words) == words
    assert AuditEntry.objects.get(verb="record_completion").after == {"day": "2021-06-30"}


def test_a_completion_keeps_its_evidence():
    done = actions.record_completion(
        milestone=make.milestone(), words="30 June 2021",
        evidence=Evidence(link="https://example.org/report"), by=STAFF, now=NOON,
    )  # fmt: skip

    assert (done.link, done.evidence_id) == ("https://example.org/report", None)


def test_a_completion_after_today_is_refused_with_both_days():
    with pytest.raises(Refused) as refused:
        actions.record_completion(
            milestone=make.milestone(), words="1 July 2021", by=STAFF, now=NOON
        )

    assert str(refused.value) == (
        "The completion, 1 July 2021, is after today, 30 June 2021. Record it once it is reached."
    )
    assert Completion.objects.count() == 0


def test_a_completion_after_the_day_it_was_known_is_refused():
    """Otherwise a report as of May would say what was reached in June."""
    with pytest.raises(Refused) as refused:
        actions.record_completion(
            milestone=make.milestone(), words="10 June 2021", by=STAFF, now=NOON,
            told=Told(date(2021, 5, 1), "Letter"),
        )  # fmt: skip

    assert str(refused.value) == (
        "The completion, 10 June 2021, is after the day it was known from, 1 May 2021. "
        "Give a later day."
    )


def test_a_second_completion_is_refused_until_the_first_is_withdrawn():
    row = make.milestone()
    first = make.completion(row, "10 June 2021")

    with pytest.raises(Refused) as refused:
        make.completion(row, "11 June 2021")
    actions.withdraw_completion(completion=first, reason="Wrong day", by=STAFF, now=NOON)
    make.completion(row, "11 June 2021")

    assert str(refused.value) == (
        "A completion is recorded already. Withdraw it first if it is wrong."
    )
    assert row.completions.count() == 2


def test_a_withdrawal_needs_a_reason_and_happens_once():
    done = make.completion(make.milestone(), "10 June 2021")

    with pytest.raises(Refused, match="The reason is empty"):
        actions.withdraw_completion(completion=done, reason="", by=STAFF, now=NOON)
    taken = actions.withdraw_completion(completion=done, reason=" Wrong ", by=STAFF, now=NOON)
    with pytest.raises(Refused) as refused:
        actions.withdraw_completion(completion=done, reason="Wrong", by=STAFF, now=NOON)

    assert (taken.reason, taken.completion) == ("Wrong", done)
    assert str(refused.value) == "This completion is withdrawn already."


def test_only_those_who_may_record_and_withdraw():
    row, focal = make.milestone(country=people.member("GEO")), people.viewer_with("focal_point")
    done = make.completion(make.milestone(), "10 June 2021")

    with pytest.raises(Denied):
        actions.record_completion(milestone=row, words="10 June 2021", by=focal, now=NOON)
    with pytest.raises(Denied):
        actions.withdraw_completion(completion=done, reason="No", by=focal, now=NOON)


# ---------------------------------------------------------------- warn
def flag(row: Milestone, until: date, **fields) -> ManualFlag:
    return actions.raise_flag(
        milestone=row, level="at_risk", expires_on=until, by=STAFF, now=NOON,
        **({"reason": "Staff left"} | fields),
    )  # fmt: skip


@pytest.mark.parametrize("until", [D, date(2021, 8, 29)])
def test_a_warning_lasts_from_a_day_to_60_days(until):
    found = flag(make.milestone(), until)

    assert (found.level, found.reason, found.expires_on) == ("at_risk", "Staff left", until)


@pytest.mark.parametrize("until", [date(2021, 6, 29), date(2021, 8, 30)])
def test_a_warning_outside_is_refused_with_both_days(until):
    with pytest.raises(Refused) as refused:
        flag(make.milestone(), until)

    assert str(refused.value) == (
        "A warning ends at most 60 days after it begins: between 30 June 2021 and 29 August 2021."
    )


def test_a_warning_known_earlier_counts_its_60_days_from_then():
    row, spring = make.milestone(), make.told(date(2021, 6, 1))

    with pytest.raises(Refused, match="between 1 June 2021 and 31 July 2021"):
        flag(row, date(2021, 8, 1), told=spring)

    assert flag(row, date(2021, 7, 31), told=spring).known_from == date(2021, 6, 1)


def test_a_warning_needs_a_reason_and_a_keeper():
    row = make.milestone()

    with pytest.raises(Refused, match="The reason is empty"):
        flag(row, D, reason=" ")
    with pytest.raises(Denied):
        actions.raise_flag(
            milestone=row, level="at_risk", reason="x", expires_on=D,
            by=people.viewer_with("committee"), now=NOON,
        )  # fmt: skip
