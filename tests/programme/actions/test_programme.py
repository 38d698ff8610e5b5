"""The programme and its initiatives: set up, changed, moved, given keepers and outlines."""

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.base.text import TranslatedText
from serai.programme import actions
from serai.programme.actions import (
    InitiativeFacts,
    InitiativeText,
    OutlineHeading,
    ProgrammeFacts,
    Refused,
    Told,
)
from serai.programme.models import Initiative, Outline, Programme, Step

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
FACTS = ProgrammeFacts(
    code="carec",
    name=TranslatedText.of("Central Asia Regional Economic Cooperation"),
    short_name=TranslatedText.of("CAREC"),
    time_zone="Asia/Manila",
    languages=("en", "ru"),
)
HOME = InitiativeFacts("home", TranslatedText.of("Home"), TranslatedText.of("Why"), order=3)


def refused(call, *args, **fields):
    with pytest.raises(Refused) as error:
        call(*args, **fields)
    return str(error.value)


def audit(verb):
    line = AuditEntry.objects.get(verb=verb)
    return line.thing, line.before, line.after


@pytest.fixture
def viewers():
    return make.viewers("home") | {
        "coordinator": people.viewer_with("coordinator", "home"),
        "coordinator of all": people.viewer_with("coordinator"),
    }


def admitted(viewers, call):
    """Who is let through: whoever is not denied."""
    found = set()
    for who, viewer in viewers.items():
        try:
            call(viewer)
        except Denied:
            continue
        found.add(who)
    return found


# ---------------------------------------------------------------- programme
def test_save_programme_makes_it_once_and_brings_it_up_to_date():
    secretariat = people.organisation(country=None)
    first = actions.save_programme(facts=FACTS, by=STAFF, now=NOON)
    changed = replace(
        FACTS, short_name=TranslatedText.of("CAREC!"), secretariat_id=secretariat.pk,
        technical_assistance=TranslatedText.of("TA"), technical_assistance_number="TA-1",
        opens_as_of=date(2021, 6, 30),
    )  # fmt: skip

    second = actions.save_programme(facts=changed, by=STAFF, now=NOON)

    row = Programme.objects.get()
    assert first == second == row
    assert (
        row.code, str(row.name), str(row.short_name), row.time_zone, row.languages,
        row.secretariat, str(row.technical_assistance), row.technical_assistance_number,
        row.opens_as_of,
    ) == (
        "carec", "Central Asia Regional Economic Cooperation", "CAREC!", "Asia/Manila",
        ["en", "ru"], secretariat, "TA", "TA-1", date(2021, 6, 30),
    )  # fmt: skip
    lines = AuditEntry.objects.filter(verb="save_programme").order_by("id")
    made = {
        "name": FACTS.name.to_json(), "short_name": FACTS.short_name.to_json(),
        "secretariat": None, "time_zone": "Asia/Manila",
        "technical_assistance": TranslatedText().to_json(), "technical_assistance_number": "",
    }  # fmt: skip
    assert [(line.before, line.after) for line in lines] == [
        (None, made),
        (made, made | {
            "short_name": changed.short_name.to_json(), "secretariat": secretariat.pk,
            "technical_assistance": changed.technical_assistance.to_json(),
            "technical_assistance_number": "TA-1",
        }),
    ]  # fmt: skip


def test_one_installation_serves_one_programme():
    actions.save_programme(facts=FACTS, by=STAFF, now=NOON)

    said = refused(actions.save_programme, facts=replace(FACTS, code="other"), by=STAFF, now=NOON)

    assert said == ("This installation is set up for CAREC. One installation serves one programme.")
    assert Programme.objects.get().code == "carec"


def test_coordinators_of_the_whole_programme_set_it_up(viewers):
    make.programme()

    found = admitted(
        viewers, lambda viewer: actions.save_programme(facts=FACTS, by=viewer, now=NOON)
    )

    assert found == {"coordinator of all"}


# ---------------------------------------------------------------- initiatives
def test_open_initiative_begins_at_the_secretariat_as_proposed():
    people.member("GEO")
    people.member("UZB")
    partner = people.organisation(country=None)

    row = actions.open_initiative(
        programme=make.programme(), by=STAFF, now=NOON,
        facts=replace(HOME, partner_ids=(partner.pk,), national_studies=("UZB", "GEO")),
    )  # fmt: skip

    row.refresh_from_db()
    assert (row.code, str(row.name), str(row.purpose), row.order, row.audience, row.state) == (
        "home", "Home", "Why", 3, "secretariat", "proposed",
    )  # fmt: skip
    assert list(row.partners.all()) == [partner]
    assert [m.iso3 for m in row.national_studies.all()] == ["GEO", "UZB"]
    assert (row.known_from, row.recorded_at, row.sample) == (date(2021, 6, 30), NOON, False)
    assert [(s.state, s.known_from) for s in row.steps.all()] == [("proposed", date(2021, 6, 30))]
    assert audit("open_initiative") == (
        f"programme.initiative:{row.pk}", None, {"code": "home"},
    )  # fmt: skip


