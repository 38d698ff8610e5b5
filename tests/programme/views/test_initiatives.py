"""An initiative's doors: its page, milestones, notes, baselines, states."""

from datetime import date

import pytest
from tests.factories.members import member, organisation, person_with
from tests.factories.programme import (
    EARLY,
    NOON,
    STAFF,
    agree,
    decision,
    initiative,
    meeting,
    milestone,
    note,
    programme,
    told,
)

from serai.base.text import TranslatedText
from serai.programme import actions, queries
from serai.programme.models import Baseline, Initiative, Milestone, StatusNote

pytestmark = pytest.mark.django_db
BACKEND = "serai.config.accounts.SignIn"


@pytest.fixture
def coordinator(sign_in):
    programme(opens_as_of=date(2021, 6, 30))
    return sign_in("coordinator")


def test_an_initiative_without_milestones_says_so(client):
    one = initiative("startup-hub")

    page = client.get(f"/en/programme/initiatives/{one.code}/").content.decode()

    assert "No dates are set." in page
    assert "<table" not in page


def test_a_day_before_the_initiative_asks_for_a_later_day(client):
    one = initiative("startup-hub")

    page = client.get(f"/en/programme/initiatives/{one.code}/?as_of=2020-01-01").content.decode()

    assert "This initiative was not known on this day. Choose a later day." in page


def test_a_milestone_s_date_is_read_back_before_it_is_added(client, officer):
    one = initiative()
    address = f"/en/programme/initiatives/{one.code}/add/"
    given = {"name_en": "Workshops", "kind": "event", "words": "end of June 2021"}

    first = client.post(address, given)
    assert Milestone.objects.count() == 0
    second = client.post(address, given | {"confirmed": "end of June 2021"})

    assert "Read as: 21–30 June 2021" in first.content.decode()
    assert (second.status_code, second["Location"]) == (
        303,
        f"/en/programme/initiatives/{one.code}/?as_of=today",
    )
    assert Milestone.objects.get().plans.get().end_latest == date(2021, 6, 30)


