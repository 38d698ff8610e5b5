"""The real questionnaire of readiness without JavaScript, in Russian: lead, delegate, signer and focal
point fill 14 sections and five meeting rooms, with wrong answers on the way; then one is asked back.
"""

import pytest
from playwright.sync_api import expect
from tests.journeys import stories
from tests.journeys.hands import InLanguage, Mouse
from tests.journeys.questionnaire import (
    ROWS,
    STANDS,
    STATE,
    WithoutScript,
    ask_back,
    begun_questionnaire,
    clear,
    sign,
)

RUSSIAN = "ru"
SECTIONS = 13  # the rooms are the fourteenth, an entry each
ROOMS = 5
DELEGATE, SIGNER = "Sample contributor (agency A, Georgia)", "Sample head of agency A"
SIGNERS_ADDRESS = "head.geo@sample.example"
CITY, PHONE = "/data/about_office/city", "/data/about_office/technical_contact_phone"
ATTENDED, SHARE = "/data/events/attended", "/data/events/interrupted_share"
LARGEST, OPERATORS = "/data/events/largest", "/data/people/operators"
BATTERIES, SPEED = "/data/power/ups_minutes", "/data/connection/contract_down"
REASON = (
    "SELECT answer.reason FROM surveys_answerhead head JOIN surveys_answer answer"
    " ON answer.id = head.answer_id WHERE head.response_id = ? AND head.path = ?"
)
PROPOSED = "SELECT count(*) FROM surveys_suggestion WHERE response_id = ?"
NAMED_ROOMS = (
    "SELECT count(DISTINCT head.entry) FROM surveys_answerhead head WHERE head.response_id = ?"
    " AND head.path LIKE '%/room/room_name'"
)
LEFT = (
    "SELECT count(*) FROM surveys_answer answer JOIN members_person person"
    " ON person.id = answer.author_id WHERE answer.response_id = ? AND person.full_name = ?"
)
NEEDS_A_LOOK = (
    "Saved, but %(n)d answer needs a look: it is marked below.",
    "Saved, but %(n)d answers need a look: they are marked below.",
)
HEAD = ("Нино Образцова", "Руководитель")


@pytest.fixture
def russian(visit):
    """`russian("lead")`: somebody whose browser runs no script and shows Russian."""

    def begin(role: str = "") -> InLanguage:
        return InLanguage(visit(role, java_script_enabled=False), RUSSIAN)

    return begin


def join(newcomer, lead, house) -> None:
    """The lead invites somebody of the agency; they come by the code of a letter."""
    lead.hands.go("/en/members/invitations/new/")
    lead.hands.write("E-mail address", SIGNERS_ADDRESS)
    lead.hands.press("Send the invitation")
    lead.page.wait_for_url("**/members/invitations/")
    english = Mouse(newcomer.visit)
    english.go("/en/members/sign-in/")
    stories.ask_and_write_the_code(english, house, SIGNERS_ADDRESS)
    english.page.wait_for_url("**/ru/members/me/invitations/")
    newcomer.write("Your full name", SIGNER)
    newcomer.press("Accept the invitation")
    newcomer.sees("Welcome. Your role has begun.")


def name_the_signer(officer, house) -> None:
    """The officer names who signs."""
    (number,) = house.row(
        "SELECT asked.public_id FROM surveys_invitation asked JOIN surveys_response given"
        " ON given.invitation_id = asked.id WHERE given.state = 'filling' ORDER BY given.id"
    )
    officer.go(f"/en/surveys/invitations/{number}/")
    officer.choose("Who signs", SIGNER)
    officer.press("Save")
    officer.sees("The invitation is changed.")


def give_a_part(lead, part: str, person: str, scope: str) -> None:
    lead.hands.go(f"{lead.home}delegate/")
    lead.hands.pick("Parts", part)
    lead.hands.pick("To whom", person)
    lead.hands.pick("What they may do", scope)
    lead.hands.press("Give it")
    lead.hands.sees(person)


def accept_the_part(holder) -> None:
    holder.hands.follow("See the part and answer", "main")
    holder.hands.press("Accept")
    holder.hands.sees("Accepted. You can begin.")


def fill_and_return(delegate, slug: str) -> None:
    """The delegate sees the part alone, fills it and gives it back."""
    accept_the_part(delegate)
    assert delegate.sections() == [slug]
    delegate.fill(slug)
    delegate.hands.go(delegate.home)
    delegate.hands.follow("See the part and answer", "main")
    delegate.hands.press("Give it back, it is done")
    delegate.hands.sees("You gave your part back")


def suggest(signer, house, pk: int) -> None:
    """A text is proposed; it is no answer yet."""
    accept_the_part(signer)
    signer.open("people")
    signer.write(OPERATORS, "4")
    signer.hands.press("Save")
    signer.hands.sees("Saved.")
    assert house.row(ROWS, pk, OPERATORS) == (0,)
    assert house.row(PROPOSED, pk) == (1,)


def take_the_suggestion(lead) -> None:
    lead.open("people")
    place = lead.at(OPERATORS)
    expect(place).to_contain_text(SIGNER)
    place.get_by_role("button", name=lead.hands.say("Take it"), exact=True).click()
    lead.hands.sees("Taken as the answer.")
    expect(lead.page.locator(f"[name='{OPERATORS}']")).to_have_value("4")


