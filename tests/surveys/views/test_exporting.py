"""Files of answers are asked for, made in the background, and opened by their asker alone."""

import csv
import io

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.jobs import run_ready
from serai.base.models import StoredFile
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.models import Response

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wave():
    return make.wave()


@pytest.fixture
def cleared(wave):
    asked = make.invitation(wave)
    lead = viewer_of(asked.lead, make.NOON)
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    change = Change("c1", Ref("/data/office/name"), 0, "=Agency")
    actions.write_answers(response=found, changes=[change], by=lead, now=make.NOON)
    newest = found.answers.order_by("-pk").first()
    Response.objects.update(cleared_through=newest.pk, signed_through=newest.pk, state="cleared")
    return found


def address(wave):
    return reverse("surveys:export", args=[wave.public_id])


def made(client, wave, **fields):
    led = client.post(address(wave), {"kind": "long", **fields})
    while run_ready(now=make.NOON):
        pass
    return led


def test_a_file_is_made_and_given_to_its_asker(client, wave, cleared):
    client.force_login(people.person_with("officer"))

    led = made(client, wave, with_labels="on")

    assert led["Location"] == f"{address(wave)}?kind=long&labels=1"
    page = client.get(led["Location"])
    stored = StoredFile.objects.get()
    file = reverse("surveys:export_file", args=[stored.public_id])
    assert page.status_code == 200
    assert file in page.content.decode()
    content = b"".join(client.get(file).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["response"], row["column"], row["value"]) for row in rows][:1] == [
        (cleared.public_id, "link/is_fast", "no")
    ]
    assert "'=Agency" in [row["value"] for row in rows]
    assert stored.name == f"{wave.survey.code}-long.csv"


def test_another_officer_does_not_open_it(client, wave, cleared):
    client.force_login(people.person_with("officer"))
    made(client, wave)
    file = reverse("surveys:export_file", args=[StoredFile.objects.get().public_id])

    client.force_login(people.person_with("officer"))

    assert client.get(file).status_code == 404
    assert file not in client.get(address(wave)).content.decode()


def test_sample_answers_are_called_so(client):
    wave = make.wave(sample=True)
    client.force_login(people.person_with("officer"))

    made(client, wave)

    stored = StoredFile.objects.get()
    assert (stored.name, stored.sample) == (f"{wave.survey.code}-long.csv", True)
    given = client.get(reverse("surveys:export_file", args=[stored.public_id]))
    given.close()
    name = f"sample-{wave.survey.code}-long.csv"
    assert given["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    ("role", "status"),
    [("officer", 200), ("coordinator", 200), ("expert", 404), ("lead", 404), ("focal_point", 404),
     ("contributor", 404), ("administrator", 404)],
)  # fmt: skip
def test_who_may_export(client, wave, role, status):
    client.force_login(people.person_with(role))

    assert client.get(address(wave)).status_code == status


def test_visitors_are_led_to_sign_in(client, wave):
    assert client.get(address(wave)).status_code in {302, 303, 404}


def test_a_kind_that_is_none_is_said_at_the_field(client, wave):
    client.force_login(people.person_with("officer"))

    assert client.post(address(wave), {"kind": "spss"}).status_code == 422
    assert not StoredFile.objects.exists()
