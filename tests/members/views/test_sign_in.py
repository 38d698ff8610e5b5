"""Signing in: code, unknown address, replay, lateness, limits, second step, sample people."""

import json
import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import signing
from django.test import Client
from django.urls import reverse
from tests.factories import members as make
from tests.factories.signed_in import sign_in

from serai.base.mail import words_in_trial
from serai.base.models import AuditEntry, Job, Message
from serai.members.models import KnownDevice, SignIn
from serai.members.states import ADDRESS_SALT, SAMPLE_SALT, PersonState

pytestmark = pytest.mark.django_db
NO_LONGER = "This code no longer works. Send a new one."
SIGN_IN, CODE = "members:sign_in", "members:sign_in_code"


def ask(client, email, **more):
    return client.post(reverse(SIGN_IN), {"email": email} | more)


def code_in_box() -> str:
    text = words_in_trial(Message.objects.order_by("-id").first())
    return re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", text).group()


def test_code_signs_in(client):
    person = make.person("nino@agency.example")

    asked = ask(client, "Nino@Agency.example")
    entered = client.post(reverse(CODE), {"code": code_in_box().lower()})

    assert (asked.status_code, asked["Location"]) == (302, reverse(CODE))
    assert (entered.status_code, entered["Location"]) == (302, reverse("home:page"))
    assert client.session["_auth_user_id"] == str(person.pk)
    assert SignIn.objects.get().method == "code"
    assert AuditEntry.objects.filter(verb="sign_in").count() == 1


@pytest.mark.parametrize(
    ("salt", "state", "told"),
    [
        (ADDRESS_SALT, PersonState.INVITED, True), (ADDRESS_SALT, PersonState.ACTIVE, True),
        (ADDRESS_SALT, PersonState.CLOSED, False), (SAMPLE_SALT, PersonState.ACTIVE, False),
    ],
)  # fmt: skip
def test_an_address_is_filled_in_by_a_signed_number_alone(client, salt, state, told):
    person = make.person("nino@agency.example", state=state.value)
    signed = signing.dumps(person.public_id, salt=salt)

    filled = client.get(reverse(SIGN_IN), {"to": signed}).context["form"]["email"].value()
    forged = client.get(reverse(SIGN_IN), {"to": f"{signed}x"}).context["form"]["email"].value()

    assert (filled, forged) == ("nino@agency.example" if told else "", "")
    assert not Message.objects.exists()


def test_a_signed_number_fills_in_an_address_for_an_hour(client, monkeypatch):
    person = make.person("nino@agency.example")
    earlier = time.time() - 61 * 60
    with monkeypatch.context() as before:
        before.setattr(signing.time, "time", lambda: earlier)
        signed = signing.dumps(person.public_id, salt=ADDRESS_SALT)

    form = client.get(reverse(SIGN_IN), {"to": signed}).context["form"]

    assert form["email"].value() == ""


def test_the_code_is_readable_nowhere_in_the_database(client):
    make.person("nino@agency.example")
    ask(client, "nino@agency.example")
    code = code_in_box()

    row = Message.objects.get()
    kept = [
        row.subject, row.text, row.html, row.sealed, row.key, row.link,
        json.dumps(dict(client.session.items())),
        *(str((one.before, one.after, one.thing)) for one in AuditEntry.objects.all()),
        *(json.dumps(one.arguments) for one in Job.objects.all()),
    ]  # fmt: skip

    assert [words for words in kept if code in words or code.replace("-", "") in words] == []


@pytest.mark.parametrize(("mode", "is_shown"), [("trial", True), ("production", False)])
def test_the_mail_screen_shows_codes_in_a_trial_alone(client, settings, mode, is_shown):
    make.person("nino@agency.example")
    ask(client, "nino@agency.example")
    code = code_in_box()
    settings.MODE, settings.PRODUCTION = mode, False
    administrator = sign_in(Client(), make.person_with("administrator"))

    page = administrator.get(reverse("home:mail"))

    assert (page.status_code, code in page.content.decode()) == (200, is_shown)


def test_next_page_is_kept(client):
    make.person("nino@agency.example")
    page = reverse("members:me")

    asked = ask(client, "nino@agency.example", next=page)
    entered = client.post(asked["Location"], {"code": code_in_box(), "next": page})

    assert entered["Location"] == page


def test_the_language_of_the_account_goes_along_to_a_new_device(client):
    make.person("nino@agency.example", language="ru")
    page = reverse("members:me")

    asked = ask(client, "nino@agency.example", next=page)
    entered = client.post(asked["Location"], {"code": code_in_box(), "next": f"{page}?a=1"})

    assert entered["Location"] == f"/ru/{page.removeprefix('/en/')}?a=1"
    assert entered.cookies["django_language"].value == "ru"


def test_next_page_elsewhere_is_ignored(client):
    make.person("nino@agency.example")

    ask(client, "nino@agency.example")
    entered = client.post(
        reverse(CODE), {"code": code_in_box(), "next": "https://elsewhere.example/"}
    )

    assert entered["Location"] == reverse("home:page")


