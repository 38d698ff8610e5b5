"""What was let out, as members and the public read it."""

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import readiness as make

pytestmark = pytest.mark.django_db
LIST = reverse("readiness:released")


def at(release):
    return reverse("readiness:released_one", args=[release.public_id])


@pytest.fixture
def member(signed_in):
    return signed_in(people.person_with("lead", people.organisation(country="KAZ")))


def test_an_empty_list_says_what_will_come(client):
    assert "Nothing of a single office was let out" in client.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_of_one_as_of_three(member, count, django_assert_num_queries):
    for _ in range(count):
        make.released()
    member.get(LIST)

    with django_assert_num_queries(7):
        page = member.get(LIST)

    assert len(page.context["table"].rows) == count


def test_an_office_stands_once_as_members_read_it(member):
    release = make.released()
    public = make.released(release.assessment, "public")

    page = member.get(LIST).content.decode()

    assert at(release) in page
    assert at(public) not in page


def test_a_visitor_reads_events_and_no_score(client):
    release = make.released()
    public = make.released(release.assessment, "public")

    page = client.get(LIST).content.decode()
    assert at(public) in page
    assert at(release) not in page
    page = client.get(at(public)).content.decode()
    assert "attained, as declared" in page
    assert "Score" not in page
    assert client.get(at(release)).status_code in {302, 404}


def test_a_member_reads_scores_and_what_is_asked_and_not_what_is_there(member):
    page = member.get(at(make.released())).content.decode()

    assert "Four dimensions" in page
    assert "30 min asked, not met" in page
    assert "6 Mbit/s asked, not known" in page
    assert "17.25" not in page
    assert "Secret hall" not in page
    assert "Security gate" not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_and_results_are_files(member, kind):
    release = make.released()

    for address in (LIST, at(release)):
        assert member.get(f"{address}?as={kind}")["Content-Disposition"].endswith(f'{kind}"')


def test_what_too_little_is_known_of_shows_the_interval(member):
    release = make.released(make.confirmed(score=None))

    page = member.get(at(release)).content.decode()

    assert "between 50 and 71" in page
    assert "too little known" in member.get(f"{at(release)}?as=csv").getvalue().decode()


def test_results_that_were_never_scored_show_no_chart(member):
    release = make.released(make.assessment(state="confirmed", confirmed_at=make.NOON))

    assert "Four dimensions" not in member.get(at(release)).content.decode()


def test_a_countrys_lines_of_a_plan(member):
    ours, theirs = make.office(name="Ours"), people.organisation(country="UZB")
    run = make.plan_of(ours, make.office(name="Theirs", organisation=theirs))
    release = make.plan_release(run, state="released", granted_at=make.NOON, released_at=make.NOON)

    page = member.get(at(release)).content.decode()
    file = member.get(f"{at(release)}?as=csv").getvalue().decode()

    assert "Lines of a plan" in member.get(LIST).content.decode()
    assert "Ours" in page
    assert "1234" in file
    assert "Theirs" not in page + file
