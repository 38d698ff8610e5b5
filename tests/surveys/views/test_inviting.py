"""Whom to ask: chosen, read from a list, one invitation."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.models import Message as Letter
from serai.surveys.models import Invitation, Response

pytestmark = pytest.mark.django_db
LATER = timezone.now().date() + timedelta(days=60)


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def wave(officer):
    return make.wave(state="planned")


def upload(client, wave, rows):
    content = ("Country,Agency,Lead\n" + rows).encode()
    return client.post(
        f"/en/surveys/waves/{wave.public_id}/list/",
        {"sheet": SimpleUploadedFile("list.csv", content)},
    )


def test_organisations_are_chosen_by_country(client, wave):
    roads = people.organisation("Roads")
    people.organisation("Rails", country="UZB")
    address = f"/en/surveys/waves/{wave.public_id}/ask/"

    form = client.get(f"{address}?country=UZB").context["form"]
    answer = client.post(address, {"organisations": [roads.public_id], "offices": ""}, follow=True)
    again = client.post(address, {"organisations": [roads.public_id], "offices": ""})

    assert [name for _number, name in form.fields["organisations"].choices] == [
        "UZB: Rails (no lead yet)"
    ]
    assert "1 is added. Nobody is written to yet." in text_of(answer)
    assert again.context["form"].non_field_errors() == ["Roads is asked already."]
    assert "GEO: Roads (asked already)" in text_of(again)


def test_an_organisation_without_a_lead_is_told_where_it_is_chosen(client, wave):
    roads, rails = people.organisation("Roads"), people.organisation("Rails")
    people.grant("lead", to=people.person(), organisation=roads)

    page = client.get(f"/en/surveys/waves/{wave.public_id}/ask/")

    names = [name for _number, name in page.context["form"].fields["organisations"].choices]
    assert names == ["GEO: Rails (no lead yet)", "GEO: Roads"]
    assert "1 organisation has no lead yet" in text_of(page)
    where = f'<a href="/en/members/organisations/{rails.public_id}/">GEO: Rails</a>'
    assert where in page.content.decode()


def test_offices_are_those_of_one_organisation(client, wave):
    rows = [people.organisation("Roads").public_id, people.organisation("Rails").public_id]
    address = f"/en/surveys/waves/{wave.public_id}/ask/"

    both = client.post(address, {"organisations": rows, "offices": "Batumi"})
    one = client.post(address, {"organisations": rows[:1], "offices": "Batumi\n\nPoti\nBatumi\n"})

    assert both.context["form"].errors["offices"] == [
        "Choose one organisation: offices are those of one."
    ]
    assert one.status_code == 303
    assert sorted(Invitation.objects.values_list("unit_label", flat=True)) == ["Batumi", "Poti"]


def test_a_list_is_previewed_then_added_whole(client, wave):
    people.organisation("Roads")
    people.organisation("Rails")

    preview = upload(client, wave, "GEO,Roads,a@roads.example\nGEO,Rails,\n")
    counted = Invitation.objects.count()
    answer = client.post(
        f"/en/surveys/waves/{wave.public_id}/list/", {"list": preview.context["list"]}, follow=True
    )
    again = client.post(
        f"/en/surveys/waves/{wave.public_id}/list/", {"list": preview.context["list"]}
    )

    assert ("Add 2 rows" in text_of(preview), counted) == (True, 0)
    assert "2 are added." in text_of(answer)
    assert [str(fault) for fault in again.context["faults"]] == [
        "Row 2: Roads is asked already.", "Row 3: Rails is asked already.",
    ]  # fmt: skip
    assert Invitation.objects.get(organisation__name_key="roads").lead.email == "a@roads.example"


def test_a_list_with_a_fault_adds_nothing(client, wave):
    people.organisation("Roads")

    preview = upload(client, wave, "GEO,Roads,\nGEO,Ports,\n")
    late = client.post(f"/en/surveys/waves/{wave.public_id}/list/", {"list": "forged"}, follow=True)

    assert "Add " not in text_of(preview)
    assert len(preview.context["faults"]) == 1
    assert "The preview is older than two hours. Upload the list again." in text_of(late)
    assert Invitation.objects.count() == 0


def test_a_list_without_rows_is_refused_at_its_field(client, wave):
    answer = upload(client, wave, "")

    assert answer.status_code == 422
    assert "The sheet has no rows below the names of columns." in text_of(answer)


def test_people_are_named_for_one_body(client, officer):
    row = make.invitation()
    colleague = people.person_with("contributor", row.organisation)
    address = f"/en/surveys/invitations/{row.public_id}/"
    given = {"lead": row.lead.public_id, "lead_email": "", "signer": "", "signer_email": "head@a.example", "language": "ru"}  # fmt: skip

    answer = client.post(address, given)
    nobody = client.post(address, given | {"lead": ""})
    stranger = client.post(address, given | {"lead": colleague.public_id})

    row.refresh_from_db()
    assert (answer.status_code, row.signer.email, row.language) == (303, "head@a.example", "ru")
    assert nobody.context["form"].errors["lead"] == [
        "Choose who answers, or write an e-mail address."
    ]
    assert stranger.status_code == 422  # no affiliation: not among those offered


def test_a_letter_that_came_back_is_sent_again(client, officer):
    row = make.invitation(state="bounced")
    address = f"/en/surveys/invitations/{row.public_id}/"

    page = text_of(client.get(address))
    answer = text_of(client.post(f"{address}keep/", {"do": "trust"}, follow=True))

    row.refresh_from_db()
    assert "The letter came back" in page
    assert "A new letter is on its way. The old link no longer works." in answer
    assert (row.state, Letter.objects.count()) == ("sent", 1)


def test_an_invitation_is_cancelled_or_says_why_not(client, officer):
    row = make.invitation(state="done")
    address = f"/en/surveys/invitations/{row.public_id}/keep/"

    done = text_of(client.post(address, {"do": "cancel"}, follow=True))
    Invitation.objects.filter(pk=row.pk).update(state="opened")
    cancelled = text_of(client.post(address, {"do": "cancel"}, follow=True))

    assert "It is now “Done”; “Cancelled” cannot follow." in done
    assert "The invitation is cancelled; its link no longer works." in cancelled


def test_one_body_gets_more_time(client, officer):
    row = make.invitation()

    answer = client.post(
        f"/en/surveys/invitations/{row.public_id}/extend/", {"due_on": LATER.isoformat()}
    )

    row.refresh_from_db()
    assert (answer.status_code, row.due_on) == (303, LATER)
    assert "given more time" in text_of(client.get(f"/en/surveys/invitations/{row.public_id}/"))


def test_why_a_body_declined_is_shown(client, officer):
    row = make.invitation(state="declined", reason="Not our remit.")

    page = text_of(client.get(f"/en/surveys/invitations/{row.public_id}/"))

    assert "Not our remit." in page
    assert "Send the letter again" in page


@pytest.mark.parametrize("page", ["", "extend/"])
def test_others_open_no_invitation(client, sign_in, page):
    row = make.invitation()
    sign_in("focal_point", "GEO")

    assert client.get(f"/en/surveys/invitations/{row.public_id}/{page}").status_code == 404


def test_an_officer_comes_from_an_invitation_to_the_answers_once_they_may_be_read(client, officer):
    asked = make.wave()
    drafted = make.invitation(asked, organisation=people.organisation("Roads"))
    make_draft(drafted)
    cleared = make.cleared(asked, {"/data/office/name": "Rails"})

    before = client.get(f"/en/surveys/invitations/{drafted.public_id}/")
    after = client.get(f"/en/surveys/invitations/{cleared.invitation.public_id}/")

    assert "See the answers" not in text_of(before)
    assert f'<a href="/en/surveys/responses/{cleared.public_id}/">See the answers</a>' in text_of(
        after
    )
    assert client.get(f"/en/surveys/responses/{cleared.public_id}/").status_code == 200


def make_draft(row: Invitation) -> Response:
    return Response.objects.create(
        wave=row.wave, invitation=row, version=row.wave.version, state="filling"
    )