def test_open_initiative_refuses_a_code_that_is_taken_and_an_unknown_member():
    programme = make.programme()
    make.initiative("home")
    wrong = replace(HOME, code="other", national_studies=("XKX",))

    taken = refused(actions.open_initiative, programme=programme, facts=HOME, by=STAFF, now=NOON)
    unknown = refused(actions.open_initiative, programme=programme, facts=wrong, by=STAFF, now=NOON)

    assert taken == "An initiative “home” exists already."
    assert unknown == "“XKX” is not a member of the programme. Use a code such as GEO."
    assert [one.code for one in Initiative.objects.all()] == ["home"]


def test_change_initiative_keeps_code_and_state():
    people.member("GEO")
    row = make.initiative("home")
    partner = people.organisation(country=None)
    text = InitiativeText(
        TranslatedText.of("New"), TranslatedText.of("Because"), 7, (partner.pk,), ("GEO",)
    )
    before = {
        "name": row.name.to_json(), "purpose": row.purpose.to_json(), "order": row.order,
        "partners": [], "national_studies": [],
    }  # fmt: skip

    actions.change_initiative(initiative=row, text=text, by=STAFF, now=NOON)

    row.refresh_from_db()
    assert (row.code, str(row.name), str(row.purpose), row.order, row.audience, row.state) == (
        "home", "New", "Because", 7, "public", "active",
    )  # fmt: skip
    assert list(row.partners.all()) == [partner]
    assert [m.iso3 for m in row.national_studies.all()] == ["GEO"]
    assert audit("change_initiative") == (
        f"programme.initiative:{row.pk}", before,
        {
            "name": text.name.to_json(), "purpose": text.purpose.to_json(), "order": 7,
            "partners": [partner.pk], "national_studies": ["GEO"],
        },
    )  # fmt: skip


def test_change_initiative_refuses_an_empty_name():
    row = make.initiative("home")
    text = InitiativeText(TranslatedText(), TranslatedText.of("Because"))

    said = refused(actions.change_initiative, initiative=row, text=text, by=STAFF, now=NOON)

    assert said == "The name is empty. Write it and save again."


def test_coordinators_of_all_open_initiatives_and_its_officers_change_one(viewers):
    row = make.initiative("home")

    def open_one(viewer):
        facts = replace(HOME, code=f"new-{viewer.person_id}")
        actions.open_initiative(programme=row.programme, facts=facts, by=viewer, now=NOON)

    def change(viewer):
        text = InitiativeText(HOME.name, HOME.purpose)
        actions.change_initiative(initiative=row, text=text, by=viewer, now=NOON)

    assert admitted(viewers, open_one) == {"coordinator of all"}
    assert admitted(viewers, change) == {*make.STAFF_KINDS, "coordinator", "coordinator of all"}


def test_give_keeper_names_one_and_takes_back(viewers):
    row = make.initiative("home")
    nino = people.person_with("officer", "home")

    actions.give_keeper(initiative=row, person_id=nino.pk, by=STAFF, now=NOON)

    assert audit("give_keeper") == (
        f"programme.initiative:{row.pk}", {"keeper": None}, {"keeper": nino.pk},
    )  # fmt: skip
    row.refresh_from_db()
    assert row.keeper == nino
    actions.give_keeper(initiative=row, person_id=None, by=STAFF, now=NOON)
    row.refresh_from_db()
    assert row.keeper is None
    found = admitted(
        viewers,
        lambda viewer: actions.give_keeper(initiative=row, person_id=None, by=viewer, now=NOON),
    )
    assert found == {"coordinator", "coordinator of all"}


@pytest.mark.parametrize(
    ("role", "scope"), [("officer", "elsewhere"), ("focal_point", "GEO"), ("administrator", None)]
)
def test_give_keeper_refuses_who_does_not_work_for_the_initiative(role, scope):
    row = make.initiative("home")
    other = people.person_with(role, scope)

    said = refused(actions.give_keeper, initiative=row, person_id=other.pk, by=STAFF, now=NOON)

    row.refresh_from_db()
    assert row.keeper is None
    assert said == (
        "This person is no officer or coordinator of this initiative. Choose one who is."
    )


