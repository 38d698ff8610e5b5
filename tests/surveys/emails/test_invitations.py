"""Letters of a wave: to whom, in which language, with which words, link and key; never an answer."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.base.mail import send_all
from serai.base.text import TranslatedText
from serai.surveys import emails

pytestmark = pytest.mark.django_db
TITLE = TranslatedText((("en", "First round", "source"), ("ru", "Первый раунд", "source")))


@pytest.fixture(autouse=True)
def house():
    programme(name=TranslatedText.of("Virtual CAREC"))


def asked(**fields):
    survey = fields.pop("survey", {})
    wave = make.wave(
        make.version(make.survey(**survey)), title=TITLE, reply_to="desk@secretariat.example"
    )
    defaults = {"organisation": people.organisation("Roads"), "token_hash": "f" * 64}
    return make.invitation(wave, **(defaults | fields))


def lines(row):
    """The letter's lines before the closing ones, without links."""
    return [
        line for line in row.text.partition("\n--")[0].splitlines() if line and "://" not in line
    ]


def links(row):
    return re.findall(r"https?://[^/]+(\S+)", row.text)


def test_the_invitation_says_who_asks_whom_until_when_and_who_will_see_what():
    row = asked()

    (letter,) = send_all(emails.invitation(row, "TOKEN"))

    assert letter.subject == "Offices, First round: please answer by 31 March 2021"
    assert links(letter) == ["/en/surveys/i/TOKEN/"]
    assert lines(letter) == [
        "Virtual CAREC asks Roads to answer “Offices, First round”. Please answer by 31 March 2021.",
        "Open it here. On a new computer a code is sent to this address first; there is no "
        "password. What you write is saved as you go, and you can give parts of it to colleagues.",
        "Who will see your answers",
        "While you write: you, whoever signs, and those to whom you give a part. "
        "The secretariat sees only how far you are.",
        "Once signed: your country's focal point, who lets the answers through or returns them.",
        "Once let through: the secretariat.",
        "Members and the public: only what is released later; your country is asked before.",
        "If your organisation cannot answer, open the link and say so with a reason: "
        "nobody then reminds you.",
    ]
    assert (letter.person_id, letter.topic, letter.reply_to) == (
        row.lead_id, "", "desk@secretariat.example",
    )  # fmt: skip
    assert letter.key == f"surveys.invitation:{row.pk}:{row.lead_id}:{'f' * 24}"


@pytest.mark.parametrize(
    ("survey", "said"),
    [
        ({"has_clearance": False}, ["Once signed: the secretariat."]),
        ({"has_clearance": False, "has_signature": False}, ["Once handed in: the secretariat."]),
        (
            {"has_clearance": False, "has_signature": False, "is_anonymous": True},
            [
                "Once handed in: the secretariat.",
                "Not kept: your name, your address, the hour. Kept: the answers, and the day on "
                "which they were saved.",
            ],
        ),
    ],
)
def test_who_will_see_what_follows_the_survey(survey, said):
    (letter,) = send_all(emails.invitation(asked(survey=survey), "TOKEN"))

    start = lines(letter).index("Who will see your answers")
    assert lines(letter)[start + 2 : -2] == said


def test_letters_are_in_the_invitations_language():
    row = asked(language="ru")

    (letter,) = send_all(emails.invitation(row, "TOKEN"))

    assert (letter.language, links(letter)) == ("ru", ["/ru/surveys/i/TOKEN/"])
    assert "Offices, Первый раунд" in letter.subject


@pytest.mark.parametrize(
    ("left", "kind", "subject", "first"),
    [
        (
            5, "reminder_before", "Offices, First round: due 31 March 2021",
            "“Offices, First round” is due in 5 days. The answers of Roads are not handed in yet.",
        ),
        (
            1, "reminder_due", "Offices, First round: due tomorrow",
            "“Offices, First round” is due tomorrow, until midnight on your country's clock. "
            "The answers of Roads are not handed in yet.",
        ),
        (
            0, "reminder_due", "Offices, First round: due today",
            "“Offices, First round” is due today, until midnight on your country's clock. "
            "The answers of Roads are not handed in yet.",
        ),
        (
            -3, "reminder_overdue", "Offices, First round: was due 31 March 2021",
            "“Offices, First round” was due on 31 March 2021, and the answers of Roads are not "
            "handed in. Hand in what you have, or say why your organisation cannot answer.",
        ),
    ],
)  # fmt: skip
def test_a_reminder_says_how_much_time_is_left(left, kind, subject, first):
    row = asked()

    (letter,) = send_all(emails.reminder(row, left=left, on=date(2021, 3, 26)))

    assert (letter.subject, lines(letter)[0], letter.topic) == (subject, first, "requests")
    assert letter.key == f"surveys.{kind}:{row.pk}:{row.lead_id}:2021-03-26"
    assert links(letter) == [f"/en/surveys/asked/{row.public_id}/"]


