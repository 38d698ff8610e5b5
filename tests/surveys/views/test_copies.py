"""Copies are asked for, made in the background, and opened by their asker alone."""

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.jobs import run_ready
from serai.base.models import StoredFile
from serai.members.queries import viewer_of
from serai.surveys import actions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked():
    return make.invitation()


@pytest.fixture
def response(asked):
    lead = viewer_of(asked.lead, make.NOON)
    return actions.start_response(invitation=asked, by=lead, now=make.NOON)


def address(response):
    return reverse("surveys:copy", args=[response.public_id])


def made(client, response, kind="docx"):
    led = client.post(address(response), {"kind": kind})
    while run_ready(now=make.NOON):
        pass
    return led


def files():
    return [reverse("surveys:copy_file", args=[one.public_id]) for one in StoredFile.objects.all()]


def test_a_copy_is_made_while_its_page_waits(client, asked, response):
    client.force_login(asked.lead)

    led = client.post(address(response), {"kind": "docx"})
    waiting = client.get(led["Location"]).content.decode()
    while run_ready(now=make.NOON):
        pass
    page = client.get(led["Location"]).content.decode()

    assert led["Location"] == f"{address(response)}?kind=docx"
    assert "Waiting to begin" in waiting
    (file,) = files()
    assert f'href="{file}"' in page
    assert b"".join(client.get(file).streaming_content).startswith(b"PK")


def test_another_reader_does_not_open_it(client, asked, response):
    client.force_login(asked.lead)
    made(client, response)
    (file,) = files()
    other = people.grant("lead", organisation=asked.organisation).person

    client.force_login(other)

    assert client.get(address(response)).status_code == 200
    assert client.get(file).status_code == 404


def test_strangers_ask_for_no_copy(client, response):
    client.force_login(make.invitation().lead)

    assert client.get(address(response)).status_code == 404
    assert client.post(address(response), {"kind": "pdf"}).status_code == 404
