"""Signing in by a ministry's own service (OIDC), with a service made for the test."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from tests.factories import members as make

from serai.config.accounts import SocialAccountAdapter

pytestmark = pytest.mark.django_db
HOST = "https://login.ministry.example"


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, content):
        self.content = content
        self.text = str(content)

    def json(self):
        return self.content

    def raise_for_status(self):
        return None


class Service:
    """Answers as an OpenID Connect service does: discovery, token, who it is."""

    def __init__(self, email, *, verified):
        self.who = {"sub": "77", "email": email, "email_verified": verified}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def request(self, method, url, **more):
        return self.get(url) if method == "GET" else self.post(url)

    def get(self, url, **more):
        if url.endswith("openid-configuration"):
            return Answer(
                {
                    "authorization_endpoint": f"{HOST}/authorise",
                    "token_endpoint": f"{HOST}/token",
                    "userinfo_endpoint": f"{HOST}/who",
                    "jwks_uri": f"{HOST}/keys",
                    "issuer": HOST,
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        return Answer(self.who)

    def post(self, url, **more):
        return Answer({"access_token": "t", "token_type": "Bearer"})


@pytest.fixture
def service(settings, monkeypatch):
    app = {
        "provider_id": "ministry",
        "name": "Ministry",
        "client_id": "serai",
        "secret": "s",
        "settings": {"server_url": HOST},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    def install(email, *, verified=True):
        made = Service(email, verified=verified)
        monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", lambda self: made)

    return install


def walk(client, **answer):
    """Go to the service and come back as it sends people back."""
    left = client.post(reverse("members:service", args=["ministry"]), {"own_computer": "on"})
    state = parse_qs(urlsplit(left["Location"]).query)["state"][0]
    back = reverse("openid_connect_callback", args=["ministry"])
    return left, client.get(back, {"state": state, "code": "c"} | answer)


def test_an_invited_person_comes_in(client, service):
    person = make.person("nino@ministry.example")
    service("Nino@Ministry.example")

    left, came = walk(client)

    assert left["Location"].startswith(f"{HOST}/authorise?")
    assert came["Location"] == reverse("home:page")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.get_expiry_age() == 14 * 24 * 3600
    assert SocialAccount.objects.get().user == person


@pytest.mark.parametrize(
    ("email", "verified"), [("stranger@ministry.example", True), ("nino@ministry.example", False)]
)
def test_strangers_and_unconfirmed_addresses_stay_out(client, service, email, verified):
    make.person("nino@ministry.example")
    service(email, verified=verified)

    _left, came = walk(client)
    page = client.get(came["Location"]).content.decode()

    assert came["Location"] == reverse("members:sign_in")
    assert "gave no confirmed address that was invited here" in page
    assert "_auth_user_id" not in client.session
    assert SocialAccount.objects.count() == 0


def test_a_refusal_of_the_service_is_said_in_words(client, service):
    service("nino@ministry.example")

    _left, came = walk(client, error="access_denied", code="")
    page = client.get(came["Location"]).content.decode()

    assert "The sign-in service did not confirm you." in page


def test_a_forged_answer_is_said_in_words(client, service):
    service("nino@ministry.example")
    back = reverse("openid_connect_callback", args=["ministry"])

    came = client.get(back, {"state": "forged", "code": "c"})

    assert came["Location"] == reverse("members:sign_in")


def test_an_unknown_service_is_missing(client, service):
    service("nino@ministry.example")

    assert client.post(reverse("members:service", args=["other"])).status_code == 404