@pytest.mark.parametrize(
    ("left", "first"),
    [
        (1, "“Offices, First round” is due tomorrow, until midnight on the programme's clock. "
            "Your answers are not handed in yet."),
        (0, "“Offices, First round” is due today, until midnight on the programme's clock. "
            "Your answers are not handed in yet."),
        (5, "“Offices, First round” is due in 5 days. Your answers are not handed in yet."),
        (-3, "“Offices, First round” was due on 31 March 2021, and your answers are not handed in. "
             "Hand in what you have, or say why you cannot answer."),
    ],
)  # fmt: skip
def test_a_person_without_an_organisation_is_addressed_by_reminders(left, first):
    row = asked()
    row.organisation = row.country = None
    row.save()

    (letter,) = send_all(emails.reminder(row, left=left, on=date(2021, 3, 26)))

    assert lines(letter)[0] == first


def test_a_person_without_an_organisation_is_addressed_by_the_other_letters():
    row = asked(due_on=date(2021, 4, 9))
    row.organisation = row.country = None
    row.save()

    letters = send_all(
        [*emails.invitation(row, "TOKEN"), *emails.due_extended(row), *emails.closed(row)]
    )

    assert [lines(one)[0] for one in letters] == [
        "Virtual CAREC asks you to answer “Offices, First round”. Please answer by 9 April 2021.",
        "You have more time for “Offices, First round”: it is now due on 9 April 2021. What you have "
        "written is kept.",
        "“Offices, First round” is closed, and you handed nothing in. What was written is kept as "
        "a draft that only you see. Answer this letter if you need more time.",
    ]
    assert lines(letters[0])[-1] == (
        "If you cannot answer, open the link and say so with a reason: nobody then reminds you."
    )


def test_more_time_a_new_link_and_the_end_are_told():
    row = asked(due_on=date(2021, 4, 9))

    letters = send_all(
        [*emails.due_extended(row), *emails.new_link(row, "NEW"), *emails.closed(row)]
    )

    assert [one.subject for one in letters] == [
        "Offices, First round: more time, until 9 April 2021", "A new link: Offices, First round",
        "Offices, First round: closed",
    ]  # fmt: skip
    assert [links(one) for one in letters] == [
        [f"/en/surveys/asked/{row.public_id}/"], ["/en/surveys/i/NEW/"],
        [f"/en/surveys/asked/{row.public_id}/"],
    ]  # fmt: skip


def test_the_officer_is_told_which_letters_came_back():
    wave = make.wave(title=TITLE)
    officer = people.person(language="ru")

    (letter,) = send_all(emails.bounced(wave, ["Roads", "Rails"], officer, "x"))

    assert (letter.person_id, letter.language) == (officer.pk, "ru")
    assert [line for line in lines(letter) if line.startswith("- ")] == ["- Roads", "- Rails"]
    assert links(letter) == [f"/ru/surveys/waves/{wave.public_id}/"]


def test_nobody_who_has_left_is_written_to():
    row = asked(lead=people.person(state="closed"))

    assert emails.invitation(row, "TOKEN") == []
    assert emails.bounced(row.wave, ["Roads"], None, "x") == []
    assert emails.preview(row).subject == ""


def test_the_preview_is_the_letter_without_a_link_that_works():
    row = asked()

    shown = emails.preview(row)
    (letter,) = send_all(emails.invitation(row, "TOKEN"))

    assert shown.subject == letter.subject
    assert shown.text == letter.text.replace("TOKEN", "preview")


def test_a_sample_letter_says_so():
    row = asked()
    row.sample = True

    (message,) = emails.invitation(row, "TOKEN")

    assert replace(message).sample is True
    assert send_all([message])[0].subject.startswith("[Sample] ")


def test_who_came_by_an_open_link_gets_a_link_of_their_own():
    unsigned = {"kind": "application", "has_signature": False, "has_clearance": False}
    row = asked(survey=unsigned)
    row.organisation = row.country = None
    row.save()

    (letter,) = send_all(emails.private_link(row, "TOKEN"))

    assert letter.subject == "Your link: Offices, First round"
    assert links(letter) == ["/en/surveys/i/TOKEN/"]
    assert lines(letter)[0] == (
        "Somebody, most likely you, asked for a link of their own to “Offices, First round” of Virtual "
        "CAREC. It can be handed in until 31 March 2021."
    )
    assert "Once handed in: the secretariat." in lines(letter)
