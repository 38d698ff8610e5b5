"""A form acts once: sent twice, sent again after a crash, or at work twice at the same time."""

import threading
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from tests.factories.members import person

from serai.base import access, audit, held, receipts
from serai.base.models import AuditEntry, HeldInput, Receipt
from serai.base.pages import redirect_with

CALLS: list[str] = []
SENT: list[bytes] = []
MEANWHILE = [lambda: None]


@access.guard(may=access.signed_in, methods=("GET", "POST"))
def note(request):
    CALLS.append(request.POST.get("text", ""))
    if not request.POST.get("text"):
        return HttpResponse("Write a text.", status=422)
    SENT.extend(file.read() for file in request.FILES.values())
    return redirect_with(request, f"/notes/{len(CALLS)}/")


@access.guard(may=access.signed_in, methods=("GET", "POST"))
def keep(request):
    default_storage.save("paper", request.FILES["paper"])
    return redirect_with(request, "/kept/")


@access.guard(may=access.signed_in, methods=("POST",))
def break_down(request):
    CALLS.append("broken")
    raise ValueError


@access.guard(may=access.signed_in, methods=("POST",))
def act(request):
    """Act with a line in the audit, as every action does; something may happen meanwhile."""
    with transaction.atomic():
        MEANWHILE[0]()
        audit.record(by=request.viewer.person_id, verb="act", thing="tests:1", at=request.now)
    if request.POST.get("breaks"):
        raise ValueError
    return redirect_with(request, "/acted/")