def test_unknown_address_gets_the_same_page_and_no_letter(client):
    make.person("nino@agency.example")
    known, stranger = Client(), Client()

    first = ask(known, "nino@agency.example")
    second = ask(stranger, "nobody@agency.example")
    pages = [c.get(reverse(CODE)).content.decode() for c in (known, stranger)]
    plain = [re.sub(r'value="[^"]{20,}"', "", page).replace("nobody@", "nino@") for page in pages]

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert plain[0] == plain[1]
    assert Message.objects.count() == 1
    wrong = stranger.post(reverse(CODE), {"code": "AAAA-BBBB"})
    assert (wrong.status_code, NO_LONGER in wrong.content.decode()) == (422, True)


@pytest.mark.parametrize("state", [PersonState.PAUSED, PersonState.CLOSED])
def test_paused_and_closed_accounts_get_no_code(client, state):
    make.person("nino@agency.example", state=state)

    ask(client, "nino@agency.example")

    assert Message.objects.count() == 0


def test_replayed_code_is_refused(client):
    make.person("nino@agency.example")
    ask(client, "nino@agency.example")
    code = code_in_box()
    client.post(reverse(CODE), {"code": code})
    other = Client()
    ask(other, "nino@agency.example")

    replayed = other.post(reverse(CODE), {"code": code})

    assert (replayed.status_code, NO_LONGER in replayed.content.decode()) == (422, True)
    assert "_auth_user_id" not in other.session


def test_late_code_is_refused(client, monkeypatch):
    make.person("nino@agency.example")
    ask(client, "nino@agency.example")
    code = code_in_box()
    session = client.session
    login = session["account_login"]
    login["state"]["stages"]["login_by_code"]["data"]["at"] -= 1_801
    session["account_login"] = login
    session.save()

    late = client.post(reverse(CODE), {"code": code})

    assert (late.status_code, NO_LONGER in late.content.decode()) == (422, True)
    assert "_auth_user_id" not in client.session


def test_five_wrong_codes_end_the_right_one(client):
    make.person("nino@agency.example")
    ask(client, "nino@agency.example")
    code = code_in_box()
    for _attempt in range(5):
        client.post(reverse(CODE), {"code": "AAAA-AAAA"})

    after = client.post(reverse(CODE), {"code": code})

    assert (after.status_code, NO_LONGER in after.content.decode()) == (422, True)