def test_a_milestone_without_a_date_is_added_at_once(client, officer):
    one = initiative()

    answer = client.post(
        f"/en/programme/initiatives/{one.code}/add/", {"name_en": "Workshops", "kind": "event"}
    )

    assert answer.status_code == 303
    assert Milestone.objects.get().plans.count() == 0


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"name_en": "", "kind": "event", "words": "summer 2021"}, ["name_en", "words"]),
        ({"name_en": "x" * 301, "kind": "event"}, ["name_en"]),
        ({"name_en": "Workshops", "kind": "party"}, ["kind"]),
        ({"name_en": "Workshops", "kind": "event", "words": "31 June 2021"}, ["words"]),
    ],
)
def test_a_milestone_that_is_not_understood_is_not_added(client, officer, given, fields):
    one = initiative()

    answer = client.post(f"/en/programme/initiatives/{one.code}/add/", given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == fields
    assert all(f'href="#id_{field}' in page for field in fields)
    assert Milestone.objects.count() == 0


def test_the_twelfth_baseline_is_refused(client, coordinator):
    one = initiative()
    milestone(one, words="22 June 2021")
    for number in range(11):
        actions.set_baseline(initiative=one, name=f"Plan {number}", by=STAFF, now=NOON)

    answer = client.post(f"/en/programme/initiatives/{one.code}/baseline/", {"name": "Too many"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "All eleven baselines, 0 to 10, are set. No more can be added." in page
    assert 'value="Too many"' in page
    assert Baseline.objects.count() == 11


def test_a_baseline_without_dates_is_refused(client, coordinator):
    one = initiative()

    answer = client.post(f"/en/programme/initiatives/{one.code}/baseline/", {"name": "First"})

    assert answer.status_code == 422
    assert "No dates are set: there is nothing to fix as a baseline." in answer.content.decode()


def test_an_empty_note_is_refused(client, officer):
    one = initiative()

    answer = client.post(
        f"/en/programme/initiatives/{one.code}/note/?part=approach", {"text_en": "  "}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text_en"]
    assert StatusNote.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [("?part=approach", "Approach"), ("", "Current status"), ("?part=x", "Current status")],
)
def test_a_note_opens_with_the_part_that_was_asked_for(client, officer, query, expected):
    one = initiative()

    found = client.get(f"/en/programme/initiatives/{one.code}/note/{query}").context["page"]

    assert [tab.title for tab in found.tabs if tab.is_current] == [expected]
    assert len(found.tabs) == 4


def test_a_note_written_in_one_language_leaves_the_other_in_the_report(client, officer):
    one = initiative("hub")
    old = TranslatedText.of("Work goes on.").with_text("ru", "Работа идет.")
    note(one, old, cleared=EARLY)
    address = "/en/programme/initiatives/hub/note/?part=current_status"

    opened = client.get(address).context["form"]
    client.post(address, {"text_en": "Work goes on.", "text_ru": "Работа почти готова."})
    draft = StatusNote.objects.get(state="draft")
    actions.clear_note(note=draft, by=STAFF, now=NOON)

    (found,) = queries.initiative_report(STAFF, draft.written_on).initiatives
    text = found.notes["current_status"].text
    assert (opened.initial["text_en"], opened.initial["text_ru"]) == (
        "Work goes on.", "Работа идет.",
    )  # fmt: skip
    assert (text.pick("en"), text.pick("ru")) == (
        ("Work goes on.", "en"), ("Работа почти готова.", "ru"),
    )  # fmt: skip


def test_a_draft_is_changed_not_written_beside(client, officer):
    one = initiative("hub")
    draft = note(one, "Work goes on.", part="approach")
    address = "/en/programme/initiatives/hub/note/?part=approach"

    answer = client.post(address, {"text_en": "Work is done.", "text_ru": "Готово."})

    draft.refresh_from_db()
    assert answer.status_code == 303
    assert (StatusNote.objects.count(), draft.state) == (1, "draft")
    assert draft.text.texts == (("en", "Work is done.", "source"), ("ru", "Готово.", "source"))
    assert "note/?part=approach" in client.get(answer["Location"]).content.decode()


def test_a_cleared_note_cannot_be_cleared_again(client, officer):
    draft = note(initiative())
    address = f"/en/programme/notes/{draft.public_id}/clear/"

    answers = [client.post(address, follow=True).content.decode() for _ in range(2)]

    assert "The note is cleared." in answers[0]
    assert "cannot follow" in answers[1]


def test_a_state_needs_a_decision(client, officer):
    one = initiative()
    address = f"/en/programme/initiatives/{one.code}/state/"
    before = client.get(address).content.decode()
    made = meeting(state="held")
    cited = decision(made)
    agree(made)

    refused = client.post(address, {"state": "paused"})
    taken = client.post(address, {"state": "paused", "decision": cited.public_id})

    assert "No decision is adopted yet to cite." in before
    assert "No decision is adopted yet to cite." not in refused.content.decode()
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["decision"]
    assert taken.status_code == 303
    one.refresh_from_db()
    assert one.state == "paused"


@pytest.mark.parametrize("page", ["add", "note", "baseline", "state"])
def test_a_member_finds_no_door_to_change(client, page):
    one = initiative()
    client.force_login(person_with("focal_point"), backend=BACKEND)

    assert client.get(f"/en/programme/initiatives/{one.code}/{page}/").status_code == 404


def test_notes_drafts_and_baselines_stand_on_the_page(client, officer):
    one = initiative()
    milestone(one, words="22 June 2021")
    note(one, "Cleared words.", cleared=EARLY)
    note(one, "Draft words.", part="approach")
    actions.set_baseline(initiative=one, name="First plan", by=STAFF, now=NOON, told=told())

    page = client.get(f"/en/programme/initiatives/{one.code}/").content.decode()

    assert "Cleared words." in page
    assert "Draft words." in page
    assert "0. First plan" in page


# ---------------------------------------------------------------- edit
def edited(one, **more):
    """What the edit page sends for an initiative as it stands, with changes."""
    given = {"name_en": str(one.name), "purpose_en": str(one.purpose), "order": one.order}
    return given | more


def test_a_coordinator_edits_an_initiative_and_names_its_keeper(client, coordinator):
    one = initiative("virtual-carec")
    member("GEO")
    partner = organisation("Academy", country=None, kind="academic")
    keeper = person_with("officer", "virtual-carec", full_name="Keto Keeper")
    address = f"/en/programme/initiatives/{one.code}/edit/"

    opened = client.get(address).context["form"]
    answer = client.post(address, edited(
        one, name_en="Virtual CAREC", name_ru="Виртуальный ЦАРЭС", purpose_en="Meet\r\nonline",
        order="4", partners=[partner.pk], studies=["GEO"], keeper=keeper.pk,
    ))  # fmt: skip

    assert opened.fields["keeper"].choices == [
        ("", "Nobody"), (str(keeper.pk), "Keto Keeper"),
        (str(coordinator.pk), coordinator.full_name),
    ]  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (
        303, "/en/programme/initiatives/virtual-carec/?as_of=today",
    )  # fmt: skip
    one.refresh_from_db()
    assert one.name.texts == (
        ("en", "Virtual CAREC", "source"), ("ru", "Виртуальный ЦАРЭС", "source"),
    )  # fmt: skip
    assert (str(one.purpose), one.order, one.keeper) == ("Meet\nonline", 4, keeper)
    assert list(one.partners.all()) == [partner]
    assert [row.iso3 for row in one.national_studies.all()] == ["GEO"]
    assert "Keeper: Keto Keeper" in client.get(answer["Location"]).content.decode()


def test_a_renamed_initiative_keeps_its_old_words_on_a_past_day(client, coordinator):
    one = initiative("home", name=TranslatedText.of("Old"), purpose=TranslatedText.of("Why"))
    here = "/en/programme/initiatives/home/"
    given = edited(one, name_en="Renamed", purpose_en="Because")

    after = client.post(f"{here}edit/", given, follow=True).content.decode()
    on_the_day = client.get(f"{here}?as_of=2021-06-30").content.decode()

    assert ("<h1>Renamed</h1>" in after, "Because" in after) == (True, True)
    assert ("<h1>Old</h1>" in on_the_day, ">Why</p>" in on_the_day) == (True, True)
    assert ("Renamed" in on_the_day, "Because" in on_the_day) == (False, False)


def test_a_language_left_as_it_was_keeps_its_state(client, coordinator):
    name = TranslatedText((("en", "Hub", "source"), ("ru", "Хаб", "machine")))
    one = initiative("startup-hub", name=name)

    client.post(
        f"/en/programme/initiatives/{one.code}/edit/", edited(one, name_en="The hub", name_ru="Хаб")
    )

    one.refresh_from_db()
    assert sorted(one.name.texts) == [("en", "The hub", "source"), ("ru", "Хаб", "machine")]


def test_an_officer_edits_an_initiative_and_leaves_its_keeper(client, officer):
    keeper = person_with("officer")
    one = initiative("startup-hub", keeper=keeper)
    address = f"/en/programme/initiatives/{one.code}/edit/"

    opened = client.get(address).context["form"]
    client.post(address, edited(one, name_en="The hub", keeper=officer.pk))

    one.refresh_from_db()
    assert "keeper" not in opened.fields
    assert (str(one.name), one.keeper) == ("The hub", keeper)


def test_a_keeper_who_left_stays_until_another_is_chosen(client, coordinator):
    gone = person_with("focal_point", "GEO")
    one = initiative("startup-hub", keeper=gone)
    address = f"/en/programme/initiatives/{one.code}/edit/"

    client.post(address, edited(one, name_en="The hub", keeper=gone.pk))
    one.refresh_from_db()
    kept = one.keeper
    client.post(address, edited(one, keeper=""))

    one.refresh_from_db()
    assert (kept, one.keeper) == (gone, None)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"name_en": " "}, ["name_en"]),
        ({"name_en": "x" * 301}, ["name_en"]),
        ({"order": "-1"}, ["order"]),
        ({"partners": ["0"]}, ["partners"]),
        ({"studies": ["XKX"]}, ["studies"]),
        ({"keeper": "0"}, ["keeper"]),
    ],
)
def test_what_is_not_understood_changes_no_initiative(client, coordinator, given, fields):
    one = initiative("startup-hub", name=TranslatedText.of("Hub"))
    member("GEO")
    organisation("Bank", country=None, kind="international")

    answer = client.post(f"/en/programme/initiatives/{one.code}/edit/", edited(one) | given)

    one.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, fields)
    assert str(one.name) == "Hub"


