import pytest
from django.test import RequestFactory

from serai.base import frame
from serai.base.access import ANONYMOUS
from serai.base.views.display import display

pytestmark = pytest.mark.django_db

CHOICES = {"language": "en", "theme": "dark", "text_size": "large", "time_zone": "Asia/Tashkent"}


def ask(posted: dict[str, str] | None = None):
    made = RequestFactory().get("/en/display/")
    if posted is not None:
        made = RequestFactory().post("/en/display/", posted)
    made.viewer = ANONYMOUS
    made.LANGUAGE_CODE = "en"
    return display(made)


def test_choices_are_kept_in_one_cookie():
    response = ask(CHOICES)

    assert (response.status_code, response.headers["Location"][-15:]) == (303, "display/?kept=1")
    assert response.cookies[frame.DISPLAY_COOKIE].value == "dark!large!Asia/Tashkent"
    assert response.cookies[frame.DISPLAY_COOKIE]["httponly"] is True


@pytest.mark.parametrize(
    ("zone", "cookie"),
    [
        ("Asia/Tashkent", ("auto!normal!Asia/Tashkent", 31536000)),
        ("", ("", 0)),
    ],
)
def test_choices_of_the_signed_in_are_kept_with_the_account_the_zone_here(
    monkeypatch, zone, cookie
):
    asked = []
    monkeypatch.setattr(
        frame.HOOKS, "keep_display", lambda request, *chosen: asked.append(chosen) or True
    )

    response = ask(CHOICES | {"time_zone": zone})

    kept = response.cookies[frame.DISPLAY_COOKIE]
    assert asked == [(frame.Display("dark", "large", zone), "en")]
    assert (kept.value, kept["max-age"]) == cookie


def test_a_language_chosen_here_leads_on_in_it():
    response = ask(CHOICES | {"language": "ru"})

    assert response.headers["Location"] == "/ru/display/?kept=1"
    assert response.cookies["django_language"].value == "ru"


def test_looking_sets_no_cookie_of_ours():
    assert frame.DISPLAY_COOKIE not in ask().cookies


@pytest.mark.parametrize(
    "changed",
    [{"theme": "pink"}, {"time_zone": "Mars/Base"}, {"text_size": ""}, {"language": "tlh"}],
)
def test_unknown_choices_come_back_with_a_sentence(changed):
    response = ask(CHOICES | changed)

    assert response.status_code == 422
    assert "<title>Error: Language and display" in response.content.decode()
