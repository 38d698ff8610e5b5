"""Inviting people from a sheet: preview, every fault at once, invite whole, undo; the export."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import members as make
from tests.factories.signed_in import sign_in

from serai.base.models import Message
from serai.members.models import Grant, Invitation, Person

pytestmark = pytest.mark.django_db
HEADS = "E-mail,Name,Role,Member,Organisation,Last day,Language\n"


@pytest.fixture
def agency():
    return make.organisation("Agency of Roads")


@pytest.fixture
def focal(client, agency):
    return sign_in(client, make.person_with("focal_point", "GEO", full_name="Nino Focal"))


def upload(client, text, name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(
        reverse("members:import_people"), {"sheet": SimpleUploadedFile(name, content)}
    )


def sheet_of(response) -> dict[str, str]:
    page = response.content.decode()
    posted = {}
    for name in re.findall(r'<select name="(column_\w+)"', page):
        select = re.search(rf'<select name="{name}".*?</select>', page, re.S).group()
        found = re.search(r'<option value="(\d*)" selected', select)
        posted[name] = found.group(1) if found else ""
    return posted | {"sheet": re.search(r'name="sheet" value="([^"]+)"', page).group(1)}


def words_of(response) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def enter(client, shown):
    return client.post(reverse("members:check_people"), sheet_of(shown) | {"act": "enter"})


def test_every_fault_stands_in_the_preview_and_nobody_is_invited(focal):
    make.organisation("Agency of Roads", country="UZB")
    make.person("paused@agency.example", state="paused")
    text = HEADS + (
        "nino,Nino,lead,GEO,Agency of Roads,,\n"
        ",Ana,lead,GEO,Agency of Roads,,\n"
        "a@agency.example,A,king,GEO,,,\n"
        "b@agency.example,B,deputy,Atlantis,,,\n"
        "c@agency.example,C,lead,GEO,Agency of Clouds,,\n"
        "d@agency.example,D,lead,,Agency of Roads,,\n"
        "e@agency.example,E,officer,,,,\n"
        "f@agency.example,F,deputy,UZB,,,\n"
        "g@agency.example,G,deputy,GEO,,soon,\n"
        "h@agency.example,H,deputy,GEO,,,klingon\n"
        "i@agency.example,I,deputy,,,,\n"
        "j@agency.example,J,deputy,GEO,,2020-01-01,\n"
        "paused@agency.example,P,deputy,GEO,,,\n"
        "k@agency.example,K,deputy,GEO,,,\n"
        "K@agency.example,K,deputy,GEO,,,\n"
    )

    shown = upload(focal, text)
    entered = enter(focal, shown)

    page = shown.content.decode()
    found = re.findall(r"<li>(Row .*?)</li>", page)
    assert found == [
        "Row 2, E-mail: “nino” is not an e-mail address. Write it as name@agency.example.",
        "Row 3, E-mail: This cell is empty. Fill it or leave the whole row out.",
        "Row 4, Role: “king” is no role. Write one of: participant, contributor, lead, committee, "
        "deputy, focal_point, partner, expert, officer, coordinator, administrator.",
        "Row 5, Member: “Atlantis” is no member. Write its code, such as GEO.",
        "Row 6: “Agency of Clouds” is no organisation here. Enter it first, or write its name as "
        "the list of organisations does.",
        "Row 7: “Agency of Roads” is the name of several organisations. Write the member too.",
        "Row 8: You may not give this role here. Check its member or organisation.",
        "Row 9: You may not give this role here. Check its member or organisation.",
        "Row 10, Last day: “soon” is no day. Write it as 2027-06-30, or leave it empty.",
        "Row 11, Language: “klingon” is no language of this site. Write one of: en, ru, fa, xx, xx-rtl.",
        "Row 12: You may not give this role here. Check its member or organisation.",
        "Row 13: The last day is in the past. Give today or a later day.",
        "Row 14: The account of paused@agency.example is closed or paused. Ask an administrator.",
        "Row 16: &#x27;k@agency.example deputy GEO&#x27; stands in row 15 already. "
        "Keep one of them.",
    ]
    assert (shown.status_code, entered.status_code) == (200, 422)
    assert (Invitation.objects.count(), Message.objects.count()) == (0, 0)


def test_the_sheet_invites_everybody_once_and_leaves_the_known_alone(focal, agency):
    known = make.person_with("lead", agency, email="known@agency.example")
    text = HEADS + (
        "nino@agency.example,Nino New,lead,Georgia,Agency of Roads,,ru\n"
        f"{known.email},Other Name,lead,GEO,Agency of Roads,,\n"
        "ana@agency.example,,Deputy focal point,GEO,,2099-12-31,\n"
    )

    shown = upload(focal, text)
    done = enter(focal, shown)

    rows = Invitation.objects.order_by("id")
    assert "To invite: 2. Known already and left alone: 1." in words_of(shown)
    assert "2 invitations are on their way" in done.content.decode()
    assert [
        (r.email, r.role, r.organisation_id, r.language, str(r.until_on), r.person.full_name)
        for r in rows
    ] == [
        ("nino@agency.example", "lead", agency.pk, "ru", "None", "Nino New"),
        ("ana@agency.example", "deputy", None, "en", "2099-12-31", ""),
    ]
    assert len({row.import_key for row in rows}) == 1
    assert Message.objects.filter(key__startswith="members.invitation").count() == 2
    known.refresh_from_db()
    assert known.full_name != "Other Name"


def test_undo_withdraws_and_blanks_the_accounts_it_opened(focal, agency):
    old = make.person("old@agency.example", full_name="Old Hand")
    text = HEADS + (
        "nino@agency.example,Nino,lead,GEO,Agency of Roads,,\nold@agency.example,,deputy,GEO,,,\n"
    )
    enter(focal, upload(focal, text))
    key = Invitation.objects.first().import_key

    answer = focal.post(reverse("members:undo_people", args=[key]))
    again = focal.post(reverse("members:undo_people", args=[key]), follow=True)

    assert (answer.status_code, answer["Location"]) == (303, reverse("members:invitations"))
    assert set(Invitation.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not Person.objects.filter(email="nino@agency.example").exists()
    old.refresh_from_db()
    assert (old.state, old.full_name) == ("active", "Old Hand")
    assert "There is nothing to undo" in again.content.decode()


def test_undo_is_refused_once_somebody_has_accepted(focal, agency):
    text = HEADS + "nino@agency.example,Nino,lead,GEO,Agency of Roads,,\n"
    text += "ana@agency.example,Ana,lead,GEO,Agency of Roads,,\n"
    enter(focal, upload(focal, text))
    Invitation.objects.filter(email="nino@agency.example").update(state="accepted")
    key = Invitation.objects.first().import_key

    answer = focal.post(reverse("members:undo_people", args=[key]), follow=True)

    assert "nino@agency.example has accepted already." in answer.content.decode()
    assert Invitation.objects.get(email="ana@agency.example").state == "sent"


def test_nobody_undoes_the_import_of_another(focal, agency):
    enter(focal, upload(focal, HEADS + "n@agency.example,N,lead,GEO,Agency of Roads,,\n"))
    key = Invitation.objects.get().import_key
    other = sign_in(focal, make.person_with("focal_point", "GEO"))

    other.post(reverse("members:undo_people", args=[key]))

    assert Invitation.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200), ("focal_point", 200), ("deputy", 200), ("lead", 200),
        ("officer", 404), ("contributor", 404), ("committee", 404), ("expert", 404),
        ("partner", 404), ("participant", 404), ("administrator", 404),
    ],
)  # fmt: skip
def test_who_may_invite_may_invite_from_a_sheet(client, role, status):
    sign_in(client, make.person_with(role))

    assert client.get(reverse("members:import_people")).status_code == status


def test_an_old_sign_in_is_asked_for_again(client):
    sign_in(client, make.person_with("focal_point"), fresh=False)

    answer = client.get(reverse("members:import_people"))

    assert answer["Location"].startswith(reverse("members:sign_in_again"))


@pytest.mark.parametrize("name", ["check_people", "undo_people"])
def test_a_forged_sheet_or_key_changes_nothing(focal, name):
    arguments = ["abc"] if name == "undo_people" else []

    answer = focal.post(reverse(f"members:{name}", args=arguments), {"sheet": "x", "act": "enter"})

    assert (answer.status_code, Invitation.objects.count()) == (303, 0)


@pytest.mark.parametrize(
    ("text", "name"), [("E-mail\n", "a.csv"), ("", "a.csv"), ("%PDF-1.4", "a.pdf")]
)
def test_what_is_no_sheet_is_refused_with_a_sentence(focal, text, name):
    answer = upload(focal, text, name)

    assert (answer.status_code, 'id="errors"' in answer.content.decode()) == (422, True)


def test_columns_are_mapped_by_hand(focal):
    shown = upload(focal, "post,what,where\nn@agency.example,deputy,GEO\n")
    chosen = sheet_of(shown) | {
        "column_email": "0", "column_role": "1", "column_member": "2", "act": "map",
    }  # fmt: skip

    mapped = focal.post(reverse("members:check_people"), chosen)

    assert "This column is missing. Choose it." in shown.content.decode()
    assert "To invite: 1." in words_of(mapped)


def test_the_export_is_read_back_as_known(focal, agency):
    make.person_with("lead", agency, email="lead@agency.example", full_name="Lea Lead")

    answer = focal.get(reverse("members:people_sheet") + "?as=xlsx")
    shown = upload(focal, (sent := answer.getvalue()), "people.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(sent)).active
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [
        "E-mail", "Name", "Role", "Member", "Organisation", "Initiatives", "Last day", "Language",
    ]  # fmt: skip
    assert rows[1] == [
        "lead@agency.example", "Lea Lead", "lead", "GEO", "Agency of Roads", "", "", "en",
    ]  # fmt: skip
    assert Grant.objects.count() == len(rows) - 1 == 2
    assert "To invite: 0. Known already and left alone: 2." in words_of(shown)
