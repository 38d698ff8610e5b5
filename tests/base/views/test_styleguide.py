from dataclasses import replace

import pytest
from django.http import Http404
from django.test import RequestFactory

from serai.base.access import ANONYMOUS, Viewer, may_see_styleguide
from serai.base.views import examples, styleguide

pytestmark = pytest.mark.django_db

STAFF = Viewer(roles=frozenset({"officer"}), person_id=1, name="A. Sample")


def ask(door, path: str, viewer: Viewer = STAFF, **headers: str):
    made = RequestFactory().get(path, headers=headers)
    made.viewer = viewer
    made.now = examples.CLOSES_AT
    return door(made)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("officer", True), ("coordinator", True), ("administrator", True), ("lead@12", False),
        ("focal_point@GEO", False), ("expert@virtual-carec", False), ("partner@3", False),
    ],
)  # fmt: skip
def test_may_see_styleguide(role, may):
    assert may_see_styleguide(replace(STAFF, roles=frozenset({role}))) is may


def test_others_do_not_learn_of_it():
    with pytest.raises(Http404):
        ask(styleguide.styleguide, "/en/styleguide/", replace(STAFF, roles=frozenset()))


def test_visitors_are_asked_to_sign_in():
    assert ask(styleguide.styleguide, "/en/styleguide/", ANONYMOUS).status_code == 302


def test_links_switch_colours_and_direction():
    html = ask(styleguide.styleguide, "/en/styleguide/?theme=dark&direction=rtl").content.decode()

    assert '<html lang="en" dir="rtl" data-theme="dark">' in html


def test_unknown_colours_are_the_computers_own():
    html = ask(styleguide.styleguide, "/en/styleguide/?theme=<b>&direction=up").content.decode()

    assert '<html lang="en" dir="ltr">' in html


def test_page_marks_itself_as_sample():
    assert 'class="band"' in ask(styleguide.styleguide, "/en/styleguide/").content.decode()


def test_form_comes_back_with_its_errors_first():
    response = ask(styleguide.form, "/en/styleguide/form/")
    html = response.content.decode()

    assert response.status_code == 422
    assert html.index('id="errors"') < html.index("<h1>")


@pytest.mark.parametrize(("asked", "ends"), [("1", False), ("4", True), ("x", False), ("99", True)])
def test_job_ends_after_a_few_questions(asked, ends):
    html = ask(styleguide.job, f"/en/styleguide/job/?asked={asked}").content.decode()

    assert ("Open the result" in html) is ends


def test_part_of_the_job_equals_the_page_loaded_fresh():
    whole = ask(styleguide.job, "/en/styleguide/job/?asked=2").content.decode()
    part = ask(
        styleguide.job, "/en/styleguide/job/?asked=2", **{"HX-Request": "true"}
    ).content.decode()

    assert part.strip() in whole
    assert "<html" not in part
