"""Signing in in a real Chromium: code, authenticator app, passkey, a ministry's own service (OIDC);
no CSP violation anywhere.
"""

import json
import re
import threading
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from tests.factories import members as make

from serai.base.mail import words_in_trial
from serai.base.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(browser):
    """A page of a fresh profile that notes every CSP violation."""
    context = browser.new_context()
    tab = context.new_page()
    tab.violations = []
    tab.on(
        "console",
        lambda said: (
            tab.violations.append(said.text) if "Content Security Policy" in said.text else None
        ),
    )
    yield tab
    context.close()


def with_authenticator(page) -> None:
    """Give the browser a virtual authenticator that says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def by_code(page, live_server, email: str) -> None:
    page.goto(live_server.url + reverse("members:sign_in"))
    page.fill("#id_email", email)
    page.click("text=Send me a code")
    text = words_in_trial(Message.objects.order_by("-id").first())
    page.fill("#id_code", re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", text).group())
    page.click(".savebar button")


def test_passkey_is_set_up_and_signs_in(page, live_server):
    make.person_with("coordinator", email="nino@agency.example")
    with_authenticator(page)
    by_code(page, live_server, "nino@agency.example")

    page.goto(live_server.url + reverse("members:add_passkey"))
    page.fill("#id_name", "Office laptop")
    page.click("text=Set up the passkey")
    page.wait_for_url(f"**{reverse('members:recovery_codes')}")
    codes = page.locator("li code").count()
    page.goto(live_server.url + reverse("members:sign_out"))
    page.click("main button")
    page.wait_for_url(f"**{reverse('members:sign_in')}")
    page.click("text=Use a passkey")
    page.wait_for_url(f"{live_server.url}/en/")
    page.goto(live_server.url + reverse("members:me"))

    assert codes == 10
    assert "nino@agency.example" in page.inner_text("main")
    assert "Passkey" in page.inner_text("main")
    assert page.violations == []


def test_app_is_set_up_and_asked_for(page, live_server):
    from allauth.mfa.totp.internal import auth as totp

    make.person_with("coordinator", email="nino@agency.example")
    by_code(page, live_server, "nino@agency.example")
    page.goto(live_server.url + reverse("members:security"))
    page.click("text=Set up an authenticator app")
    page.wait_for_url(f"**{reverse('members:add_totp')}")
    secret = page.inner_text("dd code").replace(" ", "")
    is_drawn = page.evaluate("document.querySelector('figure img').naturalWidth > 0")
    _before, now, _after = totp.yield_hotp_counters_from_time()
    page.fill("#id_code", totp.format_hotp_value(totp.hotp_value(secret, now)))
    page.click(".savebar button")
    page.wait_for_url(f"**{reverse('members:recovery_codes')}")
    page.goto(live_server.url + reverse("members:sign_out"))
    page.click("main button")
    page.wait_for_url(f"**{reverse('members:sign_in')}")
    by_code(page, live_server, "nino@agency.example")
    page.wait_for_url(f"**{reverse('mfa_authenticate')}")
    _before, _now, after = totp.yield_hotp_counters_from_time()
    page.fill("#id_code", totp.format_hotp_value(totp.hotp_value(secret, after)))
    page.click(".savebar button")
    page.wait_for_url(f"{live_server.url}/en/")

    assert is_drawn is True
    assert page.violations == []


class Ministry(BaseHTTPRequestHandler):
    """A ministry's sign-in service: discovery, a page with a button, token, who it is."""

    def do_GET(self):
        where = urlsplit(self.path)
        if where.path == "/authorise":
            asked = {name: values[0] for name, values in parse_qs(where.query).items()}
            back = f"{asked['redirect_uri']}?state={asked['state']}&code=once"
            self.give("text/html", f'<a href="{back.replace("&", "&amp;")}">Yes, it is me</a>')
            return
        own = f"http://127.0.0.1:{self.server.server_port}"
        answers = {
            "/.well-known/openid-configuration": {
                "issuer": own,
                "authorization_endpoint": f"{own}/authorise",
                "token_endpoint": f"{own}/token",
                "userinfo_endpoint": f"{own}/who",
                "jwks_uri": f"{own}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/who": {"sub": "77", "email": "nino@agency.example", "email_verified": True},
        }
        self.give("application/json", json.dumps(answers[where.path]))

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        assert (self.path, sent["code"], sent["client_secret"]) == ("/token", ["once"], ["s"])
        self.give("application/json", json.dumps({"access_token": "t", "token_type": "Bearer"}))

    def give(self, kind, text):
        self.send_response(200)
        self.send_header("content-type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def ministry(settings):
    """A service on loopback that the house knows."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ministry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    app = {
        "provider_id": "ministry",
        "name": "Ministry of Digital Affairs",
        "client_id": "serai",
        "secret": "s",
        "settings": {"server_url": origin},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    settings.CONTENT_SECURITY_POLICY = deepcopy(settings.CONTENT_SECURITY_POLICY)
    settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(origin)
    yield origin
    server.shutdown()
    server.server_close()


def test_a_ministrys_own_service_signs_in(page, live_server, ministry):
    make.person("nino@agency.example")
    page.goto(live_server.url + reverse("members:sign_in"))
    page.click("text=Ministry of Digital Affairs")
    page.wait_for_url(f"{ministry}/authorise?**")
    page.click("text=Yes, it is me")
    page.wait_for_url(f"{live_server.url}/en/")
    page.goto(live_server.url + reverse("members:me"))

    assert "nino@agency.example" in page.inner_text("main")
    assert page.violations == []