SIGN_IN = [path("sign-in/", note, name="sign_in")]
urlpatterns = [
    path("members/", include((SIGN_IN, "members"))),
    path("note/", note),
    path("keep/", keep),
    path("break/", break_down),
    path("act/", act),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
KEY = "k" * 32


@pytest.fixture(autouse=True)
def hooks(monkeypatch):
    CALLS.clear()
    SENT.clear()
    monkeypatch.setattr(access.HOOKS, "hold", held.hold)
    monkeypatch.setattr(access.HOOKS, "once", receipts.once)


@pytest.fixture
def steps(monkeypatch):
    """The pauses of a sending that waits for an earlier one; none is really slept."""
    slept: list[float] = []
    monkeypatch.setattr(receipts.time, "sleep", slept.append)
    return slept


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen in the middle of the act."""

    def happen(what):
        MEANWHILE[0] = what

    yield happen
    MEANWHILE[0] = lambda: None


def acts():
    return AuditEntry.objects.filter(verb="act").count()


def test_a_form_sent_twice_leads_to_its_first_result(client):
    client.force_login(person())

    first = client.post("/note/", {"text": "a", "receipt": KEY})
    second = client.post("/note/", {"text": "a", "receipt": KEY})

    assert CALLS == ["a"]
    assert (first.status_code, first.url) == (303, "/notes/1/")
    assert (second.status_code, second.url) == (303, "/notes/1/")


def test_another_receipt_is_another_form(client):
    client.force_login(person())

    client.post("/note/", {"text": "a", "receipt": KEY})
    client.post("/note/", {"text": "b", "receipt": KEY + "2"})

    assert CALLS == ["a", "b"]


def test_the_same_text_with_another_receipt_is_asked_about_and_sent_once_more_acts(client):
    client.force_login(person())

    client.post("/note/", {"text": "a", "receipt": KEY})
    asked = client.post("/note/", {"text": "a", "receipt": KEY + "2"})
    told = [str(one) for one in get_messages(asked.wsgi_request)]
    held_text = HeldInput.objects.count()
    meant = client.post("/note/", {"text": "a", "receipt": KEY + "3"})

    assert (asked.status_code, asked.url, held_text) == (303, "/note/", 1)
    assert told[-1].startswith("You saved exactly this a moment ago.")
    assert '<a href="/notes/1/">See what was saved.</a>' in told[-1]
    assert (meant.url, CALLS) == ("/notes/2/", ["a", "a"])


def paper(content, name="paper.txt"):
    return SimpleUploadedFile(name, content)


def test_a_file_sent_by_a_double_click_is_taken_once(client):
    client.force_login(person())

    answers = [
        client.post("/note/", {"text": "a", "paper": paper(b"one"), "receipt": KEY})
        for _click in range(2)
    ]

    assert [answer.url for answer in answers] == ["/notes/1/", "/notes/1/"]
    assert SENT == [b"one"]


def test_the_same_file_with_another_receipt_leads_to_the_first_result_and_once_more_acts(client):
    client.force_login(person())

    client.post("/note/", {"text": "a", "paper": paper(b"one"), "receipt": KEY})
    led = client.post("/note/", {"text": "a", "paper": paper(b"one"), "receipt": KEY + "2"})
    told = [str(one) for one in get_messages(led.wsgi_request)]
    meant = client.post("/note/", {"text": "a", "paper": paper(b"one"), "receipt": KEY + "3"})

    assert (led.status_code, led.url, HeldInput.objects.count()) == (303, "/notes/1/", 0)
    assert told[-1].startswith("You sent exactly this, with the same file, a moment ago.")
    assert (meant.url, SENT) == ("/notes/2/", [b"one", b"one"])


@pytest.mark.parametrize("other", [paper(b"two"), paper(b"one", "minutes.txt")])
def test_another_file_is_another_sending_whatever_its_size_and_text(client, other):
    client.force_login(person())

    client.post("/note/", {"text": "a", "paper": paper(b"one"), "receipt": KEY})
    answer = client.post("/note/", {"text": "a", "paper": other, "receipt": KEY + "2"})

    assert (answer.url, len(SENT)) == ("/notes/2/", 2)


def test_a_file_that_was_moved_to_its_place_is_known_again(client, settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.MEDIA_ROOT = tmp_path
    client.force_login(person())

    sent = [
        client.post("/keep/", {"paper": paper(b"one"), "receipt": KEY + str(n)}) for n in range(2)
    ]

    assert [answer.url for answer in sent] == ["/kept/", "/kept/"]
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"one"]


@pytest.mark.parametrize("later", [timedelta(minutes=29), timedelta(minutes=31)])
def test_a_text_is_asked_about_for_half_an_hour(client, monkeypatch, later):
    client.force_login(person())
    client.post("/note/", {"text": "a", "receipt": KEY})
    Receipt.objects.update(sent_at=timezone.now() - later)

    client.post("/note/", {"text": "a", "receipt": KEY + "2"})

    assert len(CALLS) == (1 if later < timedelta(minutes=30) else 2)


def test_only_one_s_own_latest_text_at_an_address_is_noted(client):
    for who in (person(), person()):
        client.force_login(who)
        for number in range(6):
            client.post("/note/", {"text": f"{number}", "receipt": f"{KEY}{who.pk}{number}"})

    noted = Receipt.objects.filter(key__startswith="=").order_by("id")

    assert [row.result_address for row in noted] == ["/notes/6/", "/notes/12/"]


def test_a_text_that_was_changed_since_may_be_brought_back(client):
    client.force_login(person())

    for n, text in enumerate("aba"):
        client.post("/note/", {"text": text, "receipt": KEY + str(n)})

    assert CALLS == ["a", "b", "a"]


def test_a_button_alone_may_be_pressed_again_and_others_may_write_the_same(client):
    client.force_login(person())
    for n in range(2):
        client.post("/act/", {"receipt": KEY + str(n)})
    client.post("/note/", {"text": "a", "receipt": KEY})
    client.force_login(person())

    client.post("/note/", {"text": "a", "receipt": KEY})

    assert (CALLS, AuditEntry.objects.filter(verb="act").count()) == (["a", "a"], 2)


def test_a_receipt_is_its_person_s_own(client):
    client.force_login(person())
    client.post("/note/", {"text": "a", "receipt": KEY})
    client.force_login(person())

    client.post("/note/", {"text": "b", "receipt": KEY})

    assert CALLS == ["a", "b"]


def test_a_form_with_errors_can_be_sent_again(client):
    client.force_login(person())

    client.post("/note/", {"text": "", "receipt": KEY})
    client.post("/note/", {"text": "a", "receipt": KEY})

    assert CALLS == ["", "a"]


def test_a_form_that_broke_can_be_sent_again(client):
    client.force_login(person())
    client.raise_request_exception = False

    client.post("/break/", {"receipt": KEY})
    client.post("/break/", {"receipt": KEY})

    assert CALLS == ["broken", "broken"]
    assert Receipt.objects.count() == 0


def test_a_form_without_a_receipt_is_answered_each_time(client):
    client.force_login(person())

    client.post("/note/", {"text": "a"})
    client.post("/note/", {"text": "a", "receipt": "short"})

    assert CALLS == ["a", "a"]


def test_a_second_click_waits_for_the_first_to_end(client, monkeypatch):
    who = person()
    client.force_login(who)
    client.post("/note/", {"text": "a", "receipt": KEY})
    Receipt.objects.update(result_address="")
    steps = []

    def sleep(seconds: float) -> None:
        steps.append(seconds)
        if len(steps) == 3:
            Receipt.objects.update(result_address="/notes/1/")

    monkeypatch.setattr(receipts.time, "sleep", sleep)

    assert client.post("/note/", {"text": "a", "receipt": KEY}).url == "/notes/1/"
    assert (len(steps), CALLS) == (3, ["a"])


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_change():
    if connection.vendor == "sqlite":
        pytest.skip("The suite's SQLite lies in memory, which threads cannot share.")
    who = person()
    answers = []

    def click() -> None:
        own = Client()
        own.force_login(who)
        answers.append(own.post("/note/", {"text": "a", "receipt": KEY}).url)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    assert CALLS == ["a"]
    assert answers == ["/notes/1/"] * 4


def test_a_form_whose_process_was_killed_before_the_act_acts_when_sent_again(client, steps):
    client.force_login(person())
    client.post("/act/", {"receipt": KEY})
    Receipt.objects.update(result_address="")

    answer = client.post("/act/", {"receipt": KEY})

    assert len(steps) == receipts.WAIT_STEPS
    assert (acts(), answer.url) == (2, "/acted/")


def test_a_form_whose_process_was_killed_after_the_act_does_not_act_again(client, steps):
    client.force_login(person())
    client.raise_request_exception = False
    client.post("/act/", {"receipt": KEY, "breaks": "yes"})

    answer = client.post("/act/", {"receipt": KEY})

    assert Receipt.objects.get().result_address == "~/act/"
    assert (acts(), answer.url) == (1, "/act/")


def test_a_form_that_was_taken_over_writes_nothing_and_gives_its_text_back(
    client, steps, meanwhile
):
    """The first process only seemed dead: it wakes when another has its receipt."""
    client.force_login(person())
    meanwhile(lambda: Receipt.objects.update(sent_at=timezone.now() + timedelta(seconds=9)))

    answer = client.post("/act/", {"receipt": KEY, "text": "typed"})

    assert (acts(), answer.status_code, answer.url) == (0, 303, "/act/")
    assert HeldInput.objects.get().path == "/act/"


def test_a_second_sending_acts_when_the_first_was_refused_meanwhile(client, monkeypatch):
    client.force_login(person())
    client.post("/note/", {"text": "a", "receipt": KEY})
    Receipt.objects.update(result_address="")
    monkeypatch.setattr(receipts.time, "sleep", lambda seconds: Receipt.objects.all().delete())

    answer = client.post("/note/", {"text": "better", "receipt": KEY})

    assert (CALLS, answer.url) == (["a", "better"], "/notes/2/")


def test_stamp_outside_a_form_does_nothing():
    receipts.stamp()

    assert Receipt.objects.count() == 0


def test_prune_forgets_old_receipts(client):
    client.force_login(person())
    client.post("/note/", {"text": "a", "receipt": KEY})

    kept = receipts.prune(now=timezone.now() + timedelta(days=1))
    gone = receipts.prune(now=timezone.now() + timedelta(days=3))

    assert (kept, gone) == (0, 2)  # the receipt of the form, and that of its text
