"""The pages of all that waits for a person and of all that is shared with them."""

import pytest
from django.urls import reverse
from tests.factories import programme as make
from tests.factories.members import member, organisation, person_with, share
from tests.factories.signed_in import sign_in

from serai.programme.actions.finding import index_milestone

pytestmark = pytest.mark.django_db


def texts(client, name: str, page: int = 1) -> str:
    return client.get(reverse(f"home:{name}"), {"page": page}).content.decode()


def test_sixty_things_to_do_stand_on_two_pages_and_seven_on_the_first_page(client):
    make.programme()
    member("GEO"), member("UZB")
    home = make.initiative()
    for number in range(60):
        make.ask(home, text=f"Request {number}.")
    sign_in(client, person_with("focal_point", "GEO"))

    first = client.get("/en/").content.decode()
    pages = [texts(client, "todos", number) for number in (1, 2)]

    assert first.count('<a href="/en/programme/answers/') == 7
    assert f'<a href="{reverse("home:todos")}">and 54 more, due later</a>' in first
    assert [page.count("Answer: Request") for page in pages] == [50, 10]
    assert '<a rel="next" href="?page=2">' in pages[0]
    assert '<a rel="prev" href="?page=1">' in pages[1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_todos_asks_as_often_whatever_its_length(
    client, count, django_assert_num_queries
):
    make.programme()
    member("GEO"), member("UZB")
    for number in range(count):
        make.ask(make.initiative(), text=f"Request {number}.")
    sign_in(client, person_with("focal_point", "GEO"))

    with django_assert_num_queries(15):
        page = texts(client, "todos")

    assert page.count("Answer: Request") == count


def test_what_is_shared_has_its_page_with_links_for_every_role(client):
    make.programme()
    partner = organisation("Partner", country=None, kind="international")
    home = make.initiative("home")
    shown = make.milestone(home, name=make.TranslatedText.of("Survey"), audience="members")
    index_milestone(shown, make.NOON)
    for number in range(7):
        share(f"programme.paper:{number}", f"organisation:{partner.pk}", title=f"Paper {number}")
    georgia = person_with("focal_point", "GEO")
    share(f"programme.milestone:{shown.pk}", "country:GEO", title="Survey", by=georgia)
    link = reverse("home:shared")

    sign_in(client, person_with("partner", partner))
    own, listed = client.get("/en/").content.decode(), texts(client, "shared")

    assert (own.count("<li>Paper "), listed.count("<li>Paper ")) == (5, 7)
    assert f'<a href="{link}">and 2 more</a>' in own
    assert "Survey" not in listed
    sign_in(client, georgia)
    assert (
        f'<a href="{link}">1 thing is shared with you by name</a>'
        in client.get("/en/").content.decode()
    )
    assert f'<li><a href="/en/programme/milestones/{shown.public_id}/">Survey</a>' in texts(
        client, "shared"
    )
    sign_in(client, person_with("committee", "UZB"))
    assert link not in client.get("/en/").content.decode()
    assert "Nothing is shared with you by name." in texts(client, "shared")


def test_visitors_sign_in_first(client):
    assert [client.get(reverse(f"home:{name}")).status_code for name in ("todos", "shared")] == [
        302, 302,
    ]  # fmt: skip
