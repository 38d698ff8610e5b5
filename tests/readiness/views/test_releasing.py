"""Releases' doors: the list, the preview that is exactly what is read, each step, who read it."""

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import readiness as make

from serai.readiness import actions
from serai.readiness.models import Release

pytestmark = pytest.mark.django_db


def at(name, thing=None):
    return reverse(f"readiness:{name}", args=[thing.public_id] if thing else [])


@pytest.fixture
def officer(signed_in):
    return signed_in(people.person_with("officer"))


def test_an_empty_list_says_what_to_do(officer):
    assert (
        "Open an office whose results are confirmed" in officer.get(at("releases")).content.decode()
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_of_one_as_of_three(officer, count, django_assert_num_queries):
    for _ in range(count):
        make.release()
    officer.get(at("releases"))

    with django_assert_num_queries(6):
        page = officer.get(at("releases"))

    assert page.content.decode().count("/readiness/releases/") >= count
    assert len(page.context["table"].rows) == count


def test_what_waits_for_the_viewer_stands_first(signed_in):
    first, second = make.release(state="granted", granted_at=make.NOON), make.release()
    focal = signed_in(people.person_with("focal_point", "GEO"))

    page = focal.get(at("releases"))

    assert "1 waits for you" in page.content.decode()
    cells = [str(row[0]) for row in page.context["table"].rows]
    assert cells == [second.assessment.office.name, first.assessment.office.name]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_a_file(officer, kind):
    make.release()

    assert officer.get(at("releases") + f"?as={kind}")["Content-Disposition"].endswith(f'{kind}"')


def test_officer_asks_country_grants_officer_lets_out(client, signed_in):
    found = make.confirmed()
    officer, focal = people.person_with("officer"), people.person_with("focal_point", "GEO")
    signed_in(officer)
    assert "members come first" in client.get(at("ask_release", found)).content.decode()
    assert client.post(at("ask_release", found), {"audience": "members"}).status_code == 422
    client.post(at("ask_release", found), {"audience": "members", "reason": "For a study"})
    release = Release.objects.get()
    assert "It waits for the country" in client.get(at("release", release)).content.decode()

    signed_in(focal)
    page = client.get(at("release", release)).content.decode()
    assert "Exactly this would be read" in page
    assert "Grant it for the country" in page
    assert client.post(at("grant_release", release)).status_code == 303

    signed_in(officer)
    client.post(at("let_out", release))
    release.refresh_from_db()
    assert release.state == "released"
    assert at("released_one", release) in client.get(at("release", release)).content.decode()


def test_the_preview_is_exactly_what_is_read(client, signed_in):
    release = make.released()
    officer = people.person_with("officer")
    signed_in(officer)
    preview = client.get(at("release", release)).context
    signed_in(people.person_with("lead", people.organisation(country="KAZ")))
    read = client.get(at("released_one", release)).context

    assert preview["shown"] == read["shown"]
    assert list(preview["table"].cells()) == list(read["table"].cells())


def test_a_country_declines(client, signed_in):
    release = make.release()
    signed_in(people.person_with("focal_point", "GEO"))

    assert client.get(at("decline_release", release)).status_code == 200
    assert client.post(at("decline_release", release), {"reason": ""}).status_code == 422
    client.post(at("decline_release", release), {"reason": "Not yet"})

    assert "Not yet" in client.get(at("release", release)).content.decode()


def test_either_withdraws_and_nobody_reads_it_then(client, signed_in):
    release = make.released()
    signed_in(people.person_with("focal_point", "GEO"))

    assert (
        "no later report holds it" in client.get(at("withdraw_release", release)).content.decode()
    )
    assert client.post(at("withdraw_release", release), {"reason": "x"}).status_code == 303

    assert client.get(at("released_one", release)).status_code == 404
    release.assessment.refresh_from_db()
    assert release.assessment.audience == "secretariat"


def test_a_step_made_twice_says_so(client, signed_in):
    release = make.release(state="granted", granted_at=make.NOON)
    signed_in(people.person_with("focal_point", "GEO"))
    assert (
        "moved meanwhile" in client.post(at("grant_release", release), follow=True).content.decode()
    )
    Release.objects.filter(pk=release.pk).update(state="asked")
    signed_in(people.person_with("officer"))
    assert "moved meanwhile" in client.post(at("let_out", release), follow=True).content.decode()


def test_what_is_asked_already_leads_to_the_list(officer):
    release = make.release()

    page = officer.get(at("ask_release", release.assessment), follow=True).content.decode()

    assert "All that can be asked for now is asked" in page


def test_a_plans_lines_are_asked_for_and_previewed(officer):
    run = make.plan_of(make.office(name="Head office"))

    assert officer.get(at("ask_plan_release", run)).status_code == 200
    assert officer.post(at("ask_plan_release", run), {"country": ""}).status_code == 422
    answer = officer.post(at("ask_plan_release", run), {"country": "GEO", "reason": "For a study"})

    page = officer.get(answer.headers["Location"]).content.decode()
    assert "Lines of a plan: Georgia" in page
    assert "Head office" in page
    assert "Plan of 30 June 2021" in officer.get(at("releases")).content.decode()


def test_an_unsolved_plan_is_not_let_out(officer):
    run = make.plan_of(make.office(), value=None)

    assert officer.get(at("ask_plan_release", run)).status_code == 404


# ---------------------------------------------------------------- who read it
def test_an_agency_sees_who_read_its_results(client, signed_in):
    release = make.released()
    found = release.assessment
    lead = people.person_with("lead", found.office.organisation)
    signed_in(lead)
    assert "Nobody from outside" in client.get(at("readers", found)).content.decode()

    reader = people.person_with("lead", people.organisation(country="KAZ"), full_name="Aigul A.")
    signed_in(reader)
    client.get(at("released_one", release))
    client.get(at("released_one", release) + "?as=xlsx")
    signed_in(people.person_with("officer", full_name="Omar O."))
    client.get(at("office", found.office))
    client.get(reverse("readiness:gaps_file"))

    signed_in(lead)
    client.get(at("office", found.office))
    page = client.get(at("readers", found))
    rows = sorted((str(row[0]), str(row[2])) for row in page.context["table"].rows)
    assert rows == [
        ("Aigul A.", "as an XLSX file"), ("Aigul A.", "on a page"),
        ("Omar O.", "as a CSV file"), ("Omar O.", "on a page"),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_the_readers_ask_as_much_of_one_as_of_three(signed_in, count, django_assert_num_queries):
    found = make.confirmed()
    for _ in range(count):
        actions.note_readings(
            numbers=[found.pk], way="page", by=people.viewer_with("officer"), now=make.NOON
        )
    client = signed_in(people.person_with("focal_point", "GEO"))
    client.get(at("readers", found))

    with django_assert_num_queries(7):
        page = client.get(at("readers", found))

    assert len(page.context["table"].rows) == count


def test_the_readers_are_a_file_for_who_may_see_them(client, signed_in):
    found = make.confirmed()
    signed_in(people.person_with("officer"))
    assert client.get(at("readers", found) + "?as=csv").status_code == 200
    signed_in(people.person_with("contributor", found.office.organisation))
    assert client.get(at("readers", found)).status_code == 404
