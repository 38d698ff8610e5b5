"""A form tried by whoever has the link: live, checked, kept nowhere."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.models import AuditEntry, Receipt
from serai.surveys import queries
from serai.surveys.models import Answer, FormVersion, Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    version = make.version()
    return f"/en/surveys/try/{queries.try_token(version, timezone.now())}/"


def go(client, address, page, **fields):
    """Send the page's form with what was typed."""
    at = re.search(r'name="at" value="([^"]*)"', page).group(1)
    kept = html.unescape(
        re.search(r'name="kept" value="([^"]*)"', page).group(1)
    )  # fmt: skip
    bases = {f"base:{name}": "0" for name in fields if name.startswith("/")}
    return client.post(address, {"at": at, "kept": kept, **bases, **fields}).content.decode()


def test_the_form_is_filled_page_by_page_and_checked(client, address):
    first = client.get(address).content.decode()
    second = go(client, address, first, go_on="1", **{"/data/office/name": "Ring"})
    checked = go(client, address, second, go="check", **{"/data/link/has": "yes"})
    back = go(client, address, checked, go="link")
    done = go(client, address, back, go="check", **{"/data/link/has": "yes", "/data/link/mbps": "12,5"})  # fmt: skip

    assert "Trial: nothing is kept" in first
    assert "The line" in second
    assert "One answer is missing or not right" in checked
    assert "Its speed, in Mbit/s" in checked
    assert "Everything is there: it could be handed in now." in done


def test_what_was_typed_comes_back_with_its_page(client, address):
    first = client.get(address).content.decode()
    second = go(client, address, first, go_on="1", **{"/data/office/name": 'Ring & "Co"'})

    again = go(client, address, second, go="office")

    assert 'value="Ring &amp; &quot;Co&quot;"' in again


def test_rules_follow_without_a_script(client, address):
    first = client.get(address).content.decode()
    line = go(client, address, first, go="link")

    opened = go(client, address, line, go="link", **{"/data/link/has": "yes"})

    hidden = re.compile(r'data-ref="/data/link/mbps" hidden')
    assert (bool(hidden.search(line)), bool(hidden.search(opened))) == (True, False)


def test_the_page_carries_its_logic_and_no_address_to_save_to(client, address):
    page = client.get(address).content.decode()

    assert 'data-logic="logic"' in page
    assert ("data-autosave" in page, "data-queue" in page, 'name="receipt"' in page) == (False, False, False)  # fmt: skip


def test_entries_are_added_filled_and_taken_out(client, address):
    first = client.get(address).content.decode()
    added = go(client, address, first, add="/data/room")
    key = re.search(r'name="at" value="room@([^"]+)"', added).group(1)
    filled = go(client, address, added, go="office", **{f"/data/room/seats@{key}": "8"})
    again = go(client, address, filled, go=f"room@{key}")

    removed = go(client, address, again, remove=key)

    assert 'value="8"' in again
    assert f"room@{key}" not in removed


def test_a_broken_rule_is_named(client, address):
    first = client.get(address).content.decode()

    checked = go(client, address, first, go="check", **{"/data/office/staff": "900"})

    assert "Between 0 and 500." in checked


def test_a_reason_stands_for_an_answer(client, address):
    first = client.get(address).content.decode()
    reasoned = {"/data/office/name": "", "reason:/data/office/name": "not_known"}
    second = go(client, address, first, go_on="1", **reasoned)

    checked = go(client, address, second, go="check", **{"/data/link/has": "no"})

    assert "Everything is there" in checked


def test_nothing_is_written_at_all(client, address):
    before = AuditEntry.objects.count()
    first = client.get(address).content.decode()
    go(client, address, first, go="check", **{"/data/office/name": "Ring"})

    assert (Response.objects.count(), Answer.objects.count(), Receipt.objects.count()) == (0, 0, 0)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "[[1],[2]]", '[[["/nowhere","","x",""]],[["/a","","k"]]]']
)
def test_what_a_page_cannot_have_carried_breaks_nothing(client, address, kept):
    answer = client.post(address, {"at": "office", "kept": kept, "go": "check"})

    assert answer.status_code == 200


def test_the_link_ends_after_thirty_days_and_with_the_version():
    version = make.version()
    now = timezone.now()
    old = queries.try_token(version, now - timedelta(days=30))
    good = queries.try_token(version, now - timedelta(days=29))

    statuses = [
        Client().get(f"/en/surveys/try/{one}/").status_code for one in (old, good, good + "x")
    ]
    FormVersion.objects.update(state="refused")

    assert statuses == [404, 200, 404]
    assert Client().get(f"/en/surveys/try/{good}/").status_code == 404


def test_officers_find_the_link_beside_the_preview_and_translators_do_not(client, sign_in):
    version = make.version()
    translator = people.person()
    version.survey.translators.create(person=translator, language="ru")
    address = f"/en/surveys/forms/{version.public_id}/preview/"
    sign_in(translator)
    seen_by_translator = client.get(address).content.decode()
    sign_in("officer")

    seen = client.get(address).content.decode()

    assert "/surveys/try/" in seen
    assert "/surveys/try/" not in seen_by_translator