def test_sixth_code_within_fifteen_minutes_is_refused(client):
    make.person("nino@agency.example")

    answers = [ask(client, "nino@agency.example") for _attempt in range(6)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 302, 302, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 1_800
    assert Message.objects.count() == 5


def test_wrong_csrf_token_is_refused():
    make.person("nino@agency.example")
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(reverse(SIGN_IN), {"email": "nino@agency.example"})

    assert answer.status_code == 403
    assert Message.objects.count() == 0


def test_own_computer_keeps_the_session_for_14_days(client):
    make.person("nino@agency.example")

    ask(client, "nino@agency.example", own_computer="on")
    client.post(reverse(CODE), {"code": code_in_box()})

    assert client.session.get_expiry_age() == 14 * 24 * 3600
    assert client.session["own_computer"] is True


def test_other_computer_keeps_the_session_for_2_hours(client):
    make.person("nino@agency.example")

    ask(client, "nino@agency.example")
    client.post(reverse(CODE), {"code": code_in_box()})

    assert client.session.get_expiry_age() == 2 * 3600
    assert client.session["own_computer"] is False


def test_new_browser_is_told_by_mail():
    person = make.person("nino@agency.example")
    for _browser in range(2):
        client = Client()
        ask(client, "nino@agency.example")
        client.post(reverse(CODE), {"code": code_in_box()})

    keys = [key.partition(":")[0] for key in Message.objects.values_list("key", flat=True)]
    assert sorted(keys) == ["members.new_device", "members.sign_in_code", "members.sign_in_code"]
    assert KnownDevice.objects.filter(person=person).count() == 2


def test_second_step_asks_for_the_app(client):
    person = make.person("nino@agency.example")
    secret = totp.generate_totp_secret()
    from serai.config.accounts import MfaAdapter

    Authenticator.objects.create(
        user=person, type="totp", data={"secret": MfaAdapter().encrypt(secret)}
    )
    ask(client, "nino@agency.example")
    first = client.post(reverse(CODE), {"code": code_in_box()})
    wrong = client.post(first["Location"], {"code": "000000x"})
    counter = list(totp.yield_hotp_counters_from_time())[1]
    right = client.post(
        first["Location"], {"code": totp.format_hotp_value(totp.hotp_value(secret, counter))}
    )

    assert first["Location"] == reverse("mfa_authenticate")
    assert (wrong.status_code, NO_LONGER in wrong.content.decode()) == (422, True)
    assert right["Location"] == reverse("home:page")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_app_is_set_up_with_recovery_codes(client):
    person = make.person()
    sign_in(client, person)
    client.post(reverse("members:start_totp"))
    secret = client.session[totp.SECRET_SESSION_KEY]
    drawn = client.get(reverse("members:totp_qr"))
    counter = list(totp.yield_hotp_counters_from_time())[1]

    answer = client.post(
        reverse("members:add_totp"),
        {"code": totp.format_hotp_value(totp.hotp_value(secret, counter))},
    )

    assert drawn["Content-Type"] == "image/svg+xml"
    assert answer["Location"] == reverse("members:recovery_codes")
    page = client.get(answer["Location"]).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    kept = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret not in kept


def test_fresh_sign_in_is_asked_for(client):
    sign_in(client, make.person_with("coordinator"), fresh=False)
    page = reverse("members:invite")

    asked = client.get(page)
    client.post(asked["Location"], {"act": "send", "next": page})
    answer = client.post(asked["Location"], {"act": "code", "code": code_in_box(), "next": page})

    assert (
        asked["Location"] == f"{reverse('members:sign_in_again')}?next={page.replace('/', '%2F')}"
    )
    assert answer["Location"] == page
    assert client.get(page).status_code == 200


def test_sign_out_clears_the_browser(client):
    make.person("nino@agency.example")
    ask(client, "nino@agency.example")
    client.post(reverse(CODE), {"code": code_in_box()})

    answer = client.post(reverse("members:sign_out"))

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session
    assert SignIn.objects.count() == 0


def test_ones_own_computer_keeps_what_is_unsent(client):
    make.person("nino@agency.example")
    ask(client, "nino@agency.example", own_computer="on")
    client.post(reverse(CODE), {"code": code_in_box()})

    answer = client.post(reverse("members:sign_out"))

    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_what_was_to_be_said_to_one_is_not_said_to_the_next(client):
    person = make.person("nino@agency.example")
    sign_in(client, person)
    page = reverse("members:me")
    form = {
        name: getattr(person, name)
        for name in ("language", "time_zone", "theme", "text_size", "digest")
    }
    saved = client.post(page, form | {"full_name": "Nino", "address_as": "Ms N"})
    assert saved.status_code == 303

    client.post(reverse("members:sign_out"))
    first, then = client.get("/en/"), client.get("/en/")

    assert "You are signed out." in first.content.decode()
    assert "Saved." not in first.content.decode()
    assert "public" not in first.headers.get("Cache-Control", "")
    assert "public" in then.headers["Cache-Control"]


def test_another_browser_is_signed_out():
    person = make.person("nino@agency.example")
    here, there = Client(), Client()
    for client in (here, there):
        ask(client, "nino@agency.example")
        client.post(reverse(CODE), {"code": code_in_box()})
    row = SignIn.objects.get(session_key=there.session.session_key)

    here.post(reverse("members:end_sign_in", args=[row.public_id]))

    assert there.get(reverse("members:me")).status_code == 302
    assert here.get(reverse("members:me")).status_code == 200
    assert SignIn.objects.get(person=person).session_key == here.session.session_key


def test_sample_link_signs_in_and_never_in_production(client, settings):
    person = make.person_with("officer", sample=True)
    link = reverse("members:sample_enter", args=[signing.dumps(person.public_id, salt=SAMPLE_SALT)])

    shown = client.get(link)
    entered = client.post(link)

    assert (shown.status_code, entered.status_code) == (200, 302)
    assert client.session["_auth_user_id"] == str(person.pk)
    settings.PRODUCTION = True
    assert Client().post(link, secure=True).status_code == 404
    assert Client().get(reverse("members:sample_sign_in"), secure=True).status_code == 404


def test_sample_link_of_a_real_person_or_another_key_is_missing(client):
    real = make.person()
    forged = signing.dumps(real.public_id, key="another", salt=SAMPLE_SALT)
    signed = signing.dumps(real.public_id, salt=SAMPLE_SALT)

    answers = [
        client.post(reverse("members:sample_enter", args=[t])).status_code
        for t in (forged, signed, "x")
    ]

    assert answers == [404, 404, 404]


def test_strong_role_without_second_factor_is_led_to_set_one_up(client, settings):
    settings.PRODUCTION = True
    sign_in(client, make.person_with("officer"))

    answer = client.get(reverse("members:people"), secure=True)

    assert answer["Location"] == reverse("members:security")
    assert client.get(reverse("members:security"), secure=True).status_code == 200


def test_idle_session_is_touched_every_ten_minutes(client):
    make.person("nino@agency.example")
    ask(client, "nino@agency.example")
    client.post(reverse(CODE), {"code": code_in_box()})
    session = client.session
    session["seen_at"] -= 601
    session.save()
    before = session["seen_at"]

    client.get(reverse("members:me"))

    assert client.session["seen_at"] > before
    assert timedelta(seconds=client.session.get_expiry_age()) == timedelta(hours=2)