def test_others_do_not_edit_an_initiative(client, sign_in):
    one = initiative("startup-hub")
    sign_in("focal_point", "GEO")

    assert client.get(f"/en/programme/initiatives/{one.code}/edit/").status_code == 404


def test_a_milestone_is_added_with_its_owner_and_member(client, officer):
    one = initiative()
    agency = organisation("Agency", country="GEO")
    given = {
        "name_en": "Draft", "name_ru": "Проект", "kind": "deliverable", "owner": agency.pk,
        "country": agency.member_id, "audience": "",
    }  # fmt: skip

    client.post(f"/en/programme/initiatives/{one.code}/add/", given)

    row = Milestone.objects.get()
    assert row.name.texts == (("en", "Draft", "source"), ("ru", "Проект", "source"))
    assert (row.owner, row.country, row.audience) == (agency, agency.member, "secretariat")


def test_a_new_milestone_begins_with_no_more_readers_than_its_initiative(client, officer):
    one = initiative(audience="secretariat")
    address = f"/en/programme/initiatives/{one.code}/add/"

    offered = client.get(address).context["form"].fields["audience"].choices
    answer = client.post(address, {"name_en": "Draft", "kind": "event", "audience": "country"})

    assert [value for value, _name in offered] == ["", "organisation", "country", "secretariat"]
    assert (answer.status_code, answer.context["form"].errors["country"]) == (
        422, ["Only a country is to read it, but none is chosen. Choose one."],
    )  # fmt: skip
    assert Milestone.objects.count() == 0