def answer_wrongly(lead) -> None:
    """A word for a number, a share in Russian notation: what is wrong is said, nothing is lost."""
    lead.open("events")
    lead.write(ATTENDED, "много")
    lead.write(SHARE, "12,5")
    lead.hands.press("Save")
    expect(lead.page.locator("main")).to_contain_text(lead.hands.count(*NEEDS_A_LOOK, 1))
    expect(lead.page.locator(f"[name='{ATTENDED}']")).to_have_value("много")
    expect(lead.page.locator(f"[name='{SHARE}']")).to_have_value("12,5")
    said = lead.hands.say(
        "'%(text)s' is not a number. Write digits only, such as 50.", text="много"
    )
    expect(lead.at(ATTENDED).locator("[data-issue]")).to_have_text(said)
    expect(lead.at(SHARE).locator("[data-issue]")).to_be_empty()
    link = lead.page.locator("main .errors a")
    expect(link).to_contain_text(said)
    anchor = lead.at(ATTENDED).get_attribute("id")
    assert link.evaluate_all("all => all.map(a => a.hash)") == [f"#{anchor}"]
    lead.write(ATTENDED, "17")
    lead.save()
    expect(lead.at(ATTENDED).locator("[data-issue]")).to_be_empty()


def give_a_reason(lead) -> None:
    """The office does not know; that is an answer to a required question too."""
    lead.open("power")
    place = lead.at(BATTERIES)
    place.locator("summary").click()
    place.locator("select").select_option(label=lead.hands.say("Not known"))
    lead.hands.press("Save")
    lead.hands.sees("Saved.")


def add_rooms(lead) -> list[str]:
    """Add entries on the overview to the first, which is there; return the places of all."""
    for _number in range(1, ROOMS):
        lead.hands.go(lead.home)
        lead.page.locator("main button[name=add]").click()
        lead.hands.sees("Added.")
    return [slug for slug in lead.sections() if slug.startswith("room/")]


def hand_in(lead) -> None:
    """The one answer that is missing is named; its link leads to its place."""
    lead.hands.go(f"{lead.home}hand-in/")
    missing = lead.page.locator("main .errors a")
    expect(missing).to_have_count(1)
    missing.click()
    lead.page.wait_for_url("**/s/about_office/**")
    place = lead.page.url.partition("#")[2]
    assert place == lead.at(CITY).get_attribute("id")
    lead.write(CITY, "Тбилиси")
    lead.hands.press("Save and go on")
    lead.hands.sees("Saved.")
    lead.hands.go(f"{lead.home}hand-in/")
    lead.hands.press("Hand in")
    lead.hands.sees("Handed in. Now it has to be signed.")


def correct(lead) -> None:
    """The question opens its answer and nothing else."""
    lead.hands.go(f"{lead.home}asked/")
    lead.hands.follow("Change the answer", "main")
    fields = lead.page.locator("main [data-answer]:visible")
    assert fields.evaluate_all("all => all.map(one => one.name)") == [SPEED]
    lead.write(SPEED, "9,5")
    lead.hands.press("Save")
    lead.hands.sees("Saved.")
    lead.hands.go(f"{lead.home}asked/")
    lead.hands.press("It is answered")


def test_fourteen_sections_and_five_rooms_by_four_people_without_script(russian, house):
    lead = begun_questionnaire(russian("lead"), house, WithoutScript)
    number = lead.home.strip("/").rpartition("/")[2]
    (pk, *_rest) = house.row(STATE, number)
    newcomer, officer = russian(), russian("officer")
    join(newcomer, lead, house)
    name_the_signer(officer, house)
    give_a_part(lead, "Связь", DELEGATE, "Answer for us")
    give_a_part(lead, "Люди и обучение", SIGNER, "Propose answers beside ours")
    delegate = begun_questionnaire(russian("contributor"), house, WithoutScript)
    fill_and_return(delegate, "connection")
    signer = begun_questionnaire(newcomer, house, WithoutScript)
    suggest(signer, house, pk)
    take_the_suggestion(lead)
    answer_wrongly(lead)
    give_a_reason(lead)
    for slug in lead.sections():
        lead.fill(slug, but=(CITY, BATTERIES))
    rooms = add_rooms(lead)
    for slug in rooms:
        lead.fill(slug)
    sections = lead.sections()
    hand_in(lead)
    sign(signer.hands, signer.home, *HEAD)

    assert (len(sections), len(rooms)) == (SECTIONS + ROOMS, ROOMS)
    assert house.row(NAMED_ROOMS, pk) == (ROOMS,)
    assert house.row(STATE, number)[1] == "signed"
    assert house.row(STANDS, pk, SHARE) == ("12.5", "web")
    assert house.row(STANDS, pk, ATTENDED) == ("17", "web")
    assert house.row(STANDS, pk, OPERATORS) == ("4", "web")
    assert house.row(STANDS, pk, CITY) == ("Тбилиси", "web")
    assert house.row(REASON, pk, BATTERIES) == ("not_known",)
    assert house.row(LEFT, pk, DELEGATE)[0] > 20

    focal_point = russian("focal_point")
    clear(focal_point, lead.home)
    ask_back(officer, lead.home, SPEED)
    correct(lead)
    sign(signer.hands, signer.home, *HEAD)
    clear(focal_point, lead.home)

    assert house.row(STANDS, pk, SPEED) == ("9.5", "web")
    assert house.row(ROWS, pk, SPEED) == (2,)
    assert house.row(STATE, number)[1] == "cleared"
