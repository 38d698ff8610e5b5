import pytest
from django.test import RequestFactory

from serai.base import frame
from serai.base.access import ANONYMOUS
from serai.base.views.display import display

pytestmark = pytest.mark.django_db

CHOICES = {"theme": "dark", "text_size": "large", "time_zone": "Asia/Tashkent"}


def ask(posted: dict[str, str] | None = None):
    made = RequestFactory().get("/en/display/")
    if posted is not None:
        made = RequestFactory().post("/en/display/", posted)
    made.viewer = ANONYMOUS
    return display(made)


def test_choices_are_kept_in_one_cookie():
    response = ask(CHOICES)

    assert (response.status_code, response.headers["Location"][-15:]) == (303, "display/?kept=1")
    assert response.cookies[frame.DISPLAY_COOKIE].value == "dark!large!Asia/Tashkent"
    assert response.cookies[frame.DISPLAY_COOKIE]["httponly"] is True


def test_looking_sets_no_cookie_of_ours():
    assert frame.DISPLAY_COOKIE not in ask().cookies


@pytest.mark.parametrize(
    "changed", [{"theme": "pink"}, {"time_zone": "Mars/Base"}, {"text_size": ""}]
)
def test_unknown_choices_come_back_with_a_sentence(changed):
    response = ask(CHOICES | changed)

    assert response.status_code == 422
    assert "<title>Error: Colours, text size and time zone" in response.content.decode()