@pytest.fixture
def decision():
    meeting = make.meeting(make.initiative("home"), state="held")
    row = make.decision(meeting)
    make.agree(meeting)
    return row


def test_move_initiative_cites_a_decision(decision):
    row = decision.meeting.initiative

    actions.move_initiative(initiative=row, state="paused", citing=decision, by=STAFF, now=NOON)

    row.refresh_from_db()
    step = Step.objects.filter(initiative=row).latest("id")
    assert (row.state, step.state, step.citing) == ("paused", "paused", decision)
    assert audit("move_initiative") == (
        f"programme.initiative:{row.pk}", {"state": "active"},
        {"state": "paused", "citing": "SOM-2021-06/D1"},
    )  # fmt: skip


def test_move_initiative_refuses_a_decision_that_is_only_proposed(decision):
    row = decision.meeting.initiative
    proposed = make.decision(make.meeting(row, state="held", title="Next"))

    said = refused(
        actions.move_initiative, initiative=row, state="paused", citing=proposed, by=STAFF, now=NOON
    )

    assert said == f"Decision {proposed.number} is only proposed. Choose one that is adopted."
    row.refresh_from_db()
    assert row.state == "active"


def test_move_initiative_refuses_what_cannot_follow(decision):
    row = decision.meeting.initiative

    said = refused(
        actions.move_initiative, initiative=row, state="proposed", citing=decision, by=STAFF,
        now=NOON,
    )  # fmt: skip

    assert said == ("It is now “Active”; “Proposed” cannot follow. Reload the page to see it.")
    row.refresh_from_db()
    assert row.state == "active"


def test_the_initiative_s_officers_move_it(viewers, decision):
    row = decision.meeting.initiative
    ways = iter(("paused", "active") * 9)

    found = admitted(
        viewers,
        lambda viewer: (
            actions.move_initiative(
                initiative=row, state=next(ways), citing=decision, by=viewer, now=NOON
            )
            if viewer.holds_any(("officer", "coordinator"), "home")
            else actions.move_initiative(
                initiative=row, state="closed", citing=decision, by=viewer, now=NOON
            )
        ),
    )

    assert found == {*make.STAFF_KINDS, "coordinator", "coordinator of all"}


# ---------------------------------------------------------------- outlines
def outline(row, headings=(), title="Outline", **fields):
    return actions.save_outline(
        initiative=row, key="report", title=TranslatedText.of(title), headings=headings, now=NOON,
        **({"by": STAFF} | fields),
    )  # fmt: skip


def test_save_outline_keeps_headings_in_order_and_an_equal_one_once():
    row = make.initiative("home")
    headings = [
        OutlineHeading(1, TranslatedText.of("One")), OutlineHeading(2, TranslatedText.of("Two")),
    ]  # fmt: skip

    first = outline(row, headings)
    again = outline(row, iter(headings))
    longer = outline(row, [*headings, OutlineHeading(1, TranslatedText.of("Three"))])
    renamed = outline(row, longer_headings(longer), "Other")

    assert first == again
    assert [heading["level"] for heading in first.headings] == [1, 2]
    assert TranslatedText.from_json(first.headings[1]["title"]) == TranslatedText.of("Two")
    assert list(Outline.objects.order_by("id")) == [first, longer, renamed]
    lines = AuditEntry.objects.filter(verb="save_outline").order_by("id")
    assert [line.after for line in lines] == [{"headings": 2}, {"headings": 3}, {"headings": 3}]


def longer_headings(row):
    return [
        OutlineHeading(one["level"], TranslatedText.from_json(one["title"])) for one in row.headings
    ]


def test_an_outline_of_a_sample_initiative_is_sample():
    sample, real = make.initiative(sample=True), make.initiative()

    assert outline(sample).sample is True
    assert outline(real).sample is False
    assert outline(real, title="Told", told=Told(sample=True)).sample is True


def test_those_who_keep_the_initiative_save_its_outline(viewers):
    keeper = people.viewer_with()
    row = make.initiative("home", keeper_id=keeper.person_id)
    viewers |= {"keeper": keeper}

    found = admitted(viewers, lambda viewer: outline(row, by=viewer))

    assert found == {*make.STAFF_KINDS, "coordinator", "coordinator of all", "keeper"}
