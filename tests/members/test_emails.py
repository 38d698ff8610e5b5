"""Letters: in the reader's language, with links, never values."""

import pytest
from django.conf import settings
from tests.factories import members as make

from serai.base.mail import send, send_all, words_in_trial
from serai.base.pages import Todo
from serai.members import emails
from serai.members.queries import DigestFound

pytestmark = pytest.mark.django_db
NOON = make.NOON


def test_grant_given_names_the_role_and_links_to_the_account():
    grant = make.person_with("focal_point", "GEO").grants.get()

    row = send_all(emails.grant_given(grant))[0]

    assert row.subject == "A new role: Country focal point"
    assert "Georgia" in row.text
    assert "/en/members/me/" in row.text


def test_letters_come_in_the_readers_language():
    grant = make.person_with("officer", language="ru").grants.get()

    assert send_all(emails.grant_ended(grant))[0].language == "ru"


def test_code_stands_in_its_letter_once():
    row = send_all(emails.sign_in_code(make.person(), "ABCD-EFGH", make.NOON))[0]

    assert words_in_trial(row).count("ABCD-EFGH") == 1
    assert row.text.count("ABCD-EFGH") == 0
    assert "ABCD" not in row.subject


def test_a_sample_persons_letter_says_so_and_stays():
    grant = make.person_with("officer", sample=True).grants.get()

    row = send_all(emails.grant_given(grant))[0]

    assert (row.subject[:8], row.state) == ("[Sample]", "held_sample")


def test_unlock_is_told_to_each_reader_once():
    from datetime import timedelta

    from serai.members.models import Unlock

    both = make.person_with("coordinator")
    make.grant("focal_point", to=both, member=make.member())
    focal = make.person_with("focal_point", "UZB")
    of_one = make.person_with("coordinator", "hub")
    row = Unlock.objects.create(
        administrator=make.person_with("administrator"),
        scope="members",
        reason="Repair",
        opened_at=make.NOON,
        until_at=make.NOON + timedelta(minutes=5),
    )

    messages = emails.unlock_opened(row, make.NOON)

    assert {one.person_id: one.link for one in messages} == {
        both.pk: "/members/unlocks/", of_one.pk: "/", focal.pk: "/",
    }  # fmt: skip


def test_a_proposed_release_is_asked_for_and_answered_with_links_never_values():
    from serai.members.models import ReleaseProposal

    focal = make.person_with("focal_point", "GEO", full_name="Fati Focal")
    proposer = make.person_with("coordinator", full_name="Cora")
    row = ReleaseProposal.objects.create(
        thing="programme.note:1", title="Harbour", member=make.member(), proposed_by=proposer,
        from_audience="secretariat", to_audience="members", reason="Secret", proposed_at=make.NOON,
    )  # fmt: skip

    asked = send_all([emails.release_proposed(row, focal)])
    row.state, row.closed_by, row.note = "released", focal, "Fine"
    answered = send_all(emails.release_answered(row))

    assert [(m.person, m.subject) for m in asked + answered] == [
        (focal, "A release waits for your consent"),
        (proposer, "The release you proposed has its consent"),
    ]
    assert "Cora asks that one thing be read by: All members." in asked[0].text
    assert "Fati Focal has consented. It is released." in answered[0].text
    for letter in asked + answered:
        assert f"/en/programme/releases/{row.public_id}/" in letter.text
        assert not {"Harbour", "Secret", "Fine"} & set(letter.text.replace(".", " ").split())


# ---------------------------------------------------------------- the letter of a day
LISTED = Todo("Name a contact", "Do", "/en/a/")
REMINDED = Todo("Name a contact", "Do", "/en/a/", note="It is due 7 July 2021.")
OTHER = Todo("Name a contact", "Verify", "/en/a/")
SAMPLE = Todo("Try it", "Do", "/en/b/", is_sample=True)


@pytest.mark.parametrize(
    ("waiting", "reminders", "kind", "todos"),
    [
        ((LISTED, OTHER), (REMINDED,), "digest", [REMINDED, OTHER]),
        ((LISTED,), (), "digest", [LISTED]),
        ((), (REMINDED,), "reminders", [REMINDED]),
        ((LISTED, SAMPLE), (), "digest", [LISTED]),
        ((SAMPLE,), (), "digest", [SAMPLE]),
    ],
)
def test_the_letter_of_a_day_holds_each_thing_once(waiting, reminders, kind, todos):
    person = make.person()

    (letter,) = emails.digest(DigestFound(person, NOON.date(), waiting, reminders))

    assert letter.key == f"members.{kind}:{person.pk}:2021-06-30"
    assert (letter.facts["todos"], letter.sample) == (todos, todos == [SAMPLE])


def test_nothing_to_say_is_no_letter():
    assert emails.digest(DigestFound(make.person(), NOON.date(), (), ())) == []


def test_reminders_turned_off_leave_the_list_as_it_is():
    person = make.person(muted_topics=["work"])

    (letter,) = emails.digest(DigestFound(person, NOON.date(), (LISTED,), (REMINDED,)))

    assert letter.facts["todos"] == [LISTED]


def test_the_letter_of_a_day_says_what_where_and_until_when():
    found = DigestFound(make.person(), NOON.date(), (OTHER,), (REMINDED,))

    row = send(emails.digest(found)[0])

    assert row.subject == "2 things wait for you"
    assert [line for line in row.text.splitlines() if line][:6] == [
        "This waits for you:",
        "- Do: Name a contact",
        "  It is due 7 July 2021.",
        f"  {settings.SITE_ADDRESS}/en/a/",
        "- Verify: Name a contact",
        f"  {settings.SITE_ADDRESS}/en/a/",
    ]
