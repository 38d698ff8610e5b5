import pytest
from django.test import RequestFactory, override_settings
from tests.factories.members import person

from serai.base import frame
from serai.base.access import ANONYMOUS, Viewer

pytestmark = pytest.mark.django_db


def request(path: str = "/en/", cookie: str = "", viewer: Viewer = ANONYMOUS):
    made = RequestFactory().get(path)
    made.viewer = viewer
    if cookie:
        made.COOKIES[frame.DISPLAY_COOKIE] = cookie
    return made


@pytest.mark.parametrize(
    ("path", "code", "there"),
    [
        ("/en/programme/?as_of=2021-06-30", "ru", "/ru/programme/?as_of=2021-06-30"),
        ("/en/", "fa", "/fa/"),
        ("/health/live", "ru", "/ru/"),
        ("/", "ru", "/ru/"),
    ],
)
def test_in_language_keeps_the_page(path, code, there):
    assert frame.in_language(path, code) == there


@pytest.mark.parametrize(
    ("cookie", "display"),
    [
        ("dark!large!Asia/Tashkent", frame.Display("dark", "large", "Asia/Tashkent")),
        ("", frame.Display()),
        ("<script>!huge!Mars/Base", frame.Display()),
    ],
)
def test_read_display_refuses_what_it_does_not_know(cookie, display):
    assert frame.read_display(cookie) == display


def test_write_display_is_read_back():
    display = frame.Display("light", "larger", "Asia/Manila")

    assert frame.read_display(frame.write_display(display)) == display


def test_person_sees_their_own_zone():
    viewer = Viewer(person_id=1, time_zone="Asia/Baku")

    assert frame.time_zone_of(request(viewer=viewer)) == "Asia/Baku"


def test_a_visitors_choice_is_this_computers():
    made = request(cookie="dark!normal!Asia/Almaty")

    assert (frame.display_of(made).theme, frame.time_zone_of(made)) == ("dark", "Asia/Almaty")


def test_an_accounts_choice_goes_before_what_this_computer_kept_but_for_the_zone():
    viewer = Viewer(person_id=1, time_zone="Asia/Baku")
    made = request(cookie="dark!normal!Asia/Almaty", viewer=viewer)
    made.user = person(theme="light", time_zone="Asia/Baku")

    assert (frame.display_of(made).theme, frame.time_zone_of(made)) == ("light", "Asia/Almaty")


@override_settings(LANGUAGES=[("en", "English"), ("fa", "فارسی")])
def test_build_offers_this_page_in_other_languages():
    built = frame.build(request("/en/programme/"))

    assert [(c.code, c.address, c.is_current, c.direction) for c in built.languages] == [
        ("en", "/en/programme/", True, "ltr"),
        ("fa", "/fa/programme/", False, "rtl"),
    ]


def test_address_of_an_absent_room_is_empty():
    assert frame.address_of("nowhere:page") == ""


def test_pseudo_languages_are_english_in_disguise():
    from dataclasses import replace

    built = replace(frame.build(request()), language="xx-rtl", direction="rtl")

    assert built.written_as == "en-x-rtl"