# ---------------------------------------------------------------- readers
def test_a_coordinator_lets_the_members_read_an_initiative(client, coordinator):
    one = initiative("home", audience="secretariat")
    address = "/en/programme/initiatives/home/readers/"

    page = client.get(address).content.decode()
    public = client.post(address, {"audience": "public", "reason": "It is agreed"})
    members = client.post(address, {"audience": "members", "reason": ""})

    assert "Now: The secretariat" in page
    assert (public.status_code, public.context["form"].errors["reason"]) == (
        422, ["Nobody could consent: there is no second coordinator. Name one first."],
    )  # fmt: skip
    assert members.status_code == 303
    one.refresh_from_db()
    assert one.audience == "members"


def test_who_entered_an_initiative_reads_why_they_release_nothing(client, sign_in):
    entered_by = sign_in("coordinator")
    Initiative.objects.filter(pk=initiative("home", audience="secretariat").pk).update(
        recorded_by=entered_by
    )
    address = "/en/programme/initiatives/home/readers/"

    opened = client.get(address)
    sent = client.post(address, {"reason": "It is agreed"})

    page = opened.content.decode()
    assert "You entered it yourself: somebody else has to let more people read it." in page
    assert (opened.context["form"], 'name="reason"' in page) == (None, False)
    assert (opened.status_code, sent.status_code) == (200, 422)


def test_an_officer_does_not_change_who_reads_an_initiative(client, officer):
    one = initiative("home", audience="secretariat")

    answer = client.post("/en/programme/initiatives/home/readers/", {"audience": "members"})

    one.refresh_from_db()
    assert (answer.status_code, one.audience) == (404, "secretariat")
